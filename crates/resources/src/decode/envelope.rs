//! Which resources a document holds, before any is read.

use tierwalk_source::{Diagnostic, Fix, Severity, Span};
use tierwalk_yaml::{Kind as NodeKind, Node, Path};

use crate::Mode;
use crate::codes;
use crate::kinds::{Kind, Lookup, look_up};
use crate::problem::{At, Problems};

/// A resource that is not read yet.
#[derive(Debug)]
pub(crate) struct Envelope<'n> {
    pub node: &'n Node,
    pub path: Path,
    pub api_version: &'n str,
    pub kind: &'n str,
    /// `None` for kinds that have no part in network policy.
    pub known: Option<Kind>,
}

/// What a list says about items that do not say it themselves.
#[derive(Clone, Copy, Default)]
struct Inherited<'n> {
    api_version: &'n str,
    kind: &'n str,
}

/// All resources of a document: the document itself, or the items of a list.
pub(crate) fn envelopes<'d>(problems: &mut Problems<'d>, mode: Mode) -> Vec<Envelope<'d>> {
    let mut found = Vec::new();
    let Some(root) = &problems.document().root else {
        return found;
    };
    let mut collector = Collector {
        problems,
        mode,
        found: &mut found,
    };
    match &root.kind {
        NodeKind::Null => {}
        NodeKind::Seq(items) => collector.items(items, &Path::root(), Inherited::default()),
        _ => collector.node(root, Path::root(), Inherited::default()),
    }
    found
}

struct Collector<'c, 'd, 'n> {
    problems: &'c mut Problems<'d>,
    mode: Mode,
    found: &'c mut Vec<Envelope<'n>>,
}

impl<'n> Collector<'_, '_, 'n> {
    fn items(&mut self, items: &'n [Node], path: &Path, inherited: Inherited<'n>) {
        for (index, item) in items.iter().enumerate() {
            self.node(item, path.index(index), inherited);
        }
    }

    fn node(&mut self, node: &'n Node, path: Path, inherited: Inherited<'n>) {
        let text = |key, or| node.get(key).and_then(Node::as_str).unwrap_or(or);
        let api_version = text("apiVersion", inherited.api_version);
        let kind = text("kind", inherited.kind);
        if let Some(item_kind) = kind.strip_suffix("List").filter(|_| is_list(node)) {
            let inherited = match item_kind {
                "" => Inherited::default(),
                _ => Inherited {
                    api_version,
                    kind: item_kind,
                },
            };
            let items = node.get("items").map(Node::items).unwrap_or_default();
            return self.items(items, &path.key("items"), inherited);
        }
        let known = match self.known(node, &path, api_version, kind) {
            Ok(known) => known,
            Err(()) => return,
        };
        self.found.push(Envelope {
            node,
            path,
            api_version,
            kind,
            known,
        });
    }

    /// The kind, `None` if it is none of ours, an error if it cannot be told or is written wrong.
    fn known(
        &mut self,
        node: &Node,
        path: &Path,
        api_version: &str,
        kind: &str,
    ) -> Result<Option<Kind>, ()> {
        let at = At::Root(path);
        if let Some(missing) = self.missing(node, api_version, kind) {
            self.problems.add(&at, missing);
            return Err(());
        }
        let problem = match look_up(api_version, kind) {
            Lookup::Known(_) if self.mode == Mode::Create && api_version.starts_with("crd.") => {
                unknown_kind(self.problems, &at, api_version, kind)
                    .help("calicoctl writes `projectcalico.org/v3`")
            }
            Lookup::Known(kind) => return Ok(Some(kind)),
            Lookup::Misspelt(name) => misspelt(self.problems, &at, api_version, kind, name),
            Lookup::OtherVersion(version) => {
                other_version(self.problems, &at, api_version, kind, version)
            }
            Lookup::Other if self.mode == Mode::Create => {
                unknown_kind(self.problems, &at, api_version, kind)
            }
            Lookup::Other => return Ok(None),
        };
        self.problems.add(&at, problem);
        Err(())
    }

    /// What keeps a document from being a resource at all. A mapping that looks like nothing from
    /// Kubernetes is somebody else's and is left aside.
    fn missing(&self, node: &Node, api_version: &str, kind: &str) -> Option<Diagnostic> {
        let first_key = node.entries().first().map(|entry| entry.key_span);
        let span = first_key.unwrap_or(node.span);
        let error = |message: &str, help: &str| {
            Some(Diagnostic::error(codes::NOT_A_RESOURCE, span, message).help(help))
        };
        if !matches!(node.kind, NodeKind::Map(_)) {
            let help = "a resource starts with `apiVersion`, `kind` and `metadata`";
            return error("this is not a resource", help);
        }
        let looks_like_one = self.mode == Mode::Create || node.get("spec").is_some();
        let is_known = look_up(api_version, kind) != Lookup::Other;
        match (api_version.is_empty(), kind.is_empty()) {
            (true, false) if looks_like_one || is_known => {
                let help = "Calico's kinds say `apiVersion: projectcalico.org/v3`";
                error("`apiVersion` is missing", help)
            }
            (false, true) => error("`kind` is missing", "say which kind of resource this is"),
            (true, true) if looks_like_one => {
                let help = "Calico's policies say `apiVersion: projectcalico.org/v3` and `kind: NetworkPolicy`";
                error("`apiVersion` and `kind` are missing", help)
            }
            (true, true) => Some(left_aside(span)),
            _ => None,
        }
    }
}

fn left_aside(span: Span) -> Diagnostic {
    let message =
        "this is not a resource, as it has no `apiVersion` and no `kind`: it is left aside";
    Diagnostic::new(Severity::Info, codes::NOT_A_RESOURCE, span, message)
}

fn is_list(node: &Node) -> bool {
    let items = node.get("items");
    items.is_some_and(|items| matches!(items.kind, NodeKind::Seq(_) | NodeKind::Null))
}

fn unknown_kind(problems: &Problems<'_>, at: &At<'_>, api_version: &str, kind: &str) -> Diagnostic {
    let message = format!("unknown resource type (`{kind}`) and/or version (`{api_version}`)");
    Diagnostic::error(codes::UNKNOWN_KIND, problems.span(&at.key("kind")), message)
}

fn misspelt(
    problems: &Problems<'_>,
    at: &At<'_>,
    api_version: &str,
    kind: &str,
    name: &str,
) -> Diagnostic {
    let problem = unknown_kind(problems, at, api_version, kind);
    let fix = Fix::replace(format!("Replace by `{name}`"), problem.span, name);
    problem.help(format!("did you mean `{name}`?")).fix(fix)
}

fn other_version(
    problems: &Problems<'_>,
    at: &At<'_>,
    api_version: &str,
    kind: &str,
    version: &str,
) -> Diagnostic {
    let mut problem = unknown_kind(problems, at, api_version, kind);
    problem.span = problems.span(&at.key("apiVersion"));
    let fix = Fix {
        safe: false,
        ..Fix::replace(format!("Replace by `{version}`"), problem.span, version)
    };
    problem.help(format!("`{kind}` is in `{version}`")).fix(fix)
}
