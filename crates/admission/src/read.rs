//! Objects in YAML files.

use serde_json::Value as Json;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Document, Node, Path, split};

/// An object in a file.
#[derive(Clone, Debug)]
pub struct Found {
    /// The object.
    pub object: Json,
    /// The document that it is in; its spans begin at `offset` of the file.
    pub document: std::sync::Arc<Document>,
    /// Byte offset of the document.
    pub offset: usize,
    /// Where in the document: the root, or an item of a list.
    pub path: Path,
}

impl Found {
    /// Where a field stands in the file.
    pub fn span(&self, path: &Path) -> Span {
        let span = self.document.span_at(&self.path.join(path));
        span.shifted(self.offset)
    }

    /// The document's own text.
    pub fn text(&self) -> &str {
        &self.document.text
    }
}

/// All objects of a file, the items of lists one by one, and what keeps documents from being read. Empty
/// documents are passed over.
pub fn read(text: &str) -> (Vec<Found>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for chunk in split(text) {
        let document = std::sync::Arc::new(Document::parse(chunk.text));
        let errors = document.diagnostics.iter().filter(|it| it.is_error());
        let before = problems.len();
        problems.extend(errors.map(|it| it.clone().shifted(chunk.offset)));
        if problems.len() > before {
            continue;
        }
        if let Some(root) = &document.root {
            collect(root, Path::root(), &document, chunk.offset, &mut found);
        }
    }
    (found, problems)
}

fn collect(
    node: &Node,
    path: Path,
    document: &std::sync::Arc<Document>,
    offset: usize,
    found: &mut Vec<Found>,
) {
    let is_list = node
        .get("kind")
        .and_then(Node::as_str)
        .is_some_and(|kind| kind.ends_with("List"));
    match node.get("items").filter(|_| is_list) {
        Some(items) => {
            for (index, item) in items.items().iter().enumerate() {
                collect(
                    item,
                    path.key("items").index(index),
                    document,
                    offset,
                    found,
                );
            }
        }
        None if node.is_null() => {}
        None => found.push(Found {
            object: to_json(node),
            document: std::sync::Arc::clone(document),
            offset,
            path,
        }),
    }
}

/// A YAML node as JSON.
pub(crate) fn to_json(node: &Node) -> Json {
    serde_json::to_value(node.to_value()).unwrap_or_default()
}
