//! Template compiler.
mod clusters;
mod document;
mod emit;
mod generator;
mod manifest;
mod names;
mod oneline;
mod scope;
mod source_map;
mod values;

pub use clusters::{
    CLUSTERS_ANNOTATION, Cluster, ClusterSelector, Placement, placement, read_clusters,
};
pub use document::{CompiledDocument, DocumentKind, Options, compile_document};
pub use manifest::{Manifest, ObjectId};
pub use oneline::{
    Action, Clause, OneLineRule, Protocol, RuleError, Spanned, parse_rule, split_rules,
};
pub use source_map::{DefinitionLine, PlaceKind, SourceMap, TemplatePlace};
