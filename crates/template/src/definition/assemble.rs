//! Puts placed values into the rendered YAML and tells what made each part of it.

use std::collections::BTreeMap;

use tierwalk_source::LineIndex;
use tierwalk_yaml::{Document, Kind, Node, split};

use super::engine::Rendered;
use super::model::Definition;
use super::skeleton::{LINE, VALUE};
use crate::emit::{Item, Value};
use crate::source_map::{DefinitionLine, PlaceId, PlaceKind, Places};

/// How often a value may be text with marks in it, as where a skeleton captures a part of its own output.
const MAX_NESTING: usize = 8;

/// What is wrong with a rendered output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line of the skeleton, from 1.
    pub line: u32,
    /// The value at fault, if a value is.
    pub place: Option<PlaceId>,
    pub message: String,
    pub help: String,
}

/// The objects of a rendered output, with the skeleton line of each.
pub(super) fn assemble(
    definition: &Definition,
    rendered: &Rendered,
    places: &mut Places,
    anchor: PlaceId,
) -> Result<Vec<(Item, u32)>, Fault> {
    let (text, lines) = take_line_marks(&rendered.text);
    let by_field = places.by_field();
    let mut objects = Vec::new();
    for chunk in split(&text) {
        let first = text
            .get(..chunk.offset)
            .unwrap_or_default()
            .matches('\n')
            .count();
        let mut assembly = Assembly {
            definition,
            values: &rendered.values,
            places,
            by_field: &by_field,
            anchor,
            index: LineIndex::new(chunk.text),
            text: chunk.text,
            lines: lines.get(first..).unwrap_or_default(),
            common: Vec::new(),
        };
        objects.extend(assembly.object()?);
    }
    Ok(objects)
}

/// Takes the line marks out of a text; for each line, the skeleton line that wrote it.
fn take_line_marks(text: &str) -> (String, Vec<u32>) {
    let mut clean = String::with_capacity(text.len());
    let mut lines = Vec::new();
    let mut last = 1;
    for line in text.split_inclusive('\n') {
        let mut from = None;
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(LINE.0) {
            clean.push_str(before);
            let (number, after) = after.split_once(LINE.1).unwrap_or((after, ""));
            from = from.or(number.parse().ok());
            rest = after;
        }
        clean.push_str(rest);
        last = from.unwrap_or(last);
        lines.push(last);
    }
    (clean, lines)
}

struct Assembly<'a> {
    definition: &'a Definition,
    values: &'a [Option<Item>],
    places: &'a mut Places,
    by_field: &'a BTreeMap<String, PlaceId>,
    /// The place of what no value made: the name of the template in the instance.
    anchor: PlaceId,
    index: LineIndex,
    text: &'a str,
    lines: &'a [u32],
    /// For each list item around the current node, the field that all values in it have in common.
    common: Vec<Option<String>>,
}

impl Assembly<'_> {
    fn object(&mut self) -> Result<Option<(Item, u32)>, Fault> {
        let document = Document::parse(self.text);
        if let Some(problem) = document
            .diagnostics
            .iter()
            .find(|problem| problem.is_error())
        {
            let line = self.line(problem.span.start);
            let help = problem.help.clone().unwrap_or_default();
            return Err(self.fault(
                line,
                None,
                format!("the output is not YAML: {}", problem.message),
                help,
            ));
        }
        let Some(root) = document.root.filter(|root| !root.is_null()) else {
            return Ok(None);
        };
        let line = self.line(root.span.start);
        Ok(self.build(&root)?.map(|item| (item, line)))
    }

    fn line(&self, offset: u32) -> u32 {
        let line = self.index.position(self.text, offset as usize).line as usize;
        self.lines.get(line - 1).copied().unwrap_or(1)
    }

    /// The node as an item; nothing if it is a value that is not set, or a key with nothing under it.
    fn build(&mut self, node: &Node) -> Result<Option<Item>, Fault> {
        let line = self.line(node.span.start);
        let value = match &node.kind {
            Kind::Null => return Ok(None),
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Int(value) => Value::Int(*value),
            Kind::Float(value) => Value::Float(*value),
            Kind::Str(text) => return self.scalar(text, line, 0),
            Kind::Seq(nodes) => self.list(node, nodes)?,
            Kind::Map(entries) => {
                let mut items = Vec::new();
                for entry in entries {
                    let line = self.line(entry.key_span.start);
                    let key = self.key(&entry.key, line)?;
                    if let Some(mut item) = self.build(&entry.value)? {
                        if matches!(item.value, Value::Map(_) | Value::List { .. })
                            && item.place.is_none()
                        {
                            item.place = Some(self.literal(line));
                        }
                        items.push((key, item));
                    }
                }
                return Ok(Some(Item::map(items, None)));
            }
        };
        let place = match value {
            Value::List { flow: false, .. } => None,
            _ => Some(self.literal(line)),
        };
        Ok(Some(Item { value, place }))
    }

    fn list(&mut self, node: &Node, nodes: &[Node]) -> Result<Value, Fault> {
        let flow = node.span.of(self.text).starts_with('[');
        let mut items = Vec::new();
        for node in nodes {
            let common = self.common_field(node);
            self.common.push(common);
            let item = self.build(node);
            self.common.pop();
            items.extend(item?);
        }
        Ok(Value::List { items, flow })
    }

    /// Text with marks in it: a mark alone is its value, marks in other text become part of it.
    fn scalar(&mut self, text: &str, line: u32, depth: usize) -> Result<Option<Item>, Fault> {
        let Some(number) = only_mark(text) else {
            let (text, place) = self.embedded(text, line, 0)?;
            let place = match place {
                Some(place) => self.placed(place, line),
                None => self.literal(line),
            };
            return Ok(Some(Item::text(text, place)));
        };
        let Some(mut item) = self.values.get(number).cloned().flatten() else {
            return Ok(None);
        };
        if matches!(item.value, Value::Null) {
            return Ok(None);
        }
        if let Value::Text(text) = &item.value
            && text.contains(VALUE.0)
            && depth < MAX_NESTING
        {
            return self.scalar(&text.clone(), line, depth + 1);
        }
        self.place_all(&mut item, line);
        Ok(Some(item))
    }

    /// Sets the skeleton line of a placed value.
    fn place_all(&mut self, item: &mut Item, line: u32) {
        item.place = item.place.map(|place| self.placed(place, line));
        match &mut item.value {
            Value::Map(entries) => entries
                .iter_mut()
                .for_each(|(_, item)| self.place_all(item, line)),
            Value::List { items, .. } => {
                items.iter_mut().for_each(|item| self.place_all(item, line))
            }
            _ => {}
        }
    }

    /// Text with the marks in it replaced, and where the last of the values comes from.
    fn embedded(
        &self,
        text: &str,
        line: u32,
        depth: usize,
    ) -> Result<(String, Option<PlaceId>), Fault> {
        let mut whole = String::new();
        let mut rest = text;
        let mut place = None;
        while let Some(at) = rest.find(VALUE.0) {
            let (before, marked) = rest.split_at(at);
            whole.push_str(before);
            let (number, after) = leading_mark(marked).unwrap_or((usize::MAX, ""));
            let item = self
                .values
                .get(number)
                .cloned()
                .flatten()
                .unwrap_or_default();
            whole.push_str(&self.embedded_value(&item, line, depth)?);
            place = item.place.or(place);
            rest = after;
        }
        whole.push_str(rest);
        Ok((whole, place))
    }

    fn embedded_value(&self, item: &Item, line: u32, depth: usize) -> Result<String, Fault> {
        let wrong = |message: &str, help: &str| {
            Err(self.fault(line, item.place, message.to_owned(), help.to_owned()))
        };
        match &item.value {
            Value::Text(text) if text.contains(VALUE.0) && depth < MAX_NESTING => {
                Ok(self.embedded(text, line, depth + 1)?.0)
            }
            Value::Text(text) if text.contains(['"', '\'', '\\', '\n', '\r']) => wrong(
                "a value that is placed inside other text may not hold quotes, `\\` or line breaks",
                "leave them out, or let the template place the value by itself or with `label_is(…)`",
            ),
            Value::Text(text) => Ok(text.clone()),
            Value::Int(value) => Ok(value.to_string()),
            Value::Float(value) => Ok(value.to_string()),
            Value::Bool(value) => Ok(value.to_string()),
            Value::Null => wrong(
                "a value that is not set is placed inside other text",
                "put a condition around it, or give the field a default",
            ),
            Value::List { .. } | Value::Map(_) => wrong(
                "a list or mapping is placed inside other text",
                "place it by itself, as the whole value of a key",
            ),
        }
    }

    fn key(&self, key: &str, line: u32) -> Result<String, Fault> {
        if key.contains(VALUE.0) {
            return Ok(self.embedded(key, line, 0)?.0);
        }
        Ok(key.to_owned())
    }

    fn fault(&self, line: u32, place: Option<PlaceId>, message: String, help: String) -> Fault {
        Fault {
            line,
            place,
            message,
            help,
        }
    }

    /// The place of a value, on a line of the skeleton.
    fn placed(&mut self, place: PlaceId, line: u32) -> PlaceId {
        let definition = DefinitionLine {
            template: self.definition.name.clone(),
            line: self.definition.document_line(line),
        };
        self.places.with_definition(place, None, definition)
    }

    /// The place of what the skeleton says by itself: the field that all values around it have in common,
    /// else the field that a condition or loop around it depends on, else the name of the template.
    fn literal(&mut self, line: u32) -> PlaceId {
        let common = self
            .common
            .iter()
            .rev()
            .flatten()
            .find_map(|field| self.by_field.get(field));
        let around = || {
            let names = self
                .definition
                .skeleton
                .around
                .get(line.saturating_sub(1) as usize)?;
            names
                .iter()
                .rev()
                .find_map(|name| self.by_field.get(&format!("values.{name}")))
        };
        let place = common.or_else(around).copied();
        let definition = DefinitionLine {
            template: self.definition.name.clone(),
            line: self.definition.document_line(line),
        };
        let kind = place.is_none().then_some(PlaceKind::Structure);
        self.places
            .with_definition(place.unwrap_or(self.anchor), kind, definition)
    }

    /// The field that all values placed in a node have in common, such as `values.dependencies[1]`.
    fn common_field(&self, node: &Node) -> Option<String> {
        let mut places = Vec::new();
        self.collect(node, &mut places);
        let mut fields = places.iter().filter_map(|place| self.places.field(*place));
        let mut common = fields.next()?.to_owned();
        for field in fields {
            common.truncate(common_length(&common, field));
        }
        (common.contains(['.', '[']) && common != "values").then_some(common)
    }

    fn collect(&self, node: &Node, places: &mut Vec<PlaceId>) {
        match &node.kind {
            Kind::Str(text) => {
                let mut rest: &str = text;
                while let Some(at) = rest.find(VALUE.0) {
                    let (number, after) = leading_mark(rest.get(at..).unwrap_or_default())
                        .unwrap_or((usize::MAX, ""));
                    let item = self.values.get(number).and_then(Option::as_ref);
                    places.extend(item.and_then(|item| item.place));
                    rest = after;
                }
            }
            Kind::Seq(nodes) => nodes.iter().for_each(|node| self.collect(node, places)),
            Kind::Map(entries) => entries
                .iter()
                .for_each(|entry| self.collect(&entry.value, places)),
            _ => {}
        }
    }
}

/// The number of the mark that is the whole text.
fn only_mark(text: &str) -> Option<usize> {
    leading_mark(text)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(number, _)| number)
}

/// The number of the mark that a text begins with, and the text after it.
fn leading_mark(text: &str) -> Option<(usize, &str)> {
    let (number, rest) = text.strip_prefix(VALUE.0)?.split_once(VALUE.1)?;
    Some((number.parse().ok()?, rest))
}

/// How much of two field names is the same, up to a whole step.
fn common_length(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let is_end = |text: &str| {
        text.get(same..)
            .is_none_or(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    if is_end(a) && is_end(b) {
        return same;
    }
    a.get(..same)
        .and_then(|text| text.rfind(['.', '[']))
        .unwrap_or(0)
}
