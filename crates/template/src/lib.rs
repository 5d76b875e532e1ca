//! Template compiler.
mod annotation;
mod clusters;
mod codes;
mod definition;
mod document;
mod emit;
mod generator;
mod manifest;
mod names;
mod oneline;
mod project;
mod scope;
mod source_map;
mod values;

pub use annotation::{AnnotatedPods, POLICY_ANNOTATION, isolation};
pub use clusters::{
    CLUSTERS_ANNOTATION, Cluster, ClusterSelector, Placement, placement, read_clusters,
    selector as cluster_selector,
};
pub use codes::CODES;
pub use definition::{Definition, Field, FieldKind, Library, Pattern, SHIPPED};
pub use document::{
    API_VERSION, CompiledDocument, DocumentKind, Options, Validate, compile_document,
    read_definition,
};
pub use manifest::{Manifest, ObjectId};
pub use oneline::{
    Action, Clause, OneLineRule, Protocol, RuleError, Spanned, parse_rule, split_rules,
};
pub use project::{ObjectSource, Project, ProjectObject, ProjectOptions, compile_project};
pub use source_map::{DefinitionLine, PlaceKind, SourceMap, TemplatePlace};
