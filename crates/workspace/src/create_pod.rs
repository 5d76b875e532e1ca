//! Pods that are missing, offered as a change that writes them.

use std::collections::BTreeMap;
use std::fmt::Write;

use tierwalk_lints::WantedPod;
use tierwalk_protocol::{Edit, Fix, Place};
use tierwalk_source::Span;

use crate::Workspace;
use crate::lint::plain;

#[cfg(test)]
mod tests;

/// Where pods are written if no file holds any.
const NEW_FILE: &str = "cluster/pods.yaml";

/// Labels whose value names a pod best.
const NAMING: [&str; 5] = ["app", "app.kubernetes.io/name", "k8s-app", "name", "run"];

/// Writes the pod that a selector is waiting for.
pub(crate) fn that_matches(workspace: &Workspace, pod: &WantedPod) -> Fix {
    let name = free_name(workspace, pod);
    let title = format!("Create a pod that matches: `{}/{name}`", pod.namespace);
    fix(workspace, title, &name, pod)
}

/// Writes the pod that the end of a flow names.
pub(crate) fn named(workspace: &Workspace, namespace: &str, name: &str) -> Fix {
    let title = format!("Create pod `{namespace}/{name}` with label `app` = `{name}`");
    let pod = WantedPod {
        namespace: namespace.to_owned(),
        labels: BTreeMap::from([("app".to_owned(), name.to_owned())]),
        service_account: None,
    };
    fix(workspace, title, name, &pod)
}

/// A document at the end of the last file with pods.
fn fix(workspace: &Workspace, title: String, name: &str, pod: &WantedPod) -> Fix {
    let text = manifest(name, pod);
    let file = workspace.pods_file().unwrap_or(NEW_FILE);
    let edit = match workspace.placer(file) {
        Some(placer) => Edit {
            place: placer.place(0, Span::empty(placer.text.len())),
            text: format!("{}{text}", separator(placer.text)),
        },
        None => Edit {
            place: Place {
                file: file.to_owned(),
                line: 1,
                column: 1,
                from: 0,
                to: 0,
            },
            text,
        },
    };
    Fix {
        title,
        safe: false,
        edits: vec![edit],
    }
}

fn separator(text: &str) -> &'static str {
    let last = text.lines().next_back().unwrap_or("---").trim_end();
    match (last == "---", text.is_empty() || text.ends_with('\n')) {
        (true, true) => "",
        (true, false) => "\n",
        (false, true) => "---\n",
        (false, false) => "\n---\n",
    }
}

fn manifest(name: &str, pod: &WantedPod) -> String {
    let mut text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {}\n  namespace: {}\n",
        plain(name),
        plain(&pod.namespace)
    );
    if !pod.labels.is_empty() {
        text.push_str("  labels:\n");
    }
    for (key, value) in &pod.labels {
        // writing into a string cannot fail
        let _ = writeln!(text, "    {}: {}", plain(key), plain(value));
    }
    if let Some(account) = &pod.service_account {
        let _ = writeln!(text, "spec:\n  serviceAccountName: {}", plain(account));
    }
    text
}

/// A name after the labels that no pod of the namespace has.
fn free_name(workspace: &Workspace, pod: &WantedPod) -> String {
    let label = NAMING.iter().find_map(|key| pod.labels.get(*key));
    let label = label.or_else(|| pod.labels.values().find(|value| *value != "true"));
    let name = label
        .map(|value| dns_label(value))
        .filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "pod".to_owned());
    let pods = &workspace.compiled.engine.model().workloads;
    let is_taken = |name: &str| {
        let wanted = (pod.namespace.as_str(), name);
        pods.binary_search_by(|it| (it.namespace.as_str(), it.name.as_str()).cmp(&wanted))
            .is_ok()
    };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut free = std::iter::once(name.clone())
        .chain(numbered)
        .filter(|name| !is_taken(name));
    free.next().unwrap_or(name)
}

/// What may stand in the name of a pod.
fn dns_label(value: &str) -> String {
    let lower = value.to_ascii_lowercase();
    let allowed = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = lower.chars().map(allowed).take(40).collect();
    name.trim_matches('-').to_owned()
}

impl Workspace {
    /// The last YAML file that holds a pod.
    fn pods_file(&self) -> Option<&str> {
        let position = self.positions.get(self.compiled.last_pod? as usize)?;
        Some(&*position.file).filter(|path| !path.ends_with(".json"))
    }
}
