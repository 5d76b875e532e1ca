//! Something to check, and what was found last.

use std::cell::RefCell;
use std::rc::Rc;

use tierwalk_governance::{Coverage, Finding, Input, InputFile, Parser};
use tierwalk_source::Span;
use tierwalk_template::Manifest;
use tierwalk_yaml::{Document, Node};

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
    found: RefCell<Option<Answered<Found>>>,
    reached: RefCell<Option<Answered<Vec<Coverage>>>>,
}

/// An answer of one set of policies, by its number.
struct Answered<T> {
    set: u64,
    answer: Rc<T>,
}

/// What the checks say about an object.
#[derive(Default)]
pub(crate) struct Found {
    /// Findings with their package, and whether an exception holds for them.
    pub findings: Vec<(String, Finding, bool)>,
    pub omitted: usize,
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
        Self::read(path, &text, root, Some(manifest))
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
            found: RefCell::default(),
            reached: RefCell::default(),
        })
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
