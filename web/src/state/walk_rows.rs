//! The walk of one end as the rows that the inspector shows.

use tierwalk_protocol::{
    Action, HitKind, Place, PolicyHit, PolicyStep, RuleStep, Side, Step, TierStep, Verdict, Walk,
    walk::Direction,
};

#[cfg(test)]
mod tests;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Tier, `Profile`, or empty for what comes ahead of policy.
    pub tier: String,
    /// What was looked at.
    pub what: What,
    /// Where it is written.
    pub place: Option<Place>,
    /// The hit as flow logs print it.
    pub hit: Option<String>,
    /// At the last row of a tier: its policies that do not apply.
    pub others: Vec<PolicyStep>,
    /// Further ones, which are only counted.
    pub omitted: u32,
}

/// What a row stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A tier that does not take part, and why.
    Skipped(String),
    /// A policy that was tried.
    Policy(PolicyStep),
    /// The end of the tier.
    End(Action),
    /// The profiles.
    Profile(String, Action),
    /// A decision ahead of policy.
    Bypass(String, Option<Action>),
}

impl Row {
    /// What this row decided or passed, if anything.
    pub fn action(&self) -> Option<Action> {
        match &self.what {
            What::Skipped(_) => None,
            What::Policy(policy) => policy.action.filter(|_| !policy.staged),
            What::End(action) | What::Profile(_, action) => Some(*action),
            What::Bypass(_, action) => *action,
        }
    }
}

/// The rows of one end, in order of evaluation.
pub fn rows(side: &Side) -> Vec<Row> {
    side.steps
        .iter()
        .flat_map(|step| step_rows(side, step))
        .collect()
}

/// The row that decided: the last one with a verdict.
pub fn decisive(rows: &[Row]) -> usize {
    let decides = |row: &Row| matches!(row.action(), Some(Action::Allow | Action::Deny));
    rows.iter()
        .rposition(decides)
        .unwrap_or(rows.len().saturating_sub(1))
}

/// The row whose rules are shown unasked: the one that decided, or, where a tier ended, the policy in it
/// that came nearest.
pub fn opened(rows: &[Row]) -> Option<usize> {
    let decided = decisive(rows);
    let row = rows.get(decided)?;
    if !matches!(row.what, What::End(_)) {
        return Some(decided);
    }
    let tried = rows
        .iter()
        .enumerate()
        .filter(|(_, other)| other.tier == row.tier);
    tried
        .filter_map(|(index, other)| Some((index, nearest(enforced(other)?)?.1)))
        .min_by_key(|(_, missed)| *missed)
        .map(|(index, _)| index)
}

/// The rule of a policy that is shown open: the one that matched, else the one that missed by least.
pub fn nearest(policy: &PolicyStep) -> Option<(usize, usize)> {
    let missed = |rule: &RuleStep| rule.clauses.iter().filter(|clause| !clause.held).count();
    let rules = policy.rules.iter().enumerate();
    rules
        .map(|(index, rule)| (index, missed(rule)))
        .min_by_key(|(_, missed)| *missed)
}

/// The rule that gave a policy its action.
pub fn deciding_rule(policy: &PolicyStep) -> Option<&RuleStep> {
    policy.action?;
    policy
        .rules
        .iter()
        .rfind(|rule| rule.matched && rule.action != Action::Log)
}

/// The end that decided a flow.
pub fn deciding_side(walk: &Walk) -> Direction {
    let denied = walk
        .egress
        .as_ref()
        .is_some_and(|side| side.verdict == Verdict::Deny);
    if denied || walk.ingress.is_none() {
        Direction::Egress
    } else {
        Direction::Ingress
    }
}

/// One end of a walk.
pub fn side(walk: &Walk, direction: Direction) -> Option<&Side> {
    match direction {
        Direction::Egress => walk.egress.as_ref(),
        Direction::Ingress => walk.ingress.as_ref(),
    }
}

fn enforced(row: &Row) -> Option<&PolicyStep> {
    match &row.what {
        What::Policy(policy) if !policy.staged => Some(policy),
        _ => None,
    }
}

fn step_rows(side: &Side, step: &Step) -> Vec<Row> {
    match step {
        Step::Tier(tier) => tier_rows(side, tier),
        Step::Profile { name, action, .. } => vec![Row {
            tier: "Profile".to_owned(),
            what: What::Profile(name.clone(), *action),
            place: None,
            hit: hit(side, |hit| hit.kind == HitKind::Profile),
            others: Vec::new(),
            omitted: 0,
        }],
        Step::Bypass { action, text } => vec![Row {
            tier: String::new(),
            what: What::Bypass(text.clone(), *action),
            place: None,
            hit: None,
            others: Vec::new(),
            omitted: 0,
        }],
    }
}

fn tier_rows(side: &Side, tier: &TierStep) -> Vec<Row> {
    if !tier.reached {
        return Vec::new();
    }
    let name = tier_name(tier);
    if let Some(why) = &tier.skipped {
        return vec![Row {
            tier: name,
            what: What::Skipped(why.clone()),
            place: tier.place.clone(),
            hit: None,
            others: others(tier),
            omitted: tier.omitted,
        }];
    }
    let tried = tier.policies.iter().filter(|policy| policy.tried);
    let mut rows: Vec<_> = tried.map(|policy| policy_row(side, tier, policy)).collect();
    rows.extend(tier.end.map(|action| end_row(side, tier, action)));
    if let Some(last) = rows.last_mut() {
        last.others = others(tier);
        last.omitted = tier.omitted;
    }
    rows
}

fn others(tier: &TierStep) -> Vec<PolicyStep> {
    let others = tier.policies.iter().filter(|policy| !policy.applies);
    others.cloned().collect()
}

fn tier_name(tier: &TierStep) -> String {
    match tier.phase.as_str() {
        "" | "normal" => tier.tier.clone(),
        phase => format!("{} {phase}", tier.tier),
    }
}

fn policy_row(side: &Side, tier: &TierStep, policy: &PolicyStep) -> Row {
    let rule = deciding_rule(policy);
    let is_it = |hit: &PolicyHit| {
        hit.tier == tier.tier
            && hit.name == policy.policy.name
            && hit.namespace == policy.policy.namespace
    };
    Row {
        tier: tier_name(tier),
        place: rule
            .and_then(|rule| rule.place.clone())
            .or_else(|| policy.place.clone()),
        hit: rule
            .filter(|_| !policy.staged)
            .and_then(|_| hit(side, is_it)),
        what: What::Policy(policy.clone()),
        others: Vec::new(),
        omitted: 0,
    }
}

fn end_row(side: &Side, tier: &TierStep, action: Action) -> Row {
    Row {
        tier: tier_name(tier),
        what: What::End(action),
        place: tier.place.clone(),
        hit: hit(side, |hit| {
            hit.kind == HitKind::EndOfTier && hit.tier == tier.tier
        }),
        others: Vec::new(),
        omitted: 0,
    }
}

fn hit(side: &Side, is_it: impl Fn(&PolicyHit) -> bool) -> Option<String> {
    let index = side.enforced.iter().position(is_it)?;
    side.enforced_strings.get(index).cloned()
}
