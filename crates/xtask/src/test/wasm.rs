//! Tests that only a browser can run: `wasm-bindgen-test`, in a headless one.

use super::{Log, Options};
use crate::{
    Outcome, browser,
    metadata::{self, Package},
    process, repo, tools,
};

const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";

pub(super) fn run(log: &mut Log, options: &mut Options) {
    if log.check("tools", tools::ensure_all) {
        log.check("cargo test", || tests(&options.extra));
    }
}

fn tests(extra: &[String]) -> Outcome {
    let chrome = browser::ensure()?;
    let mut command = process::cargo();
    command.args([
        "test",
        "--no-fail-fast",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    for package in metadata::packages()?
        .iter()
        .filter(|package| tests_in_browser(package))
    {
        command.args(["--package", &package.name]);
    }
    if !extra.is_empty() {
        command.arg("--").args(extra);
    }
    command
        .env("CARGO_TERM_COLOR", "never")
        .env("CHROME", chrome)
        .env(
            RUNNER,
            format!("node {}", repo::at("tests/e2e/wasm-runner.mjs").display()),
        );
    process::run("wasm", &mut command)
}

fn tests_in_browser(package: &Package) -> bool {
    let mut dependencies = package.dependencies.iter();
    dependencies.any(|dependency| dependency.dev && dependency.name == "wasm-bindgen-test")
}
