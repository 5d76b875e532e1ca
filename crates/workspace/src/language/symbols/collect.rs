//! Walks the documents for names.

use tierwalk_resources::names;
use tierwalk_selector::{Selector, Test};
use tierwalk_source::Span;
use tierwalk_template::DocumentKind;
use tierwalk_yaml::{Node, Path, Segment};

use super::{Labelled, Occurrence, Symbol, flows};
use crate::Workspace;
use crate::language::schema::{Kind, Of, Shape, each_shape};
use crate::language::tree;
use crate::read::Read;

/// Every place where anything is named, in no order.
pub(super) fn all(workspace: &Workspace) -> Vec<Occurrence> {
    let mut found = Vec::new();
    for (path, file) in &workspace.files {
        for (offset, read) in &file.documents {
            let mut document = Document {
                read,
                file: path,
                offset: *offset,
                found: &mut found,
            };
            document.take(&file.text);
        }
    }
    found
}

/// A document and what is found in it.
pub(super) struct Document<'d> {
    pub read: &'d Read,
    file: &'d str,
    offset: usize,
    found: &'d mut Vec<Occurrence>,
}

impl Document<'_> {
    fn take(&mut self, file: &str) {
        let read = self.read;
        flows::take(self, file.get(self.offset..).unwrap_or_default());
        let Some(root) = &read.document.root else {
            return;
        };
        if let Some(template) = &read.template
            && template.kind != DocumentKind::Annotated
        {
            self.template(root, template.kind);
            return;
        }
        for (path, object) in tree::objects(root) {
            if let Some(kind) = tree::kind(object) {
                self.object(kind, object, &path);
            }
        }
    }

    pub fn push(&mut self, symbol: Symbol, declares: bool, span: Span, plain: bool) {
        self.found.push(Occurrence {
            symbol,
            declares,
            file: self.file.to_owned(),
            offset: self.offset,
            span,
            plain,
        });
    }

    fn object(&mut self, kind: &'static Kind, object: &Node, path: &Path) {
        let place = Place::of(kind, object);
        if let Some(name) = object
            .get("metadata")
            .and_then(|metadata| metadata.get("name"))
        {
            let path = path.key("metadata").key("name");
            if let Some(text) = name.as_str() {
                self.scalar(place.declared(text), true, &path, name);
            }
        }
        let mut values: Vec<(Path, &Node, Shape)> = Vec::new();
        // the visitor's nodes live as long as the document, which its signature does not say
        each_shape(kind, object, path, &mut |path, _, shape| {
            if let Some(node) = self.read.document.node_at(path) {
                values.push((path.clone(), node, shape));
            }
        });
        for (path, node, shape) in values {
            self.value(&place, &path, node, shape);
        }
    }

    fn value(&mut self, place: &Place<'_>, path: &Path, node: &Node, shape: Shape) {
        match (shape, node.as_str()) {
            (Shape::Tier, Some(text)) => {
                self.scalar(Symbol::Tier(text.to_owned()), false, path, node)
            }
            (Shape::Namespace, Some(text)) => {
                self.scalar(Symbol::Namespace(text.to_owned()), false, path, node)
            }
            (Shape::ServiceAccount, Some(text)) => {
                let namespace = self.account_namespace(place, path);
                self.scalar(
                    Symbol::ServiceAccount(namespace, text.to_owned()),
                    false,
                    path,
                    node,
                );
            }
            (Shape::Service, Some(text)) => {
                let beside = self.read.document.node_at(&path.parent().key("namespace"));
                let namespace = beside.and_then(Node::as_str).map(str::to_owned);
                self.scalar(
                    Symbol::Service(namespace, text.to_owned()),
                    false,
                    path,
                    node,
                );
            }
            (Shape::Selector(of), Some(text)) => self.selector(of, path, text),
            (Shape::Labels(of), None) => self.labels(place, of, path, node),
            _ => {}
        }
    }

    /// A rule that selects namespaces does not say which of them has the service account.
    fn account_namespace(&self, place: &Place<'_>, path: &Path) -> Option<String> {
        let entity = path.parent().parent().parent();
        let selects = self
            .read
            .document
            .node_at(&entity.key("namespaceSelector"))
            .is_some();
        place
            .kind
            .namespaced
            .then(|| place.namespace.to_owned())
            .filter(|_| !selects)
    }

    /// A value that is a name as a whole.
    fn scalar(&mut self, symbol: Symbol, declares: bool, path: &Path, node: &Node) {
        let document = &self.read.document;
        if let Some(span) = document.text_span_at(path, 0..symbol.name().len()) {
            self.push(symbol, declares, span, span == node.span);
        }
    }

    fn labels(&mut self, place: &Place<'_>, of: Of, path: &Path, node: &Node) {
        let (labelled, declares) = match of {
            Of::Itself => (place.labelled(), true),
            Of::Namespaces => (Labelled::Namespace, false),
            Of::ServiceAccounts => (Labelled::ServiceAccount, false),
            Of::Endpoints | Of::Peers => (Labelled::Endpoint, false),
        };
        for entry in node.entries() {
            if let Some(text) = entry.value.as_str().filter(|text| !text.is_empty()) {
                let symbol = labelled.symbol(&entry.key, text);
                let declares = declares && matches!(symbol, Symbol::Label(..));
                self.scalar(symbol, declares, &path.key(&entry.key), &entry.value);
            }
        }
    }

    fn selector(&mut self, of: Of, path: &Path, text: &str) {
        let Ok(selector) = Selector::parse(text) else {
            return;
        };
        let labelled = match of {
            Of::Namespaces => Labelled::Namespace,
            Of::ServiceAccounts => Labelled::ServiceAccount,
            Of::Endpoints | Of::Peers | Of::Itself => Labelled::Endpoint,
        };
        for atom in selector.atoms() {
            let values: Vec<&str> = match atom.test() {
                Test::Equal(value) | Test::NotEqual(value) => vec![value],
                Test::In(values) | Test::NotIn(values) => {
                    values.iter().map(|value| &**value).collect()
                }
                _ => continue,
            };
            let key = atom.key().unwrap_or_default();
            for value in values.into_iter().filter(|value| !value.is_empty()) {
                let span = atom.span();
                let within = quoted(text.get(span.clone()).unwrap_or_default(), value);
                let start = within.map(|at| span.start + at);
                let span = start
                    .and_then(|at| self.read.document.text_span_at(path, at..at + value.len()));
                if let Some(span) = span {
                    self.push(labelled.symbol(key, value), false, span, false);
                }
            }
        }
    }

    /// The names that templates and their instances give.
    fn template(&mut self, root: &Node, kind: DocumentKind) {
        let at = |path: &str| Path::parse(path);
        let fields: &[Naming] = match kind {
            DocumentKind::Definition => &[("metadata.name", Symbol::Template, true)],
            DocumentKind::Instance => &[
                ("template", Symbol::Template, false),
                ("values.namespace", Symbol::Namespace, false),
                ("values.tier", Symbol::Tier, false),
            ],
            DocumentKind::Template => &[("PolicyNamespace", Symbol::Namespace, false)],
            _ => &[],
        };
        for (path, symbol, declares) in fields {
            let path = at(path);
            let node = path
                .segments()
                .iter()
                .try_fold(root, |node, segment| match segment {
                    Segment::Key(key) => node.get(key),
                    Segment::Index(_) => None,
                });
            if let Some((node, text)) = node.and_then(|node| Some((node, node.as_str()?))) {
                self.scalar(symbol(text.to_owned()), *declares, &path, node);
            }
        }
    }
}

/// A field that names something, of what, and whether it declares it.
type Naming = (&'static str, fn(String) -> Symbol, bool);

/// Where a value stands in quotes, without these.
fn quoted(text: &str, value: &str) -> Option<usize> {
    let both = [format!("\"{value}\""), format!("'{value}'")];
    let found = both.iter().filter_map(|quoted| text.find(quoted.as_str()));
    found.min().map(|at| at + 1)
}

/// The object that names stand in.
struct Place<'n> {
    kind: &'static Kind,
    namespace: &'n str,
}

impl<'n> Place<'n> {
    fn of(kind: &'static Kind, object: &'n Node) -> Self {
        let namespace = object
            .get("metadata")
            .and_then(|metadata| metadata.get("namespace"));
        let namespace = namespace
            .and_then(Node::as_str)
            .filter(|name| !name.is_empty());
        Self {
            kind,
            namespace: namespace.unwrap_or(if kind.namespaced { "default" } else { "" }),
        }
    }

    /// What an object of this kind declares by its name.
    fn declared(&self, name: &str) -> Symbol {
        let (namespace, name) = (self.namespace.to_owned(), name.to_owned());
        match self.kind.name {
            "Tier" => Symbol::Tier(name),
            "Namespace" => Symbol::Namespace(name),
            "ServiceAccount" => Symbol::ServiceAccount(Some(namespace), name),
            "Service" => Symbol::Service(Some(namespace), name),
            "Pod" | "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job"
            | "CronJob" => Symbol::Pod(namespace, name),
            kind => Symbol::Object(kind, namespace, name),
        }
    }

    fn labelled(&self) -> Labelled {
        match self.kind.name {
            "Namespace" => Labelled::Namespace,
            "ServiceAccount" => Labelled::ServiceAccount,
            _ => Labelled::Endpoint,
        }
    }
}

impl Labelled {
    /// What a label's value names.
    fn symbol(self, key: &str, value: &str) -> Symbol {
        let value = value.to_owned();
        match (self, key) {
            (Self::Namespace, names::NAME | names::METADATA_NAME) => Symbol::Namespace(value),
            (Self::ServiceAccount, names::NAME) => Symbol::ServiceAccount(None, value),
            (Self::Endpoint, names::NAMESPACE) => Symbol::Namespace(value),
            (Self::Endpoint, names::SERVICE_ACCOUNT) => Symbol::ServiceAccount(None, value),
            _ => Symbol::Label(self, key.to_owned(), value),
        }
    }
}
