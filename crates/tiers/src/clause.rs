//! A set of criteria of a rule, as bits.

use tierwalk_resources::model::{EntityField, Field, PartKind};

/// Which criteria of a rule failed. Every [`Field`] has a bit, so sets of all rules look alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseSet(u32);

impl ClauseSet {
    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether a criterion is among them.
    pub fn contains(self, field: Field) -> bool {
        self.0 & bit(field) != 0
    }

    /// Notes that a criterion failed, unless it held.
    pub(crate) fn check(&mut self, field: Field, held: bool) {
        if !held {
            self.0 |= bit(field);
        }
    }
}

/// Bits of one side of a rule, of which there are two.
const SIDE_BITS: u32 = 13;

fn bit(field: Field) -> u32 {
    1 << match field {
        Field::IpVersion => 0,
        Field::Protocol => 1,
        Field::NotProtocol => 2,
        Field::Icmp => 3,
        Field::NotIcmp => 4,
        Field::Http => 5,
        Field::Source(field) => 6 + side_bit(field),
        Field::Destination(field) => 6 + SIDE_BITS + side_bit(field),
    }
}

fn side_bit(field: EntityField) -> u32 {
    match field {
        EntityField::Nets => 0,
        EntityField::NotNets => 1,
        EntityField::Ports => 2,
        EntityField::NotPorts => 3,
        EntityField::Service => 4,
        EntityField::Domains => 5,
        EntityField::Part(kind) => 6 + part_bit(kind),
    }
}

fn part_bit(kind: PartKind) -> u32 {
    match kind {
        PartKind::Selector => 0,
        PartKind::NotSelector => 1,
        PartKind::NamespaceSelector => 2,
        PartKind::OwnNamespace => 3,
        PartKind::ServiceAccountSelector => 4,
        PartKind::ServiceAccountNames => 5,
        PartKind::PodsOnly => 6,
    }
}

#[cfg(test)]
mod tests;
