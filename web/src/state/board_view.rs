//! The board as one end of the chosen flow sees it.

use std::{collections::BTreeMap, sync::Arc};

use tierwalk_protocol::{
    Action, Board, BrokenPolicy, Flag, Place, PolicyCard, PolicyRef, PolicyStep, Side, Step,
    TierColumn, TierStep,
};

#[cfg(test)]
mod tests;

/// What became of the chosen flow at a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// It does not apply here, or no flow is chosen.
    #[default]
    None,
    /// It applies, but the flow did not get to it, or it is staged.
    Applies,
    /// No rule of it matched.
    Tried,
    /// A rule of it matched.
    Decided(Action),
}

/// How a tier took part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TierPart {
    /// Why it was skipped.
    pub skipped: Option<String>,
    /// Whether the flow got here.
    pub reached: bool,
    /// What its end did, if the flow got to it.
    pub end: Option<Action>,
}

/// What the route does in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Passes over it.
    Over,
    /// Goes down to the mark and on to the next column.
    Through,
    /// Goes down to the mark and ends there.
    Ends,
    /// Does not get here.
    Beyond,
}

/// What becomes of the chosen flow in a tier: what of it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// The tier itself.
    pub part: TierPart,
    /// What the route does; `None` if no flow is chosen.
    pub stop: Option<Stop>,
    /// The policies that take part.
    parts: BTreeMap<PolicyRef, Part>,
}

impl Lane {
    /// Of a tier.
    pub fn of(side: Option<&Side>, tier: &TierColumn) -> Self {
        let step = side.and_then(|side| step_of(side, &tier.name));
        let policies = step.map_or(&[][..], |step| &step.policies);
        let parts = policies.iter().filter(|policy| policy.applies);
        Self {
            part: tier_part(side, tier),
            stop: side.map(|side| stop(side, tier)),
            parts: parts
                .map(|policy| (policy.policy.clone(), part_of(policy)))
                .collect(),
        }
    }

    /// The part of a policy.
    pub fn part(&self, policy: &PolicyRef) -> Part {
        self.parts.get(policy).copied().unwrap_or_default()
    }
}

fn tier_part(side: Option<&Side>, tier: &TierColumn) -> TierPart {
    let Some(step) = side.and_then(|side| step_of(side, &tier.name)) else {
        return TierPart::default();
    };
    TierPart {
        skipped: step.skipped.clone(),
        reached: step.reached,
        end: step.end,
    }
}

/// What the profiles did, if the flow got to them.
pub fn profile_part(side: Option<&Side>) -> Option<Action> {
    side?.steps.iter().find_map(|step| match step {
        Step::Profile { action, .. } => Some(*action),
        _ => None,
    })
}

/// What the route does in the column of a tier.
pub fn stop(side: &Side, tier: &TierColumn) -> Stop {
    let Some(step) = step_of(side, &tier.name) else {
        return Stop::Over;
    };
    if !step.reached {
        return Stop::Beyond;
    }
    match decided(side, tier) {
        Some(Action::Allow | Action::Deny) => Stop::Ends,
        Some(Action::Pass | Action::Log) => Stop::Through,
        None => Stop::Over,
    }
}

/// The flag that a card shows: the most important one.
pub fn flag(card: &PolicyCard) -> Option<Flag> {
    card.flags.first().copied()
}

/// What decided or passed in a tier, if the flow got to it.
pub fn decided(side: &Side, tier: &TierColumn) -> Option<Action> {
    let step = step_of(side, &tier.name).filter(|step| step.reached)?;
    let mut policies = step.policies.iter().filter(|policy| !policy.staged);
    policies.find_map(|policy| policy.action).or(step.end)
}

/// Host endpoints go through a tier once per phase: the one that was reached last counts.
fn step_of<'a>(side: &'a Side, tier: &str) -> Option<&'a TierStep> {
    let steps = side.steps.iter().filter_map(|step| match step {
        Step::Tier(step) if step.tier == tier => Some(step),
        _ => None,
    });
    steps.max_by_key(|step| step.reached && step.skipped.is_none())
}

fn part_of(policy: &PolicyStep) -> Part {
    match policy.action {
        _ if !policy.applies => Part::None,
        _ if policy.staged || !policy.tried => Part::Applies,
        Some(action) => Part::Decided(action),
        None => Part::Tried,
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown<'a> {
    /// A policy, and its place among those that are evaluated.
    Card(usize, &'a Arc<PolicyCard>),
    /// A policy with an error, where its order would put it.
    Broken(&'a BrokenPolicy),
}

impl Shown<'_> {
    fn order(&self) -> f64 {
        let order = match self {
            Self::Card(_, card) => card.order,
            Self::Broken(broken) => broken.order,
        };
        order.unwrap_or(f64::INFINITY)
    }

    fn policy(&self) -> &PolicyRef {
        match self {
            Self::Card(_, card) => &card.policy,
            Self::Broken(broken) => &broken.policy,
        }
    }
}

/// What stands in the column of a tier, top to bottom.
pub fn column(tier: &TierColumn) -> Vec<Shown<'_>> {
    let cards = tier.policies.iter().enumerate();
    let mut shown: Vec<_> = cards.map(|(at, card)| Shown::Card(at, card)).collect();
    for broken in tier.broken.iter().map(Shown::Broken) {
        let after = shown.iter().filter(|it| it.order() <= broken.order());
        shown.insert(after.count(), broken);
    }
    shown
}

/// Whether a policy stands in a column.
pub fn holds(tier: &TierColumn, policy: &PolicyRef) -> bool {
    column(tier).iter().any(|shown| shown.policy() == policy)
}

/// Whether nothing stands in a column.
pub fn is_empty(tier: &TierColumn) -> bool {
    tier.policies.is_empty() && tier.broken.is_empty()
}

/// The policy with an error that this is the name of.
pub fn broken<'a>(board: &'a Board, policy: &PolicyRef) -> Option<&'a BrokenPolicy> {
    let in_tiers = board.tiers.iter().flat_map(|tier| &tier.broken);
    let mut all = in_tiers.chain(&board.broken);
    all.find(|broken| broken.policy == *policy)
}

/// The card of a policy, and its tier.
pub fn card<'a>(board: &'a Board, policy: &PolicyRef) -> Option<(&'a TierColumn, &'a PolicyCard)> {
    board.tiers.iter().find_map(|tier| {
        let card = tier.policies.iter().find(|card| card.policy == *policy)?;
        Some((tier, &**card))
    })
}

/// Where a policy of the board is written, or what is wrong with it.
pub fn place(board: &Board, policy: &PolicyRef) -> Option<Place> {
    let card = card(board, policy).map(|(_, card)| &card.place);
    let place = card.or_else(|| Some(&broken(board, policy)?.place));
    place.cloned()
}

/// The policy that an arrow key goes to, of the columns that have cards: in the same one, or at the same height in the next one.
pub fn neighbour(
    board: &Board,
    from: Option<&PolicyRef>,
    across: isize,
    down: isize,
) -> Option<PolicyRef> {
    let tiers = board.tiers.iter().map(column);
    let adrift = board.broken.iter().map(Shown::Broken).collect();
    let columns = tiers.chain([adrift]).filter(|column| !column.is_empty());
    let columns: Vec<Vec<Shown<'_>>> = columns.collect();
    let at = from.and_then(|policy| {
        columns.iter().enumerate().find_map(|(across, column)| {
            let row = column.iter().position(|shown| shown.policy() == policy)?;
            Some((across, row))
        })
    });
    let (at, row) = at.unwrap_or_default();
    let column = columns.get(at.checked_add_signed(across)?)?;
    let row = row.checked_add_signed(down)?;
    let row = if across == 0 {
        row
    } else {
        row.min(column.len() - 1)
    };
    column.get(row).map(|shown| shown.policy().clone())
}
