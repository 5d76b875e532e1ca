//! What stands at a place, explained.

mod matching;
mod template;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tierwalk_source::Span;
use tierwalk_yaml::{Node, Path, Segment};

use super::schema::{Kind, Shape};
use super::tree::{self, Spot};
use crate::Workspace;
use crate::read::Read;

/// What is told of a place.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// What is explained, in the document's text.
    pub span: Span,
    pub title: String,
    pub text: Vec<String>,
    pub source: String,
}

/// A value that is explained.
#[derive(Clone, Copy)]
struct Asked<'w> {
    workspace: &'w Workspace,
    read: &'w Arc<Read>,
    /// Where the object stands in its document.
    object: &'w Path,
    /// From the object on.
    path: &'w [Segment],
}

/// What there is to say about byte `at` of a document.
pub(crate) fn hover(workspace: &Workspace, read: &Arc<Read>, at: usize) -> Option<Told> {
    let root = read.document.root.as_ref()?;
    let spot = tree::at(root, at)?;
    let told = template::told(workspace, root, &spot).or_else(|| of_object(workspace, read, &spot));
    told.map(|told| Told {
        span: spot.span,
        ..told
    })
}

/// What there is to say about a place of a resource.
fn of_object(workspace: &Workspace, read: &Arc<Read>, spot: &Spot<'_>) -> Option<Told> {
    let (object, node) = tree::object(read.document.root.as_ref()?, &spot.path)?;
    let kind = tree::kind(node)?;
    let path = spot.path.segments().get(object.segments().len()..)?;
    let asked = Asked {
        workspace,
        read,
        object: &object,
        path,
    };
    if spot.on_key {
        asked.key(kind)
    } else {
        asked.value(kind, spot)
    }
}

impl Asked<'_> {
    fn key(self, kind: &'static Kind) -> Option<Told> {
        let (field, source) = kind.field_at(self.path)?;
        let mut text = vec![field.doc.to_owned()];
        text.extend(field.default.map(|default| format!("Default: {default}.")));
        text.extend(matching::sentence(
            self.workspace,
            self.read,
            self.object,
            self.path,
        ));
        Some(Told {
            title: format!("`{}`", field.name),
            text,
            source: format!("{source}.{}", field.name),
            ..Told::default()
        })
    }

    fn value(self, kind: &'static Kind, spot: &Spot<'_>) -> Option<Told> {
        let text = spot
            .node
            .as_str()
            .map(str::to_owned)
            .or_else(|| number(spot.node))?;
        let told = |title: String, text: Vec<String>| Told {
            title,
            text,
            ..Told::default()
        };
        match self.path {
            [Segment::Key(key)] if &**key == "kind" => {
                return Some(told(format!("`{}`", kind.name), vec![kind.doc.to_owned()]));
            }
            [Segment::Key(metadata), Segment::Key(name)]
                if &**metadata == "metadata" && &**name == "name" =>
            {
                let said = words::named(self.workspace, kind, self.read, self.object)?;
                return Some(told(format!("{} `{text}`", kind.name), said));
            }
            _ => {}
        }
        let shape = kind.shape_at(self.path).or_else(|| self.label(kind))?;
        match shape {
            Shape::Words(known) => {
                let word = known
                    .iter()
                    .find(|word| word.text == text && !word.doc.is_empty())?;
                Some(told(format!("`{text}`"), vec![word.doc.to_owned()]))
            }
            Shape::Selector(_) => self.selector(&text),
            Shape::Labels(of) => {
                let Some(Segment::Key(key)) = self.path.last() else {
                    return None;
                };
                Some(told(
                    format!("`{key}` = `{text}`"),
                    words::label(self.workspace, of, key, &text),
                ))
            }
            _ => {
                words::of_name(self.workspace, shape, &text).map(|(title, said)| told(title, said))
            }
        }
    }

    /// Whether the value is one of a mapping of labels.
    fn label(self, kind: &'static Kind) -> Option<Shape> {
        let (_, map) = self.path.split_last()?;
        kind.shape_at(map)
            .filter(|shape| matches!(shape, Shape::Labels(_)))
    }

    fn selector(self, text: &str) -> Option<Told> {
        let matching = matching::sentence(self.workspace, self.read, self.object, self.path);
        selector(text, matching.into_iter().collect())
    }
}

/// A selector, with what is said of what it matches.
fn selector(text: &str, mut said: Vec<String>) -> Option<Told> {
    let selector = tierwalk_selector::Selector::parse(text).ok()?;
    let canonical = selector.canonical();
    if canonical != text {
        said.push(format!("Canonical form: `{canonical}`"));
    }
    Some(Told {
        title: "Selector".to_owned(),
        text: said,
        ..Told::default()
    })
}

fn number(node: &Node) -> Option<String> {
    match node.kind {
        tierwalk_yaml::Kind::Int(value) => Some(value.to_string()),
        _ => None,
    }
}
