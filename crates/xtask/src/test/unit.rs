//! Everything that needs no browser: form, lints, tidiness, types of the scripts, tests of the crates.

use super::{Log, Options};
use crate::{Outcome, process, tidy, tools};

pub(super) fn run(log: &mut Log, options: &Options) {
    log.check("cargo fmt", || {
        cargo("fmt", &["fmt", "--all", "--check"], &[])
    });
    log.check("tidy", || tidy::run(&[]));
    log.check("tsc", types);
    log.check("clippy", || {
        cargo(
            "clippy",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        )
    });
    let tests = [
        "test",
        "--workspace",
        "--exclude",
        super::conformance::CRATE,
    ];
    log.check("cargo test", || cargo("unit", &tests, &options.extra));
}

fn cargo(name: &str, arguments: &[&str], extra: &[String]) -> Outcome {
    let mut command = process::cargo();
    command.args(arguments).env("CARGO_TERM_COLOR", "never");
    if !extra.is_empty() {
        command.arg("--").args(extra);
    }
    process::run(name, &mut command)
}

fn types() -> Outcome {
    tools::npm()?;
    process::run(
        "tsc",
        process::command("npm").args(["run", "--silent", "check"]),
    )
}
