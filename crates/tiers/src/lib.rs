//! The tier evaluator: a policy model compiled once, then flows in, verdict **and walk** out.
//!
//! [`Engine::compile`] orders tiers and policies and finds which policy selects which endpoint. [`Engine::walk`]
//! is a plain interpreter that reads like Calico's own description of evaluation; it keeps small records of
//! what it looked at. The verdict is derived from them. Texts are made on demand: [`Engine::explainer`] for the
//! clauses of rules, [`Engine::why_applies`] for a policy's subject, [`Engine::reason`] for the sentence.

mod classes;
mod clause;
mod compiled;
mod engine;
mod explain;
mod flow;
mod hit;
mod inventory;
mod labelled;
mod matching;
mod order;
mod reason;
mod resolve;
mod route;
mod segments;
mod unmatched;
mod walk;

pub use clause::ClauseSet;
pub use compiled::{
    Decider, Empty, Idle, IdleRule, Mode, OrderTie, Outcome, PairVerdict, Pairs, Reach, Verdicts,
};
pub use engine::{Endpoint, Engine, EntityRef, PolicyIndex, ProfileIndex, TierIndex};
pub use explain::{ClauseField, ClauseText, Explainer};
pub use flow::{
    ASSUMED_V4, ASSUMED_V6, DEFAULT_SOURCE_PORT, End, Flow, FlowError, Owner, Resolved, ResolvedEnd,
};
pub use hit::{Hit, HitBy};
pub use labelled::Alike;
pub use order::TierEntry;
pub use reason::{Cause, Piece, PieceStyle, Reason};
pub use unmatched::Unmatched;
pub use walk::{
    Applies, Bypass, Direction, Phase, PolicyStep, ProfileStep, RuleTrial, SideWalk, Skip, Step,
    TierOutcome, TierStep, Verdict, Walk,
};
