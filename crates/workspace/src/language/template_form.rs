//! Which template a document is, or is an instance of.

use tierwalk_template::Definition;
use tierwalk_yaml::Path;

use crate::Workspace;

/// A template document.
pub(super) struct Form<'w> {
    /// Its definition, if there is one of that name.
    pub definition: Option<&'w Definition>,
    /// Whether it is an instance, with its fields under `values`.
    pub is_instance: bool,
    /// Where its fields stand.
    pub values: Path,
}

impl<'w> Form<'w> {
    /// The template of a document of which the keys and their texts are known; `None` for all other documents.
    pub fn of<'t>(
        workspace: &'w Workspace,
        has: impl Fn(&str) -> bool,
        text: impl Fn(&'static str) -> Option<&'t str>,
    ) -> Option<Self> {
        let library = &workspace.templates.library;
        if has("apiVersion") || has("kind") {
            return None;
        }
        if has("template") {
            return Some(Self {
                definition: text("template").and_then(|name| library.get(name)),
                is_instance: true,
                values: Path::root().key("values"),
            });
        }
        let name = match () {
            () if has("NetworkSetName") || text("ObjectType") == Some("GlobalNetworkSet") => {
                "network-set"
            }
            () if has("PolicyName") || has("ObjectType") => "policy-generator",
            () => return None,
        };
        Some(Self {
            definition: library.get(name),
            is_instance: false,
            values: Path::root(),
        })
    }
}
