//! The built page in a real browser: Playwright and axe, over a server of our own.

use super::{Log, Options};
use crate::{
    Outcome, browser,
    page::{self, Profile},
    process, server, size, tools,
};

pub(super) fn run(log: &mut Log, options: &Options) {
    let profile = options.profile;
    let ready = log.check("tools", tools::ensure_all)
        && log.check(profile.name(), || page::build(profile).map(|_| ()));
    if !ready {
        return;
    }
    if profile == Profile::Release {
        log.check("size", size::within_limits);
    }
    log.check("playwright", || playwright(profile, &options.extra));
}

fn playwright(profile: Profile, extra: &[String]) -> Outcome {
    let chrome = browser::ensure()?;
    let address = server::start(&profile.dist())?;
    let mut command = process::command("playwright");
    command
        .args(["test", "--config", "tests/e2e/playwright.config.ts"])
        .args(extra)
        .env("CHROME", chrome)
        .env("TIERWALK_URL", address);
    process::show(&mut command)
}
