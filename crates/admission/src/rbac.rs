//! Kubernetes' role-based access control: roles, bindings, and whether they grant a request.
//!
//! Follows Kubernetes `plugin/pkg/auth/authorizer/rbac` and `pkg/registry/rbac/validation`.

mod role;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::object::{name, namespace, text};
use crate::policy::misfit;
use crate::{Diagnostic, Found, User, codes, kind::Kind};
use role::{BindingShape, RoleShape, Rule};

/// The group of roles and bindings.
const GROUP: &str = "rbac.authorization.k8s.io";

/// What somebody wants to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `create`, `get`, …
    pub verb: String,
    /// API group; empty for the core.
    pub group: String,
    /// `networkpolicies`, `tier.networkpolicies`.
    pub resource: String,
    /// Empty for what is not in a namespace, and for all namespaces.
    pub namespace: String,
    /// Empty where a request names no object: create, list, watch, deletecollection.
    pub name: String,
}

/// Roles and bindings.
#[derive(Clone, Debug, Default)]
pub struct Rbac {
    /// By namespace (empty for cluster roles) and name.
    roles: BTreeMap<(String, String), Vec<Rule>>,
    bindings: Vec<Binding>,
}

/// Gives a role to somebody.
#[derive(Clone, Debug)]
struct Binding {
    name: String,
    /// Where it counts; everywhere, if empty.
    namespace: String,
    /// Namespace (empty for a cluster role) and name.
    role: (String, String),
    subjects: Vec<Subject>,
}

/// Somebody, as bindings name them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A user.
    User(String),
    /// A group.
    Group(String),
    /// A service account: namespace and name.
    ServiceAccount(String, String),
}

/// What the roles say to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it may go on.
    pub allowed: bool,
    /// Which binding grants it, or which roles are missing; empty if there is nothing to say.
    pub reason: String,
}

impl Rbac {
    /// Takes a role or binding in; leaves other objects alone. An error says which field does not fit.
    pub fn add(
        &mut self,
        object: &Json,
    ) -> Result<(), serde_path_to_error::Error<serde_json::Error>> {
        if Kind::of(object).group != GROUP {
            return Ok(());
        }
        match text(object, "/kind") {
            "ClusterRole" => self.add_role("", object),
            "Role" => self.add_role(namespace(object), object),
            "ClusterRoleBinding" => self.add_binding("", object),
            "RoleBinding" => self.add_binding(namespace(object), object),
            _ => Ok(()),
        }
    }

    fn add_role(
        &mut self,
        namespace: &str,
        object: &Json,
    ) -> Result<(), serde_path_to_error::Error<serde_json::Error>> {
        let role: RoleShape = serde_path_to_error::deserialize(object)?;
        let key = (namespace.to_owned(), name(object).to_owned());
        self.roles.insert(key, role.rules);
        Ok(())
    }

    fn add_binding(
        &mut self,
        namespace: &str,
        object: &Json,
    ) -> Result<(), serde_path_to_error::Error<serde_json::Error>> {
        let binding: BindingShape = serde_path_to_error::deserialize(object)?;
        let role_namespace = match binding.role_ref.kind.as_str() {
            "Role" => namespace,
            _ => "",
        };
        let subjects = binding.subjects.into_iter();
        self.bindings.retain(|known| {
            (known.namespace.as_str(), known.name.as_str()) != (namespace, name(object))
        });
        self.bindings.push(Binding {
            name: name(object).to_owned(),
            namespace: namespace.to_owned(),
            role: (role_namespace.to_owned(), binding.role_ref.name),
            subjects: subjects
                .filter_map(|subject| subject.of(namespace))
                .collect(),
        });
        Ok(())
    }

    /// As [`Rbac::add`], with what is wrong at its place in the file.
    pub fn add_found(&mut self, found: &Found) -> Result<(), Box<Diagnostic>> {
        let added = self.add(&found.object);
        added.map_err(|error| Box::new(misfit(found, codes::ROLE, "role or binding", &error)))
    }

    /// Everybody that a binding names, each once, in order.
    pub fn subjects(&self) -> Vec<&Subject> {
        let mut subjects: Vec<&Subject> =
            self.bindings.iter().flat_map(|it| &it.subjects).collect();
        subjects.sort();
        subjects.dedup();
        subjects
    }

    /// Whether somebody may do something.
    pub fn authorize(&self, user: &User, asked: &Attributes) -> Verdict {
        if user.is_master() {
            return Verdict {
                allowed: true,
                reason: String::new(),
            };
        }
        let mut missing: Vec<String> = Vec::new();
        for (binding, subject) in self.bindings_of(user, &asked.namespace) {
            match self.roles.get(&binding.role) {
                Some(rules) if rules.iter().any(|rule| rule.grants(asked)) => {
                    return Verdict {
                        allowed: true,
                        reason: binding.grants(subject),
                    };
                }
                Some(_) => {}
                None => {
                    let absent = binding.absent();
                    if !missing.contains(&absent) {
                        missing.push(absent);
                    }
                }
            }
        }
        Verdict {
            allowed: false,
            reason: aggregate(&missing),
        }
    }

    /// The bindings that count for a request, those of the cluster first.
    fn bindings_of<'a>(
        &'a self,
        user: &'a User,
        namespace: &'a str,
    ) -> impl Iterator<Item = (&'a Binding, &'a Subject)> {
        let of_cluster = self.bindings.iter().filter(|it| it.namespace.is_empty());
        let local = self
            .bindings
            .iter()
            .filter(move |it| !namespace.is_empty() && it.namespace == namespace);
        of_cluster.chain(local).filter_map(|binding| {
            let mut subjects = binding.subjects.iter();
            Some((binding, subjects.find(|subject| subject.is(user))?))
        })
    }
}

/// `RBAC: a`, or `RBAC: [a, b]`.
fn aggregate(missing: &[String]) -> String {
    match missing {
        [] => String::new(),
        [one] => format!("RBAC: {one}"),
        many => format!("RBAC: [{}]", many.join(", ")),
    }
}

impl Binding {
    fn grants(&self, subject: &Subject) -> String {
        let role_kind = if self.role.0.is_empty() {
            "ClusterRole"
        } else {
            "Role"
        };
        let (kind, name) = match self.namespace.as_str() {
            "" => ("ClusterRoleBinding", self.name.clone()),
            namespace => ("RoleBinding", format!("{}/{namespace}", self.name)),
        };
        let role = &self.role.1;
        format!("RBAC: allowed by {kind} \"{name}\" of {role_kind} \"{role}\" to {subject}")
    }

    fn absent(&self) -> String {
        let kind = if self.role.0.is_empty() {
            "clusterrole"
        } else {
            "role"
        };
        format!("{kind}.{GROUP} \"{}\" not found", self.role.1)
    }
}

impl Subject {
    fn is(&self, user: &User) -> bool {
        match self {
            Self::User(name) => *name == user.name,
            Self::Group(name) => user.is_in(name),
            Self::ServiceAccount(namespace, name) => user.is_service_account(namespace, name),
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::User(name) => write!(f, "User \"{name}\""),
            Self::Group(name) => write!(f, "Group \"{name}\""),
            Self::ServiceAccount(namespace, name) => {
                write!(f, "ServiceAccount \"{name}/{namespace}\"")
            }
        }
    }
}

impl Attributes {
    /// As the API server refuses it (`apiserver/pkg/endpoints/handlers/responsewriters`).
    pub fn refusal(&self, user: &User, reason: &str) -> String {
        let resource = match self.group.as_str() {
            "" => self.resource.clone(),
            group => format!("{}.{group}", self.resource),
        };
        let name = match self.name.as_str() {
            "" => String::new(),
            name => format!(" \"{name}\""),
        };
        let scope = match self.namespace.as_str() {
            "" => "at the cluster scope".to_owned(),
            namespace => format!("in the namespace \"{namespace}\""),
        };
        let Self {
            verb,
            group,
            resource: plain,
            ..
        } = self;
        let reason = if reason.is_empty() {
            String::new()
        } else {
            format!(": {reason}")
        };
        format!(
            "{resource}{name} is forbidden: User \"{}\" cannot {verb} resource \"{plain}\" in API group \"{group}\" {scope}{reason}",
            user.name
        )
    }
}
