//! Which kinds there are, by API version.

#[cfg(test)]
mod tests;

/// A kind that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as in the API")]
pub enum Kind {
    Tier,
    NetworkPolicy,
    GlobalNetworkPolicy,
    StagedNetworkPolicy,
    StagedGlobalNetworkPolicy,
    StagedKubernetesNetworkPolicy,
    NetworkSet,
    GlobalNetworkSet,
    HostEndpoint,
    Profile,
    KubernetesNetworkPolicy,
    ClusterNetworkPolicy,
    AdminNetworkPolicy,
    BaselineAdminNetworkPolicy,
    Namespace,
    ServiceAccount,
    Pod,
    Service,
    Node,
    EndpointSlice,
    Workload,
    Job,
    CronJob,
}

use Kind::{
    AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy, CronJob, EndpointSlice,
    GlobalNetworkPolicy, GlobalNetworkSet, HostEndpoint, Job, KubernetesNetworkPolicy, Namespace,
    NetworkPolicy, NetworkSet, Node, Pod, Profile, Service, ServiceAccount,
    StagedGlobalNetworkPolicy, StagedKubernetesNetworkPolicy, StagedNetworkPolicy, Tier, Workload,
};

pub(crate) const CALICO_V3: &str = "projectcalico.org/v3";
pub(crate) const CALICO_CRD: &str = "crd.projectcalico.org/v1";

const CALICO: &[(&str, Kind)] = &[
    ("Tier", Tier),
    ("NetworkPolicy", NetworkPolicy),
    ("GlobalNetworkPolicy", GlobalNetworkPolicy),
    ("StagedNetworkPolicy", StagedNetworkPolicy),
    ("StagedGlobalNetworkPolicy", StagedGlobalNetworkPolicy),
    (
        "StagedKubernetesNetworkPolicy",
        StagedKubernetesNetworkPolicy,
    ),
    ("NetworkSet", NetworkSet),
    ("GlobalNetworkSet", GlobalNetworkSet),
    ("HostEndpoint", HostEndpoint),
    ("Profile", Profile),
];

/// Kinds by API version.
const KINDS: &[(&str, &[(&str, Kind)])] = &[
    (CALICO_V3, CALICO),
    (CALICO_CRD, CALICO),
    (
        "networking.k8s.io/v1",
        &[("NetworkPolicy", KubernetesNetworkPolicy)],
    ),
    (
        "policy.networking.k8s.io/v1alpha2",
        &[("ClusterNetworkPolicy", ClusterNetworkPolicy)],
    ),
    (
        "policy.networking.k8s.io/v1alpha1",
        &[
            ("AdminNetworkPolicy", AdminNetworkPolicy),
            ("BaselineAdminNetworkPolicy", BaselineAdminNetworkPolicy),
        ],
    ),
    (
        "v1",
        &[
            ("Namespace", Namespace),
            ("ServiceAccount", ServiceAccount),
            ("Pod", Pod),
            ("Service", Service),
            ("Node", Node),
        ],
    ),
    ("discovery.k8s.io/v1", &[("EndpointSlice", EndpointSlice)]),
    (
        "apps/v1",
        &[
            ("Deployment", Workload),
            ("StatefulSet", Workload),
            ("DaemonSet", Workload),
            ("ReplicaSet", Workload),
        ],
    ),
    ("batch/v1", &[("Job", Job), ("CronJob", CronJob)]),
];

/// Groups in which a policy may be written under a wrong kind or version. Other groups have kinds of the
/// same names that are none of ours.
const POLICY_GROUPS: &[&str] = &[
    "projectcalico.org",
    "crd.projectcalico.org",
    "networking.k8s.io",
    "policy.networking.k8s.io",
    "extensions",
    "",
];

/// What an `apiVersion` and `kind` stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// A kind that is read.
    Known(Kind),
    /// The kind exists in this API version under another spelling.
    Misspelt(&'static str),
    /// The kind exists in another API version.
    OtherVersion(&'static str),
    /// Something that has no part in network policy.
    Other,
}

/// Finds a kind.
pub(crate) fn look_up(api_version: &str, kind: &str) -> Lookup {
    let kinds = kinds_of(api_version);
    if let Some((_, kind)) = kinds.iter().find(|(name, _)| *name == kind) {
        return Lookup::Known(*kind);
    }
    if let Some(name) = misspelt(kind, kinds) {
        return Lookup::Misspelt(name);
    }
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    match other_version(group, kind) {
        Some(version) if POLICY_GROUPS.contains(&group) => Lookup::OtherVersion(version),
        _ => Lookup::Other,
    }
}

fn kinds_of(api_version: &str) -> &'static [(&'static str, Kind)] {
    let found = KINDS.iter().find(|(version, _)| *version == api_version);
    found.map_or(&[], |(_, kinds)| kinds)
}

/// A slip of case or of few letters, or a plural.
fn misspelt(kind: &str, kinds: &'static [(&'static str, Kind)]) -> Option<&'static str> {
    const MAX_LENGTH: usize = 60;
    if kind.len() > MAX_LENGTH {
        return None;
    }
    let wanted = kind.to_lowercase();
    kinds
        .iter()
        .map(|(name, _)| {
            (
                strsim::damerau_levenshtein(&wanted, &name.to_lowercase()),
                *name,
            )
        })
        .filter(|(distance, _)| *distance <= wanted.len() / 5)
        .min()
        .map(|(_, name)| name)
}

/// The API version that has this kind: of the same group if possible.
fn other_version(group: &str, kind: &str) -> Option<&'static str> {
    let versions = || {
        KINDS
            .iter()
            .filter(|(_, kinds)| kinds.iter().any(|(name, _)| *name == kind))
    };
    let is_policy =
        |version: &&(&str, _)| version.0.contains("calico") || version.0.contains("networking");
    let same_group = versions().find(|(version, _)| version.split('/').next() == Some(group));
    let wanted = if group == "extensions" {
        "networking.k8s.io/v1"
    } else {
        CALICO_V3
    };
    same_group
        .or_else(|| versions().find(|(version, _)| *version == wanted))
        .or_else(|| versions().find(is_policy))
        .map(|(version, _)| *version)
}

impl Kind {
    /// Whether its objects live in a namespace.
    pub fn is_namespaced(self) -> bool {
        !matches!(
            self,
            Tier | GlobalNetworkPolicy
                | StagedGlobalNetworkPolicy
                | GlobalNetworkSet
                | HostEndpoint
                | Profile
                | ClusterNetworkPolicy
                | AdminNetworkPolicy
                | BaselineAdminNetworkPolicy
                | Namespace
                | Node
        )
    }

    /// Whether it is one of Calico's own.
    pub fn is_calico(self) -> bool {
        CALICO.iter().any(|(_, kind)| *kind == self)
    }

    /// Whether it is policy: what says something wrong is then an error, where Kubernetes' own objects are
    /// read only as far as they matter.
    pub(crate) fn is_strict(self) -> bool {
        self.is_calico() || self.is_kubernetes_policy()
    }

    /// Whether it is a policy of Kubernetes' own.
    pub(crate) fn is_kubernetes_policy(self) -> bool {
        matches!(
            self,
            KubernetesNetworkPolicy
                | ClusterNetworkPolicy
                | AdminNetworkPolicy
                | BaselineAdminNetworkPolicy
        )
    }

    /// Fields that other kinds with the same structs have, and this one has not.
    pub(crate) fn lacks(self) -> &'static [&'static str] {
        const GLOBAL: [&str; 5] = [
            "stagedAction",
            "namespaceSelector",
            "doNotTrack",
            "preDNAT",
            "applyOnForward",
        ];
        match self {
            NetworkPolicy => &GLOBAL,
            StagedNetworkPolicy => GLOBAL.get(1..).unwrap_or_default(),
            GlobalNetworkPolicy => GLOBAL.get(..1).unwrap_or_default(),
            BaselineAdminNetworkPolicy => &["priority"],
            _ => &[],
        }
    }
}
