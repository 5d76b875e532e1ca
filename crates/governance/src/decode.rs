//! Typed data from YAML, with the field that does not fit.

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment as SerdeSegment;
use tierwalk_yaml::{Node, Path, Segment};

/// Why a document is not of the wanted type.
pub(crate) struct DecodeError {
    pub path: Path,
    pub message: String,
}

/// Reads a node as `T`.
pub(crate) fn decode<T: DeserializeOwned>(node: &Node) -> Result<T, DecodeError> {
    serde_path_to_error::deserialize(node.to_value()).map_err(|error| DecodeError {
        path: error.path().iter().filter_map(segment).collect(),
        message: error.inner().to_string(),
    })
}

fn segment(segment: &SerdeSegment) -> Option<Segment> {
    match segment {
        SerdeSegment::Seq { index } => Some(Segment::Index(*index)),
        SerdeSegment::Map { key } => Some(Segment::Key(key.as_str().into())),
        SerdeSegment::Enum { variant } => Some(Segment::Key(variant.as_str().into())),
        SerdeSegment::Unknown => None,
    }
}
