//! `cargo xtask pictures`: the pictures of the documentation, and the first frame of the page.

use crate::{
    Outcome, browser,
    page::{self, Profile},
    process, server, tools,
};

/// Builds the page and lets a browser look at it. The first frame is a part of the next build.
pub fn run(arguments: &[String]) -> Outcome {
    let profile = Profile::from(arguments);
    tools::ensure_all()?;
    page::build(profile)?;
    let address = server::start(&profile.dist())?;
    let mut command = process::command("node");
    command.arg("tests/e2e/pictures.mjs");
    command
        .env("CHROME", browser::ensure()?)
        .env("TIERWALK_URL", address);
    process::show(&mut command)
}
