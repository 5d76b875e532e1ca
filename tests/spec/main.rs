//! What users of the command line and of a workspace can rely on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cli;
mod compile;
mod examples;
mod flows;
mod hostile;
mod lints;
mod suggest;
mod templates;
mod workspace;
