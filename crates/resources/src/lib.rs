//! Typed Calico and Kubernetes resources: decode, default, validate, convert to one policy model.

pub mod model;

mod build;
mod codes;
pub mod conform;
mod convert;
mod decode;
mod defaults;
mod inventory;
pub mod kinds;
pub mod names;
mod note;
mod problem;
mod read;
pub mod scalars;
#[cfg(test)]
mod testing;
mod validate;

pub use build::{BuildOptions, Built, Ground, build, build_on, is_inventory};
pub use codes::CODES;
pub use kinds::{Object, Resource};
pub use note::Note;
pub use read::{Mode, read};
