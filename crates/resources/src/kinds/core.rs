//! Kubernetes' own objects: the fields that policy depends on (see Calico
//! `libcalico-go/lib/backend/k8s/conversion/`).

use serde::Deserialize;

use super::Labels;
use crate::scalars::IntOrString;

/// `v1` `Pod`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Pod {
    /// What is wanted.
    pub spec: PodSpec,
    /// What is.
    pub status: PodStatus,
}

/// Spec of a [`Pod`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSpec {
    /// Node it runs on.
    pub node_name: String,
    /// Service account; `default` if not given.
    pub service_account_name: String,
    /// Old name of `service_account_name`.
    pub service_account: String,
    /// Whether it shares its node's network, and so is no endpoint.
    pub host_network: bool,
    /// Containers.
    pub containers: Vec<Container>,
    /// Containers that run first.
    pub init_containers: Vec<Container>,
}

/// A container of a [`Pod`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Ports it declares.
    pub ports: Vec<ContainerPort>,
}

/// A port of a [`Container`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerPort {
    /// Name that rules may refer to.
    pub name: String,
    /// Port number.
    pub container_port: i32,
    /// Port on the node.
    pub host_port: i32,
    /// `TCP` (if not given), `UDP` or `SCTP`.
    pub protocol: String,
}

/// Status of a [`Pod`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodStatus {
    /// `Running`, `Succeeded`, …
    pub phase: String,
    /// Its first address.
    #[serde(rename = "podIP")]
    pub pod_ip: String,
    /// All its addresses.
    #[serde(rename = "podIPs")]
    pub pod_ips: Vec<PodIp>,
    /// Address of its node.
    #[serde(rename = "hostIP")]
    pub host_ip: String,
}

/// An address of a [`Pod`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PodIp {
    /// The address.
    pub ip: String,
}

/// Spec of `v1` `Service`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceSpec {
    /// Pods behind it.
    pub selector: Labels,
    /// Ports.
    pub ports: Vec<ServicePort>,
    /// Its address; `None` for a headless service.
    #[serde(rename = "clusterIP")]
    pub cluster_ip: String,
    /// All its addresses.
    #[serde(rename = "clusterIPs")]
    pub cluster_ips: Vec<String>,
    /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
    #[serde(rename = "type")]
    pub service_type: String,
}

/// A port of a `Service`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServicePort {
    /// Its name.
    pub name: String,
    /// `TCP` (if not given), `UDP` or `SCTP`.
    pub protocol: String,
    /// Port of the service.
    pub port: i32,
    /// Port of the pods, by number or name; `port` if not given.
    pub target_port: Option<IntOrString>,
    /// Port on every node.
    pub node_port: i32,
}

/// `v1` `Node`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Node {
    /// What is.
    pub status: NodeStatus,
}

/// Status of a [`Node`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct NodeStatus {
    /// Its addresses.
    pub addresses: Vec<NodeAddress>,
}

/// An address of a [`Node`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct NodeAddress {
    /// `InternalIP`, `ExternalIP`, `Hostname`, …
    #[serde(rename = "type")]
    pub address_type: String,
    /// The address.
    pub address: String,
}

/// `discovery.k8s.io/v1` `EndpointSlice`. The service is in the label `kubernetes.io/service-name`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointSlice {
    /// `IPv4`, `IPv6` or `FQDN`.
    pub address_type: String,
    /// Backends.
    pub endpoints: Vec<Endpoint>,
    /// Ports that all of them serve.
    pub ports: Vec<EndpointPort>,
}

/// A backend of an [`EndpointSlice`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Endpoint {
    /// Its addresses.
    pub addresses: Vec<String>,
    /// The pod, usually.
    pub target_ref: Option<ObjectReference>,
    /// Node it is on.
    pub node_name: String,
}

/// A reference to an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ObjectReference {
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Namespace.
    pub namespace: String,
}

/// A port of an [`EndpointSlice`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EndpointPort {
    /// Its name.
    pub name: String,
    /// `TCP` (if not given), `UDP` or `SCTP`.
    pub protocol: String,
    /// Port number; absent is any.
    pub port: Option<i32>,
}
