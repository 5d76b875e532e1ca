//! Which requests a policy or binding is about (`apiserver/pkg/admission/plugin/policy/matching`).

use serde::Deserialize;
use serde_json::Value as Json;
use tierwalk_selector::LabelSelector;

use crate::kind::Kind;

/// `matchConstraints` and `matchResources`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct MatchResources {
    namespace_selector: Option<LabelSelector>,
    object_selector: Option<LabelSelector>,
    resource_rules: Vec<Rule>,
    exclude_resource_rules: Vec<Rule>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Rule {
    api_groups: Vec<String>,
    api_versions: Vec<String>,
    operations: Vec<String>,
    resources: Vec<String>,
    resource_names: Vec<String>,
    scope: Option<String>,
}

/// The same, ready; nothing written matches everything.
pub(super) type Matching = MatchResources;

/// What is matched.
pub(super) struct Subject<'a> {
    pub kind: Kind,
    pub resource: String,
    pub name: &'a str,
    pub operation: &'a str,
    pub object: Option<&'a Json>,
    pub old: Option<&'a Json>,
    /// The namespace that the object is in, or that it is.
    pub namespace: Option<Json>,
}

impl MatchResources {
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        let hits = |rules: &[Rule]| rules.iter().any(|rule| rule.matches(subject));
        self.namespace(subject)
            && self.object(subject)
            && !hits(&self.exclude_resource_rules)
            && (self.resource_rules.is_empty() || hits(&self.resource_rules))
    }

    /// Cluster-wide objects that are no namespaces are never left out by namespace.
    fn namespace(&self, subject: &Subject<'_>) -> bool {
        match (&self.namespace_selector, &subject.namespace) {
            (Some(selector), Some(namespace)) => selector.matches(namespace),
            _ => true,
        }
    }

    fn object(&self, subject: &Subject<'_>) -> bool {
        let Some(selector) = self.object_selector.as_ref().filter(|it| !it.is_empty()) else {
            return true;
        };
        let mut objects = [subject.object, subject.old].into_iter().flatten();
        objects.any(|object| selector.matches(object))
    }
}

impl Rule {
    fn matches(&self, subject: &Subject<'_>) -> bool {
        let has =
            |list: &[String], wanted: &str| list.iter().any(|item| item == "*" || item == wanted);
        let names = &self.resource_names;
        has(&self.api_groups, &subject.kind.group)
            && has(&self.api_versions, &subject.kind.version)
            && has(&self.operations, subject.operation)
            && self
                .resources
                .iter()
                .any(|own| is_resource(own, &subject.resource))
            && (names.is_empty() || names.iter().any(|name| name == subject.name))
            && self.scope(subject)
    }

    fn scope(&self, subject: &Subject<'_>) -> bool {
        match self.scope.as_deref() {
            Some("Cluster") => !subject.kind.is_namespaced(),
            Some("Namespaced") => subject.kind.is_namespaced(),
            _ => true,
        }
    }
}

/// `pods`, `*`, `pods/*` and `*/*` mean the resource itself as well; `pods/status` does not.
fn is_resource(own: &str, resource: &str) -> bool {
    let (own, sub) = own.split_once('/').unwrap_or((own, "*"));
    sub == "*" && (own == "*" || own == resource)
}
