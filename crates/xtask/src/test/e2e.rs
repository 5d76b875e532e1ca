//! The built page in a real browser: Playwright and axe, over a server of our own.

use std::{path::Path, thread};

use super::{Log, Options};
use crate::{
    Outcome, browser,
    page::{self, Profile},
    process,
    server::Server,
    size, tools,
};

pub(super) fn run(log: &mut Log, options: &Options) {
    let profile = options.profile;
    let ready = log.check("tools", tools::ensure_all)
        && log.check(profile.name(), || page::build(profile).map(|_| ()));
    if !ready {
        return;
    }
    if profile == Profile::Release {
        log.check("size before the first paint", size::within_limit);
    }
    log.check("playwright", || playwright(profile, &options.extra));
}

fn playwright(profile: Profile, extra: &[String]) -> Outcome {
    let chrome = browser::ensure()?;
    let address = start_server(&profile.dist())?;
    let mut command = process::command("playwright");
    command
        .args(["test", "--config", "tests/e2e/playwright.config.ts"])
        .args(extra)
        .env("CHROME", chrome)
        .env("TIERWALK_URL", address);
    process::show(&mut command)
}

/// The server ends with this program.
fn start_server(dist: &Path) -> Outcome<String> {
    let server = Server::bind(dist, 0)?;
    let address = server.address()?;
    thread::spawn(move || server.serve());
    Ok(address)
}
