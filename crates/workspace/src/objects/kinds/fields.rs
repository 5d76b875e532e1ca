//! The fields that objects of several kinds have.

use super::{ENDPOINTS, Shape, Spec, spec};

pub(super) const NAME: Spec = spec("metadata.name", "Name", Shape::Text(""), "");

pub(super) const NAMESPACE: Spec = spec(
    "metadata.namespace",
    "Namespace",
    Shape::Text("namespace-names"),
    "",
);

pub(super) const TIER: Spec = spec("spec.tier", "Tier", Shape::Text("tiers"), "");

pub(super) const ORDER: Spec = spec(
    "spec.order",
    "Order",
    Shape::Number,
    "lower is evaluated first; none is last",
);

pub(super) const STAGED: Spec = spec(
    "spec.stagedAction",
    "Staged action",
    Shape::Choice(&["Set", "Delete", "Learn", "Ignore"]),
    "",
);

pub(super) const DIRECTIONS: &[&str] = &["Ingress", "Egress"];

pub(super) const LABELS: Spec = spec("metadata.labels", "Labels", Shape::Labels(ENDPOINTS), "");
