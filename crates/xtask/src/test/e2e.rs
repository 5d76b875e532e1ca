//! The built page in a real browser: Playwright and axe, over a server of our own.

use super::{Log, Options};
use crate::{Outcome, browser, page::Profile, process, server, size};

pub(super) fn run(log: &mut Log, options: &mut Options) {
    let profile = options.profile;
    let page = options.page.take();
    if !log.check(profile.name(), || page.map_or(Ok(()), |page| page?.wait())) {
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
