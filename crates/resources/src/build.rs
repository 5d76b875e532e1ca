//! All objects of a workspace to one policy model.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tierwalk_source::{Diagnostic, Span, nearest};

use crate::convert::{self, Selectors};
use crate::inventory::{self, Written};
use crate::kinds::Object;
use crate::model::{Inventory, Model, Policy};
use crate::note::Note;
use crate::{Resource, codes};

/// How to read what is not written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// Namespaces that are only mentioned do not exist, so that Calico denies what their profile would
    /// allow. Else they exist, without labels.
    pub strict_namespaces: bool,
}

/// A model and what is to be said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Built {
    /// The model.
    pub model: Model,
    /// What only the documents together show, in order of the documents.
    pub notes: Vec<Note>,
}

/// Puts objects together, each with the number of its document, in the order in which they would be
/// applied: of several with the same kind, namespace and name, the last one counts. Otherwise the order
/// changes nothing but the order of what comes out.
pub fn build(objects: &[(u32, &Object)], options: BuildOptions) -> Built {
    build_on(&Ground::new(objects, options), objects)
}

/// What policies stand on: the inventory of a set of objects, and what is to be said about it. It can serve
/// again while none of the objects that [`is_inventory`] tells changed.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    inventory: Arc<Inventory>,
    notes: Vec<Note>,
}

/// Whether an object is neither tier nor policy.
pub fn is_inventory(object: &Object) -> bool {
    !matches!(object.resource, Resource::Tier(_) | Resource::Ignored)
        && !convert::is_policy(&object.resource)
}

impl Ground {
    /// The inventory of the objects that [`is_inventory`] tells; the others do not matter.
    pub fn new(objects: &[(u32, &Object)], options: BuildOptions) -> Self {
        let mut notes = Vec::new();
        let objects = objects.iter().copied();
        let written = last_of_each(objects.filter(|(_, it)| is_inventory(it)), &mut notes);
        let inventory = Arc::new(inventory::take(&written, options, &mut notes));
        Self { inventory, notes }
    }
}

/// The tiers and policies among the objects, on an inventory.
pub fn build_on(ground: &Ground, objects: &[(u32, &Object)]) -> Built {
    let mut built = Built {
        model: Model {
            inventory: Arc::clone(&ground.inventory),
            ..Model::default()
        },
        notes: ground.notes.clone(),
    };
    let objects = objects.iter().copied();
    let written = last_of_each(
        objects.filter(|(_, it)| !is_inventory(it)),
        &mut built.notes,
    );
    let mut selectors = Selectors::default();
    let model = &mut built.model;
    for written in &written {
        let (origin, object) = (written.origin(), written.object);
        if let Resource::Tier(spec) = &object.resource {
            model
                .tiers
                .push(convert::declared_tier(&object.metadata.name, spec, origin));
        } else {
            let converted = object.converted(&mut selectors);
            let policy = converted.map(|converted| Policy { converted, origin });
            model.policies.extend(policy);
        }
    }
    model.tiers.extend(convert::undeclared_tiers(&model.tiers));
    unknown_tiers(model, &mut built.notes);
    built
        .notes
        .sort_by(|a, b| (a.document, &a.path).cmp(&(b.document, &b.path)));
    built
}

/// What an object is the only one of.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    group: &'a str,
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

fn key(object: &Object) -> Key<'_> {
    let group = object
        .api_version
        .split_once('/')
        .map_or("", |(group, _)| group);
    Key {
        group: group.strip_prefix("crd.").unwrap_or(group),
        kind: &object.kind,
        namespace: &object.metadata.namespace,
        name: &object.metadata.name,
    }
}

/// The last object of each key, in order; the others get a note.
fn last_of_each<'a>(
    objects: impl DoubleEndedIterator<Item = (u32, &'a Object)>,
    notes: &mut Vec<Note>,
) -> Vec<Written<'a>> {
    let mut seen = FxHashSet::default();
    let mut kept = Vec::new();
    for (document, object) in objects.rev() {
        let written = Written { document, object };
        if matches!(object.resource, Resource::Ignored) {
            continue;
        }
        if seen.insert(key(object)) {
            kept.push(written);
        } else {
            notes.push(replaced(written));
        }
    }
    kept.reverse();
    kept
}

fn replaced(written: Written<'_>) -> Note {
    let (kind, metadata) = (&written.object.kind, &written.object.metadata);
    let name = match metadata.namespace.as_str() {
        "" => metadata.name.clone(),
        namespace => format!("{namespace}/{}", metadata.name),
    };
    let message = format!("another {kind} `{name}` comes later and replaces this one");
    let diagnostic = Diagnostic::warning(codes::REPLACED, Span::default(), message)
        .help("remove one of them, or give it another name");
    Note::at(written.origin(), "metadata.name", diagnostic)
}

/// How many tiers an unknown one is compared with.
const MOST_TIERS: usize = 100;

/// Calico refuses to create such a policy; Felix would evaluate it behind all real tiers
/// (Calico `felix/calc/policy_resolver.go`).
fn unknown_tiers(model: &Model, notes: &mut Vec<Note>) {
    let known: HashSet<&str> = model.tiers.iter().map(|tier| tier.name.as_str()).collect();
    let unknown = model
        .policies
        .iter()
        .filter(|policy| !known.contains(policy.tier.as_str()));
    for policy in unknown {
        let tier = &policy.tier;
        let message = format!(
            "tier `{tier}` does not exist: the policy comes after all tiers, and what it does not match is denied"
        );
        let names = model.tiers.iter().map(|tier| tier.name.as_str());
        let similar = nearest(tier, names.take(MOST_TIERS));
        let help = similar.map_or_else(
            || format!("declare it: `kind: Tier`, `name: {tier}`"),
            |similar| format!("did you mean `{similar}`?"),
        );
        let diagnostic = Diagnostic::warning(codes::UNKNOWN_TIER, Span::default(), message);
        notes.push(Note::at(
            policy.origin.clone(),
            "spec.tier",
            diagnostic.help(help),
        ));
    }
}
