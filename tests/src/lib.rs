//! Specification, conformance and end-to-end tests.

pub mod command;
pub mod shapes;
