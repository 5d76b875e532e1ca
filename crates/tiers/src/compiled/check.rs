//! One record against one packet, cheapest criterion first.

use std::net::IpAddr;

use tierwalk_resources::model::{Icmp, Protocol};

use crate::Engine;

use super::Compiled;
use super::entities::Class;
use super::nets::NetList;
use super::record::{Match, Record, SideRecord};

/// A packet, looked up.
#[derive(Clone, Debug)]
pub(super) struct Point<'f> {
    pub is_v4: bool,
    pub protocol: Protocol,
    pub icmp: Option<(u8, u8)>,
    pub source: PointSide<'f>,
    pub destination: PointSide<'f>,
}

/// One side of a packet, looked up.
#[derive(Clone, Debug)]
pub(super) struct PointSide<'f> {
    pub address: IpAddr,
    pub port: Option<u16>,
    pub domain: Option<&'f str>,
    /// Classes of the owners of the address.
    pub owners: Vec<u32>,
    /// Network lists that contain the address, sorted.
    pub nets: Vec<NetList>,
}

impl Compiled {
    /// Whether every criterion of a rule holds.
    pub(super) fn matches(&self, rule: &Record, point: &Point<'_>) -> bool {
        (if point.is_v4 { rule.v4 } else { rule.v6 })
            && rule.protocol.is_none_or(|it| it == point.protocol)
            && rule.not_protocol.is_none_or(|it| it != point.protocol)
            && self.side_matches(&rule.destination, &point.destination, point.protocol, true)
            && self.side_matches(&rule.source, &point.source, point.protocol, false)
            && rule
                .icmp
                .is_none_or(|it| point.icmp.is_some_and(|icmp| is_icmp(it, icmp)))
            && rule
                .not_icmp
                .is_none_or(|it| point.icmp.is_some_and(|icmp| !is_icmp(it, icmp)))
    }

    fn side_matches(
        &self,
        rule: &SideRecord,
        side: &PointSide<'_>,
        protocol: Protocol,
        is_destination: bool,
    ) -> bool {
        let has_port = |ports| self.has_port(ports, rule, side, protocol);
        rule.ports.is_none_or(has_port)
            && !rule.not_ports.is_some_and(has_port)
            && self.is_peer(rule, side)
            && !rule.not_nets.is_some_and(|list| side.is_in(list))
            && !rule.negative.is_some_and(|it| self.is_owned(it, side))
            && rule
                .service
                .is_none_or(|it| self.is_backend(it, side, protocol, is_destination))
    }

    pub(super) fn is_peer(&self, rule: &SideRecord, side: &PointSide<'_>) -> bool {
        if let Some(domains) = rule.domains {
            if side
                .domain
                .is_some_and(|name| self.sides.is_named(domains, name))
            {
                return true;
            }
            if rule.nets.is_none() && rule.positive.is_none() {
                return false;
            }
        }
        rule.nets.is_none_or(|list| side.is_in(list))
            && rule.positive.is_none_or(|it| self.is_owned(it, side))
    }

    pub(super) fn is_owned(&self, wanted: Match, side: &PointSide<'_>) -> bool {
        self.owners(side).any(|class| class.satisfies(wanted))
    }

    pub(super) fn owners<'a>(&'a self, side: &'a PointSide<'_>) -> impl Iterator<Item = &'a Class> {
        side.owners.iter().filter_map(|it| self.entities.class(*it))
    }

    pub(super) fn has_port(
        &self,
        ports: u32,
        rule: &SideRecord,
        side: &PointSide<'_>,
        protocol: Protocol,
    ) -> bool {
        let (Some(ports), Some(port)) = (self.sides.ports(ports), side.port) else {
            return false;
        };
        let declares = |class: &Class| {
            class.declares(&ports.names, protocol, port)
                && rule.positive.is_none_or(|it| class.satisfies(it))
        };
        ports.contains(port) || !ports.names.is_empty() && self.owners(side).any(declares)
    }

    fn is_backend(
        &self,
        service: u32,
        side: &PointSide<'_>,
        protocol: Protocol,
        is_destination: bool,
    ) -> bool {
        let Some(service) = self.sides.service(service) else {
            return false;
        };
        match side.port {
            _ if !is_destination => service.has_address(side.address),
            Some(port) => service.has_member(side.address, protocol, port),
            None => false,
        }
    }
}

impl Compiled {
    /// An address, and the domain name by which it is called, as rules see it; without a port.
    pub(super) fn side<'f>(
        &self,
        engine: &Engine,
        address: IpAddr,
        domain: Option<&'f str>,
    ) -> PointSide<'f> {
        let mut owners = Vec::new();
        let of = |entity| self.entities.class_of(entity);
        engine
            .inventory()
            .each_owner(address, |it| owners.extend(of(it)));
        let sets = domain.map(|name| engine.inventory().owners_of_domain(engine.model(), name));
        owners.extend(sets.into_iter().flatten().filter_map(of));
        owners.sort_unstable();
        owners.dedup();
        let mut nets = Vec::new();
        self.nets.containing(address, &mut nets);
        PointSide {
            address,
            port: None,
            domain,
            owners,
            nets,
        }
    }
}

impl PointSide<'_> {
    /// An address that nobody owns or lists.
    pub fn nobody() -> Self {
        Self {
            address: IpAddr::from([0, 0, 0, 0]),
            port: None,
            domain: None,
            owners: Vec::new(),
            nets: Vec::new(),
        }
    }

    pub(super) fn is_in(&self, list: NetList) -> bool {
        self.nets.binary_search(&list).is_ok()
    }
}

fn is_icmp(wanted: Icmp, (kind, code): (u8, u8)) -> bool {
    wanted.kind.is_none_or(|it| it == kind) && wanted.code.is_none_or(|it| it == code)
}
