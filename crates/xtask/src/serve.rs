//! `cargo xtask serve`: from a fresh clone to a page in the browser.

use crate::{Outcome, page, page::Profile, progress::Steps, server::Server, tools};

const PORT: u16 = 8080;

pub fn run(arguments: &[String]) -> Outcome {
    let profile = Profile::from(arguments);
    let mut steps = Steps::new(tools::STEPS + 1);
    tools::ensure(&mut steps)?;
    steps.step(profile.name(), || page::build(profile))?;
    let server = Server::bind(&profile.dist(), PORT)?;
    println!(
        "\n  {}  (ready after {}; Ctrl-C ends it)",
        server.address()?,
        steps.elapsed()
    );
    server.serve();
    Ok(())
}
