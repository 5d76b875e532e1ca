//! The compiled model: everything that does not depend on the flow.

mod names;

use std::net::IpAddr;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tierwalk_resources::model::{
    Labels, Model, NamedPort, Policy, Profile, Rule, ServiceBackends, ServiceRef,
};

use crate::classes::Classes;
use crate::compiled::Compiled;
use crate::inventory::Inventory;
use crate::labelled::{self, Labelled, Selections};
use crate::order::{Order, TierEntry};
use crate::walk::Direction;

pub(crate) use names::NodeEntry;

/// A tier, by its position in the order of evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TierIndex(pub u32);

/// A policy, by its position in the order of evaluation over all tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyIndex(pub u32);

/// A profile, by its position among the names of all profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileIndex(pub u32);

/// Something that policy applies to, by its index in the engine's model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    /// A pod.
    Workload(u32),
    /// A host endpoint.
    Host(u32),
}

/// Something that owns labels and addresses, by its index in the engine's model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityRef {
    /// A pod.
    Workload(u32),
    /// A host endpoint.
    Host(u32),
    /// A network set of either kind.
    NetworkSet(u32),
}

/// A policy model, compiled. Equal resources give equal engines, in whatever order they are written.
#[derive(Clone, Debug)]
pub struct Engine {
    model: Model,
    order: Order,
    classes: Classes,
    held: Arc<Held>,
    pub(crate) compiled: OnceLock<Box<Compiled>>,
    /// What rules select in a model that was compiled before on the same inventory.
    pub(crate) matches_before: Arc<Selections>,
}

/// What follows from the model's inventory alone.
#[derive(Debug)]
struct Held {
    inventory: Inventory,
    labelled: Labelled,
    nodes: Vec<NodeEntry>,
    profiles: Vec<(String, Option<u32>)>,
}

impl Held {
    fn new(model: &Model) -> Self {
        Self {
            inventory: Inventory::new(model),
            labelled: Labelled::new(&model.inventory),
            nodes: names::nodes(model),
            profiles: names::profiles(model),
        }
    }
}

impl Engine {
    /// Compiles a model. Indices refer to [`Engine::model`].
    pub fn compile(model: Model) -> Self {
        let held = Arc::new(Held::new(&model));
        Self::new(model, held, Default::default())
    }

    /// Compiles a model; what follows from the inventory alone is taken over if it is still the same one, and whom
    /// selectors match.
    pub fn recompile(&self, model: Model) -> Self {
        if Arc::ptr_eq(&model.inventory, &self.model.inventory) {
            let before = [self.classes.subjects(), self.matches()].map(Arc::clone);
            Self::new(model, Arc::clone(&self.held), before)
        } else {
            Self::compile(model)
        }
    }

    /// A model on what it holds. Subjects and matches before are those of another model on the same.
    fn new(model: Model, held: Arc<Held>, [subjects, matches]: [Arc<Selections>; 2]) -> Self {
        let order = Order::new(&model.tiers, &model.policies);
        Self {
            classes: Classes::new(&model, &order, &held.labelled, &subjects),
            held,
            compiled: OnceLock::new(),
            matches_before: matches,
            order,
            model,
        }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What rules select, as far as it is known.
    fn matches(&self) -> &Arc<Selections> {
        let compiled = self.compiled.get();
        compiled.map_or(&self.matches_before, |compiled| compiled.selections())
    }

    /// Everything that has labels.
    pub(crate) fn labelled(&self) -> &Labelled {
        &self.held.labelled
    }

    /// Who owns which address.
    pub(crate) fn inventory(&self) -> &Inventory {
        &self.held.inventory
    }

    /// The tiers in the order of evaluation, also those without policies and those that only policies name.
    pub fn tiers(&self) -> impl Iterator<Item = (TierIndex, &TierEntry)> {
        (0..).map(TierIndex).zip(&self.order.tiers)
    }

    /// A tier.
    ///
    /// # Panics
    /// If the index is another engine's.
    pub fn tier(&self, tier: TierIndex) -> &TierEntry {
        &self.order.tiers[tier.0 as usize]
    }

    /// The tier of a policy.
    pub fn tier_of(&self, policy: PolicyIndex) -> TierIndex {
        let tiers = &self.order.tiers;
        TierIndex(tiers.partition_point(|tier| tier.policies.end <= policy.0) as u32)
    }

    /// The policies of a tier in the order of evaluation.
    pub fn policies_of(&self, tier: TierIndex) -> impl Iterator<Item = PolicyIndex> + use<> {
        self.tier(tier).policies.clone().map(PolicyIndex)
    }

    /// A policy.
    ///
    /// # Panics
    /// If the index is another engine's.
    pub fn policy(&self, policy: PolicyIndex) -> &Policy {
        &self.model.policies[self.order.policies[policy.0 as usize] as usize]
    }

    /// The number of policies.
    pub fn policy_count(&self) -> usize {
        self.order.policies.len()
    }

    /// The rules of a policy in one direction.
    pub fn rules(&self, policy: PolicyIndex, direction: Direction) -> &[Rule] {
        let policy = self.policy(policy);
        match direction {
            Direction::Egress => &policy.egress,
            Direction::Ingress => &policy.ingress,
        }
    }

    /// Whether a policy governs a direction (`types`, defaulted).
    pub fn governs(&self, policy: PolicyIndex, direction: Direction) -> bool {
        let policy = self.policy(policy);
        match direction {
            Direction::Egress => policy.governs_egress,
            Direction::Ingress => policy.governs_ingress,
        }
    }

    /// Name of a profile, which need not exist.
    ///
    /// # Panics
    /// If the index is another engine's.
    pub fn profile_name(&self, profile: ProfileIndex) -> &str {
        &self.held.profiles[profile.0 as usize].0
    }

    /// A profile; `None` if only endpoints name it.
    pub fn profile(&self, profile: ProfileIndex) -> Option<&Profile> {
        let (_, index) = self.held.profiles.get(profile.0 as usize)?;
        self.model.profiles.get((*index)? as usize)
    }

    pub(crate) fn profile_index(&self, name: &str) -> Option<ProfileIndex> {
        let at = self
            .held
            .profiles
            .binary_search_by(|(known, _)| known.as_str().cmp(name));
        at.ok().map(|index| ProfileIndex(index as u32))
    }

    pub(crate) fn profile_indices(&self) -> impl Iterator<Item = ProfileIndex> + use<> {
        (0..self.held.profiles.len() as u32).map(ProfileIndex)
    }

    pub(crate) fn classes(&self) -> &Classes {
        &self.classes
    }

    /// Names of the nodes, sorted.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.held.nodes.iter().map(|node| node.name.as_str())
    }

    pub(crate) fn node_entries(&self) -> &[NodeEntry] {
        &self.held.nodes
    }

    /// How a pod or host endpoint is called: `namespace/pod`, or the host endpoint's name.
    pub fn endpoint_name(&self, endpoint: Endpoint) -> String {
        self.entity_name(endpoint.entity())
    }

    /// How an entity is called: `namespace/name`, or its name if it has no namespace.
    pub fn entity_name(&self, entity: EntityRef) -> String {
        let (namespace, name) = match entity {
            EntityRef::Workload(index) => {
                let pod = &self.model.workloads[index as usize];
                (pod.namespace.as_str(), &pod.name)
            }
            EntityRef::Host(index) => ("", &self.model.host_endpoints[index as usize].name),
            EntityRef::NetworkSet(index) => {
                let set = &self.model.network_sets[index as usize];
                (set.namespace.as_str(), &set.name)
            }
        };
        let slash = if namespace.is_empty() { "" } else { "/" };
        [namespace, slash, name].concat()
    }

    /// Effective labels of an entity.
    pub fn labels(&self, entity: EntityRef) -> &Labels {
        labelled::labels(&self.model.inventory, entity)
    }

    /// Named ports of an entity.
    pub(crate) fn ports(&self, entity: EntityRef) -> &[NamedPort] {
        match entity {
            EntityRef::Workload(index) => &self.model.workloads[index as usize].ports,
            EntityRef::Host(index) => &self.model.host_endpoints[index as usize].ports,
            EntityRef::NetworkSet(_) => &[],
        }
    }

    /// Names of an endpoint's profiles, in order of evaluation.
    pub(crate) fn profiles_of(&self, endpoint: Endpoint) -> &[String] {
        match endpoint {
            Endpoint::Workload(index) => &self.model.workloads[index as usize].profiles,
            Endpoint::Host(index) => &self.model.host_endpoints[index as usize].profiles,
        }
    }

    /// The policies that select an endpoint, in the order of evaluation, whatever direction they govern.
    pub fn selecting(&self, endpoint: Endpoint) -> impl Iterator<Item = PolicyIndex> {
        self.positions_selecting(endpoint)
            .iter()
            .copied()
            .map(PolicyIndex)
    }

    pub(crate) fn positions_selecting(&self, endpoint: Endpoint) -> &[u32] {
        let hosts = self.model.workloads.len();
        self.classes.selecting(match endpoint {
            Endpoint::Workload(index) => index as usize,
            Endpoint::Host(index) => hosts + index as usize,
        })
    }

    /// For each policy in the order of evaluation, how many pods it selects.
    pub fn selected_pods(&self) -> Vec<u32> {
        self.counts(0..self.model.workloads.len())
    }

    /// For each policy in the order of evaluation, how many host endpoints it selects.
    pub fn selected_hosts(&self) -> Vec<u32> {
        let start = self.model.workloads.len();
        self.counts(start..start + self.model.host_endpoints.len())
    }

    fn counts(&self, endpoints: Range<usize>) -> Vec<u32> {
        self.classes.counts(self.policy_count(), endpoints)
    }

    /// The entities that own an address, sorted: pods, host endpoints, network sets, each by name.
    pub fn owners(&self, address: IpAddr) -> Vec<EntityRef> {
        self.held.inventory.owners(address)
    }

    /// The backends of a service, if it has any.
    pub(crate) fn service(&self, wanted: &ServiceRef) -> Option<&ServiceBackends> {
        let services = &self.model.services;
        let wanted = (&wanted.namespace, &wanted.name);
        let at = services.binary_search_by(|it| (&it.namespace, &it.name).cmp(&wanted));
        at.ok().and_then(|index| services.get(index))
    }
}

impl Endpoint {
    /// The endpoint as the owner of labels and addresses.
    pub fn entity(self) -> EntityRef {
        match self {
            Self::Workload(index) => EntityRef::Workload(index),
            Self::Host(index) => EntityRef::Host(index),
        }
    }
}
