//! Moves a policy to another place in its tier, or to another tier.

#[cfg(test)]
mod tests;

use serde_yaml::Value;
use tierwalk_protocol::{Changed, Move, PolicyRef};
use tierwalk_resources::model::{Policy, PolicyKind};

use super::room::{Orders, Seat, room};
use super::writing::{Writing, number};
use crate::Workspace;
use crate::walk::policy_ref;

/// Tiers that hold Kubernetes' cluster policies (Calico `libcalico-go/lib/names/policy.go`).
const CLUSTER_POLICY_TIERS: [&str; 2] = ["kube-admin", "kube-baseline"];

/// The edits, or why it cannot be done.
pub(super) fn plan(workspace: &Workspace, wanted: &Move) -> Result<Changed, String> {
    let policies: Vec<&Policy> = all(workspace).collect();
    let moved = policies
        .iter()
        .find(|policy| is(policy, &wanted.policy))
        .ok_or_else(|| format!("`{}` is not on the board any more", wanted.policy.name))?;
    check(workspace, moved, &wanted.tier)?;
    let others: Vec<&Policy> = policies
        .iter()
        .filter(|policy| policy.tier == wanted.tier && policy.id != moved.id)
        .copied()
        .collect();
    let at = place(&others, &wanted.tier, wanted.after.as_ref())?;
    let name = new_name(moved, &wanted.tier);
    if name != moved.id.name
        && policies.iter().any(|it| {
            it.id.kind == moved.id.kind
                && it.id.namespace == moved.id.namespace
                && it.id.name == name
        })
    {
        return Err(format!(
            "it would be named `{name}` there, and there is such a policy already"
        ));
    }
    let seats: Vec<Seat> = others
        .iter()
        .map(|policy| seat(workspace, policy, &policy.id.name))
        .collect();
    let own = seat(workspace, moved, &name);
    let orders = room(&seats, at, &own).ok_or_else(|| no_room(&others, at))?;
    let edits = edits(workspace, moved, &wanted.tier, &name, &others, &orders)?;
    let mut policy = wanted.policy.clone();
    policy.name.clone_from(&name);
    Ok(Changed {
        edits,
        said: said(moved, wanted, &name, &others, at, &orders),
        policy: Some(policy),
        file: None,
    })
}

/// The order of a new policy, with the edits of others that make room for it.
pub(super) fn seat_for(
    workspace: &Workspace,
    new: &PolicyRef,
    tier: &str,
    after: Option<&PolicyRef>,
) -> Result<(f64, Vec<tierwalk_protocol::Edit>), String> {
    if all(workspace).any(|policy| is(policy, new)) {
        return Err(format!("there is a policy `{}` already", new.name));
    }
    check_tier(workspace, tier)?;
    let others: Vec<&Policy> = all(workspace)
        .filter(|policy| policy.tier == tier)
        .collect();
    let at = place(&others, tier, after)?;
    let seats: Vec<Seat> = others
        .iter()
        .map(|policy| seat(workspace, policy, &policy.id.name))
        .collect();
    // an order that fits nowhere, so that one is found
    let own = Seat {
        order: if at == 0 { f64::NAN } else { f64::NEG_INFINITY },
        tie: format!("{}/{}", new.name, new.namespace),
        fixed: false,
    };
    let orders = match others.is_empty() {
        true => Orders {
            moved: Some(100.0),
            others: Vec::new(),
        },
        false => room(&seats, at, &own).ok_or_else(|| no_room(&others, at))?,
    };
    let mut writing = Writing::new(workspace);
    renumber(&mut writing, &others, &orders)?;
    let order = orders.moved.unwrap_or(100.0);
    Ok((order, writing.edits()))
}

fn all(workspace: &Workspace) -> impl Iterator<Item = &Policy> {
    let engine = &workspace.compiled.engine;
    let indices = engine
        .tiers()
        .flat_map(|(tier, _)| engine.policies_of(tier));
    indices.map(|index| engine.policy(index))
}

fn is(policy: &Policy, wanted: &PolicyRef) -> bool {
    policy_ref(&policy.id) == *wanted
}

/// The place after a policy of a tier, or the first one.
fn place(others: &[&Policy], tier: &str, after: Option<&PolicyRef>) -> Result<usize, String> {
    let Some(after) = after else {
        return Ok(0);
    };
    let at = others.iter().position(|policy| is(policy, after));
    at.map(|at| at + 1)
        .ok_or_else(|| format!("`{}` is not in tier `{tier}`", after.name))
}

/// Whether a policy can be moved there at all.
fn check(workspace: &Workspace, policy: &Policy, tier: &str) -> Result<(), String> {
    match policy.id.kind {
        PolicyKind::KubernetesNetworkPolicy | PolicyKind::StagedKubernetesNetworkPolicy => {
            return Err(
                "Kubernetes network policies have no tier and no order of their own: all are in tier `default` at order 1000"
                    .to_owned(),
            );
        }
        PolicyKind::KubernetesClusterNetworkPolicy => {
            return Err("a cluster policy of Kubernetes is placed by its `tier` and `priority`; change these".to_owned());
        }
        _ => {}
    }
    match policy.tier == tier {
        true => Ok(()),
        false => check_tier(workspace, tier),
    }
}

fn check_tier(workspace: &Workspace, tier: &str) -> Result<(), String> {
    if CLUSTER_POLICY_TIERS.contains(&tier) {
        return Err(format!(
            "tier `{tier}` is for cluster policies of Kubernetes"
        ));
    }
    let mut tiers = workspace.compiled.engine.tiers();
    match tiers.any(|(_, entry)| entry.name == tier) {
        true => Ok(()),
        false => Err(format!("there is no tier `{tier}`")),
    }
}

fn seat(workspace: &Workspace, policy: &Policy, name: &str) -> Seat {
    let made = workspace
        .document(policy.origin.document)
        .is_some_and(|(read, _)| read.made.is_some());
    let has_order = matches!(
        policy.id.kind,
        PolicyKind::NetworkPolicy
            | PolicyKind::GlobalNetworkPolicy
            | PolicyKind::StagedNetworkPolicy
            | PolicyKind::StagedGlobalNetworkPolicy
    );
    Seat {
        order: policy.order.unwrap_or(f64::INFINITY) + 0.0,
        tie: [name, "/", &policy.id.namespace, "/", policy.id.kind.name()].concat(),
        fixed: made || !has_order,
    }
}

/// A name that begins with its tier, as older versions of Calico want it, begins with the new one.
fn new_name(policy: &Policy, tier: &str) -> String {
    let rest = policy
        .id
        .name
        .strip_prefix(&policy.tier)
        .and_then(|rest| rest.strip_prefix('.'));
    match rest {
        Some(rest) if policy.tier != tier => format!("{tier}.{rest}"),
        _ => policy.id.name.clone(),
    }
}

fn edits(
    workspace: &Workspace,
    moved: &Policy,
    tier: &str,
    name: &str,
    others: &[&Policy],
    orders: &Orders,
) -> Result<Vec<tierwalk_protocol::Edit>, String> {
    let mut writing = Writing::new(workspace);
    if name != moved.id.name {
        writing.set(
            &moved.origin,
            "metadata.name",
            &Value::String(name.to_owned()),
        )?;
    }
    if tier != moved.tier {
        writing.set(&moved.origin, "spec.tier", &Value::String(tier.to_owned()))?;
    }
    if let Some(order) = orders.moved {
        writing.set(&moved.origin, "spec.order", &number(order))?;
    }
    renumber(&mut writing, others, orders)?;
    Ok(writing.edits())
}

fn renumber(writing: &mut Writing<'_>, others: &[&Policy], orders: &Orders) -> Result<(), String> {
    for (index, order) in &orders.others {
        if let Some(other) = others.get(*index) {
            writing.set(&other.origin, "spec.order", &number(*order))?;
        }
    }
    Ok(())
}

fn no_room(others: &[&Policy], at: usize) -> String {
    let name = |index: Option<usize>| {
        index
            .and_then(|index| others.get(index))
            .map_or("the end", |it| it.id.name.as_str())
    };
    format!(
        "there is no order between `{}` and `{}`, and theirs cannot be changed",
        name(at.checked_sub(1)),
        name(Some(at))
    )
}

fn said(
    moved: &Policy,
    wanted: &Move,
    name: &str,
    others: &[&Policy],
    at: usize,
    orders: &Orders,
) -> String {
    let place = match at.checked_sub(1).and_then(|before| others.get(before)) {
        Some(before) => format!("after `{}`", before.id.name),
        None => "first".to_owned(),
    };
    let mut said = format!("`{name}` is now {place} in tier `{}`", wanted.tier);
    match orders.moved.or(moved.order) {
        Some(order) => said += &format!(", order {order}"),
        None => said += ", without order",
    }
    if name != moved.id.name {
        said += &format!("; it was `{}`", moved.id.name);
    }
    if let [(index, order)] = orders.others.as_slice() {
        let other = others
            .get(*index)
            .map_or("", |other| other.id.name.as_str());
        said += &format!("; `{other}` has order {order}");
    } else if !orders.others.is_empty() {
        said += &format!("; {} others have new orders", orders.others.len());
    }
    said + "."
}
