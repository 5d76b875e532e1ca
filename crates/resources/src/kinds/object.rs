use std::sync::{Arc, OnceLock};

use tierwalk_yaml::Path;

use super::{
    AdminPolicySpec, ClusterPolicySpec, CronJobSpec, EndpointSlice, HostEndpointSpec, JobSpec,
    KubernetesPolicySpec, NetworkSetSpec, Node, ObjectMeta, Pod, PolicySpec, ProfileSpec,
    ServiceSpec, StagedKubernetesPolicySpec, TierSpec, WorkloadSpec,
};
use crate::convert::{self, Selectors};
use crate::model::Converted;

/// A resource and where it stands in its document.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// As written: `projectcalico.org/v3`.
    pub api_version: String,
    /// As written: `NetworkPolicy`.
    pub kind: String,
    /// Name, namespace, labels, annotations. The namespace is `default` where a kind needs one and none
    /// is written.
    pub metadata: ObjectMeta,
    /// What it says.
    pub resource: Resource,
    /// Prefix of all its fields' paths: empty, or `items[3]` in a list.
    pub path: Path,
    converted: Conversion,
}

/// What an object was converted to, once it was. Objects are not changed after they were read; one that is cloned may be.
#[derive(Debug, Default)]
struct Conversion(OnceLock<Option<Arc<Converted>>>);

impl Clone for Conversion {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Conversion {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Object {
    /// An object that nobody converted yet.
    pub(crate) fn new(
        (api_version, kind): (&str, &str),
        metadata: ObjectMeta,
        resource: Resource,
        path: Path,
    ) -> Self {
        Self {
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
            metadata,
            resource,
            path,
            converted: Conversion::default(),
        }
    }

    /// The policy that it is, converted when it is first asked for.
    pub(crate) fn converted(&self, selectors: &mut Selectors) -> Option<Arc<Converted>> {
        let converted = self.converted.0.get_or_init(|| {
            let policy = convert::policy(self, selectors);
            policy.map(Arc::new)
        });
        converted.clone()
    }

    /// The path of a field, written as in the resource's own documentation: `spec.selector`.
    pub fn field(&self, path: &str) -> Path {
        self.path.join(&Path::parse(path))
    }
}

/// A resource's content, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Resource {
    /// Calico `Tier`.
    Tier(TierSpec),
    /// Calico `NetworkPolicy`.
    NetworkPolicy(Box<PolicySpec>),
    /// Calico `GlobalNetworkPolicy`.
    GlobalNetworkPolicy(Box<PolicySpec>),
    /// Calico `StagedNetworkPolicy`.
    StagedNetworkPolicy(Box<PolicySpec>),
    /// Calico `StagedGlobalNetworkPolicy`.
    StagedGlobalNetworkPolicy(Box<PolicySpec>),
    /// Calico `StagedKubernetesNetworkPolicy`.
    StagedKubernetesNetworkPolicy(Box<StagedKubernetesPolicySpec>),
    /// Calico `NetworkSet`.
    NetworkSet(NetworkSetSpec),
    /// Calico `GlobalNetworkSet`.
    GlobalNetworkSet(NetworkSetSpec),
    /// Calico `HostEndpoint`.
    HostEndpoint(Box<HostEndpointSpec>),
    /// Calico `Profile`.
    Profile(Box<ProfileSpec>),
    /// `networking.k8s.io/v1` `NetworkPolicy`.
    KubernetesNetworkPolicy(Box<KubernetesPolicySpec>),
    /// `policy.networking.k8s.io/v1alpha2` `ClusterNetworkPolicy`.
    ClusterNetworkPolicy(Box<ClusterPolicySpec>),
    /// `policy.networking.k8s.io/v1alpha1` `AdminNetworkPolicy`.
    AdminNetworkPolicy(Box<AdminPolicySpec>),
    /// `policy.networking.k8s.io/v1alpha1` `BaselineAdminNetworkPolicy`.
    BaselineAdminNetworkPolicy(Box<AdminPolicySpec>),
    /// `v1` `Namespace`: metadata only.
    Namespace,
    /// `v1` `ServiceAccount`: metadata only.
    ServiceAccount,
    /// `v1` `Pod`.
    Pod(Box<Pod>),
    /// `v1` `Service`.
    Service(Box<ServiceSpec>),
    /// `v1` `Node`.
    Node(Node),
    /// `discovery.k8s.io/v1` `EndpointSlice`.
    EndpointSlice(Box<EndpointSlice>),
    /// `apps/v1` `Deployment`, `StatefulSet`, `DaemonSet` or `ReplicaSet`; [`Object::kind`] says which.
    Workload(Box<WorkloadSpec>),
    /// `batch/v1` `Job`.
    Job(Box<JobSpec>),
    /// `batch/v1` `CronJob`.
    CronJob(Box<CronJobSpec>),
    /// Any other kind: it has no part in network policy.
    Ignored,
}
