//! The vectors, and what users of the command line and of a workspace can rely on.

use super::{Log, Options, cargo};

/// The crate of specification and conformance tests.
pub(super) const CRATE: &str = "tierwalk-tests";

/// Chosen from the whole workspace, so that nothing is compiled again with fewer features.
const TESTS: &str = "test --no-fail-fast --workspace --test conformance --test spec";

pub(super) fn run(log: &mut Log, options: &mut Options) {
    log.check("cargo test", || cargo("conformance", TESTS, &options.extra));
}
