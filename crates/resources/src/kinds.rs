//! Resources as their API spells them: plain data, no spans, fields named as in Calico's and Kubernetes'
//! Go types. Missing fields are empty; defaults are filled in by [`crate::read`].

mod cluster_policy;
mod core;
mod entity;
mod kubernetes;
mod metadata;
mod object;
mod policy;
mod registry;
mod sets;
mod workload;

pub use cluster_policy::{
    AdminEgressRule, AdminIngressRule, AdminPolicySpec, AdminPort, ClusterEgressRule,
    ClusterIngressRule, ClusterPeer, ClusterPolicySpec, ClusterPort, ClusterProtocol,
    NamespacedPods, PolicySubject, PortNumber, PortRange, TransportMatch,
};
pub use core::{
    Container, ContainerPort, Endpoint, EndpointPort, EndpointSlice, Node, NodeAddress, NodeStatus,
    ObjectReference, Pod, PodIp, PodSpec, PodStatus, ServicePort, ServiceSpec,
};
pub use entity::{EntityRule, ServiceAccountMatch, ServiceMatch};
pub use kubernetes::{
    IpBlock, KubernetesEgressRule, KubernetesIngressRule, KubernetesPeer, KubernetesPolicySpec,
    KubernetesPort,
};
pub use metadata::{LabelSelector, LabelSelectorRequirement, Labels, ObjectMeta, OwnerReference};
pub use object::{Object, Resource};
pub use policy::{
    HttpMatch, HttpPath, IcmpFields, PolicySpec, Rule, RuleMetadata, StagedKubernetesPolicySpec,
};
pub use registry::Kind;
pub(crate) use registry::{CALICO_CRD, Lookup, look_up};
pub use sets::{HostEndpointPort, HostEndpointSpec, NetworkSetSpec, ProfileSpec, TierSpec};
pub use workload::{CronJobSpec, JobSpec, JobTemplate, PodTemplate, WorkloadSpec};
