//! One file, and what is known of it. What was read of a document is kept for as long as its text stays.

use std::collections::HashMap;
use std::rc::Rc;

use tierwalk_governance::pack::Settings;
use tierwalk_source::LineIndex;
use tierwalk_template::{DocumentKind, Library, Options, compile_document};
use tierwalk_yaml::{Document, Node};

use crate::admission::Role;
use crate::object::Object;

/// Longer files are not read.
const MAX_BYTES: usize = 10 << 20;

pub(crate) struct SourceFile {
    pub text: String,
    pub lines: LineIndex,
    pub kind: FileKind,
    /// Its documents, each with where it starts.
    pub documents: Vec<(usize, Rc<Unit>)>,
}

/// What a file holds, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Rego,
    Yaml,
    Other,
}

/// One document.
pub(crate) struct Unit {
    pub document: Document,
    pub kind: UnitKind,
    /// What it is to admission.
    pub role: Role,
    /// What is checked of it: the document itself, and what it makes.
    pub objects: Vec<Object>,
}

/// What a document is to the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// Something to check, or a template of it.
    Objects,
    /// Settings of the checks.
    Settings,
    /// The definition of a template.
    Definition,
    /// Anything else: data for the policies, if it stands beside them.
    Plain,
}

impl FileKind {
    pub fn of(path: &str) -> Self {
        let extension = path.rsplit_once('.').map(|(_, extension)| extension);
        match extension {
            Some("rego") => Self::Rego,
            Some("yaml" | "yml" | "json") => Self::Yaml,
            _ => Self::Other,
        }
    }
}

impl SourceFile {
    pub fn read(path: &str, text: String, before: Option<&Self>, library: &Library) -> Self {
        let kind = FileKind::of(path);
        let known = before.map(Self::by_text).unwrap_or_default();
        let documents = match kind {
            FileKind::Yaml if text.len() <= MAX_BYTES => tierwalk_yaml::split(&text)
                .into_iter()
                .map(|chunk| {
                    let unit = known.get(chunk.text).cloned();
                    let unit =
                        unit.unwrap_or_else(|| Rc::new(Unit::read(path, chunk.text, library)));
                    (chunk.offset, unit)
                })
                .collect(),
            _ => Vec::new(),
        };
        Self {
            lines: LineIndex::new(&text),
            kind,
            documents,
            text,
        }
    }

    fn by_text(&self) -> HashMap<&str, Rc<Unit>> {
        let documents = self.documents.iter();
        documents
            .map(|(_, unit)| (&*unit.document.text, Rc::clone(unit)))
            .collect()
    }

    /// Texts of the definitions of templates.
    pub fn definitions(&self) -> impl Iterator<Item = String> {
        let units = self.documents.iter().map(|(_, unit)| unit);
        units
            .filter(|unit| unit.kind == UnitKind::Definition)
            .map(|unit| unit.document.text.to_string())
    }

    /// Its text with the documents that do not fit left blank, so that all places hold.
    pub fn only(&self, fits: impl Fn(&Unit) -> bool) -> String {
        let mut text = String::with_capacity(self.text.len());
        for (offset, unit) in self.documents.iter().filter(|(_, unit)| fits(unit)) {
            text.push_str(&blank(
                self.text.get(text.len()..*offset).unwrap_or_default(),
            ));
            text.push_str(&unit.document.text);
        }
        text
    }

    /// Whether it holds a document of this kind.
    pub fn has(&self, kind: UnitKind) -> bool {
        self.documents.iter().any(|(_, unit)| unit.kind == kind)
    }
}

impl Unit {
    fn read(path: &str, text: &str, library: &Library) -> Self {
        let document = Document::parse(text);
        let (kind, objects) = match &document.root {
            _ if Settings::is_about(&document) => (UnitKind::Settings, Vec::new()),
            Some(root) => Self::of(path, text, root, library),
            None if text.contains("PolicyName") => {
                (UnitKind::Objects, compiled(path, text, library))
            }
            None => (UnitKind::Plain, Vec::new()),
        };
        Self {
            role: document.root.as_ref().map_or(Role::Other, Role::of),
            document,
            kind,
            objects,
        }
    }

    fn of(path: &str, text: &str, root: &Node, library: &Library) -> (UnitKind, Vec<Object>) {
        match DocumentKind::of(root) {
            DocumentKind::Definition => (UnitKind::Definition, Vec::new()),
            DocumentKind::Clusters => (UnitKind::Plain, Vec::new()),
            DocumentKind::Other if !is_object(root) => (UnitKind::Plain, Vec::new()),
            DocumentKind::Other => {
                let written = Object::written(path, text, root);
                (UnitKind::Objects, written.into_iter().collect())
            }
            DocumentKind::Annotated => {
                let written = Object::written(path, text, root).into_iter();
                let made = compiled(path, text, library);
                (UnitKind::Objects, written.chain(made).collect())
            }
            DocumentKind::Template | DocumentKind::Instance => {
                (UnitKind::Objects, compiled(path, text, library))
            }
        }
    }
}

/// As long, with the lines and the document markers alone.
fn blank(text: &str) -> String {
    let line = |line: &str| {
        let marker = if line.starts_with("---") { "---" } else { "" };
        let end = if line.ends_with('\n') { "\n" } else { "" };
        let spaces = line.len() - marker.len() - end.len();
        format!("{marker}{}{end}", " ".repeat(spaces))
    };
    text.split_inclusive('\n').map(line).collect()
}

fn compiled(path: &str, text: &str, library: &Library) -> Vec<Object> {
    let compiled = compile_document(text, library, Options::default());
    let manifests = compiled.manifests.into_iter();
    manifests
        .filter_map(|manifest| Object::made(path, manifest))
        .collect()
}

/// Whether a document is of the cluster: it says its version and kind, and is not for the checks themselves.
fn is_object(root: &Node) -> bool {
    const NOT: [&str; 3] = [
        "tierwalk.dev/",
        "templates.gatekeeper.sh/",
        "constraints.gatekeeper.sh/",
    ];
    let text = |key| root.get(key).and_then(Node::as_str);
    let version = text("apiVersion");
    let is_kubeconfig = version == Some("v1") && text("kind") == Some("Config");
    text("kind").is_some()
        && !is_kubeconfig
        && version.is_some_and(|version| NOT.iter().all(|not| !version.starts_with(not)))
}
