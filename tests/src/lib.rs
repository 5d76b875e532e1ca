//! Specification, conformance and end-to-end tests.
