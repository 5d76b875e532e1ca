//! Which clusters an object is for, by the clusters' labels.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tierwalk_selector::Selector;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Kind, Node};

use crate::names;
use crate::scope::Scope;

/// The annotation that names the clusters of a manifest written by hand.
pub const CLUSTERS_ANNOTATION: &str = "tierwalk.dev/clusters";

/// A cluster of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name, which can also be selected as label `name`.
    pub name: String,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Where it stands, relative to the text of its document.
    pub span: Span,
}

/// The clusters that an object is for.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSelector {
    /// As written: `env in {prod}`.
    pub text: String,
    /// As Calico would write it: `env in {"prod"}`.
    pub selector: Selector,
    /// Where it stands, relative to the text of its document.
    pub span: Span,
}

/// Whether an object goes to a cluster, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Whether it goes there.
    pub goes: bool,
    /// In words: `env in {prod}` holds: env is `prod`.
    pub reason: String,
}

/// Whether an object with this selector goes to a cluster.
pub fn placement(selector: Option<&ClusterSelector>, cluster: &Cluster) -> Placement {
    let Some(selector) = selector else {
        return Placement {
            goes: true,
            reason: "it names no clusters, so it goes to all".to_owned(),
        };
    };
    let labels = cluster.selectable();
    let goes = selector.selector.matches(&labels);
    let verb = if goes { "holds" } else { "does not hold" };
    let actual: Vec<_> = unique(selector.selector.keys())
        .into_iter()
        .map(|key| match labels.get(key) {
            Some(value) => format!("{key} is `{value}`"),
            None => format!("it has no label {key}"),
        })
        .collect();
    let because = match actual.is_empty() {
        true => String::new(),
        false => format!(": {}", actual.join(", ")),
    };
    Placement {
        goes,
        reason: format!("`{}` {verb}{because}", selector.text),
    }
}

fn unique<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for key in keys {
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    seen
}

impl Cluster {
    /// Its labels, with its name as one.
    fn selectable(&self) -> BTreeMap<String, String> {
        let mut labels = self.labels.clone();
        labels
            .entry("name".to_owned())
            .or_insert_with(|| self.name.clone());
        labels
    }
}

/// Reads the clusters of a template.
pub(crate) fn read_selector(scope: &mut Scope<'_>, node: &Node) -> Option<ClusterSelector> {
    match selector(node) {
        Ok(selector) => selector,
        Err(diagnostic) => {
            scope.report(*diagnostic);
            None
        }
    }
}

/// The clusters that a node names: a selector of their labels. `None` for `''`.
pub fn selector(node: &Node) -> Result<Option<ClusterSelector>, Box<Diagnostic>> {
    let wrong = |message: String, help: String| {
        Box::new(Diagnostic::error("template/clusters", node.span, message).help(help))
    };
    let Some(text) = node.as_str() else {
        return Err(wrong(
            "the clusters are not named by a selector".to_owned(),
            "write a selector of their labels, such as `env in {prod}`".to_owned(),
        ));
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    match Selector::parse(&with_quotes(text)) {
        Ok(selector) => Ok(Some(ClusterSelector {
            text: text.to_owned(),
            selector,
            span: node.span,
        })),
        Err(error) => Err(wrong(
            format!("`{text}` is not a selector: {}", error.message),
            error.help,
        )),
    }
}

/// Puts bare values in quotes, so that `env in {prod}` and `env == prod` mean what they say. Everything
/// else is Calico's selector language.
fn with_quotes(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut in_set = false;
    let mut value_next = false;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '"' | '\'' => string_length(rest, first),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(len);
        if is_word(first) && (in_set || value_next) {
            quoted.push_str(&format!("\"{token}\""));
        } else {
            quoted.push_str(token);
        }
        in_set = (in_set || first == '{') && first != '}';
        value_next = match token {
            "=" => true,
            "contains" | "with" => !value_next,
            token => value_next && token.trim().is_empty(),
        };
        rest = after;
    }
    quoted
}

fn string_length(text: &str, quote: char) -> usize {
    let inside = text.get(1..).unwrap_or_default();
    inside.find(quote).map_or(text.len(), |end| end + 2)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/')
}

/// Reads a `kind: Clusters` document.
pub fn read_clusters(root: &Node) -> (Vec<Cluster>, Vec<Diagnostic>) {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut diagnostics = Vec::new();
    let Some(list) = root
        .get("clusters")
        .filter(|list| matches!(list.kind, Kind::Seq(_)))
    else {
        let span = root
            .entries()
            .first()
            .map_or(root.span, |entry| entry.key_span);
        diagnostics.push(
            Diagnostic::error("template/clusters", span, "missing `clusters`")
                .help("list each cluster with its `name` and its `labels`"),
        );
        return (clusters, diagnostics);
    };
    for node in list.items() {
        match cluster(node) {
            Ok(cluster) if clusters.iter().all(|other| other.name != cluster.name) => {
                clusters.push(cluster)
            }
            Ok(cluster) => diagnostics.push(
                Diagnostic::error(
                    "template/clusters",
                    cluster.span,
                    format!("cluster `{}` is listed twice", cluster.name),
                )
                .help("give each cluster a name of its own"),
            ),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    (clusters, diagnostics)
}

fn cluster(node: &Node) -> Result<Cluster, Box<Diagnostic>> {
    let start = node
        .entries()
        .first()
        .map_or(node.span, |entry| entry.key_span);
    let name = node.get("name").and_then(Node::as_str).unwrap_or_default();
    if !names::is_dns_subdomain(name) {
        let span = node.get("name").map_or(start, |node| node.span);
        let message = format!("`{name}` is not the name of a cluster");
        return Err(wrong(
            span,
            message,
            "write `name:` with lower case letters, digits and `-`",
        ));
    }
    for entry in node.entries() {
        if !matches!(&*entry.key, "name" | "labels") {
            let message = format!("unknown key `{}`", entry.key);
            return Err(wrong(
                entry.key_span,
                message,
                "a cluster has `name` and `labels`",
            ));
        }
    }
    Ok(Cluster {
        name: name.to_owned(),
        labels: labels(node)?,
        span: start,
    })
}

fn labels(cluster: &Node) -> Result<BTreeMap<String, String>, Box<Diagnostic>> {
    let mut labels = BTreeMap::new();
    for entry in cluster.get("labels").map_or(&[][..], Node::entries) {
        match entry.value.as_str() {
            Some(value) if names::is_label_key(&entry.key) && names::is_label_value(value) => {
                labels.insert(entry.key.to_string(), value.to_owned());
            }
            _ => {
                let message = format!("`{}` is not a label with a text as its value", entry.key);
                return Err(wrong(
                    entry.key_span.to(entry.value.span),
                    message,
                    "for example `env: prod`",
                ));
            }
        }
    }
    Ok(labels)
}

fn wrong(span: Span, message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("template/clusters", span, message).help(help))
}
