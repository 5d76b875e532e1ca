//! `spec.match` of a constraint (Gatekeeper `pkg/mutation/match/match.go`).

use serde::Deserialize;
use serde_json::Value as Json;
use tierwalk_selector::LabelSelector;

use super::Review;
use super::review::{group_version, text};

/// Which objects a constraint is about; all, where nothing is said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Match {
    kinds: Vec<Kinds>,
    scope: Option<String>,
    namespaces: Vec<String>,
    excluded_namespaces: Vec<String>,
    label_selector: Option<LabelSelector>,
    namespace_selector: Option<LabelSelector>,
    name: Option<String>,
    source: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kinds {
    api_groups: Vec<String>,
    kinds: Vec<String>,
}

impl Match {
    /// Whether an object is meant; an error, if its namespace would have to be known and is not.
    pub fn matches(&self, object: &Json, review: &Review) -> Result<bool, String> {
        Ok(self.kind(object)
            && self.scope(object, review)
            && self.namespace(object, review)
            && self
                .label_selector
                .as_ref()
                .is_none_or(|selector| selector.matches(object))
            && self.namespace_labels(object, review)?
            && self.name(object)
            && self.source.as_deref() != Some("Generated"))
    }

    /// A source that Gatekeeper does not know. Requests, and objects looked at by themselves, are all
    /// original; generated are the pods that it makes up for workloads.
    pub fn unknown_source(&self) -> Option<&str> {
        let source = self.source.as_deref();
        source.filter(|source| !matches!(*source, "" | "All" | "Original" | "Generated"))
    }

    fn kind(&self, object: &Json) -> bool {
        let (group, _) = group_version(object);
        let kind = text(object, "/kind");
        let has = |list: &[String], wanted: &str| {
            list.is_empty() || list.iter().any(|item| item == "*" || item == wanted)
        };
        let mut kinds = self.kinds.iter();
        self.kinds.is_empty()
            || kinds.any(|kinds| has(&kinds.kinds, kind) && has(&kinds.api_groups, group))
    }

    fn scope(&self, object: &Json, review: &Review) -> bool {
        let namespaced = namespace(object, review).is_some() && !is_namespace(object);
        match self.scope.as_deref() {
            Some("Cluster") => !namespaced,
            Some("Namespaced") => namespaced,
            _ => true,
        }
    }

    fn namespace(&self, object: &Json, review: &Review) -> bool {
        // What is in no namespace cannot be left out by one.
        let Some(namespace) = namespace(object, review) else {
            return true;
        };
        let among =
            |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, namespace));
        (self.namespaces.is_empty() || among(&self.namespaces)) && !among(&self.excluded_namespaces)
    }

    /// By name, or by the beginning of a name that is still to be made up.
    fn name(&self, object: &Json) -> bool {
        let Some(pattern) = self.name.as_deref().filter(|name| !name.is_empty()) else {
            return true;
        };
        matches(pattern, text(object, "/metadata/name"))
            || pattern.ends_with('*') && matches(pattern, text(object, "/metadata/generateName"))
    }

    fn namespace_labels(&self, object: &Json, review: &Review) -> Result<bool, String> {
        let Some(selector) = &self.namespace_selector else {
            return Ok(true);
        };
        if is_namespace(object) {
            return Ok(selector.matches(object));
        }
        match (&review.namespace, text(object, "/metadata/namespace")) {
            (Some(namespace), _) => Ok(selector.matches(namespace)),
            (None, "") => Ok(true),
            (None, name) => Err(format!(
                "the labels of namespace `{name}` are needed, and it is not known"
            )),
        }
    }
}

fn is_namespace(object: &Json) -> bool {
    text(object, "/kind") == "Namespace" && text(object, "/apiVersion") == "v1"
}

/// The namespace that counts: a namespace's own name, that of the review, or that of the object.
fn namespace<'a>(object: &'a Json, review: &'a Review) -> Option<&'a str> {
    let name = if is_namespace(object) {
        text(object, "/metadata/name")
    } else if let Some(namespace) = &review.namespace {
        text(namespace, "/metadata/name")
    } else {
        text(object, "/metadata/namespace")
    };
    Some(name).filter(|name| !name.is_empty())
}

/// Gatekeeper's wildcard: a `*` at the start, at the end, or at both.
fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(""), _) => true,
        (Some(rest), Some(_)) => name.contains(rest.strip_suffix('*').unwrap_or(rest)),
        (Some(end), None) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => pattern == name,
    }
}
