//! Instances: a template's name and values for its fields.

use std::collections::BTreeSet;

use tierwalk_source::{Diagnostic, Fix, Severity, Span, nearest};
use tierwalk_yaml::{Entry, Kind, Node};

use super::assemble::{Fault, assemble};
use super::library::Library;
use super::model::Definition;
use super::{engine, values};
use crate::clusters::{self, ClusterSelector};
use crate::emit::Item;
use crate::manifest::Draft;
use crate::scope::Scope;
use crate::source_map::PlaceId;

/// Compiles an instance: a mapping with `template` and `values`.
pub(crate) fn compile(scope: &mut Scope<'_>, root: &Node, library: &Library) -> Vec<Draft> {
    for entry in root.entries() {
        if !matches!(&*entry.key, "template" | "values" | "clusters" | "Clusters") {
            scope.report(unknown_key(entry));
        }
    }
    let Some(entry) = root.entry("template") else {
        return Vec::new();
    };
    let Some(definition) = definition(scope, entry, library) else {
        return Vec::new();
    };
    let own = root.get("clusters").or_else(|| root.get("Clusters"));
    let clusters = own.and_then(|node| clusters::read_selector(scope, node));
    let clusters = clusters.or_else(|| definition.clusters.clone().filter(|_| own.is_none()));
    let anchor = scope.written("template", entry.key_span.to(entry.value.span));
    let Some(item) = read_values(scope, root, definition, entry.key_span) else {
        return Vec::new();
    };
    render(
        scope,
        definition,
        &item,
        anchor,
        &clusters,
        &mut BTreeSet::new(),
    )
    .unwrap_or_else(|fault| {
        scope.report(told_at_instance(scope, definition, entry, fault));
        Vec::new()
    })
}

fn unknown_key(entry: &Entry) -> Diagnostic {
    let known = ["template", "values", "clusters"];
    let diagnostic = Diagnostic::error(
        "template/unknown-key",
        entry.key_span,
        format!("unknown key `{}`", entry.key),
    )
    .help("an instance has `template`, `values` and, if wanted, `clusters`; fields stand under `values`");
    match nearest(&entry.key, known) {
        Some(key) => diagnostic.fix(Fix::replace(format!("Write `{key}`"), entry.key_span, key)),
        None => diagnostic,
    }
}

fn definition<'l>(
    scope: &mut Scope<'_>,
    entry: &Entry,
    library: &'l Library,
) -> Option<&'l Definition> {
    let name = entry.value.as_str().unwrap_or_default();
    let found = library.get(name);
    if found.is_none() {
        let names: Vec<_> = library
            .definitions()
            .map(|definition| definition.name.as_str())
            .collect();
        let mut diagnostic = Diagnostic::error(
            "template/unknown-template",
            entry.value.span,
            format!("there is no template `{name}`"),
        )
        .help(format!("templates here: `{}`", names.join("`, `")));
        if let Some(guess) = nearest(name, names) {
            diagnostic = diagnostic.fix(Fix::replace(
                format!("Write `{guess}`"),
                entry.value.span,
                guess,
            ));
        }
        scope.report(diagnostic);
    }
    found
}

fn read_values(
    scope: &mut Scope<'_>,
    root: &Node,
    definition: &Definition,
    anchor: Span,
) -> Option<Item> {
    let empty = Node {
        span: anchor,
        kind: Kind::Map(Vec::new()),
    };
    let node = match root.entry("values") {
        None => &empty,
        Some(entry) if entry.value.is_null() => &empty,
        Some(entry) if matches!(entry.value.kind, Kind::Map(_)) => &entry.value,
        Some(entry) => {
            scope.report(
                Diagnostic::error(
                    "template/wrong-type",
                    entry.value.span,
                    "`values` is a mapping",
                )
                .help("write one `field: value` per line under it"),
            );
            return None;
        }
    };
    let place = scope.written("values", node.span);
    let item = values::mapping(scope, &definition.fields, node, "values", place);
    item.filter(|_| !scope.has_errors())
}

/// The objects that a definition makes of values, and the places of the values that it `used`.
pub(super) fn render(
    scope: &mut Scope<'_>,
    definition: &Definition,
    values: &Item,
    anchor: PlaceId,
    clusters: &Option<ClusterSelector>,
    used: &mut BTreeSet<PlaceId>,
) -> Result<Vec<Draft>, Fault> {
    let rendered = engine::render(&definition.skeleton, values).map_err(|error| Fault {
        line: error.line().unwrap_or(1) as u32,
        place: None,
        message: engine::message(&error),
        help: "look at the template's output on this line".to_owned(),
    })?;
    used.extend(&rendered.used);
    let objects = assemble(definition, &rendered, &mut scope.places, anchor)?;
    let drafts = objects
        .into_iter()
        .map(|(item, line)| draft(item, line, clusters));
    drafts.collect()
}

fn draft(item: Item, line: u32, clusters: &Option<ClusterSelector>) -> Result<Draft, Fault> {
    let text = |item: Option<&Item>| item.and_then(Item::as_text).map(str::to_owned);
    let metadata = item.get("metadata");
    let missing = |what: &str| Fault {
        line,
        place: None,
        message: format!("an object of the output has no `{what}`"),
        help: "every object has `apiVersion`, `kind` and `metadata.name`".to_owned(),
    };
    text(item.get("apiVersion")).ok_or_else(|| missing("apiVersion"))?;
    Ok(Draft {
        kind: text(item.get("kind")).ok_or_else(|| missing("kind"))?,
        namespace: text(metadata.and_then(|metadata| metadata.get("namespace"))),
        name: text(metadata.and_then(|metadata| metadata.get("name")))
            .ok_or_else(|| missing("metadata.name"))?,
        clusters: clusters.clone(),
        item,
    })
}

/// A fault as the author of an instance has to see it: at the value, or at the name of the template.
fn told_at_instance(
    scope: &Scope<'_>,
    definition: &Definition,
    entry: &Entry,
    fault: Fault,
) -> Diagnostic {
    let place = fault
        .place
        .and_then(|place| scope.places.all.get(place as usize));
    match place {
        Some(place) => {
            Diagnostic::error("template/value", place.span, fault.message).help(fault.help)
        }
        None => Diagnostic::new(
            Severity::Error,
            "template/skeleton",
            entry.value.span,
            format!(
                "template `{}` cannot write its output: {} (line {} of its definition)",
                definition.name,
                fault.message,
                definition.document_line(fault.line)
            ),
        )
        .help(fault.help),
    }
}
