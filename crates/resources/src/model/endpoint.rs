use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use super::{Domain, Origin, Protocol, Rule};

/// Effective labels: own ones, then those inherited from profiles (`pcns.…`, `pcsa.…`).
pub type Labels = BTreeMap<String, String>;

/// A port that an endpoint declares by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedPort {
    /// Name.
    pub name: String,
    /// TCP, UDP or SCTP.
    pub protocol: Protocol,
    /// Container port.
    pub port: u16,
}

/// A pod that policy applies to (Calico: a workload endpoint).
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// Namespace.
    pub namespace: String,
    /// Name of the pod.
    pub name: String,
    /// Name of the workload whose pod it is, such as `web` for Deployment `web`. The end of a flow may name
    /// the workload; it means the first of its pods by name.
    pub owner: Option<String>,
    /// Node it runs on; invented where the manifest names none.
    pub node: String,
    /// Effective labels.
    pub labels: Labels,
    /// Names of its profiles, in order of evaluation.
    pub profiles: Vec<String>,
    /// Its addresses; never empty.
    pub addresses: Vec<IpAddr>,
    /// Named ports of its containers.
    pub ports: Vec<NamedPort>,
    /// Where it, or the workload that stands for it, is written.
    pub origin: Origin,
}

/// Why policy does not apply to a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// `hostNetwork: true`: it is its node, as far as policy goes.
    HostNetwork,
    /// It has finished, so it owns no address.
    Finished,
    /// It has no address.
    NoAddress,
}

/// A pod that policy does not apply to.
#[derive(Clone, Debug, PartialEq)]
pub struct NonEndpoint {
    /// Namespace.
    pub namespace: String,
    /// Name of the pod.
    pub name: String,
    /// Name of the workload whose pod it is.
    pub owner: Option<String>,
    /// Node it runs on.
    pub node: String,
    /// Addresses that it uses: its node's, or those it had.
    pub addresses: Vec<IpAddr>,
    /// Why.
    pub why: WhyNot,
    /// Where it is written.
    pub origin: Origin,
}

/// A host endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct HostEndpoint {
    /// Name.
    pub name: String,
    /// Node.
    pub node: String,
    /// `interfaceName`: `*` is all interfaces, empty is the one with an expected address.
    pub interface: String,
    /// Effective labels.
    pub labels: Labels,
    /// `expectedIPs`.
    pub addresses: Vec<IpAddr>,
    /// Names of its profiles, in order of evaluation.
    pub profiles: Vec<String>,
    /// Named ports.
    pub ports: Vec<NamedPort>,
    /// Where it is written.
    pub origin: Origin,
}

/// A NetworkSet or GlobalNetworkSet.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkSet {
    /// Namespace; empty for a GlobalNetworkSet.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Effective labels.
    pub labels: Labels,
    /// Members, masked.
    pub nets: Vec<IpNet>,
    /// `allowedEgressDomains` (extension).
    pub domains: Vec<Domain>,
    /// Where it is written.
    pub origin: Origin,
}

/// A profile: what decides when no tier does.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Name: `kns.NAMESPACE`, `ksa.NAMESPACE.NAME`, `projectcalico-default-allow` or a written one.
    pub name: String,
    /// Ingress rules.
    pub ingress: Vec<Rule>,
    /// Egress rules.
    pub egress: Vec<Rule>,
    /// Where it, or the namespace or service account that it stands for, is written.
    pub origin: Option<Origin>,
}

/// The backends of one service, readiness not considered
/// (Calico `felix/serviceindex/serviceindex.go`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceBackends {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Every address of every slice.
    pub addresses: Vec<IpAddr>,
    /// Every address with every port of its slice.
    pub members: Vec<(IpAddr, Protocol, u16)>,
    /// Its own addresses, which packets leave behind before policy sees them.
    pub cluster_ips: Vec<IpAddr>,
    /// Where packets to its ports arrive; of several backends, at the first one.
    pub forwards: Vec<Forward>,
}

/// Where packets to a port of a service arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forward {
    /// Protocol of the port.
    pub protocol: Protocol,
    /// The port of the service.
    pub port: u16,
    /// The address of the backend.
    pub address: IpAddr,
    /// The port of the backend.
    pub target: u16,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Name.
    pub name: String,
    /// Addresses, from its status.
    pub addresses: Vec<IpAddr>,
}
