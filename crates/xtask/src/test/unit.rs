//! Everything that needs no browser: form, lints, tidiness, types of the scripts, tests of the crates.

use super::{Log, Options, cargo, conformance::CRATE};
use crate::{Outcome, process, tidy, tools};

pub(super) fn run(log: &mut Log, options: &mut Options) {
    log.check("cargo fmt", || {
        cargo("fmt", "fmt --all -- --check --color never", &[])
    });
    log.check("tidy", || tidy::run(&[]));
    log.check("tsc", types);
    let lints = "clippy --workspace --all-targets -- -D warnings";
    log.check("clippy", || cargo("clippy", lints, &[]));
    let tests = format!("test --no-fail-fast --workspace --exclude {CRATE}");
    log.check("cargo test", || cargo("unit", &tests, &options.extra));
}

fn types() -> Outcome {
    tools::npm()?;
    process::run(
        "tsc",
        process::command("npm").args(["run", "--silent", "check"]),
    )
}
