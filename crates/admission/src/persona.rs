//! Personas: people by name, from files that people already have.
//!
//! The users of a kubeconfig (`kind: Config`) are personas: `as` and `as-groups` say who they are to the cluster.
//! So is everybody whom a binding names, with no more groups than everybody has.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::object::text;
use crate::rbac::{Rbac, Subject};
use crate::{Diagnostic, Found, User, codes};

/// Somebody to apply files as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Persona {
    /// How it is called.
    pub name: String,
    /// Who it is to the cluster.
    pub user: User,
}

impl Persona {
    /// Whoever set the cluster up.
    pub fn cluster_admin() -> Self {
        let user = User::cluster_admin();
        Self {
            name: user.name.clone(),
            user,
        }
    }
}

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    users: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    user: Option<AuthInfo>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct AuthInfo {
    r#as: String,
    as_groups: Vec<String>,
}

/// The personas of a kubeconfig; none, if the object is something else.
pub fn personas(found: &Found) -> Result<Vec<Persona>, Box<Diagnostic>> {
    if !is_config(&found.object) {
        return Ok(Vec::new());
    }
    let config: Config = crate::policy::decode(found, codes::PERSONA, "kubeconfig")?;
    let personas = config.users.into_iter().map(|entry| {
        let auth = entry.user.unwrap_or_default();
        let name = Some(auth.r#as).filter(|name| !name.is_empty());
        Persona {
            user: User::new(name.unwrap_or_else(|| entry.name.clone()), &auth.as_groups),
            name: entry.name,
        }
    });
    Ok(personas.collect())
}

/// Whether an object is a kubeconfig.
pub fn is_config(object: &Json) -> bool {
    text(object, "/apiVersion") == "v1" && text(object, "/kind") == "Config"
}

/// Everybody whom a binding names: users, and service accounts as `namespace:name`.
pub fn of_bindings(rbac: &Rbac) -> Vec<Persona> {
    let subjects = rbac.subjects().into_iter();
    let personas = subjects.filter_map(|subject| match subject {
        Subject::User(name) => Some(Persona {
            name: name.clone(),
            user: User::new(name, &[]),
        }),
        Subject::ServiceAccount(namespace, name) => Some(Persona {
            name: format!("{namespace}:{name}"),
            user: User::service_account(namespace, name),
        }),
        Subject::Group(_) => None,
    });
    personas.collect()
}
