//! `cargo xtask tidy`: promises about the repository that no compiler checks.

mod diagnostics;
mod files;
mod graph;
mod links;
mod pins;
#[cfg(test)]
mod tests;

use crate::Outcome;

/// A promise: what it is called, and how it is broken, if it is.
type Check = (&'static str, fn() -> Outcome<Vec<String>>);

const CHECKS: &[Check] = &[
    ("crate graph as in docs/architecture.md", graph::check),
    ("a page for every diagnostic code", diagnostics::check),
    ("size of source files", files::sizes),
    ("words that are not to be committed", files::words),
    ("links between documents", links::check),
    ("pinned versions", pins::check),
];

/// `cargo xtask tidy`.
pub fn run(_: &[String]) -> Outcome {
    let mut broken = Vec::new();
    for (name, check) in CHECKS {
        let problems = check()?;
        broken.extend(
            problems
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
    }
    if broken.is_empty() {
        Ok(())
    } else {
        Err(format!("not tidy\n  {}", broken.join("\n  ")))
    }
}
