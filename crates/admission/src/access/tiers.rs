//! The rules for policies in tiers, by both ways in.

use serde_json::Value as Json;

use super::{Access, Asked, Verb};
use crate::kind::CALICO;
use crate::object::{name, tier};
use crate::rbac::Attributes;
use crate::{Refusal, Stage};

const WEBHOOK: &str = "admission webhook \"tiered-rbac.projectcalico.org\" denied the request: ";
const TIER_LABEL: &str = "projectcalico.org/tier";
const TIER_FIELD: &str = "spec.tier";

/// One look at the rights in a tier.
struct InTier<'a> {
    verb: &'a str,
    tier: &'a str,
    /// The name that the request has; empty for none.
    request_name: &'a str,
    /// The name that a refusal tells; empty for none.
    told_name: &'a str,
}

impl Access {
    /// Calico's API server: the tier that a policy leaves first, then the one that it is in.
    pub(super) fn by_api_server(&self, asked: &Asked<'_>) -> Result<(), Refusal> {
        for object in tiers_met([asked.old, asked.object]) {
            let look = InTier {
                verb: asked.verb.word(),
                tier: tier(object),
                request_name: if asked.verb == Verb::Create {
                    ""
                } else {
                    name(object)
                },
                told_name: name(object),
            };
            self.look(asked, &look)
                .map_err(|message| Refusal::forbidden(Stage::Tier, message))?;
        }
        Ok(())
    }

    /// Calico's webhook: the tier that a policy comes to first, which must exist, then the one that it leaves.
    pub(super) fn by_webhook(&self, asked: &Asked<'_>) -> Result<(), Refusal> {
        let denied =
            |stage, message: String| Refusal::forbidden(stage, format!("{WEBHOOK}{message}"));
        for (index, object) in tiers_met([asked.object, asked.old]).into_iter().enumerate() {
            let look = InTier {
                verb: match asked.verb {
                    Verb::Patch => Verb::Update.word(),
                    verb => verb.word(),
                },
                tier: tier(object),
                request_name: name(object),
                told_name: name(object),
            };
            let of = if index == 0 { "" } else { " for old tier" };
            self.look(asked, &look).map_err(|message| {
                denied(Stage::Tier, format!("Authorization failed{of}: {message}"))
            })?;
            let must_exist = index == 0 && asked.verb != Verb::Delete;
            if must_exist && !self.tiers.contains(look.tier) {
                let message = format!("Tier \"{}\" does not exist", look.tier);
                return Err(denied(Stage::TierExists, message));
            }
        }
        Ok(())
    }

    /// The tiers whose policies a list shows.
    pub(super) fn visible_tiers(&self, asked: &Asked<'_>) -> Result<Vec<String>, Refusal> {
        let refused = |message| Refusal::forbidden(Stage::Tier, message);
        let look = |tier: &str| {
            let look = InTier {
                verb: asked.verb.word(),
                tier,
                request_name: "",
                told_name: "",
            };
            self.look(asked, &look)
        };
        let selected = selected_tiers(asked.selector).map_err(refused)?;
        if let Some(selected) = selected {
            for tier in &selected {
                look(tier).map_err(refused)?;
            }
            return Ok(selected);
        }
        let visible = self.tiers.iter().filter(|tier| look(tier).is_ok());
        let visible: Vec<String> = visible.cloned().collect();
        if visible.is_empty() {
            let resource = asked.kind().qualified_resource();
            return Err(refused(format!(
                "{resource} is forbidden: operation on Calico tiered policy is forbidden"
            )));
        }
        Ok(visible)
    }

    /// `get` on the tier, and the verb on `tier.…` by the name of the request or by `TIER.*`.
    fn look(&self, asked: &Asked<'_>, look: &InTier<'_>) -> Result<(), String> {
        let may = |attributes: &Attributes| self.rbac.authorize(asked.user, attributes).allowed;
        let may_get_tier = may(&Attributes {
            verb: "get".to_owned(),
            group: CALICO.to_owned(),
            resource: "tiers".to_owned(),
            namespace: String::new(),
            name: look.tier.to_owned(),
        });
        let plain = asked.attributes();
        let in_tier = |name: &str| {
            may(&Attributes {
                verb: look.verb.to_owned(),
                group: CALICO.to_owned(),
                resource: format!("tier.{}", plain.resource),
                namespace: plain.namespace.clone(),
                name: name.to_owned(),
            })
        };
        if may_get_tier && (in_tier(look.request_name) || in_tier(&format!("{}.*", look.tier))) {
            return Ok(());
        }
        Err(self.refusal(asked, look, &plain, may_get_tier))
    }

    fn refusal(
        &self,
        asked: &Asked<'_>,
        look: &InTier<'_>,
        plain: &Attributes,
        may_get_tier: bool,
    ) -> String {
        let resource = asked.kind().qualified_resource();
        let name = match look.told_name {
            "" => String::new(),
            name => format!(" \"{name}\""),
        };
        let within = match plain.namespace.as_str() {
            "" => String::new(),
            namespace => format!(" and namespace \"{namespace}\""),
        };
        let cause = if may_get_tier {
            ""
        } else {
            " (user cannot get tier)"
        };
        let (user, verb, tier) = (&asked.user.name, look.verb, look.tier);
        format!(
            "{resource}{name} is forbidden: User \"{user}\" cannot {verb} {resource} in tier \"{tier}\"{within}{cause}"
        )
    }
}

/// The objects whose tiers are looked at: both, where the policy moves.
fn tiers_met(objects: [Option<&Json>; 2]) -> Vec<&Json> {
    let mut met: Vec<&Json> = Vec::new();
    for object in objects.into_iter().flatten() {
        if !met.iter().any(|known| tier(known) == tier(object)) {
            met.push(object);
        }
    }
    met
}

/// The tiers that a selector names; none, where it is about something else.
fn selected_tiers(selector: &str) -> Result<Option<Vec<String>>, String> {
    let (selector, key) = match selector.strip_prefix("field:") {
        Some(fields) => (fields, TIER_FIELD),
        None => (selector, TIER_LABEL),
    };
    let rest = |requirement: &str| {
        requirement
            .trim()
            .strip_prefix(key)
            .map(|rest| rest.trim().to_owned())
    };
    for requirement in requirements(selector) {
        let Some(rest) = rest(requirement) else {
            continue;
        };
        let equal = rest.strip_prefix("==").or_else(|| rest.strip_prefix('='));
        if let Some(tier) = equal {
            return Ok(Some(vec![tier.trim().to_owned()]));
        }
        if let Some(list) = rest.strip_prefix("in").map(str::trim) {
            let list = list.trim_matches(['(', ')']).split(',');
            return Ok(Some(list.map(|tier| tier.trim().to_owned()).collect()));
        }
        let what = if key == TIER_FIELD { "field" } else { "label" };
        return Err(format!(
            "non equal selector operator not supported for {what} {key}"
        ));
    }
    Ok(None)
}

/// The parts between the commas that are not within brackets.
fn requirements(selector: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let parts = selector.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.collect()
}

#[cfg(test)]
mod tests;
