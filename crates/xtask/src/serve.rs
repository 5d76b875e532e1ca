//! `cargo xtask serve`: from a fresh clone to a page in the browser.

use crate::{
    Outcome,
    page::{self, Profile},
    server::Server,
};

const PORT: u16 = 8080;

pub fn run(arguments: &[String]) -> Outcome {
    let profile = Profile::from(arguments);
    let steps = page::make(profile)?;
    let server = Server::bind(&profile.dist(), PORT)?;
    println!(
        "\n  {}  (ready after {}; Ctrl-C ends it)",
        server.address()?,
        steps.elapsed()
    );
    server.serve();
    Ok(())
}
