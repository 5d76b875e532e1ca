//! Specification, conformance and end-to-end tests.

pub mod shapes;
