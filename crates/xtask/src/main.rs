//! The one door for developers: cargo xtask.
fn main() {}
