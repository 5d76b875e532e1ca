//! Who may write and read what: RBAC, and Calico's rules for policies in tiers.
//!
//! Follows Calico `apiserver/pkg/registry/projectcalico/authorizer` and `webhooks/pkg/rbac`.

mod tiers;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::kind::Kind;
use crate::object::{name, namespace};
use crate::rbac::{Attributes, Rbac};
use crate::{Refusal, Stage, User};

/// How Calico's objects are served; the rules for tiers differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Api {
    /// As custom resources, with Calico's webhook.
    #[default]
    Crd,
    /// By Calico's API server.
    Aggregated,
}

/// What somebody asks of the API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in Kubernetes")]
pub enum Verb {
    Create,
    Update,
    Patch,
    Delete,
    Get,
    List,
    Watch,
    DeleteCollection,
}

impl Verb {
    /// From the word that roles use.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.word() == word)
    }

    const ALL: [Self; 8] = [
        Self::Create,
        Self::Update,
        Self::Patch,
        Self::Delete,
        Self::Get,
        Self::List,
        Self::Watch,
        Self::DeleteCollection,
    ];

    /// The word that roles use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Get => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::DeleteCollection => "deletecollection",
        }
    }

    /// Whether many objects are meant.
    fn is_of_many(self) -> bool {
        matches!(self, Self::List | Self::Watch | Self::DeleteCollection)
    }

    fn writes(self) -> bool {
        matches!(
            self,
            Self::Create | Self::Update | Self::Patch | Self::Delete
        )
    }

    /// Whether the request itself names the object: not when it is created, where the name is in the body.
    fn names_object(self) -> bool {
        !self.is_of_many() && self != Self::Create
    }
}

/// One request, as far as rights go.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Who asks.
    pub user: &'a User,
    /// For what.
    pub verb: Verb,
    /// What is sent; for lists, kind and namespace.
    pub object: Option<&'a Json>,
    /// What is there.
    pub old: Option<&'a Json>,
    /// For lists: a label selector, or `field:` and a field selector.
    pub selector: &'a str,
}

/// Rights, and the tiers that they are about.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// How Calico's objects are served.
    pub api: Api,
    /// Roles and bindings.
    pub rbac: Rbac,
    /// The tiers that exist.
    pub tiers: BTreeSet<String>,
}

impl Access {
    /// Plain RBAC. The reason says which binding grants it.
    pub fn authorize(&self, asked: &Asked<'_>) -> Result<String, Refusal> {
        let attributes = asked.attributes();
        let verdict = self.rbac.authorize(asked.user, &attributes);
        if verdict.allowed {
            return Ok(verdict.reason);
        }
        let message = attributes.refusal(asked.user, &verdict.reason);
        Err(Refusal::forbidden(Stage::Rbac, message))
    }

    /// Calico's rules for policies in tiers; the tiers that a list shows, where they decide that. Other kinds
    /// are under no such rule.
    pub fn authorize_tier(&self, asked: &Asked<'_>) -> Result<Option<Vec<String>>, Refusal> {
        if !asked.kind().is_tiered() {
            return Ok(None);
        }
        match self.api {
            Api::Aggregated if asked.verb.is_of_many() => self.visible_tiers(asked).map(Some),
            Api::Aggregated => self.by_api_server(asked).map(|()| None),
            Api::Crd if asked.verb.writes() => self.by_webhook(asked).map(|()| None),
            Api::Crd => Ok(None),
        }
    }
}

impl Asked<'_> {
    /// The object that says kind, name and namespace.
    fn subject(&self) -> &Json {
        self.object.or(self.old).unwrap_or(&Json::Null)
    }

    fn kind(&self) -> Kind {
        Kind::of(self.subject())
    }

    fn attributes(&self) -> Attributes {
        let kind = self.kind();
        let subject = self.subject();
        Attributes {
            verb: self.verb.word().to_owned(),
            resource: kind.resource(),
            namespace: match (
                kind.is_namespaced(),
                kind.is_namespace() && self.verb.names_object(),
            ) {
                (true, _) => namespace(subject).to_owned(),
                // A namespace is looked for in itself (Kubernetes `apiserver/pkg/endpoints/request`).
                (false, true) => name(subject).to_owned(),
                (false, false) => String::new(),
            },
            name: match self.verb.names_object() {
                true => name(subject).to_owned(),
                false => String::new(),
            },
            group: kind.group,
        }
    }
}
