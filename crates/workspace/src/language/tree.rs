//! Places in documents that are YAML.

use tierwalk_source::Span;
use tierwalk_yaml::{Node, Path};

use super::schema::{self, Kind};

/// The key or scalar at a place.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'n> {
    pub path: Path,
    /// The value, also on its key.
    pub node: &'n Node,
    pub on_key: bool,
    /// The key or the scalar.
    pub span: Span,
}

/// What stands at byte `at`.
pub(crate) fn at(root: &Node, at: usize) -> Option<Spot<'_>> {
    let mut path = Path::root();
    let mut node = root;
    loop {
        let entries = node.entries();
        if let Some(entry) = entries.iter().find(|entry| holds(entry.key_span, at)) {
            return Some(Spot {
                path: path.key(&entry.key),
                node: &entry.value,
                on_key: true,
                span: entry.key_span,
            });
        }
        let inside = entries
            .iter()
            .find(|entry| holds(entry.value.span, at) && !entry.value.is_null());
        let items = node.items().iter().enumerate();
        let item = items.into_iter().find(|(_, item)| holds(item.span, at));
        (path, node) = match (inside, item) {
            (Some(entry), _) => (path.key(&entry.key), &entry.value),
            (None, Some((index, item))) => (path.index(index), item),
            (None, None) => break,
        };
    }
    let is_scalar = node.entries().is_empty() && node.items().is_empty() && holds(node.span, at);
    is_scalar.then_some(Spot {
        path,
        node,
        on_key: false,
        span: node.span,
    })
}

fn holds(span: Span, at: usize) -> bool {
    (span.start as usize..=span.end as usize).contains(&at)
}

/// The object that a path is in, with its path: the document, or an item of its list.
pub(crate) fn object<'n>(root: &'n Node, path: &Path) -> Option<(Path, &'n Node)> {
    let mut objects = objects(root);
    objects.find(|(object, _)| path.segments().starts_with(object.segments()))
}

/// The objects of a document.
pub(crate) fn objects(root: &Node) -> impl Iterator<Item = (Path, &Node)> {
    let list = root.get("items").filter(|items| !items.items().is_empty());
    let items = list.into_iter().flat_map(Node::items).enumerate();
    let items = items.map(|(index, node)| (Path::root().key("items").index(index), node));
    items.chain(list.is_none().then(|| (Path::root(), root)))
}

/// The kind of an object.
pub(crate) fn kind(object: &Node) -> Option<&'static Kind> {
    let text = |key| object.get(key).and_then(Node::as_str).unwrap_or_default();
    let kind = text("kind");
    schema::kind(text("apiVersion"), kind).filter(|_| !kind.is_empty())
}
