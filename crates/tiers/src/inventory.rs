//! Which entities own an address: pods, host endpoints and network sets, several at once where they overlap
//! (Calico `felix/labelindex/named_port_index.go`).

use std::net::IpAddr;

use ipnet::IpNet;
use tierwalk_resources::model::Model;

use crate::engine::EntityRef;
use crate::segments::{Prefix, Segments};

/// Addresses and domain names of all entities.
#[derive(Clone, Debug)]
pub(crate) struct Inventory {
    v4: Segments<u32>,
    v6: Segments<u128>,
    /// Number of pods and of host endpoints, which come first in the numbering of owners.
    workloads: u32,
    hosts: u32,
    /// Network sets that name domains.
    with_domains: Vec<u32>,
}

impl Inventory {
    pub fn new(model: &Model) -> Self {
        let mut families = Families::default();
        let mut owner = 0;
        for workload in &model.workloads {
            families.add_addresses(&workload.addresses, owner);
            owner += 1;
        }
        for host in &model.host_endpoints {
            families.add_addresses(&host.addresses, owner);
            owner += 1;
        }
        for set in &model.network_sets {
            families.add_nets(&set.nets, owner);
            owner += 1;
        }
        let sets = (0..).zip(&model.network_sets);
        Self {
            v4: Segments::new(families.v4),
            v6: Segments::new(families.v6),
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
        let mut visit = |owner| visit(self.entity(owner));
        match address {
            IpAddr::V4(v4) => self.v4.owners(v4.into()).for_each(&mut visit),
            IpAddr::V6(v6) => self.v6.owners(v6.into()).for_each(&mut visit),
        }
    }

    /// What stands for the owners of an address: addresses of a family with equal links have the same owners.
    pub fn link(&self, address: IpAddr) -> u32 {
        match address {
            IpAddr::V4(v4) => self.v4.link(v4.into()),
            IpAddr::V6(v6) => self.v6.link(v6.into()),
        }
    }

    /// Owners of IPv4 addresses.
    pub fn v4(&self) -> &Segments<u32> {
        &self.v4
    }

    /// Owners of IPv6 addresses.
    pub fn v6(&self) -> &Segments<u128> {
        &self.v6
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

#[derive(Default)]
struct Families {
    v4: Vec<Prefix<u32>>,
    v6: Vec<Prefix<u128>>,
}

impl Families {
    fn add_addresses(&mut self, addresses: &[IpAddr], owner: u32) {
        for address in addresses {
            self.add(IpNet::from(*address), owner);
        }
    }

    fn add_nets(&mut self, nets: &[IpNet], owner: u32) {
        for net in nets {
            self.add(*net, owner);
        }
    }

    fn add(&mut self, net: IpNet, owner: u32) {
        let len = net.prefix_len();
        match net.network() {
            IpAddr::V4(first) => self.v4.push(Prefix {
                first: first.into(),
                len,
                owner,
            }),
            IpAddr::V6(first) => self.v6.push(Prefix {
                first: first.into(),
                len,
                owner,
            }),
        }
    }
}
