//! An organisation's own templates: typed fields, and an output in which they are placed.

mod assemble;
mod check;
mod engine;
mod functions;
mod instance;
mod library;
mod model;
mod read;
mod samples;
mod skeleton;
mod values;

pub use library::{Library, SHIPPED};
pub use model::{Definition, Field, FieldKind, Pattern};

pub(crate) use check::check;
pub(crate) use instance::compile as compile_instance;
pub(crate) use read::read;
