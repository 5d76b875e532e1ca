use std::collections::BTreeMap;

use serde::Deserialize;

/// Label names and values.
pub type Labels = BTreeMap<String, String>;

/// Kubernetes `metav1.ObjectMeta`: what says who a resource is. The cluster's own bookkeeping
/// (`managedFields` and the like) is accepted and left out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ObjectMeta {
    /// Unique per kind and namespace.
    pub name: String,
    /// Prefix of the name, set on what a controller made.
    pub generate_name: String,
    /// Empty for cluster-wide kinds.
    pub namespace: String,
    /// Labels that selectors match.
    pub labels: Labels,
    /// Annotations.
    pub annotations: Labels,
    /// Set while the object is being deleted.
    pub deletion_timestamp: Option<String>,
    /// When it was made.
    pub creation_timestamp: Option<String>,
    /// Version in a cluster; must be empty in what is created.
    pub resource_version: String,
    /// What made it.
    pub owner_references: Vec<OwnerReference>,
}

/// Kubernetes `metav1.OwnerReference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct OwnerReference {
    /// Kind of the owner.
    pub kind: String,
    /// Its name, in the same namespace.
    pub name: String,
}

/// Kubernetes `metav1.LabelSelector`: all labels and all expressions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels with exactly these values.
    pub match_labels: Labels,
    /// Conditions on labels.
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

/// Kubernetes `metav1.LabelSelectorRequirement`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelectorRequirement {
    /// Label name.
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// For `In` and `NotIn`.
    pub values: Vec<String>,
}
