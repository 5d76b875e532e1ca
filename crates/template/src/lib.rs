//! Template compiler: short templates, an organisation's own templates and one-line rules to Calico resources.
//!
//! [`compile_document`] turns one document into [`Manifest`]s, each with a [`SourceMap`] that ties every line
//! of it to the line and field of the template that made it. Manifests are text: whoever evaluates or
//! checks them reads them as if they had been typed, and takes what there is to say back through the map.
//! [`compile_project`] does the same for all files together, and decides which object goes to which
//! [`Cluster`].
//!
//! What Calico takes as valid is checked here only as far as a template can be wrong by itself; everything
//! else comes from the caller, as a [`Validate`].

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
