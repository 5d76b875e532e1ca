use serde::{Deserialize, Serialize};

/// Members may do everything (Kubernetes `apiserver/pkg/authentication/user`).
const MASTERS: &str = "system:masters";
const AUTHENTICATED: &str = "system:authenticated";
const ANONYMOUS: &str = "system:anonymous";
const SERVICE_ACCOUNT: &str = "system:serviceaccount:";

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name that bindings use.
    pub name: String,
    /// All groups, those that everybody is in among them.
    pub groups: Vec<String>,
}

impl User {
    /// Somebody, with the groups that Kubernetes adds: `system:authenticated`, and those of a service account.
    pub fn new(name: impl Into<String>, groups: &[String]) -> Self {
        let name = name.into();
        let mut groups = groups.to_vec();
        let mut add = |group: String| {
            if !groups.contains(&group) {
                groups.push(group);
            }
        };
        if let Some((namespace, _)) = service_account(&name) {
            add("system:serviceaccounts".to_owned());
            add(format!("system:serviceaccounts:{namespace}"));
        }
        add(match name.as_str() {
            ANONYMOUS => "system:unauthenticated".to_owned(),
            _ => AUTHENTICATED.to_owned(),
        });
        Self { name, groups }
    }

    /// A service account.
    pub fn service_account(namespace: &str, name: &str) -> Self {
        Self::new(format!("{SERVICE_ACCOUNT}{namespace}:{name}"), &[])
    }

    /// Whoever set the cluster up: nothing is refused for want of rights.
    pub fn cluster_admin() -> Self {
        Self::new("kubernetes-admin", &[MASTERS.to_owned()])
    }

    pub(crate) fn is_master(&self) -> bool {
        self.is_in(MASTERS)
    }

    pub(crate) fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|own| own == group)
    }

    pub(crate) fn is_service_account(&self, namespace: &str, name: &str) -> bool {
        service_account(&self.name) == Some((namespace, name))
    }
}

fn service_account(user: &str) -> Option<(&str, &str)> {
    user.strip_prefix(SERVICE_ACCOUNT)?.split_once(':')
}
