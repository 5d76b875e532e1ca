//! What a selector matches at the place where it is written.

use std::sync::Arc;

use tierwalk_resources::model::{Entity, EntityField, Field, Origin, Part, PartKind, Policy, Rule};
use tierwalk_tiers::{Endpoint, EntityRef};
use tierwalk_yaml::{Path, Segment};

use crate::Workspace;
use crate::read::Read;

/// What matches the selector at a path of an object; `None` if there is none, or if the object takes no part.
pub(super) fn sentence(
    workspace: &Workspace,
    read: &Arc<Read>,
    object: &Path,
    path: &[Segment],
) -> Option<String> {
    let documents = &workspace.compiled.documents;
    let number = documents
        .iter()
        .position(|known| Arc::ptr_eq(known, read))?;
    let origin = Origin {
        document: number as u32,
        path: object.clone(),
    };
    let model = workspace.compiled.engine.model();
    let policy = model
        .policies
        .iter()
        .find(|policy| policy.origin == origin)?;
    let written = path.iter().cloned().collect::<Path>().to_string();
    subject(workspace, policy, &written).or_else(|| peer(workspace, policy, &written))
}

/// Of a policy's own selectors.
fn subject(workspace: &Workspace, policy: &Policy, written: &str) -> Option<String> {
    let is_it = |part: &Part| {
        let fields: &[&str] = match part.kind {
            PartKind::Selector => &[
                "spec.selector",
                "spec.podSelector",
                "spec.subject.pods.podSelector",
            ],
            PartKind::NamespaceSelector => &[
                "spec.namespaceSelector",
                "spec.subject.namespaces",
                "spec.subject.pods.namespaceSelector",
            ],
            PartKind::ServiceAccountSelector => &["spec.serviceAccountSelector"],
            _ => &[],
        };
        fields.contains(&written)
    };
    let part = policy.subject.iter().find(|part| is_it(part))?;
    let alone = endpoints(workspace, std::slice::from_ref(part));
    let together = endpoints(workspace, &policy.subject);
    let mut said = format!(
        "The policy applies to {}.",
        listed(workspace, &together, "endpoint")
    );
    if alone.len() != together.len() {
        said.push_str(&format!(
            " By itself this matches {}.",
            count(alone.len(), "endpoint")
        ));
    }
    Some(said)
}

fn endpoints(workspace: &Workspace, parts: &[Part]) -> Vec<EntityRef> {
    let model = workspace.compiled.engine.model();
    let pods = (0..model.workloads.len() as u32).map(Endpoint::Workload);
    let hosts = (0..model.host_endpoints.len() as u32).map(Endpoint::Host);
    matching(workspace, parts, pods.chain(hosts).map(Endpoint::entity))
}

/// Of one side of a rule.
fn peer(workspace: &Workspace, policy: &Policy, written: &str) -> Option<String> {
    let rules = policy.ingress.iter().chain(&policy.egress);
    let parts = rules.flat_map(|rule| sides(rule).map(move |(side, field)| (rule, side, field)));
    let mut found = parts.filter_map(|(rule, side, field)| {
        let path = |part: &&Part| {
            format!(
                "{}.{}",
                rule.path,
                rule.field_path(field(EntityField::Part(part.kind)))
            ) == written
        };
        side.positive.iter().find(path).map(|part| (side, part))
    });
    let (side, _) = found.next()?;
    let model = workspace.compiled.engine.model();
    let sets = (0..model.network_sets.len() as u32).map(EntityRef::NetworkSet);
    let sets = matching(workspace, &side.positive, sets);
    let mut said = format!(
        "Matches {}",
        listed(workspace, &endpoints(workspace, &side.positive), "endpoint")
    );
    if !sets.is_empty() {
        said.push_str(&format!(" and {}", listed(workspace, &sets, "network set")));
    }
    Some(format!("{said}."))
}

type ToField = fn(EntityField) -> Field;

fn sides(rule: &Rule) -> impl Iterator<Item = (&Entity, ToField)> {
    let sides: [(&Entity, ToField); 2] = [
        (&rule.source, Field::Source),
        (&rule.destination, Field::Destination),
    ];
    sides.into_iter()
}

fn matching(
    workspace: &Workspace,
    parts: &[Part],
    all: impl Iterator<Item = EntityRef>,
) -> Vec<EntityRef> {
    let engine = &workspace.compiled.engine;
    let holds = |entity: &EntityRef| {
        parts
            .iter()
            .all(|part| part.selector.matches(engine.labels(*entity)))
    };
    all.filter(holds).collect()
}

/// `no endpoint`, `1 endpoint: a/b`, `7 endpoints: a/b, a/c, … and 3 more`.
fn listed(workspace: &Workspace, entities: &[EntityRef], word: &str) -> String {
    const SHOWN: usize = 5;
    if entities.is_empty() {
        return format!("no {word}");
    }
    let engine = &workspace.compiled.engine;
    let names = entities
        .iter()
        .take(SHOWN)
        .map(|entity| format!("`{}`", engine.entity_name(*entity)));
    let names = names.collect::<Vec<_>>().join(", ");
    let more = entities.len().saturating_sub(SHOWN);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{}: {names}{more}", count(entities.len(), word))
}

pub(super) fn count(number: usize, word: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {word}{s}")
}
