//! Tiers left to right, policies top to bottom.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Action, Place, PolicyRef};

/// The whole board, in order of evaluation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// Tiers, left to right.
    pub tiers: Vec<TierColumn>,
    /// Flow halves that the profiles decided.
    pub profile_hits: Hits,
    /// Policies with an error whose tier is none of these, or cannot be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<BrokenPolicy>,
}

/// A policy with an error, as far as it can be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrokenPolicy {
    /// Which policy; its name is empty if it has none.
    pub policy: PolicyRef,
    /// Short kind of flow logs: `np`, `gnp`, `snp`, `sgnp`, `sknp`, `knp`, `kcnp`.
    pub short_kind: String,
    /// Its tier; `None` if it cannot be told.
    pub tier: Option<String>,
    /// Order; `None` is last.
    pub order: Option<f64>,
    /// What is wrong: one lower-case sentence, user input in backticks.
    pub problem: String,
    /// Where that is.
    pub place: Place,
}

/// One tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TierColumn {
    /// Name.
    pub name: String,
    /// Order; `None` for a tier that policies name but nobody declared.
    pub order: Option<f64>,
    /// What happens at its end: Deny or Pass.
    pub default_action: Action,
    /// One of the tiers every cluster has (`default`, `kube-admin`, `kube-baseline`).
    pub built_in: bool,
    /// Where it is written; `None` for built-in tiers that no file declares.
    pub place: Option<Place>,
    /// Policies, top to bottom.
    pub policies: Vec<Arc<PolicyCard>>,
    /// Policies with an error, which are left out of evaluation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<BrokenPolicy>,
    /// Flow halves that ended here.
    pub end_hits: Hits,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyCard {
    /// Which policy.
    pub policy: PolicyRef,
    /// Short kind of flow logs: `np`, `gnp`, `snp`, `sgnp`, `sknp`, `knp`, `kcnp`.
    pub short_kind: String,
    /// Order; `None` is last.
    pub order: Option<f64>,
    /// Governs ingress.
    pub ingress: bool,
    /// Governs egress.
    pub egress: bool,
    /// Endpoints selected.
    pub endpoints: u32,
    /// What the current flows hit, both halves counted, enforced policies only
    /// (for a staged policy: its pending hits).
    pub hits: Hits,
    /// What is remarkable, most important first.
    pub flags: Vec<Flag>,
    /// Where it is written.
    pub place: Place,
}

/// Counts of hits by action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hits {
    /// Allow.
    pub allow: u32,
    /// Deny.
    pub deny: u32,
    /// Pass.
    pub pass: u32,
}

/// What is remarkable about a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Flag {
    /// A check refuses it.
    Check,
    /// Staged: shows what would change.
    Staged,
    /// Its selector matches no endpoint.
    SelectsNothing,
    /// None of its rules ever decides: others do before them.
    Shadowed,
    /// It selects endpoints, and none of the flows hits it.
    Unused,
}
