//! The one policy model that every kind of resource is converted to, and all that the evaluator sees.
//!
//! It says what Felix is told: effective selectors, converted rules, endpoints with inherited labels.
//! Every policy and rule remembers where it was written ([`Origin`]), so that a verdict can point there.

mod endpoint;
mod policy;
mod rule;

pub use endpoint::{
    Forward, HostEndpoint, Labels, NamedPort, NetworkSet, Node, NonEndpoint, Profile,
    ServiceBackends, WhyNot, Workload,
};
pub use policy::{Converted, Policy, PolicyId, PolicyKind, Tier, TierAction};
pub use rule::{
    Action, Domain, Entity, EntityField, Field, Http, HttpPath, Icmp, IpVersion, Part, PartKind,
    Ports, Protocol, Rule, ServiceRef, Written,
};

use std::ops::Deref;
use std::sync::Arc;

use tierwalk_yaml::Path;

/// Where something is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Number that the caller gave the document.
    pub document: u32,
    /// The object inside the document: empty, or `items[3]` in a list.
    pub path: Path,
}

/// Everything that decides flows. Tiers and policies are in the order of the documents; nothing depends on it.
///
/// What is in the inventory can be read from the model itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Declared tiers and the three built-in ones.
    pub tiers: Vec<Tier>,
    /// Policies of all kinds; staged ones with `stagedAction: Delete` are left out.
    pub policies: Vec<Policy>,
    /// What policies apply to and select. It is the same one from edit to edit while only policies change.
    pub inventory: Arc<Inventory>,
}

impl Deref for Model {
    type Target = Inventory;

    fn deref(&self) -> &Inventory {
        &self.inventory
    }
}

/// What a cluster holds besides policies. Vectors are sorted by namespace and name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// Pods that policy applies to.
    pub workloads: Vec<Workload>,
    /// Pods that policy does not apply to, and why.
    pub non_endpoints: Vec<NonEndpoint>,
    /// Host endpoints.
    pub host_endpoints: Vec<HostEndpoint>,
    /// Network sets of both kinds.
    pub network_sets: Vec<NetworkSet>,
    /// Profiles: of namespaces and service accounts, and written ones.
    pub profiles: Vec<Profile>,
    /// Service backends, from EndpointSlices.
    pub services: Vec<ServiceBackends>,
    /// Nodes with the addresses known for them.
    pub nodes: Vec<Node>,
}

impl Inventory {
    /// With its vectors sorted, as whoever takes one expects.
    pub fn sorted(mut self) -> Self {
        self.workloads
            .sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        self.non_endpoints
            .sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        self.host_endpoints.sort_by(|a, b| a.name.cmp(&b.name));
        self.network_sets
            .sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        self.profiles.sort_by(|a, b| a.name.cmp(&b.name));
        self.services
            .sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        self.nodes.sort_by(|a, b| a.name.cmp(&b.name));
        self
    }
}
