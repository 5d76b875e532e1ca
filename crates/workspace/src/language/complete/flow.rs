//! Flow lines: ends, services, expectations.

use std::collections::{BTreeMap, BTreeSet};

use tierwalk_protocol::Completion;
use tierwalk_yaml::{Path, Segment};

use super::{Found, word};
use crate::Workspace;
use crate::language::cursor::{Cursor, Spot};

/// A line of a `*.flows` file.
pub(super) fn line(workspace: &Workspace, text: &str, at: usize) -> Found {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |line| line + 1);
    let written = before.get(start..).unwrap_or_default();
    if written.contains('#') {
        return Found::default();
    }
    words(workspace, written, start)
}

/// An item of the list under `flows:`; `None` elsewhere.
pub(super) fn item(workspace: &Workspace, cursor: &Cursor<'_>) -> Option<Found> {
    let (path, from) = match &cursor.spot {
        Spot::Open {
            container, from, ..
        } => (container, *from),
        Spot::Value { path, from, .. } => (path, *from),
        Spot::Nothing => return None,
    };
    match path.segments() {
        [Segment::Key(key), Segment::Index(_)] if is_list(key, cursor) => {
            Some(words(workspace, cursor.written(from), from))
        }
        [Segment::Key(key), Segment::Index(_), Segment::Key(field)] if is_list(key, cursor) => {
            Some(Found {
                from,
                items: match &**field {
                    "from" | "to" => ends(workspace),
                    "expect" => expectations(),
                    _ => Vec::new(),
                },
            })
        }
        _ => None,
    }
}

fn is_list(key: &str, cursor: &Cursor<'_>) -> bool {
    key == "flows"
        && cursor
            .outline
            .text(cursor.text, &Path::root(), "kind")
            .is_none()
}

/// What comes next in a line of words.
fn words(workspace: &Workspace, written: &str, start: usize) -> Found {
    let last = written.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let before: Vec<&str> = written
        .get(..last)
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let items = match before.as_slice() {
        [] => with_blank(ends(workspace)),
        [_] => with_blank(vec![word("->", "", "To.")]),
        [_, _] => with_blank(ends(workspace)),
        [_, _, to] => with_blank(services(workspace, to)),
        [_, _, _, _] => expectations(),
        _ => Vec::new(),
    };
    Found {
        from: start + last,
        items,
    }
}

fn with_blank(items: Vec<Completion>) -> Vec<Completion> {
    let items = items.into_iter().map(|item| Completion {
        insert: format!("{} ", item.label),
        again: true,
        ..item
    });
    items.collect()
}

fn expectations() -> Vec<Completion> {
    vec![
        word("allow", "", "What should happen: the flow is allowed."),
        word("deny", "", "What should happen: the flow is denied."),
    ]
}

/// Pods, nodes, addresses in network sets, and what other flows name.
fn ends(workspace: &Workspace) -> Vec<Completion> {
    let model = workspace.compiled.engine.model();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for pod in &model.workloads {
        let address = pod.addresses.first().map(ToString::to_string);
        names.insert(
            format!("{}/{}", pod.namespace, pod.name),
            address.unwrap_or_default(),
        );
    }
    for set in &model.network_sets {
        for net in &set.nets {
            let member = net.hosts().next().unwrap_or_else(|| net.network());
            names
                .entry(member.to_string())
                .or_insert_with(|| format!("in {}", set.name));
        }
        for domain in set.domains.iter().filter(|domain| !domain.0.contains('*')) {
            names
                .entry(domain.0.clone())
                .or_insert_with(|| format!("in {}", set.name));
        }
    }
    for spec in workspace
        .flows
        .iter()
        .filter_map(|flow| flow.entry().flow.as_ref().ok())
    {
        for end in [&spec.flow.source, &spec.flow.destination] {
            let label = crate::flows::label(end);
            if label.namespace.is_empty() {
                names.entry(label.name).or_default();
            }
        }
    }
    names
        .into_iter()
        .map(|(name, note)| word(name, note, ""))
        .collect()
}

/// Ports that the destination declares, then those of other flows.
fn services(workspace: &Workspace, to: &str) -> Vec<Completion> {
    let model = workspace.compiled.engine.model();
    let pods = model.workloads.iter();
    let pod = pods
        .filter(|pod| format!("{}/{}", pod.namespace, pod.name) == to)
        .flat_map(|pod| &pod.ports);
    let mut items: Vec<Completion> = pod
        .map(|port| {
            word(
                format!(
                    "{}/{}",
                    port.protocol.name().to_ascii_lowercase(),
                    port.port
                ),
                port.name.as_str(),
                "",
            )
        })
        .collect();
    let flows = workspace
        .flows
        .iter()
        .filter_map(|flow| flow.entry().flow.as_ref().ok());
    let mut used: BTreeSet<String> = flows.map(|spec| spec.service()).collect();
    used.extend(["tcp/443", "tcp/80", "udp/53", "icmp/8"].map(str::to_owned));
    for service in used {
        if items.iter().all(|item| item.label != service) {
            items.push(word(service, "", ""));
        }
    }
    items
}
