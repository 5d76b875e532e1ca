//! What somebody wants to write, and what is there.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::kind::Kind;
use crate::object::{name, namespace};
use crate::{Asked, User, Verb};

/// A request to write one object.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub user: &'a User,
    /// To do what.
    pub verb: Verb,
    /// The object as it is to be; none where it is deleted.
    pub object: Option<&'a Json>,
    /// The object as it is; none where it is new.
    pub old: Option<&'a Json>,
}

impl<'a> Request<'a> {
    /// The object that the request is about.
    pub fn subject(&self) -> &'a Json {
        self.object.or(self.old).unwrap_or(&Json::Null)
    }

    /// Of which kind it is.
    pub fn kind(&self) -> Kind {
        Kind::of(self.subject())
    }

    /// The namespace it is in; empty for cluster-wide kinds.
    pub fn namespace(&self) -> &'a str {
        match self.kind().is_namespaced() {
            true => namespace(self.subject()),
            false => "",
        }
    }

    /// The name of the object.
    pub fn name(&self) -> &'a str {
        name(self.subject())
    }

    /// `CREATE`, `UPDATE` or `DELETE`, as admission calls them.
    pub fn operation(&self) -> &'static str {
        match self.verb {
            Verb::Create => "CREATE",
            Verb::Delete | Verb::DeleteCollection => "DELETE",
            _ => "UPDATE",
        }
    }

    /// As `AdmissionReview` has it.
    pub fn to_review(&self) -> Json {
        let kind = self.kind();
        let resource =
            json!({"group": kind.group, "version": kind.version, "resource": kind.resource()});
        let kind = json!({"group": kind.group, "version": kind.version, "kind": kind.kind});
        json!({
            "uid": "",
            "kind": kind,
            "requestKind": kind,
            "resource": resource,
            "requestResource": resource,
            "name": self.name(),
            "namespace": self.namespace(),
            "operation": self.operation(),
            "userInfo": {"username": self.user.name, "groups": self.user.groups},
            "object": self.object,
            "oldObject": self.old,
            "dryRun": false,
            "options": null,
        })
    }

    pub(crate) fn asked(&self) -> Asked<'a> {
        Asked {
            user: self.user,
            verb: self.verb,
            object: self.object,
            old: self.old,
            selector: "",
        }
    }
}

/// What an object is found by: group, kind, namespace and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    group: String,
    kind: String,
    namespace: String,
    name: String,
}

impl Key {
    /// The key of an object.
    pub fn of(object: &Json) -> Self {
        let kind = Kind::of(object);
        let namespace = match kind.is_namespaced() {
            true => namespace(object),
            false => "",
        };
        Self {
            namespace: namespace.to_owned(),
            name: name(object).to_owned(),
            group: kind.group,
            kind: kind.kind,
        }
    }
}

/// The objects of a cluster.
#[derive(Clone, Debug, Default)]
pub struct Objects(BTreeMap<Key, Json>);

/// Namespaces that every cluster has.
const BUILT_IN_NAMESPACES: &[&str] = &["default", "kube-node-lease", "kube-public", "kube-system"];

impl Objects {
    /// Puts an object in the place of the one with its key.
    pub fn insert(&mut self, object: Json) {
        self.0.insert(Key::of(&object), object);
    }

    /// Takes an object away.
    pub fn remove(&mut self, key: &Key) {
        self.0.remove(key);
    }

    /// The object of a key.
    pub fn get(&self, key: &Key) -> Option<&Json> {
        self.0.get(key)
    }

    /// All objects, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &Json> {
        self.0.values()
    }

    /// The objects of a kind.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a Json> {
        let ours = |key: &Key| key.group == kind.group && key.kind == kind.kind;
        self.0
            .iter()
            .filter(move |(key, _)| ours(key))
            .map(|(_, object)| object)
    }

    /// A namespace. Where no namespace at all is among the objects, every one is taken to be there.
    pub fn namespace(&self, name: &str) -> Option<Json> {
        let kind = Kind::named("v1", "Namespace");
        let mut known = self.of_kind(&kind);
        let found = known.find(|namespace| crate::object::name(namespace) == name);
        let is_assumed =
            BUILT_IN_NAMESPACES.contains(&name) || self.of_kind(&kind).next().is_none();
        let mut found = match found {
            Some(found) => found.clone(),
            None if is_assumed => {
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
            }
            None => return None,
        };
        let metadata = found.get_mut("metadata").and_then(Json::as_object_mut)?;
        let labels = metadata.entry("labels").or_insert_with(|| json!({}));
        if let Some(labels) = labels.as_object_mut() {
            labels.insert("kubernetes.io/metadata.name".to_owned(), json!(name));
        }
        Some(found)
    }
}
