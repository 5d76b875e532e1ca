//! Something to check, and what was found last.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use serde_json::Value as Json;
use tierwalk_cluster::Violation;
use tierwalk_governance::{Coverage, Finding, Input, InputFile, Parser};
use tierwalk_source::{Span, TextEdit};
use tierwalk_template::Manifest;
use tierwalk_yaml::{Document, Node, Path};

pub(crate) struct Object {
    pub input: Input,
    pub kind: String,
    pub namespace: String,
    pub name: String,
    /// The annotation `owner`.
    pub owner: String,
    /// The tier that it names.
    pub tier: String,
    /// The template's object that this is.
    pub made: Option<Manifest>,
    /// That object as a document.
    made_document: Option<Document>,
    found: RefCell<Option<Answered<Found>>>,
    reached: RefCell<Option<Answered<Vec<Coverage>>>>,
    audited: RefCell<Option<Answered<Vec<Violation>>>>,
}

/// One object of a document: the document itself, or an item of a list.
pub(crate) struct Part<'a> {
    pub json: Json,
    pub root: &'a Node,
    /// Where it is in the document.
    pub path: Path,
}

/// An answer of one set of policies, by its number.
struct Answered<T> {
    set: u64,
    answer: Rc<T>,
}

/// What the checks say about an object.
#[derive(Default)]
pub(crate) struct Found {
    pub findings: Vec<FoundOne>,
    pub omitted: usize,
}

/// A finding, and what it takes to mend it.
pub(crate) struct FoundOne {
    pub package: String,
    pub finding: Finding,
    /// Whether an exception holds for it.
    pub excepted: bool,
    /// The change that the finding itself asks for, once it was made; it follows from the object's document.
    pub change: OnceCell<Option<Change>>,
}

/// A change of a document.
pub(crate) struct Change {
    pub title: String,
    pub edits: Vec<TextEdit>,
}

impl Object {
    /// A document of a file.
    pub fn written(path: &str, text: &str, root: &Node) -> Option<Self> {
        Self::read(path, text, root, None)
    }

    /// What a template makes.
    pub fn made(path: &str, manifest: Manifest) -> Option<Self> {
        let document = Document::parse(&manifest.text);
        let root = document.root.as_ref()?;
        let text = manifest.text.clone();
        let object = Self::read(path, &text, root, Some(manifest))?;
        Some(Self {
            made_document: Some(document),
            ..object
        })
    }

    fn read(path: &str, text: &str, root: &Node, made: Option<Manifest>) -> Option<Self> {
        let file = InputFile {
            path: path.to_owned(),
            text: text.to_owned(),
            parser: Some(Parser::Yaml),
        };
        let metadata = root.get("metadata");
        let text = |node: Option<&Node>, key: &str| {
            let text = node.and_then(|node| node.get(key)).and_then(Node::as_str);
            text.unwrap_or_default().to_owned()
        };
        Some(Self {
            input: Input::parse(&file).ok()?,
            kind: text(Some(root), "kind"),
            namespace: text(metadata, "namespace"),
            name: text(metadata, "name"),
            owner: text(metadata.and_then(|it| it.get("annotations")), "owner"),
            tier: text(root.get("spec"), "tier"),
            made,
            made_document: None,
            found: RefCell::default(),
            reached: RefCell::default(),
            audited: RefCell::default(),
        })
    }

    /// The document that it is, given the one that it is of.
    pub fn document<'a>(&'a self, of: &'a Document) -> &'a Document {
        self.made_document.as_ref().unwrap_or(of)
    }

    /// The objects that it holds, given the document that it is of.
    pub fn parts<'a>(&'a self, of: &'a Document) -> Vec<Part<'a>> {
        let Some(root) = &self.document(of).root else {
            return Vec::new();
        };
        let items = root.get("items").filter(|_| self.kind.ends_with("List"));
        let part = |(index, json): (usize, Json)| match items {
            None => Some(Part {
                json,
                root,
                path: Path::root(),
            }),
            Some(items) => Some(Part {
                json,
                root: items.items().get(index)?,
                path: Path::root().key("items").index(index),
            }),
        };
        let all = self.input.json().into_iter().enumerate();
        all.filter_map(part).collect()
    }

    /// Whether it is a policy, of whichever kind.
    pub fn is_policy(&self) -> bool {
        self.kind.ends_with("NetworkPolicy")
    }

    /// Where a stretch of its text stands in the document that it is of.
    pub fn span(&self, span: Span) -> Span {
        match &self.made {
            None => span,
            Some(made) => {
                let origin = made.map.origin(made.line_of(span));
                origin.map_or_else(Span::default, |place| place.span)
            }
        }
    }

    /// What a set of policies says about it, if it was asked.
    pub fn found(&self, set: u64) -> Option<Rc<Found>> {
        answer(&self.found, set)
    }

    pub fn set_found(&self, set: u64, found: Found) {
        *self.found.borrow_mut() = Some(Answered {
            set,
            answer: Rc::new(found),
        });
    }

    /// What one state of admission says about it, if it was asked.
    pub fn audited(&self, number: u64) -> Option<Rc<Vec<Violation>>> {
        answer(&self.audited, number)
    }

    pub fn set_audited(&self, number: u64, violations: Vec<Violation>) {
        *self.audited.borrow_mut() = Some(Answered {
            set: number,
            answer: Rc::new(violations),
        });
    }

    /// Lines that it reaches, if that was counted.
    pub fn reached(&self, set: u64) -> Option<Rc<Vec<Coverage>>> {
        answer(&self.reached, set)
    }

    pub fn set_reached(&self, set: u64, reached: Vec<Coverage>) {
        *self.reached.borrow_mut() = Some(Answered {
            set,
            answer: Rc::new(reached),
        });
    }
}

fn answer<T>(kept: &RefCell<Option<Answered<T>>>, set: u64) -> Option<Rc<T>> {
    let kept = kept.borrow();
    let answered = kept.as_ref().filter(|answered| answered.set == set)?;
    Some(Rc::clone(&answered.answer))
}
