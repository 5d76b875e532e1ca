//! The fields of each kind of object, as its form shows them.

mod calico;
mod fields;
mod inventory;
mod kubernetes;

use tierwalk_yaml::Node;

use self::{
    calico::{GLOBAL_POLICY, NETWORK_POLICY, STAGED_GLOBAL_POLICY, STAGED_POLICY, TIER_KIND},
    inventory::{ACCOUNT, GLOBAL_NETWORK_SET, NAMESPACE_KIND, NETWORK_SET, POD},
    kubernetes::{ADMIN_POLICY, CLUSTER_POLICY, KUBERNETES_POLICY, STAGED_KUBERNETES_POLICY},
};

/// A field of a form.
#[derive(Debug)]
pub(super) struct Spec {
    /// Its path in the object, or in the item that it is a field of.
    pub path: &'static str,
    pub label: &'static str,
    pub shape: Shape,
    /// Seldom needed: out of sight while it is not written.
    pub seldom: bool,
    pub help: &'static str,
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Shape {
    /// Text, with what exists offered.
    Text(&'static str),
    Number,
    Flag,
    Choice(&'static [&'static str]),
    Choices(&'static [&'static str]),
    /// Values of a list, with what exists offered.
    List(&'static str),
    /// Numbers and names.
    Ports,
    /// A selector of Calico's, over labels of these.
    Selector(&'static str),
    /// A label selector of Kubernetes, over labels of these.
    Match(&'static str),
    Labels,
    /// A list of rules, ports or peers: the heads of the columns, the fields of an item, and a new one.
    Items(&'static [&'static str], &'static [Spec], &'static str),
}

/// A part of a form.
#[derive(Debug)]
pub(super) struct Part {
    pub title: &'static str,
    pub fields: &'static [Spec],
}

/// Whose labels a selector looks at.
pub(super) const ENDPOINTS: &str = "endpoints";
pub(super) const NAMESPACES: &str = "namespaces";
pub(super) const ACCOUNTS: &str = "accounts";

const fn spec(path: &'static str, label: &'static str, shape: Shape, help: &'static str) -> Spec {
    Spec {
        path,
        label,
        shape,
        seldom: false,
        help,
    }
}

const fn seldom(path: &'static str, label: &'static str, shape: Shape, help: &'static str) -> Spec {
    Spec {
        path,
        label,
        shape,
        seldom: true,
        help,
    }
}

/// The form of an object by its group and kind.
pub(super) fn parts(object: &Node) -> Option<&'static [Part]> {
    let text = |key| object.get(key).and_then(Node::as_str).unwrap_or_default();
    let group = text("apiVersion").split('/').next().unwrap_or_default();
    Some(match (group, text("kind")) {
        ("networking.k8s.io", "NetworkPolicy") => KUBERNETES_POLICY,
        ("policy.networking.k8s.io", "ClusterNetworkPolicy") => CLUSTER_POLICY,
        ("policy.networking.k8s.io", "AdminNetworkPolicy" | "BaselineAdminNetworkPolicy") => {
            ADMIN_POLICY
        }
        ("v1", "Pod") => POD,
        ("v1", "Namespace") => NAMESPACE_KIND,
        ("v1", "ServiceAccount") => ACCOUNT,
        ("projectcalico.org" | "crd.projectcalico.org", kind) => match kind {
            "NetworkPolicy" => NETWORK_POLICY,
            "GlobalNetworkPolicy" => GLOBAL_POLICY,
            "StagedNetworkPolicy" => STAGED_POLICY,
            "StagedGlobalNetworkPolicy" => STAGED_GLOBAL_POLICY,
            "StagedKubernetesNetworkPolicy" => STAGED_KUBERNETES_POLICY,
            "NetworkSet" => NETWORK_SET,
            "GlobalNetworkSet" => GLOBAL_NETWORK_SET,
            "Tier" => TIER_KIND,
            _ => return None,
        },
        _ => return None,
    })
}
