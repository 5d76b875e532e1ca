//! Which entities own an address: pods, host endpoints and network sets, several at once where they overlap
//! (Calico `felix/labelindex/named_port_index.go`).

use std::net::IpAddr;

use ipnet::IpNet;
use tierwalk_resources::model::Model;

use crate::engine::EntityRef;
use crate::segments::{Families, Owners};

/// Addresses and domain names of all entities.
#[derive(Clone, Debug)]
pub(crate) struct Inventory {
    segments: Families,
    /// Number of pods and of host endpoints, which come first in the numbering of owners.
    workloads: u32,
    hosts: u32,
    /// Network sets that name domains.
    with_domains: Vec<u32>,
}

impl Inventory {
    pub fn new(model: &Model) -> Self {
        let mut owners = Owners::default();
        let workloads = model.workloads.iter().map(|it| &it.addresses);
        let hosts = model.host_endpoints.iter().map(|it| &it.addresses);
        let mut numbers = 0..;
        for (addresses, owner) in workloads.chain(hosts).zip(&mut numbers) {
            let nets = addresses.iter().map(|address| IpNet::from(*address));
            nets.for_each(|net| owners.add(net, owner));
        }
        for (set, owner) in model.network_sets.iter().zip(numbers) {
            set.nets.iter().for_each(|net| owners.add(*net, owner));
        }
        let sets = (0..).zip(&model.network_sets);
        Self {
            segments: owners.finish(),
            workloads: model.workloads.len() as u32,
            hosts: model.host_endpoints.len() as u32,
            with_domains: sets
                .filter(|(_, set)| !set.domains.is_empty())
                .map(|(index, _)| index)
                .collect(),
        }
    }

    /// The entities that own an address, sorted: pods, host endpoints, network sets, each by name.
    pub fn owners(&self, address: IpAddr) -> Vec<EntityRef> {
        let mut owners = Vec::new();
        self.each_owner(address, |owner| owners.push(owner));
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// The entities that own an address, in no order; one may come more than once.
    pub fn each_owner(&self, address: IpAddr, mut visit: impl FnMut(EntityRef)) {
        self.segments
            .each_owner(address, |owner| visit(self.entity(owner)));
    }

    /// The owners by address.
    pub fn segments(&self) -> &Families {
        &self.segments
    }

    /// The network sets whose domains match a name.
    pub fn owners_of_domain(&self, model: &Model, name: &str) -> Vec<EntityRef> {
        let matches = |index: &&u32| {
            let set = model.network_sets.get(**index as usize);
            set.is_some_and(|set| set.domains.iter().any(|domain| domain.matches(name)))
        };
        let sets = self.with_domains.iter().filter(matches);
        sets.map(|index| EntityRef::NetworkSet(*index)).collect()
    }

    fn entity(&self, owner: u32) -> EntityRef {
        if owner < self.workloads {
            return EntityRef::Workload(owner);
        }
        let rest = owner - self.workloads;
        if rest < self.hosts {
            EntityRef::Host(rest)
        } else {
            EntityRef::NetworkSet(rest - self.hosts)
        }
    }
}
