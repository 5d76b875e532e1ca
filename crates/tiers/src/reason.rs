//! The sentence that says why: what happened, because of which line, and what came nearest.

mod allowed;
mod denied;
mod more;
mod names;
mod nearest;
mod pending;
mod piece;
mod step;

pub use piece::{Piece, PieceStyle};

use tierwalk_resources::model::Field;

use crate::Engine;
use crate::engine::{PolicyIndex, ProfileIndex};
use crate::walk::{Direction, Verdict, Walk};

/// Why a flow has its verdict, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// What happened and because of what.
    pub what: Vec<Piece>,
    /// What came nearest, or what staged policies would change, or what else is to be known.
    pub more: Vec<Piece>,
    /// What decided.
    pub decided_by: Option<Cause>,
    /// What `more` speaks of.
    pub more_by: Option<Cause>,
}

/// Something written that a reason speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A policy, one of its rules, or one criterion of it.
    Policy {
        /// The policy; at the end of a tier, the one that is charged.
        policy: PolicyIndex,
        /// Which of its rule lists.
        direction: Direction,
        /// The rule; `None` at the end of a tier.
        rule: Option<u32>,
        /// The criterion.
        field: Option<Field>,
    },
    /// A profile.
    Profile(ProfileIndex),
}

impl Engine {
    /// Why the flow has its verdict.
    pub fn reason(&self, walk: &Walk) -> Reason {
        let teller = Teller { engine: self, walk };
        let (what, decided_by) = match walk.verdict {
            Verdict::Allow => teller.allowed(),
            Verdict::Deny => teller.denied(),
        };
        let (more, more_by) = teller.more();
        Reason {
            what: what.into_pieces(),
            more: more.into_pieces(),
            decided_by,
            more_by,
        }
    }
}

/// Tells why one flow has its verdict.
#[derive(Clone, Copy)]
struct Teller<'a> {
    engine: &'a Engine,
    walk: &'a Walk,
}
