//! Kubernetes `networking.k8s.io/v1` `NetworkPolicy`.

use serde::Deserialize;

use super::LabelSelector;
use crate::scalars::IntOrString;

/// Spec of Kubernetes `NetworkPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KubernetesPolicySpec {
    /// Pods of the namespace it applies to; empty is all.
    pub pod_selector: LabelSelector,
    /// What may come in.
    pub ingress: Vec<KubernetesIngressRule>,
    /// What may go out.
    pub egress: Vec<KubernetesEgressRule>,
    /// Directions it isolates: `Ingress`, `Egress`.
    pub policy_types: Vec<String>,
}

/// Kubernetes `NetworkPolicyIngressRule`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct KubernetesIngressRule {
    /// Ports, any of which may be used; empty is all.
    pub ports: Vec<KubernetesPort>,
    /// Peers, any of which may send; empty is anybody.
    pub from: Vec<KubernetesPeer>,
}

/// Kubernetes `NetworkPolicyEgressRule`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct KubernetesEgressRule {
    /// Ports, any of which may be used; empty is all.
    pub ports: Vec<KubernetesPort>,
    /// Peers, any of which may receive; empty is anybody.
    pub to: Vec<KubernetesPeer>,
}

/// Kubernetes `NetworkPolicyPort`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KubernetesPort {
    /// `TCP` (if not given), `UDP` or `SCTP`.
    pub protocol: Option<String>,
    /// Number or name; absent is all ports.
    pub port: Option<IntOrString>,
    /// Last port of a range that starts at `port`.
    pub end_port: Option<i32>,
}

/// Kubernetes `NetworkPolicyPeer`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KubernetesPeer {
    /// Pods; of the policy's namespace unless `namespace_selector` is given.
    pub pod_selector: Option<LabelSelector>,
    /// Namespaces.
    pub namespace_selector: Option<LabelSelector>,
    /// Addresses; excludes the other two.
    pub ip_block: Option<IpBlock>,
}

/// Kubernetes `IPBlock`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct IpBlock {
    /// The network.
    pub cidr: String,
    /// Networks inside it that are left out.
    pub except: Vec<String>,
}
