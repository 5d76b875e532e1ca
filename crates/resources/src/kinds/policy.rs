//! Calico's policy kinds (Calico `api/pkg/apis/projectcalico/v3/`).

use serde::Deserialize;

use super::{EntityRule, KubernetesEgressRule, KubernetesIngressRule, LabelSelector, Labels};
use crate::scalars::Protocol;

/// Spec of `NetworkPolicy`, `GlobalNetworkPolicy` and their staged twins. What a kind does not have is
/// refused when it is read, and so empty here.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PolicySpec {
    /// Tier that the policy is part of; `default` if not given.
    pub tier: String,
    /// Place in the tier, ascending; absent is last.
    pub order: Option<f64>,
    /// Rules for traffic to the selected endpoints.
    pub ingress: Vec<Rule>,
    /// Rules for traffic from the selected endpoints.
    pub egress: Vec<Rule>,
    /// Endpoints it applies to. Empty is all: of the namespace, or, for global kinds, of the cluster with
    /// its host endpoints.
    pub selector: String,
    /// Directions it applies to. Empty means both (which only `crd.projectcalico.org/v1` can say).
    pub types: Vec<String>,
    /// Restricts it to endpoints by labels of their service account.
    pub service_account_selector: String,
    /// Never changes a verdict.
    pub performance_hints: Vec<String>,
    /// Restricts it to endpoints by labels of their namespace. Global kinds only.
    pub namespace_selector: String,
    /// Host endpoint policy without connection tracking. Global kinds only.
    pub do_not_track: bool,
    /// Host endpoint policy ahead of destination NAT. Global kinds only.
    #[serde(rename = "preDNAT")]
    pub pre_dnat: bool,
    /// On host endpoints, also applies to forwarded traffic. Global kinds only.
    pub apply_on_forward: bool,
    /// `Set`, `Delete`, `Learn` or `Ignore`; `Set` if not given. Staged kinds only.
    pub staged_action: String,
}

/// Spec of `StagedKubernetesNetworkPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StagedKubernetesPolicySpec {
    /// `Set`, `Delete`, `Learn` or `Ignore`; `Set` if not given.
    pub staged_action: String,
    /// Pods of the namespace it applies to; empty is all.
    pub pod_selector: LabelSelector,
    /// What may come in.
    pub ingress: Vec<KubernetesIngressRule>,
    /// What may go out.
    pub egress: Vec<KubernetesEgressRule>,
    /// Directions it isolates.
    pub policy_types: Vec<String>,
}

/// Calico `Rule`: all criteria that are present must match.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rule {
    /// `Allow`, `Deny`, `Log` or `Pass`.
    pub action: String,
    /// 4 or 6.
    pub ip_version: Option<i64>,
    /// Protocol that must match.
    pub protocol: Option<Protocol>,
    /// ICMP type and code that must match.
    pub icmp: Option<IcmpFields>,
    /// Protocol that must not match.
    pub not_protocol: Option<Protocol>,
    /// ICMP type and code that must not match.
    #[serde(rename = "notICMP")]
    pub not_icmp: Option<IcmpFields>,
    /// Who sends.
    pub source: EntityRule,
    /// Who receives.
    pub destination: EntityRule,
    /// HTTP request, seen only by application layer policy.
    pub http: Option<HttpMatch>,
    /// Notes on the rule.
    pub metadata: Option<RuleMetadata>,
}

/// Calico `ICMPFields`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct IcmpFields {
    /// ICMP type, 0 to 254.
    #[serde(rename = "type")]
    pub icmp_type: Option<i64>,
    /// ICMP code, 0 to 255; needs a type.
    pub code: Option<i64>,
}

/// Calico `HTTPMatch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct HttpMatch {
    /// Methods, one of which must match.
    pub methods: Vec<String>,
    /// Paths, one of which must match.
    pub paths: Vec<HttpPath>,
}

/// Calico `HTTPPath`: one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct HttpPath {
    /// The whole path.
    pub exact: String,
    /// What the path starts with.
    pub prefix: String,
}

/// Calico `RuleMetadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RuleMetadata {
    /// Notes that appear in the data plane.
    pub annotations: Labels,
}
