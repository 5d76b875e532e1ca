//! Checks a definition by itself: its names, and its output for values of every kind that it allows.
use tierwalk_yaml::Node;

use super::read;
use crate::scope::Scope;

/// Reads a definition and reports its problems.
pub(crate) fn check(scope: &mut Scope<'_>, root: &Node) {
    read::read(scope, root);
}
