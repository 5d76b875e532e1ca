//! One rule against one packet, criterion by criterion, as Felix renders it (Calico `felix/rules/policy.go`).

use std::net::IpAddr;

use ipnet::IpNet;
use tierwalk_resources::model::{
    Entity, EntityField, Field, Icmp, IpVersion, Part, Ports, Protocol, Rule, ServiceRef,
};

use crate::Engine;
use crate::clause::ClauseSet;
use crate::engine::EntityRef;
use crate::flow::{Resolved, ResolvedEnd};

/// A packet as rules see it.
pub(crate) struct Packet<'a> {
    pub source: Side<'a>,
    pub destination: Side<'a>,
    pub protocol: Protocol,
    pub icmp: Option<(u8, u8)>,
    pub version: IpVersion,
}

/// One side of a packet.
pub(crate) struct Side<'a> {
    pub address: IpAddr,
    pub port: Option<u16>,
    /// Whoever owns the address.
    pub owners: Vec<EntityRef>,
    /// The domain name behind the address.
    pub domain: Option<&'a str>,
}

impl<'a> Packet<'a> {
    pub fn new(engine: &Engine, flow: &'a Resolved) -> Self {
        Self {
            source: Side::new(engine, &flow.source, flow.source_port),
            destination: Side::new(engine, &flow.destination, flow.port),
            protocol: flow.protocol,
            icmp: flow.icmp,
            version: flow.version(),
        }
    }
}

impl<'a> Side<'a> {
    fn new(engine: &Engine, end: &'a ResolvedEnd, port: Option<u16>) -> Self {
        let domain = end.domain.as_deref();
        let mut owners = engine.inventory().owners(end.address);
        if let Some(name) = domain {
            owners.extend(engine.inventory().owners_of_domain(engine.model(), name));
            owners.sort_unstable();
            owners.dedup();
        }
        Self {
            address: end.address,
            port,
            owners,
            domain,
        }
    }
}

/// The criteria of a rule that a packet does not meet.
pub(crate) fn failed(engine: &Engine, rule: &Rule, packet: &Packet<'_>) -> ClauseSet {
    let mut failed = ClauseSet::default();
    let protocol = packet.protocol;
    failed.check(
        Field::IpVersion,
        rule.ip_version.is_none_or(|it| it == packet.version),
    );
    failed.check(
        Field::Protocol,
        rule.protocol.is_none_or(|it| it == protocol),
    );
    failed.check(
        Field::NotProtocol,
        rule.not_protocol.is_none_or(|it| it != protocol),
    );
    failed.check(Field::Icmp, icmp_holds(rule.icmp, packet.icmp));
    failed.check(Field::NotIcmp, not_icmp_holds(rule.not_icmp, packet.icmp));
    let matcher = Matcher { engine, protocol };
    matcher.side(&rule.source, &packet.source, Field::Source, &mut failed);
    matcher.side(
        &rule.destination,
        &packet.destination,
        Field::Destination,
        &mut failed,
    );
    failed
}

fn icmp_holds(wanted: Option<Icmp>, icmp: Option<(u8, u8)>) -> bool {
    wanted.is_none_or(|wanted| icmp.is_some_and(|icmp| is_icmp(wanted, icmp)))
}

/// Only ICMP packets have a type that can differ.
fn not_icmp_holds(unwanted: Option<Icmp>, icmp: Option<(u8, u8)>) -> bool {
    unwanted.is_none_or(|unwanted| icmp.is_some_and(|icmp| !is_icmp(unwanted, icmp)))
}

fn is_icmp(wanted: Icmp, (kind, code): (u8, u8)) -> bool {
    wanted.kind.is_none_or(|it| it == kind) && wanted.code.is_none_or(|it| it == code)
}

/// Compares one side of rules with one side of packets.
#[derive(Clone, Copy)]
pub(crate) struct Matcher<'a> {
    pub engine: &'a Engine,
    pub protocol: Protocol,
}

impl Matcher<'_> {
    fn side(
        &self,
        rule: &Entity,
        side: &Side<'_>,
        field: fn(EntityField) -> Field,
        failed: &mut ClauseSet,
    ) {
        self.peer(rule, side, field, failed);
        failed.check(
            field(EntityField::NotNets),
            outside_all(&rule.not_nets, side.address),
        );
        if let Some(negative) = &rule.negative {
            failed.check(
                field(EntityField::Part(negative.kind)),
                !side
                    .owners
                    .iter()
                    .any(|owner| self.satisfies(*owner, negative)),
            );
        }
        failed.check(
            field(EntityField::Ports),
            rule.ports.is_empty() || self.port_in(&rule.ports, rule, side),
        );
        failed.check(
            field(EntityField::NotPorts),
            !self.port_in(&rule.not_ports, rule, side),
        );
        if let Some(service) = &rule.service {
            let is_destination = matches!(field(EntityField::Service), Field::Destination(_));
            failed.check(
                field(EntityField::Service),
                self.is_backend(service, side, is_destination),
            );
        }
    }

    /// Nets and selectors; or else domains, to which they are alternatives.
    fn peer(
        &self,
        rule: &Entity,
        side: &Side<'_>,
        field: fn(EntityField) -> Field,
        failed: &mut ClauseSet,
    ) {
        if !rule.domains.is_empty() {
            if side.is_named(rule) {
                return;
            }
            let no_alternative = rule.nets.is_empty() && rule.positive.is_empty();
            failed.check(field(EntityField::Domains), !no_alternative);
        }
        failed.check(
            field(EntityField::Nets),
            rule.nets.is_empty() || inside_any(&rule.nets, side.address),
        );
        let best = self.best_owner(&rule.positive, side);
        for part in &rule.positive {
            failed.check(
                field(EntityField::Part(part.kind)),
                best.is_some_and(|owner| self.satisfies(owner, part)),
            );
        }
    }

    /// The owner that satisfies most parts: the positive match holds if one satisfies all.
    pub fn best_owner(&self, parts: &[Part], side: &Side<'_>) -> Option<EntityRef> {
        match (parts, side.owners.as_slice()) {
            ([], _) => None,
            (_, [only]) => Some(*only),
            (parts, owners) => {
                let missing = |owner: &EntityRef| {
                    parts
                        .iter()
                        .filter(|part| !self.satisfies(*owner, part))
                        .count()
                };
                owners.iter().copied().min_by_key(missing)
            }
        }
    }

    pub fn satisfies(&self, owner: EntityRef, part: &Part) -> bool {
        part.selector.matches(self.engine.labels(owner))
    }

    fn port_in(&self, ports: &Ports, rule: &Entity, side: &Side<'_>) -> bool {
        let Some(port) = side.port else {
            return false;
        };
        ports.ranges.iter().any(|range| range.contains(&port))
            || ports
                .names
                .iter()
                .any(|name| self.is_named(name, port, rule, side))
    }

    /// Whether an owner that satisfies the side's selectors declares the port under a name
    /// (Calico `felix/calc/rule_scanner.go`).
    fn is_named(&self, name: &str, port: u16, rule: &Entity, side: &Side<'_>) -> bool {
        side.owners.iter().any(|owner| {
            let mut ports = self.engine.ports(*owner).iter();
            ports.any(|it| it.port == port && it.protocol == self.protocol && it.name == name)
                && rule
                    .positive
                    .iter()
                    .all(|part| self.satisfies(*owner, part))
        })
    }

    /// As a destination: address, protocol and port of a backend; as a source: the address of one.
    fn is_backend(&self, service: &ServiceRef, side: &Side<'_>, is_destination: bool) -> bool {
        let Some(backends) = self.engine.service(service) else {
            return false;
        };
        match side.port {
            _ if !is_destination => backends.addresses.contains(&side.address),
            Some(port) => backends
                .members
                .contains(&(side.address, self.protocol, port)),
            None => false,
        }
    }
}

impl Side<'_> {
    /// Whether the rule names the domain behind this side.
    pub fn is_named(&self, rule: &Entity) -> bool {
        let names = |name| rule.domains.iter().any(|domain| domain.matches(name));
        self.domain.is_some_and(names)
    }
}

fn inside_any(nets: &[IpNet], address: IpAddr) -> bool {
    nets.iter().any(|net| net.contains(&address))
}

fn outside_all(nets: &[IpNet], address: IpAddr) -> bool {
    !inside_any(nets, address) && !is_foreign_list(nets, address)
}

/// Whether a list has networks of the other family only. Negated or not, it removes the rule for this one.
pub(crate) fn is_foreign_list(nets: &[IpNet], address: IpAddr) -> bool {
    let foreign = |net: &IpNet| net.addr().is_ipv4() != address.is_ipv4();
    !nets.is_empty() && nets.iter().all(foreign)
}
