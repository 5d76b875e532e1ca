//! Changes of single values in the text of a document. Comments, quotes, indentation and all lines that are
//! not concerned stay as they are, byte for byte.
//!
//! A change is made only if the text then says exactly what is wanted: each one is read back and compared.
//! What cannot be changed by itself, such as a value that an alias repeats, is refused.

mod layout;
mod list;
mod map;
mod render;
mod text;
mod wanted;

#[cfg(test)]
mod tests;

use std::fmt;

use serde_yaml::Value;
use tierwalk_source::{Span, TextEdit};

use crate::{Document, Entry, Kind, Node, Path, Segment};
use layout::Layout;
use render::Style;
pub use text::Text;

/// How many single changes one call may come to.
const MAX_STEPS: usize = 500;

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The text is no YAML.
    Unreadable,
    /// There is no such field or item.
    NoSuchField,
    /// The value is written in a way that cannot be changed by itself, such as through an alias.
    NotByItself,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "the text is not YAML at the moment",
            Self::NoSuchField => "the field is not in the text any more",
            Self::NotByItself => {
                "the value is written in a way that can only be changed in the text"
            }
        })
    }
}

/// A document while it is changed.
#[derive(Clone, Debug)]
pub struct Editing {
    original: Box<str>,
    document: Document,
    order: &'static [&'static str],
}

impl Editing {
    /// Begins with a document. `order` names keys in the order in which they are usually written; a new key is
    /// put behind the last one that comes before it there, and at the end if it is not named.
    ///
    /// # Errors
    /// If the document has no content that can be read.
    pub fn new(document: &Document, order: &'static [&'static str]) -> Result<Self, Refusal> {
        let broken = document.diagnostics.iter().any(|it| it.is_error());
        if broken || document.root.is_none() {
            return Err(Refusal::Unreadable);
        }
        Ok(Self {
            original: document.text.clone(),
            document: document.clone(),
            order,
        })
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What leads from the original text to the text as it is now.
    pub fn edits(&self) -> Vec<TextEdit> {
        difference(&self.original, &self.document.text)
    }

    /// Gives the field at `path` this value, with the mappings above it that are missing. What is in the value
    /// already stays as it is written.
    ///
    /// # Errors
    /// If it cannot be done without changing something else.
    pub fn set(&mut self, path: &Path, value: &Value) -> Result<(), Refusal> {
        let mut wanted = self.value();
        wanted::set(&mut wanted, path.segments(), value)?;
        let before = self.document.clone();
        let result = self.make_equal(&wanted);
        if result.is_err() {
            self.document = before;
        }
        result
    }

    /// Takes a field or the item of a list out, with its lines and, for an item, the comment above it.
    ///
    /// # Errors
    /// If there is no such field, or it cannot be taken out by itself.
    pub fn remove(&mut self, path: &Path) -> Result<(), Refusal> {
        let mut wanted = self.value();
        wanted::remove(&mut wanted, path.segments())?;
        let parent = self.find(&path.parent())?;
        let edits = match path.segments().last() {
            Some(Segment::Key(key)) => map::remove(self.layout(), parent, key),
            Some(Segment::Index(index)) => list::remove(self.layout(), parent, *index),
            None => None,
        };
        self.make(edits, &wanted)
    }

    /// Puts a value into a list, ahead of the item `index`; at the end, if there are not as many.
    ///
    /// # Errors
    /// If there is no list, or it cannot be done without changing something else.
    pub fn insert(&mut self, path: &Path, index: usize, value: &Value) -> Result<(), Refusal> {
        let mut wanted = self.value();
        let index = wanted::insert(&mut wanted, path.segments(), index, value)?;
        match self.find(path) {
            Ok(slot) if !slot.node.items().is_empty() => {
                let edits = list::insert(self.layout(), slot, index, value);
                self.make(edits, &wanted)
            }
            _ => self.set(path, &Value::Sequence(vec![value.clone()])),
        }
    }

    /// Moves an item of a list to another place in it, with its lines and the comment above it.
    ///
    /// # Errors
    /// If there is no such item, or it cannot be moved by itself.
    pub fn move_item(&mut self, path: &Path, from: usize, to: usize) -> Result<(), Refusal> {
        let mut wanted = self.value();
        wanted::move_item(&mut wanted, path.segments(), from, to)?;
        let slot = self.find(path)?;
        let edits = list::move_item(self.layout(), slot, from, to);
        self.make(edits, &wanted)
    }

    fn value(&self) -> Value {
        let root = self.document.root.as_ref();
        root.map(Node::to_value).unwrap_or_default()
    }

    fn layout(&self) -> Layout<'_> {
        let root = self.document.root.as_ref();
        Layout {
            text: Text(&self.document.text),
            style: root.map_or_else(Style::default, |root| Style::of(&self.document.text, root)),
            order: self.order,
        }
    }

    fn find(&self, path: &Path) -> Result<Slot<'_>, Refusal> {
        let root = self.document.root.as_ref().ok_or(Refusal::Unreadable)?;
        let layout = self.layout();
        let mut slot = Slot {
            node: root,
            entry: None,
            in_flow: false,
        };
        for segment in path.segments() {
            slot = slot.child(layout, segment).ok_or(Refusal::NoSuchField)?;
        }
        Ok(slot)
    }

    /// Makes one change, if the text then says what is wanted.
    fn make(&mut self, edits: Option<Vec<TextEdit>>, wanted: &Value) -> Result<(), Refusal> {
        let changed = self.changed(edits)?;
        if changed.root.as_ref().map(Node::to_value).as_ref() != Some(wanted) {
            return Err(Refusal::NotByItself);
        }
        self.document = changed;
        Ok(())
    }

    fn changed(&self, edits: Option<Vec<TextEdit>>) -> Result<Document, Refusal> {
        let edits = edits.ok_or(Refusal::NotByItself)?;
        let changed = Document::parse(&apply(&self.document.text, &edits));
        match changed.diagnostics.len() > self.document.diagnostics.len() {
            true => Err(Refusal::NotByItself),
            false => Ok(changed),
        }
    }

    /// Mends one difference after the other until there is none.
    fn make_equal(&mut self, wanted: &Value) -> Result<(), Refusal> {
        let mut seen = self.document.text.clone();
        for _ in 0..MAX_STEPS {
            let root = self.find(&Path::root())?;
            let Some(edits) = mend(self.layout(), root, wanted) else {
                return Ok(());
            };
            self.document = self.changed(Some(edits))?;
            if self.document.text == seen {
                break;
            }
            seen = self.document.text.clone();
        }
        Err(Refusal::NotByItself)
    }
}

/// A value and how it hangs in the document.
#[derive(Clone, Copy)]
struct Slot<'a> {
    node: &'a Node,
    /// The entry whose value it is.
    entry: Option<&'a Entry>,
    /// Something above it is written in brackets.
    in_flow: bool,
}

impl<'a> Slot<'a> {
    fn child(self, layout: Layout<'_>, segment: &Segment) -> Option<Self> {
        let in_flow = self.in_flow || layout.text.is_flow(self.node);
        let (node, entry) = match segment {
            Segment::Key(key) => {
                let entry = self.node.entry(key)?;
                (&entry.value, Some(entry))
            }
            Segment::Index(index) => (self.node.items().get(*index)?, None),
        };
        Some(Self {
            node,
            entry,
            in_flow,
        })
    }
}

/// The change that mends the first difference from what is wanted; `None` if there is none.
fn mend(layout: Layout<'_>, slot: Slot<'_>, wanted: &Value) -> Option<Vec<TextEdit>> {
    if slot.node.to_value() == *wanted {
        return None;
    }
    let edits = match (&slot.node.kind, wanted) {
        (Kind::Map(entries), Value::Mapping(map)) if !entries.is_empty() && !map.is_empty() => {
            map::mend(layout, slot, map)
        }
        (Kind::Seq(items), Value::Sequence(list)) if !items.is_empty() && !list.is_empty() => {
            list::mend(layout, slot, list)
        }
        _ => Some(map::replace(layout, slot, wanted)),
    };
    // an empty list of edits changes nothing, which the caller takes for a refusal
    Some(edits.unwrap_or_default())
}

/// A text with these edits made. They are ascending and do not overlap.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        changed.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    changed
}

/// The stretch in which two texts differ.
fn difference(before: &str, after: &str) -> Vec<TextEdit> {
    if before == after {
        return Vec::new();
    }
    let pairs = before.char_indices().zip(after.chars());
    let start = pairs
        .take_while(|((_, a), b)| a == b)
        .last()
        .map_or(0, |((at, c), _)| at + c.len_utf8());
    let (old, new) = (
        before.get(start..).unwrap_or_default(),
        after.get(start..).unwrap_or_default(),
    );
    let tail: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum();
    vec![TextEdit {
        span: Span::new(start, before.len() - tail),
        text: new.get(..new.len() - tail).unwrap_or_default().to_owned(),
    }]
}
