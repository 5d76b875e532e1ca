//! A staged policy, enforced.

use tierwalk_resources::model::PolicyKind;
use tierwalk_tiers::Mode;

use super::candidate::{Candidate, Rank, Title};
use super::case::Case;
use super::object::Object;
use super::yaml;

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    if case.mode == Mode::Pending {
        return;
    }
    let staged = case
        .applying_anywhere()
        .map(|step| case.policy(step.policy));
    let staged = staged.filter(|policy| policy.id.kind.is_staged());
    found.extend(staged.filter_map(|policy| enforced(case, policy)));
}

fn enforced(case: Case<'_>, policy: &tierwalk_resources::model::Policy) -> Option<Candidate> {
    let object = Object::at(case.workspace, &policy.origin)?;
    let kind = object.node("kind")?;
    let is_kubernetes = policy.id.kind == PolicyKind::StagedKubernetesNetworkPolicy;
    let api = object.node("apiVersion").filter(|_| is_kubernetes);
    let name = match policy.id.kind {
        PolicyKind::StagedGlobalNetworkPolicy => "GlobalNetworkPolicy",
        _ => "NetworkPolicy",
    };
    let spec = object.node("spec")?;
    let action = yaml::remove_key(object.text(), spec, "stagedAction");
    let edits = [
        Some(yaml::replace(kind, name)),
        api.map(|api| yaml::replace(api, "networking.k8s.io/v1")),
        action,
    ];
    let slash = if policy.id.namespace.is_empty() {
        ""
    } else {
        "/"
    };
    let title = Title::default()
        .plain("Enforce ")
        .code([&policy.id.namespace, slash, &policy.id.name].concat());
    Candidate::new(Rank::Enforce, title, &object, edits.into_iter().flatten())
}
