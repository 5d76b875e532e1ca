//! Nodes to typed resources, by serde's derived code over a deserializer that reads as Calico and
//! Kubernetes do, notes the place of everything it cannot read, and goes on.

#[cfg(test)]
mod tests;

mod access;
mod envelope;
mod error;
mod fields;
mod node;
mod resource;

use std::cell::RefCell;

use serde::Deserialize;
use tierwalk_yaml::Node;

use crate::problem::{At, Problems};

pub(crate) use envelope::{Envelope, envelopes};
pub(crate) use resource::{decode_metadata, decode_resource};

/// How to read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// Fields that the type does not know are errors. Otherwise they are of no interest.
    pub strict_fields: bool,
    /// Field names in another case, and numbers and booleans for text, are read with a warning. Calico's
    /// client does so; Kubernetes does not.
    pub lenient: bool,
    /// Fields that the struct has and the kind has not.
    pub lacks: &'static [&'static str],
    /// Fields that are allowed beside those of the outermost struct.
    pub beside: &'static [&'static str],
}

/// What one reading shares.
struct Reader<'p, 'd> {
    manner: Manner,
    problems: RefCell<&'p mut Problems<'d>>,
}

/// Reads a node as `T`. `None` if what could not be read could not be left out either; the problems then
/// say why.
pub(crate) fn decode<'n, T: Deserialize<'n>>(
    node: &'n Node,
    at: &At<'_>,
    manner: Manner,
    problems: &mut Problems<'_>,
) -> Option<T> {
    let problems = RefCell::new(problems);
    let reader = Reader { manner, problems };
    T::deserialize(node::Reading::outermost(node, at, &reader)).ok()
}
