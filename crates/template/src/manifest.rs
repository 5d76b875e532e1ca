use tierwalk_source::{Diagnostic, Span};

use crate::clusters::ClusterSelector;
use crate::emit::{Item, emit};
use crate::scope::Scope;
use crate::source_map::SourceMap;

/// Which object a manifest describes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    /// Its kind, such as `NetworkPolicy`.
    pub kind: String,
    /// Whether it is of Kubernetes' own kind and not of Calico's, which has the same name.
    pub kubernetes: bool,
    /// Its namespace, for kinds that have one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

impl ObjectId {
    /// The name of the file that holds it: kind, namespace and name, joined by dots. Whatever is no letter,
    /// digit, `.`, `-` or `_` becomes `_`, so that no name leads out of a folder.
    pub fn file_name(&self) -> String {
        let group = if self.kubernetes { "k8s-" } else { "" };
        let mut parts = vec![format!("{group}{}", self.kind.to_ascii_lowercase())];
        parts.extend(self.namespace.clone());
        parts.push(self.name.clone());
        let safe = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        };
        let name: String = parts.join(".").chars().map(safe).collect();
        format!("{name}.yaml")
    }
}

impl std::fmt::Display for ObjectId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        f.write_str(&self.name)
    }
}

/// One compiled object.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Which object it is.
    pub object: ObjectId,
    /// Its YAML, ending in a line break.
    pub text: String,
    /// What made each line of it.
    pub map: SourceMap,
    /// The clusters it is for; all of them if none are named.
    pub clusters: Option<ClusterSelector>,
}

impl Manifest {
    /// The line (from 1) of its text on which a stretch of it begins.
    pub fn line_of(&self, span: Span) -> u32 {
        let before = self.text.get(..span.start as usize).unwrap_or(&self.text);
        before.matches('\n').count() as u32 + 1
    }

    /// A problem in its text, told at the place in the template that made the line. `None` if no place did.
    pub fn to_template(&self, problem: &Diagnostic) -> Option<Diagnostic> {
        self.map.to_template(self.line_of(problem.span), problem)
    }
}

/// An object before it is written.
pub(crate) struct Draft {
    pub item: Item,
    pub kind: String,
    pub namespace: Option<String>,
    pub name: String,
    pub clusters: Option<ClusterSelector>,
}

impl Draft {
    pub(crate) fn write(self, scope: &Scope<'_>) -> Manifest {
        let (text, lines) = emit(&self.item);
        Manifest {
            object: ObjectId {
                kubernetes: self
                    .item
                    .get("apiVersion")
                    .and_then(Item::as_text)
                    .is_some_and(|version| version.starts_with("networking.k8s.io/")),
                kind: self.kind,
                namespace: self.namespace,
                name: self.name,
            },
            text,
            map: SourceMap::new(&scope.places.all, lines),
            clusters: self.clusters,
        }
    }
}
