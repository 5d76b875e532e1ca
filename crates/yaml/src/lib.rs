//! Text to YAML documents with a span per node.
//!
//! A file is split into documents first ([`split`]), so that one broken document never hides the others
//! and an unchanged document keeps its text, wherever it moves to. Scalars are read as Kubernetes reads
//! them, which is YAML 1.1 (`yes` is a boolean, `0120` is 80). Places are named by their
//! [`Path`]; [`Node::to_value`] gives plain data for `serde_yaml`.

mod build;
mod document;
pub mod edit;
mod node;
mod path;
mod scalar;
mod split;

pub use document::Document;
pub use node::{Entry, Kind, Node};
pub use path::{Path, Segment};
pub use split::{Chunk, split};

/// Codes of the diagnostics of this crate.
pub const CODES: &[&str] = &[
    "yaml/syntax",
    "yaml/duplicate-key",
    "yaml/too-deep",
    "yaml/too-many-aliases",
    "yaml/not-json",
];
