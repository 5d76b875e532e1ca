//! `policy.networking.k8s.io`: `v1alpha2` `ClusterNetworkPolicy`, and its `v1alpha1` forerunners.

use serde::Deserialize;

use super::LabelSelector;

/// Spec of `ClusterNetworkPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ClusterPolicySpec {
    /// `Admin` or `Baseline`.
    pub tier: String,
    /// 0 to 1000; lower is first.
    pub priority: Option<i32>,
    /// Pods it applies to.
    pub subject: PolicySubject,
    /// Rules for traffic to those pods.
    pub ingress: Vec<ClusterIngressRule>,
    /// Rules for traffic from those pods.
    pub egress: Vec<ClusterEgressRule>,
}

/// What a cluster policy applies to: one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PolicySubject {
    /// All pods of these namespaces.
    pub namespaces: Option<LabelSelector>,
    /// Pods of namespaces.
    pub pods: Option<NamespacedPods>,
}

/// Pods of namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NamespacedPods {
    /// Namespaces; empty is all.
    pub namespace_selector: LabelSelector,
    /// Pods in them; empty is all.
    pub pod_selector: LabelSelector,
}

/// Ingress rule of a [`ClusterPolicySpec`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ClusterIngressRule {
    /// Name, for people.
    pub name: String,
    /// `Accept`, `Deny` or `Pass`.
    pub action: String,
    /// Who sends; at least one.
    pub from: Vec<ClusterPeer>,
    /// Protocols and ports; empty is all.
    pub protocols: Vec<ClusterProtocol>,
}

/// Egress rule of a [`ClusterPolicySpec`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ClusterEgressRule {
    /// Name, for people.
    pub name: String,
    /// `Accept`, `Deny` or `Pass`.
    pub action: String,
    /// Who receives; at least one.
    pub to: Vec<ClusterPeer>,
    /// Protocols and ports; empty is all.
    pub protocols: Vec<ClusterProtocol>,
}

/// One side of a cluster policy's rule: exactly one of the fields. The last three are for egress only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClusterPeer {
    /// All pods of these namespaces.
    pub namespaces: Option<LabelSelector>,
    /// Pods of namespaces.
    pub pods: Option<NamespacedPods>,
    /// Nodes; Calico cannot do it.
    pub nodes: Option<LabelSelector>,
    /// Networks.
    pub networks: Vec<String>,
    /// Domain names; Calico cannot do it.
    pub domain_names: Vec<String>,
}

/// Protocol and port of a [`ClusterPolicySpec`]'s rule: exactly one of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ClusterProtocol {
    /// TCP.
    pub tcp: Option<TransportMatch>,
    /// UDP.
    pub udp: Option<TransportMatch>,
    /// SCTP.
    pub sctp: Option<TransportMatch>,
    /// A port by name.
    pub destination_named_port: String,
}

/// Ports of one protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TransportMatch {
    /// Destination port; absent is all.
    pub destination_port: Option<ClusterPort>,
}

/// A port or a range: exactly one of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ClusterPort {
    /// One port.
    pub number: Option<i32>,
    /// Several ports.
    pub range: Option<PortRange>,
}

/// Ports from `start` to `end`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PortRange {
    /// Protocol, in `v1alpha1` only; TCP if not given.
    pub protocol: String,
    /// First port.
    pub start: i32,
    /// Last port.
    pub end: i32,
}

/// Spec of `AdminNetworkPolicy` and `BaselineAdminNetworkPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AdminPolicySpec {
    /// 0 to 1000; lower is first. Not for the baseline.
    pub priority: Option<i32>,
    /// Pods it applies to.
    pub subject: PolicySubject,
    /// Rules for traffic to those pods.
    pub ingress: Vec<AdminIngressRule>,
    /// Rules for traffic from those pods.
    pub egress: Vec<AdminEgressRule>,
}

/// Ingress rule of an [`AdminPolicySpec`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AdminIngressRule {
    /// Name, for people.
    pub name: String,
    /// `Allow`, `Deny` or (not for the baseline) `Pass`.
    pub action: String,
    /// Who sends; at least one.
    pub from: Vec<ClusterPeer>,
    /// Ports; absent is all.
    pub ports: Vec<AdminPort>,
}

/// Egress rule of an [`AdminPolicySpec`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AdminEgressRule {
    /// Name, for people.
    pub name: String,
    /// `Allow`, `Deny` or (not for the baseline) `Pass`.
    pub action: String,
    /// Who receives; at least one.
    pub to: Vec<ClusterPeer>,
    /// Ports; absent is all.
    pub ports: Vec<AdminPort>,
}

/// Port of an [`AdminPolicySpec`]'s rule: exactly one of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AdminPort {
    /// One port.
    pub port_number: Option<PortNumber>,
    /// Several ports.
    pub port_range: Option<PortRange>,
    /// A port by name; Calico cannot do it.
    pub named_port: String,
}

/// One port of a protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PortNumber {
    /// TCP if not given.
    pub protocol: String,
    /// Port number.
    pub port: i32,
}
