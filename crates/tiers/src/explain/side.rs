//! The criteria of one side of a rule.

use ipnet::IpNet;
use tierwalk_resources::model::{Entity, EntityField, Field, Part, Ports, ServiceRef};

use crate::matching::{Matcher, Side, is_foreign_list};

use super::criteria::Text;
use super::{owners, words};

/// Writes the texts of one side.
pub(super) struct SideTexts<'a> {
    pub matcher: Matcher<'a>,
    pub rule: &'a Entity,
    pub side: &'a Side<'a>,
    pub field: fn(EntityField) -> Field,
    pub texts: &'a mut Vec<Text>,
}

impl SideTexts<'_> {
    pub fn write(&mut self) {
        let rule = self.rule;
        self.peer();
        if let Some(part) = &rule.negative {
            self.negative(part);
        }
        self.nets(EntityField::NotNets, &rule.not_nets);
        self.ports(EntityField::Ports, &rule.ports);
        self.ports(EntityField::NotPorts, &rule.not_ports);
        if let Some(service) = &rule.service {
            self.service(service);
        }
    }

    fn add(&mut self, field: EntityField, wants: String, has: String) {
        let field = (self.field)(field);
        self.texts.push(Text { field, wants, has });
    }

    /// Domains, or else nets and selectors, to which they are alternatives.
    fn peer(&mut self) {
        let (rule, side) = (self.rule, self.side);
        if !rule.domains.is_empty() {
            let has = match side.domain {
                Some(name) => name.to_owned(),
                None => format!("{}, not a domain name", side.address),
            };
            let names = rule.domains.iter().map(|domain| &domain.0);
            self.add(EntityField::Domains, words::list(names), has);
        }
        if !side.is_named(rule) {
            self.nets(EntityField::Nets, &rule.nets);
            let best = self.matcher.best_owner(&rule.positive, side);
            for part in &rule.positive {
                let has = owners::has(self.matcher.engine, part, best, side);
                self.add(EntityField::Part(part.kind), part.text.clone(), has);
            }
        }
    }

    /// Names the owner that is in the way, if there is one.
    fn negative(&mut self, part: &Part) {
        let owners = &self.side.owners;
        let culprit = owners
            .iter()
            .find(|owner| self.matcher.satisfies(**owner, part));
        let owner = culprit.or(owners.first()).copied();
        let has = owners::has(self.matcher.engine, part, owner, self.side);
        self.add(EntityField::Part(part.kind), part.text.clone(), has);
    }

    fn nets(&mut self, field: EntityField, nets: &[IpNet]) {
        if nets.is_empty() {
            return;
        }
        let address = self.side.address;
        let has = match nets.iter().find(|net| net.contains(&address)) {
            Some(net) if nets.len() > 1 => format!("{address}, in {net}"),
            None if is_foreign_list(nets, address) => {
                let (this, other) = if address.is_ipv4() {
                    ("IPv4", "IPv6")
                } else {
                    ("IPv6", "IPv4")
                };
                format!("{address}; a list of {other} networks leaves {this} out")
            }
            _ => address.to_string(),
        };
        self.add(field, words::list(nets.iter()), has);
    }

    fn ports(&mut self, field: EntityField, ports: &Ports) {
        if ports.is_empty() {
            return;
        }
        let has = match self.side.port {
            Some(port) => format!("{port}{}", self.declared(ports, port)),
            None => format!(
                "{} has no ports",
                words::protocol_word(self.matcher.protocol)
            ),
        };
        self.add(field, words::ports(ports), has);
    }

    /// What the owners of the address declare under the names that are wanted.
    fn declared(&self, ports: &Ports, port: u16) -> String {
        if ports.names.is_empty() || ports.ranges.iter().any(|range| range.contains(&port)) {
            return String::new();
        }
        let names = words::list(ports.names.iter());
        let engine = self.matcher.engine;
        let owners = self.side.owners.iter();
        let mut declared = owners.flat_map(|owner| engine.ports(*owner));
        match declared.find(|it| ports.names.contains(&it.name)) {
            Some(it) => {
                let protocol = words::protocol_word(it.protocol);
                format!("; {} is {protocol}/{} there", it.name, it.port)
            }
            None => format!("; nothing at {} declares a port {names}", self.side.address),
        }
    }

    fn service(&mut self, service: &ServiceRef) {
        let wants = match service.namespace.as_str() {
            "" => format!("{}, without a namespace", service.name),
            namespace => format!("{namespace}/{}", service.name),
        };
        let protocol = words::protocol_word(self.matcher.protocol);
        let has = match (self.matcher.engine.service(service), self.side.port) {
            (None, _) => "there is no EndpointSlice of such a service".to_owned(),
            (Some(_), Some(port)) => format!("{} {protocol}/{port}", self.side.address),
            (Some(_), None) => format!("{} {protocol}", self.side.address),
        };
        self.add(EntityField::Service, wants, has);
    }
}
