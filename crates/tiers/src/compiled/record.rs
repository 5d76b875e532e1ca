//! Rules as records of one size.

use rustc_hash::FxHashMap;

use ipnet::IpNet;
use tierwalk_resources::model::{Action, Entity, Icmp, IpVersion, Part, Ports, Protocol, Rule};

use crate::Engine;
use crate::engine::{PolicyIndex, ProfileIndex};
use crate::labelled::Selections;
use crate::walk::Direction;

use super::entities::Entities;
use super::nets::{NetList, NetLists, Nets};
use super::postings::Postings;
use super::sides::{PortSet, ServiceMembers, Sides};
use super::{ProfileRules, Rules};

/// Number of a selector match: of a list of parts that one entity must satisfy.
pub(super) type Match = u32;

/// A rule.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub policy: u32,
    pub action: Action,
    /// Whether it can match packets of this IP version at all.
    pub v4: bool,
    pub v6: bool,
    pub protocol: Option<Protocol>,
    pub not_protocol: Option<Protocol>,
    pub icmp: Option<Icmp>,
    pub not_icmp: Option<Icmp>,
    pub source: SideRecord,
    pub destination: SideRecord,
}

/// One side of a rule, as numbers of what it wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SideRecord {
    pub nets: Option<NetList>,
    pub not_nets: Option<NetList>,
    pub positive: Option<Match>,
    pub negative: Option<Match>,
    pub ports: Option<u32>,
    pub not_ports: Option<u32>,
    pub service: Option<u32>,
    pub domains: Option<u32>,
}

/// Turns rules into records, numbering what they have in common.
pub(super) struct Compiler<'a> {
    engine: &'a Engine,
    nets: NetLists<'a>,
    matches: Selections,
    names: FxHashMap<&'a str, u32>,
    sides: Sides,
}

impl<'a> Compiler<'a> {
    pub fn new(engine: &'a Engine) -> Self {
        Self {
            engine,
            nets: NetLists::default(),
            matches: Selections::default(),
            names: FxHashMap::default(),
            sides: Sides::default(),
        }
    }

    /// The rules of all policies in one direction.
    pub fn rules(&mut self, direction: Direction) -> Rules {
        let mut rules = Rules::default();
        for policy in 0..self.engine.policy_count() as u32 {
            rules.starts.push(rules.records.len() as u32);
            for rule in self.engine.rules(PolicyIndex(policy), direction) {
                rules.records.push(self.record(policy, rule));
            }
        }
        rules.starts.push(rules.records.len() as u32);
        rules.postings = Postings::new(&rules.records, direction, &self.sides);
        rules
    }

    pub fn profile(&mut self, profile: ProfileIndex) -> Option<ProfileRules> {
        let profile = self.engine.profile(profile)?;
        let mut records = |rules: &'a [Rule]| rules.iter().map(|it| self.record(0, it)).collect();
        Some(ProfileRules {
            egress: records(&profile.egress),
            ingress: records(&profile.ingress),
        })
    }

    pub fn finish(self) -> (Entities, Sides, Nets) {
        let entities = Entities::new(self.engine, self.matches, &self.names);
        (entities, self.sides, self.nets.finish())
    }

    fn record(&mut self, policy: u32, rule: &'a Rule) -> Record {
        Record {
            policy,
            action: rule.action,
            v4: is_live(rule, IpVersion::V4),
            v6: is_live(rule, IpVersion::V6),
            protocol: rule.protocol,
            not_protocol: rule.not_protocol,
            icmp: rule.icmp,
            not_icmp: rule.not_icmp,
            source: self.side(&rule.source),
            destination: self.side(&rule.destination),
        }
    }

    fn side(&mut self, entity: &'a Entity) -> SideRecord {
        let negative = entity.negative.as_ref().map(std::slice::from_ref);
        SideRecord {
            nets: self.nets.number(&entity.nets),
            not_nets: self.nets.number(&entity.not_nets),
            positive: self.number(&entity.positive),
            negative: negative.and_then(|part| self.number(part)),
            ports: self.ports(&entity.ports),
            not_ports: self.ports(&entity.not_ports),
            service: self.service(entity),
            domains: self.sides.add_domains(&entity.domains),
        }
    }

    /// The number of a match; `None` without parts.
    fn number(&mut self, parts: &[Part]) -> Option<Match> {
        let (labelled, before) = (self.engine.labelled(), &self.engine.matches_before);
        let any = !parts.is_empty();
        any.then(|| self.matches.number(parts, labelled, before))
    }

    fn ports(&mut self, ports: &'a Ports) -> Option<u32> {
        if ports.is_empty() {
            return None;
        }
        let ranges = ports.ranges.iter();
        let set = PortSet {
            ranges: ranges.map(|range| (*range.start(), *range.end())).collect(),
            names: ports.names.iter().map(|name| self.name(name)).collect(),
        };
        Some(self.sides.add_ports(set))
    }

    fn name(&mut self, name: &'a str) -> u32 {
        let next = self.names.len() as u32;
        *self.names.entry(name).or_insert(next)
    }

    fn service(&mut self, entity: &Entity) -> Option<u32> {
        let backends = self.engine.service(entity.service.as_ref()?);
        let members = backends.map(ServiceMembers::new).unwrap_or_default();
        Some(self.sides.add_service(members))
    }
}

/// Whether a rule can match packets of an IP version (Calico `felix/rules/policy.go`).
fn is_live(rule: &Rule, version: IpVersion) -> bool {
    let has = |nets: &[IpNet]| {
        let family = |net: &IpNet| net.addr().is_ipv4() == (version == IpVersion::V4);
        nets.is_empty() || nets.iter().any(family)
    };
    let side = |entity: &Entity| {
        has(&entity.not_nets) && (has(&entity.nets) || !entity.domains.is_empty())
    };
    rule.ip_version.is_none_or(|wanted| wanted == version)
        && side(&rule.source)
        && side(&rule.destination)
}
