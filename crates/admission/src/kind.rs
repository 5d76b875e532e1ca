//! Kinds as the API server names them: group, version, plural, and whether they live in a namespace.

#[cfg(test)]
mod tests;

use serde_json::Value as Json;

use crate::object::text;

/// Calico's group.
pub const CALICO: &str = "projectcalico.org";

/// The group of what Calico's API server keeps.
const STORED: &str = "crd.projectcalico.org";

/// Cluster-wide kinds, by group; every other kind is taken to live in a namespace.
const CLUSTER_WIDE: &[(&str, &[&str])] = &[
    ("", &["Namespace", "Node", "PersistentVolume"]),
    (
        CALICO,
        &[
            "Tier",
            "GlobalNetworkPolicy",
            "StagedGlobalNetworkPolicy",
            "GlobalNetworkSet",
            "HostEndpoint",
            "Profile",
            "IPPool",
            "BGPConfiguration",
            "BGPPeer",
            "FelixConfiguration",
            "ClusterInformation",
            "KubeControllersConfiguration",
        ],
    ),
    (
        "policy.networking.k8s.io",
        &[
            "ClusterNetworkPolicy",
            "AdminNetworkPolicy",
            "BaselineAdminNetworkPolicy",
        ],
    ),
    (
        "rbac.authorization.k8s.io",
        &["ClusterRole", "ClusterRoleBinding"],
    ),
    (
        "admissionregistration.k8s.io",
        &[
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    ("templates.gatekeeper.sh", &["ConstraintTemplate"]),
];

/// Policies that are in a tier, and are written under the rules of tiers.
const TIERED: &[&str] = &[
    "NetworkPolicy",
    "GlobalNetworkPolicy",
    "StagedNetworkPolicy",
    "StagedGlobalNetworkPolicy",
];

/// What kind of object something is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// Empty for the core.
    pub group: String,
    /// `v3`.
    pub version: String,
    /// `NetworkPolicy`.
    pub kind: String,
}

impl Kind {
    /// The kind that an object says it is of.
    pub fn of(object: &Json) -> Self {
        Self::named(text(object, "/apiVersion"), text(object, "/kind"))
    }

    /// From `projectcalico.org/v3` and `NetworkPolicy`.
    pub fn named(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        Self {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: kind.to_owned(),
        }
    }

    /// `networkpolicies`: by Kubernetes' rule, which holds for all kinds here
    /// (`apimachinery/pkg/api/meta.UnsafeGuessKindToResource`).
    pub fn resource(&self) -> String {
        let singular = self.kind.to_lowercase();
        if singular.ends_with("endpoints") {
            return singular;
        }
        match singular.chars().last() {
            Some('s' | 'x') => format!("{singular}es"),
            Some('y') => format!("{}ies", singular.strip_suffix('y').unwrap_or(&singular)),
            _ if singular.ends_with("ch") => format!("{singular}es"),
            _ => format!("{singular}s"),
        }
    }

    /// `networkpolicies.projectcalico.org`, and `pods` in the core.
    pub fn qualified_resource(&self) -> String {
        qualify(&self.resource(), &self.group)
    }

    /// As `kubectl` names objects: `networkpolicy.projectcalico.org`.
    pub fn qualified_singular(&self) -> String {
        qualify(&self.kind.to_lowercase(), &self.group)
    }

    /// `projectcalico.org/v3`.
    pub fn api_version(&self) -> String {
        match self.group.as_str() {
            "" => self.version.clone(),
            group => format!("{group}/{}", self.version),
        }
    }

    /// Whether its objects live in a namespace. Gatekeeper's constraints do not.
    pub fn is_namespaced(&self) -> bool {
        let own = if self.is_stored() {
            CALICO
        } else {
            &self.group
        };
        let cluster_wide = CLUSTER_WIDE
            .iter()
            .any(|(group, kinds)| *group == own && kinds.contains(&&*self.kind));
        !cluster_wide && self.group != "constraints.gatekeeper.sh"
    }

    /// Whether it is in the group in which Calico's API server keeps what it serves; with native CRDs there is none.
    pub fn is_stored(&self) -> bool {
        self.group == STORED
    }

    /// Whether the rules of tiers apply.
    pub fn is_tiered(&self) -> bool {
        self.group == CALICO && TIERED.contains(&&*self.kind)
    }

    /// Whether it is Calico's `Tier`.
    pub fn is_tier(&self) -> bool {
        self.group == CALICO && self.kind == "Tier"
    }

    /// Whether it is `Namespace`.
    pub fn is_namespace(&self) -> bool {
        self.group.is_empty() && self.kind == "Namespace"
    }
}

fn qualify(name: &str, group: &str) -> String {
    match group {
        "" => name.to_owned(),
        group => format!("{name}.{group}"),
    }
}
