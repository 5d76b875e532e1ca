#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment as SerdeSegment;

use crate::{Node, Path, Segment};

/// Typed data from a node.
#[derive(Debug)]
pub struct Decoded<T> {
    /// The data, or the first thing that kept it from being read.
    pub value: Result<T, DecodeError>,
    /// Fields that the type does not know, in the order written.
    pub unknown: Vec<Path>,
}

/// Why a node is not of the wanted type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// Where.
    pub path: Path,
    /// What is wrong.
    pub message: String,
}

/// Reads a node as `T`. Unknown fields are reported, not refused: the caller knows how strict to be.
pub fn decode<T: DeserializeOwned>(node: &Node) -> Decoded<T> {
    let mut unknown = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(node.to_value(), &mut track);
    let value =
        serde_ignored::deserialize(tracked, |path| unknown.push(Path::parse_ignored(&path)))
            .map_err(|error: serde_yaml::Error| error.to_string());
    let value = value.map_err(|message| DecodeError {
        path: from_serde(&track.path()),
        message,
    });
    Decoded { value, unknown }
}

fn from_serde(path: &serde_path_to_error::Path) -> Path {
    path.iter()
        .filter_map(|segment| match segment {
            SerdeSegment::Seq { index } => Some(Segment::Index(*index)),
            SerdeSegment::Map { key } => Some(Segment::Key(key.as_str().into())),
            SerdeSegment::Enum { variant } => Some(Segment::Key(variant.as_str().into())),
            SerdeSegment::Unknown => None,
        })
        .collect()
}

impl Path {
    fn parse_ignored(path: &serde_ignored::Path<'_>) -> Self {
        use serde_ignored::Path as Ignored;
        match path {
            Ignored::Root => Self::root(),
            Ignored::Seq { parent, index } => Self::parse_ignored(parent).index(*index),
            Ignored::Map { parent, key } => Self::parse_ignored(parent).key(key),
            Ignored::Some { parent }
            | Ignored::NewtypeStruct { parent }
            | Ignored::NewtypeVariant { parent } => Self::parse_ignored(parent),
        }
    }
}
