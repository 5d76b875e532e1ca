//! Objects of a file, by key or line.

use tierwalk_protocol::ObjectAt;
use tierwalk_yaml::{Node, Path};

use crate::Workspace;
use crate::read::Read;

/// An object and where it is written.
pub(super) struct Found<'a> {
    pub read: &'a Read,
    pub file: &'a str,
    pub offset: usize,
    pub node: &'a Node,
    /// The object in its document.
    pub base: Path,
    /// What origins call the document by, if it takes part.
    pub number: Option<u32>,
}

impl<'a> Found<'a> {
    fn text(&self, path: &[&str]) -> &'a str {
        let node = path.iter().try_fold(self.node, |node, key| node.get(key));
        node.and_then(Node::as_str).unwrap_or_default()
    }

    pub(super) fn kind(&self) -> &'a str {
        self.text(&["kind"])
    }

    pub(super) fn name(&self) -> &'a str {
        self.text(&["metadata", "name"])
    }

    /// The namespace that it is in; `None` for kinds without one.
    pub(super) fn namespace(&self) -> Option<&'a str> {
        let is_global = self.kind().contains("Global")
            || matches!(
                self.kind(),
                "Tier"
                    | "Namespace"
                    | "ClusterNetworkPolicy"
                    | "AdminNetworkPolicy"
                    | "BaselineAdminNetworkPolicy"
            );
        let written = self.text(&["metadata", "namespace"]);
        match written {
            _ if is_global => None,
            "" => Some("default"),
            written => Some(written),
        }
    }

    fn key(&self) -> String {
        let namespace = self.namespace().unwrap_or_default();
        format!("{}/{namespace}/{}", self.kind(), self.name())
    }

    pub(super) fn title(&self) -> String {
        match self.namespace() {
            Some(namespace) => format!("{} {namespace}/{}", self.kind(), self.name()),
            None => format!("{} {}", self.kind(), self.name()),
        }
    }

    pub(super) fn at(&self, workspace: &Workspace) -> ObjectAt {
        ObjectAt {
            file: self.file.to_owned(),
            line: line(workspace, self),
            key: Some(self.key()),
        }
    }
}

fn line(workspace: &Workspace, found: &Found<'_>) -> u32 {
    let span = found.read.document.span_at(&found.base);
    workspace
        .placer(found.file)
        .map_or(1, |placer| placer.place(found.offset, span).line)
}

/// The object, or why there is none, and whether that is because the text cannot be read.
pub(super) fn find<'a>(
    workspace: &'a Workspace,
    at: &'a ObjectAt,
) -> Result<Found<'a>, (String, bool)> {
    let none = || (format!("`{}` holds no object here.", at.file), false);
    let file = workspace.files.get(&at.file).ok_or_else(none)?;
    let objects = || {
        file.documents
            .iter()
            .flat_map(|(offset, read)| objects(workspace, &at.file, *offset, read))
    };
    if let Some(key) = &at.key
        && let Some(found) = objects().find(|found| found.key() == *key)
    {
        return Ok(found);
    }
    let begins = |offset: usize| file.lines.position(&file.text, offset).line;
    let mut documents = file.documents.iter();
    let here = documents.rfind(|(offset, _)| begins(*offset) <= at.line);
    let (offset, read) = here.ok_or_else(none)?;
    if read.document.root.is_none() && read.document.diagnostics.iter().any(|it| it.is_error()) {
        return Err((
            "The text is not YAML at the moment; the form waits for it.".to_owned(),
            true,
        ));
    }
    if read.template.is_some() {
        return Err((
            "A template has a form of its own: open its file.".to_owned(),
            false,
        ));
    }
    let mut found =
        objects().filter(|found| found.offset == *offset && line(workspace, found) <= at.line);
    let first = || objects().find(|found| found.offset == *offset);
    found
        .next_back()
        .or_else(first)
        .filter(|_| !read.document.text.is_empty())
        .ok_or_else(none)
}

/// The objects of a document: those of a list, or the one that it is.
fn objects<'a>(
    workspace: &'a Workspace,
    file: &'a str,
    offset: usize,
    read: &'a Read,
) -> Vec<Found<'a>> {
    let Some(root) = read
        .document
        .root
        .as_ref()
        .filter(|_| read.template.is_none())
    else {
        return Vec::new();
    };
    let number = workspace
        .positions
        .iter()
        .position(|it| *it.file == *file && it.offset == offset);
    let found = |node: &'a Node, base: Path| Found {
        read,
        file,
        offset,
        node,
        base,
        number: number.map(|number| number as u32),
    };
    match root.get("items").filter(|_| {
        root.get("metadata")
            .is_none_or(|it| it.get("name").is_none())
    }) {
        Some(items) => {
            let items = items.items().iter().enumerate();
            items
                .map(|(index, node)| found(node, Path::root().key("items").index(index)))
                .collect()
        }
        None if root.get("kind").is_some() => vec![found(root, Path::root())],
        None => Vec::new(),
    }
}
