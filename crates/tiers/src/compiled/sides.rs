//! What sides of rules want, other than networks and selectors.

use std::net::IpAddr;

use tierwalk_resources::model::{Domain, Protocol, ServiceBackends};

/// Tables that records refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    ports: Vec<PortSet>,
    services: Vec<ServiceMembers>,
    domains: Vec<Vec<Domain>>,
}

/// Ports of a rule.
#[derive(Clone, Debug, Default)]
pub(super) struct PortSet {
    pub ranges: Vec<(u16, u16)>,
    /// Numbers of names.
    pub names: Vec<u32>,
}

/// Backends of a service.
#[derive(Clone, Debug, Default)]
pub(super) struct ServiceMembers {
    addresses: Vec<IpAddr>,
    members: Vec<(IpAddr, Protocol, u16)>,
}

impl Sides {
    pub fn add_ports(&mut self, ports: PortSet) -> u32 {
        self.ports.push(ports);
        self.ports.len() as u32 - 1
    }

    pub fn add_service(&mut self, service: ServiceMembers) -> u32 {
        self.services.push(service);
        self.services.len() as u32 - 1
    }

    pub fn add_domains(&mut self, domains: &[Domain]) -> Option<u32> {
        if domains.is_empty() {
            return None;
        }
        self.domains.push(domains.to_vec());
        Some(self.domains.len() as u32 - 1)
    }

    pub fn ports(&self, number: u32) -> Option<&PortSet> {
        self.ports.get(number as usize)
    }

    pub fn service(&self, number: u32) -> Option<&ServiceMembers> {
        self.services.get(number as usize)
    }

    /// The lists of domains, by number.
    pub fn domains(&self) -> impl Iterator<Item = &[Domain]> {
        self.domains.iter().map(Vec::as_slice)
    }

    /// The addresses behind the services, sorted.
    pub fn backends(&self) -> Vec<IpAddr> {
        let services = self.services.iter();
        let mut addresses: Vec<IpAddr> = services.flat_map(|it| &it.addresses).copied().collect();
        addresses.sort_unstable();
        addresses.dedup();
        addresses
    }

    pub fn is_named(&self, number: u32, domain: &str) -> bool {
        let domains = self.domains.get(number as usize);
        domains.is_some_and(|domains| domains.iter().any(|it| it.matches(domain)))
    }
}

impl PortSet {
    pub fn contains(&self, port: u16) -> bool {
        let mut ranges = self.ranges.iter();
        ranges.any(|(first, last)| (*first..=*last).contains(&port))
    }

    /// How many port numbers, by range.
    pub fn count(&self) -> usize {
        let sizes = self.ranges.iter();
        sizes
            .map(|(first, last)| usize::from(last.saturating_sub(*first)) + 1)
            .sum()
    }
}

impl ServiceMembers {
    pub fn new(backends: &ServiceBackends) -> Self {
        let mut addresses = backends.addresses.clone();
        addresses.sort_unstable();
        let mut members = backends.members.clone();
        members.sort_unstable();
        Self { addresses, members }
    }

    pub fn has_address(&self, address: IpAddr) -> bool {
        self.addresses.binary_search(&address).is_ok()
    }

    /// The ports behind an address.
    pub fn members_at(&self, address: IpAddr) -> impl Iterator<Item = (Protocol, u16)> {
        let start = self.members.partition_point(|(at, ..)| *at < address);
        let members = self.members.get(start..).unwrap_or_default();
        members
            .iter()
            .take_while(move |(at, ..)| *at == address)
            .map(|(_, protocol, port)| (*protocol, *port))
    }

    pub fn has_member(&self, address: IpAddr, protocol: Protocol, port: u16) -> bool {
        self.members
            .binary_search(&(address, protocol, port))
            .is_ok()
    }
}
