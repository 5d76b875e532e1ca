//! Ports of Kubernetes rules, grouped by protocol as Calico makes rules of them
//! (Calico `libcalico-go/lib/backend/k8s/conversion/conversion.go`).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::model::{Ports, Protocol};

/// One group: one rule per peer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Group {
    pub protocol: Option<Protocol>,
    /// Empty for all ports.
    pub ports: Ports,
}

/// Groups by the protocol's name; without a protocol comes first.
#[derive(Default)]
pub(super) struct Groups {
    groups: BTreeMap<String, Group>,
}

impl Groups {
    /// Every port of a protocol. Takes precedence over single ports, before and after.
    pub(super) fn add_all(&mut self, protocol: Protocol) {
        self.group(Some(protocol)).ports = Ports::default();
    }

    /// A range of a protocol's ports.
    pub(super) fn add_range(&mut self, protocol: Protocol, range: RangeInclusive<u16>) {
        self.ports(Some(protocol), |ports| ports.ranges.push(range));
    }

    /// A named port; without a protocol, of any.
    pub(super) fn add_name(&mut self, protocol: Option<Protocol>, name: &str) {
        self.ports(protocol, |ports| ports.names.push(name.into()));
    }

    fn ports(&mut self, protocol: Option<Protocol>, change: impl FnOnce(&mut Ports)) {
        let is_new = !self.groups.contains_key(&key(protocol));
        let group = self.group(protocol);
        if is_new || !group.ports.is_empty() {
            change(&mut group.ports);
        }
    }

    fn group(&mut self, protocol: Option<Protocol>) -> &mut Group {
        self.groups.entry(key(protocol)).or_insert(Group {
            protocol,
            ports: Ports::default(),
        })
    }

    /// The groups in Calico's order; no groups at all are one without criteria.
    pub(super) fn into_groups(self) -> Vec<Group> {
        if self.groups.is_empty() {
            return vec![Group::default()];
        }
        let simplified = |mut group: Group| {
            group.ports.ranges = merged(group.ports.ranges);
            group
        };
        self.groups.into_values().map(simplified).collect()
    }
}

fn key(protocol: Option<Protocol>) -> String {
    protocol
        .map(|protocol| protocol.name().into_owned())
        .unwrap_or_default()
}

/// The fewest ascending ranges that hold the same ports.
fn merged(mut ranges: Vec<RangeInclusive<u16>>) -> Vec<RangeInclusive<u16>> {
    ranges.sort_by_key(|range| *range.start());
    let mut merged: Vec<RangeInclusive<u16>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=(*last.end()).max(*range.end());
            }
            _ => merged.push(range),
        }
    }
    merged
}
