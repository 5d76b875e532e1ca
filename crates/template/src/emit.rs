//! Writes a tree of values as YAML in Kubernetes' usual form, remembering what made each line.

mod scalar;
#[cfg(test)]
mod tests;

use crate::source_map::PlaceId;

/// A value and what made it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub value: Value,
    /// What made it; without one, whatever made the value around it.
    pub place: Option<PlaceId>,
}

/// What is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    /// `flow` lists are written on one line.
    List {
        items: Vec<Item>,
        flow: bool,
    },
    Map(Vec<(String, Item)>),
}

impl Item {
    pub(crate) fn new(value: Value, place: PlaceId) -> Self {
        Self {
            value,
            place: Some(place),
        }
    }

    pub(crate) fn text(text: impl Into<String>, place: PlaceId) -> Self {
        Self::new(Value::Text(text.into()), place)
    }

    /// A list on lines of its own.
    pub(crate) fn list(items: Vec<Item>, place: Option<PlaceId>) -> Self {
        Self {
            value: Value::List { items, flow: false },
            place,
        }
    }

    /// A list on one line.
    pub(crate) fn flow(items: Vec<Item>, place: PlaceId) -> Self {
        Self::new(Value::List { items, flow: true }, place)
    }

    pub(crate) fn map(entries: Vec<(String, Item)>, place: Option<PlaceId>) -> Self {
        Self {
            value: Value::Map(entries),
            place,
        }
    }

    /// The same value, all of it from one place.
    pub(crate) fn at(mut self, place: PlaceId) -> Self {
        self.place = Some(place);
        match &mut self.value {
            Value::Map(entries) => {
                for (_, item) in entries {
                    *item = std::mem::take(item).at(place);
                }
            }
            Value::List { items, .. } => {
                for item in items {
                    *item = std::mem::take(item).at(place);
                }
            }
            _ => {}
        }
        self
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Item> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, item)| item),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn items(&self) -> &[Item] {
        match &self.value {
            Value::List { items, .. } => items,
            _ => &[],
        }
    }

    /// With the keys of all mappings in order.
    pub(crate) fn sorted(mut self) -> Self {
        match &mut self.value {
            Value::Map(entries) => {
                entries.sort_by(|a, b| a.0.cmp(&b.0));
                for (_, item) in entries {
                    *item = std::mem::take(item).sorted();
                }
            }
            Value::List { items, .. } => {
                for item in items {
                    *item = std::mem::take(item).sorted();
                }
            }
            _ => {}
        }
        self
    }

    /// Its own place, or that of the first value in it.
    fn first_place(&self) -> Option<PlaceId> {
        self.place.or_else(|| match &self.value {
            Value::Map(entries) => entries.iter().find_map(|(_, item)| item.first_place()),
            Value::List { items, .. } => items.iter().find_map(Item::first_place),
            _ => None,
        })
    }
}

impl Default for Item {
    fn default() -> Self {
        Self {
            value: Value::Null,
            place: None,
        }
    }
}

/// Collects the entries of a mapping; what is not set is left out.
#[derive(Default)]
pub(crate) struct Entries(Vec<(String, Item)>);

impl Entries {
    pub(crate) fn put(&mut self, key: &str, item: Option<Item>) -> &mut Self {
        if let Some(item) = item {
            self.0.push((key.to_owned(), item));
        }
        self
    }

    pub(crate) fn into_map(self, place: Option<PlaceId>) -> Item {
        Item::map(self.0, place)
    }

    /// As a mapping, unless there is nothing in it.
    pub(crate) fn into_some_map(self) -> Option<Item> {
        (!self.0.is_empty()).then(|| Item::map(self.0, None))
    }
}

/// The YAML of one document and, for each of its lines, what made it.
pub(crate) fn emit(root: &Item) -> (String, Vec<Option<PlaceId>>) {
    let mut writer = Writer::default();
    match &root.value {
        Value::Map(entries) if !entries.is_empty() => writer.map(entries, 0, root.place),
        _ => {
            writer.inline(&root.value, false);
            writer.end_line(root.place);
        }
    }
    (writer.text, writer.lines)
}

#[derive(Default)]
struct Writer {
    text: String,
    lines: Vec<Option<PlaceId>>,
}

impl Writer {
    fn map(&mut self, entries: &[(String, Item)], indent: usize, around: Option<PlaceId>) {
        for (position, (key, item)) in entries.iter().enumerate() {
            if position > 0 {
                self.indent(indent);
            }
            self.text.push_str(&scalar::text(key, false));
            self.text.push(':');
            self.entry(item, indent, item.place.or(around));
        }
    }

    fn entry(&mut self, item: &Item, indent: usize, place: Option<PlaceId>) {
        match &item.value {
            Value::Map(entries) if !entries.is_empty() => {
                self.end_line(item.first_place().or(place));
                self.indent(indent + 2);
                self.map(entries, indent + 2, place);
            }
            Value::List { items, flow: false } if !items.is_empty() => {
                self.end_line(item.first_place().or(place));
                self.list(items, indent, place);
            }
            value => {
                self.text.push(' ');
                self.inline(value, false);
                self.end_line(place);
            }
        }
    }

    fn list(&mut self, items: &[Item], indent: usize, around: Option<PlaceId>) {
        for item in items {
            let place = item.place.or(around);
            self.indent(indent);
            self.text.push_str("- ");
            match &item.value {
                Value::Map(entries) if !entries.is_empty() => self.map(entries, indent + 2, place),
                value => {
                    self.inline(value, false);
                    self.end_line(place);
                }
            }
        }
    }

    fn inline(&mut self, value: &Value, in_flow: bool) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(value) => self.text.push_str(&value.to_string()),
            Value::Int(value) => self.text.push_str(&value.to_string()),
            Value::Float(value) => self.text.push_str(&scalar::float(*value)),
            Value::Text(text) => self.text.push_str(&scalar::text(text, in_flow)),
            Value::List { items, .. } => {
                self.brackets('[', items.iter().map(|item| (None, &item.value)), ']')
            }
            Value::Map(entries) => self.brackets(
                '{',
                entries
                    .iter()
                    .map(|(key, item)| (Some(key.as_str()), &item.value)),
                '}',
            ),
        }
    }

    fn brackets<'a>(
        &mut self,
        open: char,
        items: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
        close: char,
    ) {
        self.text.push(open);
        for (position, (key, value)) in items.enumerate() {
            if position > 0 {
                self.text.push_str(", ");
            }
            if let Some(key) = key {
                self.text.push_str(&scalar::text(key, true));
                self.text.push_str(": ");
            }
            self.inline(value, true);
        }
        self.text.push(close);
    }

    fn indent(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn end_line(&mut self, place: Option<PlaceId>) {
        self.text.push('\n');
        self.lines.push(place);
    }
}
