//! The vectors: through the command line, and as tests of the test crate.

use super::{Log, Options, cargo};
use crate::{Outcome, process, repo};

/// The crate of specification and conformance tests.
pub(super) const CRATE: &str = "tierwalk-tests";

const VECTORS: &str = "tests/conformance";

pub(super) fn run(log: &mut Log, options: &Options) {
    log.check("tierwalk conform", conform);
    let tests = format!("test --no-fail-fast --package {CRATE}");
    log.check("cargo test", || {
        cargo("conformance", &tests, &options.extra)
    });
}

fn conform() -> Outcome {
    let files = repo::walk(&repo::at(VECTORS))?;
    let vectors = files.iter().filter(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
    });
    let mut command = process::cargo();
    command.args([
        "run",
        "--quiet",
        "--package",
        "tierwalk-cli",
        "--",
        "conform",
    ]);
    process::run("conform", command.args(vectors))?;
    counted(&process::last_line("conform")?)
}

/// A run that says nothing about how much passed has not checked anything.
fn counted(line: &str) -> Outcome {
    let passed = line
        .split_whitespace()
        .next()
        .and_then(|count| count.parse().ok());
    match passed {
        Some(0_u64) | None => Err(format!("nothing was checked; the last line is `{line}`")),
        Some(_) => Ok(()),
    }
}
