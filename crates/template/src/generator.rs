//! The published generator's template: short policies and sets, one per document.

mod compat;
mod fields;
mod keys;
mod policy;
mod ports;
mod rule;
mod set;
mod short;

use tierwalk_source::Diagnostic;
use tierwalk_yaml::{Document, Entry, Node};

use crate::clusters;
use crate::emit::{Entries, Item};
use crate::manifest::Draft;
use crate::scope::Scope;
use crate::source_map::PlaceId;
use keys::Keys;

pub(crate) use fields::{kind_words, selector_problem, slip};
pub(crate) use ports::item as port_item;
pub(crate) use rule::{Direction, item as rule_item, rule_error};

const POLICY_KINDS: [&str; 3] = ["NetworkPolicy", "GlobalNetworkPolicy", "GlobalNetworkSet"];

/// Keys of which one alone tells that a document is of this format.
const TELLING: [&str; 7] = [
    "ObjectType",
    "PolicyName",
    "PolicyOrder",
    "PolicyNamespace",
    "NetworkSetName",
    "AppliesToSelector",
    "Direction",
];

/// Whether a document without `apiVersion` is of this format.
pub(crate) fn recognises(root: &Node) -> bool {
    root.entries().iter().any(|entry| {
        TELLING.contains(&&*entry.key)
            || tierwalk_source::nearest(&entry.key, ["ObjectType", "PolicyName", "NetworkSetName"])
                .is_some()
    })
}

/// Compiles a document of this format; `tail` are rules that follow its mapping.
pub(crate) fn compile(scope: &mut Scope<'_>, root: &Node, tail: &[Node]) -> Option<Draft> {
    let kind = object_type(scope, root);
    let anchor = root
        .entries()
        .first()
        .map_or(root.span, |entry| entry.key_span);
    let span = root
        .entry("ObjectType")
        .map_or(anchor, |entry| entry.key_span.to(entry.value.span));
    let object = scope.written("ObjectType", span);
    match kind {
        Some("GlobalNetworkSet") => set(scope, root, object),
        Some(kind) => policy(scope, root, kind, object, tail),
        None => None,
    }
}

fn object_type(scope: &mut Scope<'_>, root: &Node) -> Option<&'static str> {
    let all: Vec<&Entry> = root.entries().iter().collect();
    let entry = root.entry("ObjectType").or_else(|| {
        let near = |entry: &&&Entry| tierwalk_source::nearest(&entry.key, ["ObjectType"]).is_some();
        all.iter().find(near).copied()
    });
    let Some(entry) = entry.filter(|entry| !entry.value.is_null()) else {
        let span = all.first().map_or(root.span, |entry| entry.key_span);
        scope.report(
            Diagnostic::error("template/missing-key", span, "missing `ObjectType`")
                .help("write `NetworkPolicy`, `GlobalNetworkPolicy` or `GlobalNetworkSet`"),
        );
        return None;
    };
    fields::word(scope, entry, "ObjectType", &POLICY_KINDS)
}

fn policy(
    scope: &mut Scope<'_>,
    root: &Node,
    kind: &'static str,
    object: PlaceId,
    tail: &[Node],
) -> Option<Draft> {
    let policy = policy::read(scope, root, kind == "GlobalNetworkPolicy", tail);
    let clusters = clusters_of(scope, &policy.keys);
    let name = policy.name.as_ref()?.as_text()?.to_owned();
    let namespace = policy
        .namespace
        .as_ref()
        .and_then(Item::as_text)
        .map(str::to_owned);
    let item = if scope.compat {
        compat::policy(scope, &policy, kind, object)
    } else {
        clean_policy(scope, policy, kind, object)
    };
    Some(Draft {
        item,
        kind: kind.to_owned(),
        namespace,
        name,
        clusters,
    })
}

fn clean_policy(
    scope: &mut Scope<'_>,
    policy: policy::Policy<'_>,
    kind: &str,
    object: PlaceId,
) -> Item {
    let mut spec = policy.spec;
    for direction in [Direction::Ingress, Direction::Egress] {
        let (name, rules) = match direction {
            Direction::Ingress => ("ingress", &policy.ingress),
            Direction::Egress => ("egress", &policy.egress),
        };
        if policy.directions.contains(&direction) {
            let place = rules
                .span
                .map(|span| scope.written(direction.list_key(), span));
            let items = rules.rules.iter().map(|rule| rule.item.clone()).collect();
            let place = place.or_else(|| {
                policy
                    .keys
                    .get("Direction")
                    .map(|entry| scope.structure("Direction", entry.key_span))
            });
            spec.put(name, Some(Item::list(items, place)));
        }
    }
    let mut metadata = Entries::default();
    metadata
        .put("name", policy.name)
        .put("namespace", policy.namespace);
    object_of(
        scope,
        &policy.keys,
        kind,
        metadata,
        Some(spec.into_map(None)),
        object,
    )
}

fn set(scope: &mut Scope<'_>, root: &Node, object: PlaceId) -> Option<Draft> {
    let set = set::read(scope, root);
    let clusters = clusters_of(scope, &set.keys);
    let name = set.name.as_ref()?.as_text()?.to_owned();
    let kind = "GlobalNetworkSet";
    let item = if scope.compat {
        compat::set(scope, &set, object)
    } else {
        let mut metadata = Entries::default();
        metadata.put("name", set.name).put("labels", set.labels);
        object_of(scope, &set.keys, kind, metadata, Some(set.spec), object)
    };
    Some(Draft {
        item,
        kind: kind.to_owned(),
        namespace: None,
        name,
        clusters,
    })
}

/// A `projectcalico.org/v3` object.
fn object_of(
    scope: &mut Scope<'_>,
    keys: &Keys<'_>,
    kind: &str,
    metadata: Entries,
    spec: Option<Item>,
    object: PlaceId,
) -> Item {
    let frame = scope.structure("", keys.anchor);
    let mut entries = Entries::default();
    let metadata = metadata.into_map(Some(frame));
    let spec = spec.map(|spec| Item {
        place: Some(frame),
        ..spec
    });
    entries
        .put(
            "apiVersion",
            Some(Item::text("projectcalico.org/v3", frame)),
        )
        .put("kind", Some(Item::text(kind, object)))
        .put("metadata", Some(metadata))
        .put("spec", spec);
    entries.into_map(None)
}

fn clusters_of(scope: &mut Scope<'_>, keys: &Keys<'_>) -> Option<clusters::ClusterSelector> {
    let entry = keys.set("Clusters")?;
    clusters::read_selector(scope, &entry.value)
}

/// Reads a document that is not YAML because its rules stand after the mapping without a key.
pub(crate) fn parse_short_form(text: &str) -> Option<(Document, Vec<Node>)> {
    short::split(text)
}
