//! The templates that instances can name.

use std::collections::BTreeMap;

use super::model::Definition;
use crate::document::read_definition;

/// Definitions by name: those that are shipped, and an organisation's own, which win over them.
#[derive(Clone, Debug, Default)]
pub struct Library {
    definitions: BTreeMap<String, Definition>,
}

/// The definitions that are shipped: name of the file, and text.
pub const SHIPPED: [(&str, &str); 5] = [
    (
        "egress-api.yaml",
        include_str!("../../definitions/egress-api.yaml"),
    ),
    (
        "namespace-isolation.yaml",
        include_str!("../../definitions/namespace-isolation.yaml"),
    ),
    (
        "network-set.yaml",
        include_str!("../../definitions/network-set.yaml"),
    ),
    (
        "policy-generator.yaml",
        include_str!("../../definitions/policy-generator.yaml"),
    ),
    (
        "web-service.yaml",
        include_str!("../../definitions/web-service.yaml"),
    ),
];

impl Library {
    /// With the definitions that are shipped.
    pub fn shipped() -> Self {
        let mut library = Self::default();
        for (_, text) in SHIPPED {
            if let Some(mut definition) = read_definition(text) {
                definition.shipped = true;
                library.add(definition);
            }
        }
        library
    }

    /// Without any definition.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The definition of a name.
    pub fn get(&self, name: &str) -> Option<&Definition> {
        self.definitions.get(name)
    }

    /// All definitions, by name.
    pub fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.values()
    }

    /// Adds a definition. Gives back the one of the same name that it takes the place of.
    pub fn add(&mut self, definition: Definition) -> Option<Definition> {
        self.definitions.insert(definition.name.clone(), definition)
    }
}
