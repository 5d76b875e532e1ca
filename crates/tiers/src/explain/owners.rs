//! What the owner of an address has, where a selector looks.

use tierwalk_resources::model::{Part, PartKind};

use crate::Engine;
use crate::engine::EntityRef;
use crate::matching::Side;

use super::labels;

/// What the owner of a side has for one part.
pub(super) fn has(
    engine: &Engine,
    part: &Part,
    owner: Option<EntityRef>,
    side: &Side<'_>,
) -> String {
    let Some(owner) = owner else {
        return format!("{} is in no network set and no endpoint", at(side));
    };
    let holds = part.selector.matches(engine.labels(owner));
    match (owner, part.kind) {
        (_, PartKind::PodsOnly) => engine.described(owner),
        (EntityRef::NetworkSet(_), _) if holds => {
            format!("{} is in {}", at(side), engine.described(owner))
        }
        (EntityRef::NetworkSet(_), _) => {
            let has = labels::of(part, engine.labels(owner));
            format!("{} is in {}: {has}", at(side), engine.described(owner))
        }
        _ => match labels::of(part, engine.labels(owner)) {
            has if has.is_empty() => engine.described(owner),
            has => has,
        },
    }
}

fn at(side: &Side<'_>) -> String {
    match side.domain {
        Some(name) => format!("{name} (taken to be {})", side.address),
        None => side.address.to_string(),
    }
}

impl Engine {
    /// `network set embargo`, `pod dev/cli`.
    pub(crate) fn described(&self, entity: EntityRef) -> String {
        let kind = match entity {
            EntityRef::Workload(_) => "pod",
            EntityRef::Host(_) => "host endpoint",
            EntityRef::NetworkSet(_) => "network set",
        };
        format!("{kind} {}", self.entity_name(entity))
    }
}
