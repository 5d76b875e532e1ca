//! Typed Calico and Kubernetes resources: decode, default, validate, convert to one policy model.

pub mod model;

mod codes;
mod decode;
mod defaults;
pub mod kinds;
mod problem;
mod read;
pub mod scalars;

pub use codes::CODES;
pub use kinds::{Object, Resource};
pub use read::{Mode, read};
