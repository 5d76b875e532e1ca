//! The tierwalk command line.
fn main() {}
