//! A rule more, a rule less, or a rule with another action.

use tierwalk_resources::model::{Action, PolicyKind, Rule, Written};
use tierwalk_tiers::{Direction, HitBy, PolicyIndex, Verdict};

use super::candidate::{Candidate, Rank, Title};
use super::case::Case;
use super::object::Object;
use super::{widen, written, yaml};

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    if case.ended().is_some() {
        found.extend(appended(case, case.action(), Rank::Rule));
        if case.want == Verdict::Allow {
            found.extend(appended(case, Action::Pass, Rank::Pass));
        }
    }
    if let Some(at) = case.decided_rule() {
        found.extend(ahead(case, at));
        found.extend(removed(case, at));
        found.extend(turned(case, at));
    }
    if let Some(at) = passed(case) {
        found.extend(ahead(case, at));
    }
}

/// The list that holds the rules of a direction.
pub(super) fn list_of(direction: Direction) -> &'static str {
    match direction {
        Direction::Egress => "egress",
        Direction::Ingress => "ingress",
    }
}

/// Of the policies that apply, the one nearest to the endpoint: the last namespaced one, else the last.
pub(super) fn nearest(case: Case<'_>) -> Option<PolicyIndex> {
    let named = |policy: &&PolicyIndex| !case.policy(**policy).id.namespace.is_empty();
    let all: Vec<PolicyIndex> = case.applying().map(|step| step.policy).collect();
    all.iter().rev().find(named).or(all.last()).copied()
}

/// A rule at the end of the policy that is nearest to the endpoint.
fn appended(case: Case<'_>, action: Action, rank: Rank) -> Option<Candidate> {
    let policy = case.policy(nearest(case)?);
    let object = Object::at(case.workspace, &policy.origin)?;
    let lines = match action {
        Action::Pass if is_kubernetes(policy.id.kind) => return None,
        _ => written::rule(case, policy, action)?,
    };
    let key = list_of(case.direction());
    let spec = object.node("spec")?;
    let edit = match spec.get(key) {
        Some(list) if !list.items().is_empty() => yaml::append(object.text(), list, &lines),
        _ => yaml::begin(object.text(), spec, key, &lines),
    }?;
    let title = Title::default()
        .plain(match action {
            Action::Allow => "Add an Allow rule to ",
            Action::Deny => "Add a Deny rule to ",
            _ => "Add a Pass rule to ",
        })
        .code(key)
        .plain(" of ")
        .code(policy.id.name.clone());
    Candidate::new(rank, title, &object, [edit])
}

fn is_kubernetes(kind: PolicyKind) -> bool {
    matches!(
        kind,
        PolicyKind::KubernetesNetworkPolicy | PolicyKind::StagedKubernetesNetworkPolicy
    )
}

/// A rule ahead of the one that decided, or passed.
fn ahead(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let policy = case.policy(at.0);
    let rule = case.rule(at)?;
    let object = Object::at(case.workspace, &policy.origin)?;
    let lines = written::rule(case, policy, case.action())?;
    let list = object.node(&format!("spec.{}", list_of(case.direction())))?;
    let edit = yaml::insert(object.text(), list, index(rule)?, &lines)?;
    let title = Title::default()
        .plain(match case.want {
            Verdict::Allow => "Add an Allow rule ahead of ",
            Verdict::Deny => "Add a Deny rule ahead of ",
        })
        .code(widen::short(&rule.path))
        .plain(" of ")
        .code(policy.id.name.clone());
    Candidate::new(Rank::Rule, title, &object, [edit])
}

fn removed(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let policy = case.policy(at.0);
    let rule = case.rule(at)?;
    let object = Object::at(case.workspace, &policy.origin)?;
    let list = object.node(&format!("spec.{}", list_of(case.direction())))?;
    let edit = yaml::remove(object.text(), list, index(rule)?)?;
    let title = Title::default()
        .plain("Remove ")
        .code(widen::short(&rule.path))
        .plain(" of ")
        .code(policy.id.name.clone());
    Candidate::new(Rank::Without, title, &object, [edit])
}

/// The deciding rule with the other action.
fn turned(case: Case<'_>, at: (PolicyIndex, u32)) -> Option<Candidate> {
    let policy = case.policy(at.0);
    let rule = case
        .rule(at)
        .filter(|rule| rule.written == Written::Calico)?;
    let object = Object::at(case.workspace, &policy.origin)?;
    let action = object.node(&format!("{}.action", rule.path))?;
    let edit = yaml::replace(action, written::word(case.action()));
    let title = Title::default()
        .plain("Let ")
        .code(widen::short(&rule.path))
        .plain(match case.want {
            Verdict::Allow => " allow",
            Verdict::Deny => " deny",
        });
    Candidate::new(Rank::Without, title, &object, [edit])
}

/// The last rule that passed, where the end of all tiers decides and what is wanted is a Deny.
fn passed(case: Case<'_>) -> Option<(PolicyIndex, u32)> {
    let ends = |by| matches!(by, HitBy::Profile(_) | HitBy::NoProfile);
    if case.want != Verdict::Deny || !case.decided().is_some_and(|hit| ends(hit.by)) {
        return None;
    }
    let mut hits = case.hits().iter().rev();
    hits.find_map(|hit| match (hit.by, hit.rule) {
        (HitBy::Policy { policy, .. }, Some(rule)) => Some((policy, rule)),
        _ => None,
    })
}

/// The place of a rule in its list as it is written; a Kubernetes rule may have become several.
pub(super) fn index(rule: &Rule) -> Option<usize> {
    let (_, index) = rule.path.rsplit_once('[')?;
    index.strip_suffix(']')?.parse().ok()
}
