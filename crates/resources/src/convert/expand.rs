//! One Kubernetes rule becomes protocols × peers rules, in that order of nesting: it is their index that
//! flow logs print (Calico `libcalico-go/lib/backend/k8s/conversion/conversion.go`, `k8sRuleToCalico`).

use super::ports::Group;
use crate::model::{Action, Entity, Rule, Written};

/// Which of a policy's two rule lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Ingress,
    Egress,
}

impl Direction {
    /// The field with the rules.
    fn rules(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }

    /// The field of a rule with its peers.
    pub(super) fn peers(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }
}

/// Where a rule stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub direction: Direction,
    pub index: usize,
    /// The field with ports or protocols.
    pub ports: &'static str,
}

impl Place {
    pub(super) fn path(self) -> String {
        format!("spec.{}[{}]", self.direction.rules(), self.index)
    }

    /// The path of a peer in the rule.
    pub(super) fn peer(self, index: usize) -> String {
        format!("{}[{index}]", self.direction.peers())
    }
}

/// A peer, and where it is written in the rule.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    pub path: String,
    pub entity: Entity,
}

/// The rules of every group for every peer.
pub(super) fn expand(place: Place, action: Action, groups: &[Group], peers: &[Peer]) -> Vec<Rule> {
    let combine = |group| {
        peers
            .iter()
            .map(move |peer| rule(place, action, group, Some(peer)))
    };
    groups.iter().flat_map(combine).collect()
}

/// The rules of every group, whoever the peer is.
pub(super) fn expand_any(place: Place, action: Action, groups: &[Group]) -> Vec<Rule> {
    let any = |group| rule(place, action, group, None);
    groups.iter().map(any).collect()
}

fn rule(place: Place, action: Action, group: &Group, peer: Option<&Peer>) -> Rule {
    let mut rule = Rule::any(action, place.path());
    rule.written = Written::Kubernetes {
        peer: peer.map(|peer| peer.path.clone()),
        ports: place.ports,
    };
    rule.protocol = group.protocol;
    let entity = peer.map(|peer| peer.entity.clone()).unwrap_or_default();
    match place.direction {
        Direction::Ingress => rule.source = entity,
        Direction::Egress => rule.destination = entity,
    }
    rule.destination.ports = group.ports.clone();
    rule
}
