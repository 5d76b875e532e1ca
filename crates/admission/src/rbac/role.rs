//! Roles and bindings as they are written.

use serde::Deserialize;

use super::{Attributes, Subject};

#[derive(Deserialize)]
pub(super) struct RoleShape {
    #[serde(default, deserialize_with = "nullable")]
    pub rules: Vec<Rule>,
}

/// Grants verbs on resources.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Rule {
    #[serde(deserialize_with = "nullable")]
    verbs: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    api_groups: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    resources: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    resource_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BindingShape {
    pub role_ref: RoleRef,
    #[serde(default, deserialize_with = "nullable")]
    pub subjects: Vec<SubjectShape>,
}

#[derive(Deserialize)]
pub(super) struct RoleRef {
    pub kind: String,
    pub name: String,
}

#[derive(Deserialize)]
pub(super) struct SubjectShape {
    kind: String,
    name: String,
    #[serde(default)]
    namespace: String,
}

/// Kubernetes takes `null` for an empty list.
fn nullable<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Rule {
    pub fn grants(&self, asked: &Attributes) -> bool {
        let has =
            |list: &[String], wanted: &str| list.iter().any(|item| item == "*" || item == wanted);
        has(&self.verbs, &asked.verb)
            && has(&self.api_groups, &asked.group)
            && self.has_resource(&asked.resource)
            && (self.resource_names.is_empty()
                || (!asked.name.is_empty() && self.resource_names.contains(&asked.name)))
    }

    fn has_resource(&self, wanted: &str) -> bool {
        let sub = wanted.split_once('/').map(|(_, sub)| sub);
        self.resources.iter().any(|own| {
            own == "*" || own == wanted || (sub.is_some() && own.strip_prefix("*/") == sub)
        })
    }
}

impl SubjectShape {
    /// In a binding of a namespace, a service account without one is of that namespace.
    pub fn of(self, namespace: &str) -> Option<Subject> {
        match self.kind.as_str() {
            "User" => Some(Subject::User(self.name)),
            "Group" => Some(Subject::Group(self.name)),
            "ServiceAccount" => {
                let own = Some(self.namespace).filter(|own| !own.is_empty());
                let namespace = own.unwrap_or_else(|| namespace.to_owned());
                (!namespace.is_empty()).then_some(Subject::ServiceAccount(namespace, self.name))
            }
            _ => None,
        }
    }
}
