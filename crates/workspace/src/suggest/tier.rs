//! The end of a tier: Pass, or Deny.

use tierwalk_resources::model::Action;
use tierwalk_tiers::{HitBy, TierIndex, Verdict};

use super::candidate::{Candidate, Rank, Title};
use super::case::Case;
use super::object::Object;
use super::yaml;

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    found.extend(match case.want {
        Verdict::Allow => case.ended().and_then(|tier| ending(case, tier, "Pass")),
        Verdict::Deny => passed(case).and_then(|tier| ending(case, tier, "Deny")),
    });
}

/// The last tier whose end passed.
fn passed(case: Case<'_>) -> Option<TierIndex> {
    let mut hits = case.hits().iter().rev();
    hits.find_map(|hit| match hit.by {
        HitBy::Policy { tier, .. } if hit.is_end_of_tier() && hit.action == Action::Pass => {
            Some(tier)
        }
        _ => None,
    })
}

fn ending(case: Case<'_>, tier: TierIndex, action: &str) -> Option<Candidate> {
    let entry = case.engine.tier(tier);
    let tiers = &case.engine.model().tiers;
    let origin = tiers.get(entry.declared? as usize)?.origin.as_ref()?;
    let object = Object::at(case.workspace, origin)?;
    let spec = object.node("spec")?;
    let edit = match spec.get("defaultAction") {
        Some(node) => yaml::replace(node, action),
        None => yaml::add_key(object.text(), spec, "defaultAction", action)?,
    };
    let title = Title::default()
        .plain("Let tier ")
        .code(&entry.name)
        .plain(" end with ")
        .plain(action);
    Candidate::new(Rank::Tier, title, &object, [edit])
}
