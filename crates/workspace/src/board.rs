//! Tiers left to right, policies top to bottom, with what the flows hit.

use std::sync::Arc;

use tierwalk_protocol::{Action, Board, BrokenPolicy, Flag, Hits, PolicyCard, TierColumn};
use tierwalk_resources::model::TierAction;
use tierwalk_tiers::{Hit, HitBy, PolicyIndex, TierEntry, TierIndex};

use crate::rows::Decision;
use crate::walk::policy_ref;
use crate::{Workspace, broken};

/// Tiers that every cluster has (Calico `api/pkg/apis/projectcalico/v3/tier.go`).
const BUILT_IN: [&str; 3] = ["default", "kube-admin", "kube-baseline"];

/// Counts of hits, by what was hit.
struct Counts {
    policies: Vec<Hits>,
    /// Whether a tier ended because of a policy.
    ending: Vec<bool>,
    ends: Vec<Hits>,
    profiles: Hits,
}

/// The board, with the hits of these flows.
pub(crate) fn board<'a>(
    workspace: &Workspace,
    decisions: impl Iterator<Item = &'a Decision>,
) -> Board {
    let engine = &workspace.compiled.engine;
    let mut counts = Counts {
        policies: vec![Hits::default(); engine.policy_count()],
        ending: vec![false; engine.policy_count()],
        ends: vec![Hits::default(); engine.tiers().count()],
        profiles: Hits::default(),
    };
    for decision in decisions {
        counts.flow(workspace, decision);
    }
    let pods = engine.selected_pods();
    let hosts = engine.selected_hosts();
    let selected = pods.iter().zip(&hosts).map(|(pods, hosts)| pods + hosts);
    let selected: Vec<u32> = selected.collect();
    let columns = engine.tiers().map(|(index, tier)| {
        let policies = engine
            .policies_of(index)
            .filter_map(|policy| card(workspace, policy, &counts, &selected).map(Arc::new));
        column(workspace, index, tier, policies.collect(), &counts)
    });
    let mut tiers: Vec<TierColumn> = columns.collect();
    let adrift = take_in(&mut tiers, broken::listed(workspace));
    Board {
        tiers,
        profile_hits: counts.profiles,
        broken: adrift,
    }
}

/// Puts broken policies into their tiers; what has none of these is left.
fn take_in(tiers: &mut [TierColumn], broken: Vec<BrokenPolicy>) -> Vec<BrokenPolicy> {
    let mut adrift = Vec::new();
    for policy in broken {
        let mut own = tiers.iter_mut();
        match own.find(|tier| policy.tier.as_ref() == Some(&tier.name)) {
            Some(tier) => tier.broken.push(policy),
            None => adrift.push(policy),
        }
    }
    adrift
}

impl Counts {
    /// Enforced hits count; of the pending ones, those on staged policies.
    fn flow(&mut self, workspace: &Workspace, decision: &Decision) {
        for hit in decision.enforced.iter().flat_map(|end| &end.hits) {
            self.hit(hit);
        }
        let engine = &workspace.compiled.engine;
        let is_staged = |hit: &&Hit| match hit.by {
            HitBy::Policy { policy, .. } => {
                !hit.is_end_of_tier() && engine.policy(policy).id.kind.is_staged()
            }
            _ => false,
        };
        let pending = decision.pending.iter().flat_map(|end| &end.hits);
        for hit in pending.filter(is_staged) {
            self.hit(hit);
        }
    }

    fn hit(&mut self, hit: &Hit) {
        if let HitBy::Policy { policy, .. } = hit.by
            && hit.is_end_of_tier()
            && let Some(ending) = self.ending.get_mut(policy.0 as usize)
        {
            *ending = true;
        }
        let hits = match hit.by {
            HitBy::Policy { tier, .. } if hit.is_end_of_tier() => {
                self.ends.get_mut(tier.0 as usize)
            }
            HitBy::Policy { policy, .. } => self.policies.get_mut(policy.0 as usize),
            HitBy::Profile(_) | HitBy::NoProfile => Some(&mut self.profiles),
        };
        let Some(hits) = hits else { return };
        match hit.action {
            tierwalk_resources::model::Action::Allow => hits.allow += 1,
            tierwalk_resources::model::Action::Deny => hits.deny += 1,
            tierwalk_resources::model::Action::Pass => hits.pass += 1,
            tierwalk_resources::model::Action::Log => {}
        }
    }
}

fn column(
    workspace: &Workspace,
    index: TierIndex,
    tier: &TierEntry,
    policies: Vec<Arc<PolicyCard>>,
    counts: &Counts,
) -> TierColumn {
    let model = workspace.compiled.engine.model();
    let declared = tier
        .declared
        .and_then(|declared| model.tiers.get(declared as usize));
    let origin = declared.and_then(|tier| tier.origin.as_ref());
    TierColumn {
        name: tier.name.clone(),
        order: tier.order,
        default_action: match tier.default_action {
            TierAction::Deny => Action::Deny,
            TierAction::Pass => Action::Pass,
        },
        built_in: BUILT_IN.contains(&tier.name.as_str()),
        place: origin.and_then(|origin| workspace.place(origin, "metadata.name")),
        policies,
        broken: Vec::new(),
        end_hits: counts
            .ends
            .get(index.0 as usize)
            .copied()
            .unwrap_or_default(),
    }
}

fn card(
    workspace: &Workspace,
    index: PolicyIndex,
    counts: &Counts,
    selected: &[u32],
) -> Option<PolicyCard> {
    let policy = workspace.compiled.engine.policy(index);
    let endpoints = selected.get(index.0 as usize).copied().unwrap_or_default();
    let is_shadowed = workspace.compiled.lints().shadowed.contains(&index);
    let hits = counts.policies.get(index.0 as usize);
    let hits = hits.copied().unwrap_or_default();
    let is_unused = hits == Hits::default()
        && counts.ending.get(index.0 as usize) != Some(&true)
        && endpoints > 0
        && workspace.flows.iter().next().is_some();
    let flags = [
        (policy.id.kind.is_staged(), Flag::Staged),
        (endpoints == 0, Flag::SelectsNothing),
        (is_shadowed, Flag::Shadowed),
        (is_unused, Flag::Unused),
    ];
    Some(PolicyCard {
        policy: policy_ref(&policy.id),
        short_kind: policy.id.kind.short().into(),
        order: policy.order,
        ingress: policy.governs_ingress,
        egress: policy.governs_egress,
        endpoints,
        hits,
        flags: flags
            .into_iter()
            .filter_map(|(is, flag)| is.then_some(flag))
            .collect(),
        place: workspace.place(&policy.origin, "metadata.name")?,
    })
}
