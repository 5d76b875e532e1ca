//! What the workspace says about fields that an object leaves out.

use std::collections::{BTreeMap, BTreeSet};

use tierwalk_yaml::{Node, Path};

use super::Files;
use crate::findings::At;
use crate::object::Object;

/// Fixes that are offered for one field.
const MOST: usize = 3;

/// The workspace around an object.
pub(super) struct Known<'a> {
    pub files: &'a Files,
    pub at: At<'a>,
}

impl Known<'_> {
    /// The namespace of the other objects of its file, if that is one; else those that most objects are in.
    pub fn namespaces(&self) -> Vec<String> {
        let beside = self.at.file.documents.iter();
        let beside = beside.flat_map(|(_, unit)| &unit.objects);
        let beside: BTreeSet<&str> = beside.filter_map(namespace).collect();
        if let [only] = Vec::from_iter(beside).as_slice() {
            return vec![(*only).to_owned()];
        }
        let counted = count(self.objects().filter_map(namespace));
        counted.into_iter().take(MOST).collect()
    }

    /// The only namespace that policies are in, if nothing looks for global objects in particular.
    pub fn only_namespace(&self) -> Option<String> {
        let policies = || self.objects().filter(|object| object.is_policy());
        let all: BTreeSet<Option<&str>> = policies().map(namespace).collect();
        let asks_for_global = |text: &str| text.contains("global()");
        let asked = (self.files.values()).any(|file| asks_for_global(&file.text));
        match Vec::from_iter(all).as_slice() {
            [Some(only)] if !asked => Some((*only).to_owned()),
            _ => None,
        }
    }

    /// Values that other objects of its namespace have for an annotation.
    pub fn annotation(&self, key: &str) -> Vec<String> {
        let path = Path::root().key("metadata").key("annotations").key(key);
        let units = self.files.values().flat_map(|file| &file.documents);
        let near = units.filter(|(_, unit)| {
            let mut objects = unit.objects.iter();
            objects.any(|object| object.namespace == self.at.object.namespace)
        });
        let values = near.filter_map(|(_, unit)| {
            let node = unit.document.node_at(&path)?;
            Node::as_str(node).filter(|value| !value.trim().is_empty())
        });
        count(values).into_iter().take(MOST).collect()
    }

    fn objects(&self) -> impl Iterator<Item = &Object> {
        let units = self.files.values().flat_map(|file| &file.documents);
        units.flat_map(|(_, unit)| &unit.objects)
    }
}

/// The namespace that an object names; not those of the cluster itself.
fn namespace(object: &Object) -> Option<&str> {
    let name = object.namespace.as_str();
    (!name.is_empty() && !name.starts_with("kube-")).then_some(name)
}

/// Each value once, the most frequent first.
fn count<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counted: Vec<(&str, usize)> = counts.into_iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let names = counted.into_iter().map(|(name, _)| name.to_owned());
    names.collect()
}
