//! The engine as a web worker.
fn main() {}
