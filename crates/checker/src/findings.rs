//! A result of a rule as the page shows it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tierwalk_governance as governance;
use tierwalk_protocol::Place;
use tierwalk_protocol::checks::{Finding, FindingLevel};
use tierwalk_source::Span;
use tierwalk_yaml::{Path, Segment};

use crate::file::{SourceFile, Unit};
use crate::fixes;
use crate::object::{FoundOne, Object};
use crate::places;
use crate::policies::{Set, is_pack};

/// An object with where it stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub path: &'a str,
    pub file: &'a SourceFile,
    pub offset: usize,
    pub unit: &'a Unit,
    pub object: &'a Object,
    pub id: &'a str,
}

impl At<'_> {
    pub fn place(&self, span: Span) -> Place {
        let span = self.object.span(span).shifted(self.offset);
        places::place(self.path, self.file, span)
    }
}

/// A finding without what only the settings know of it.
pub(crate) fn finding(
    set: &Set,
    files: &BTreeMap<String, SourceFile>,
    at: At<'_>,
    one: &FoundOne,
) -> Finding {
    let found = &one.finding;
    let definition = set.policies.definition(&found.query);
    let place = found.place.as_ref();
    let rule_file = files.get(&definition.path);
    Finding {
        check: 0,
        rule: last(&definition.query).to_owned(),
        package: one.package.clone(),
        rule_place: rule_file
            .filter(|_| !is_pack(&definition.path))
            .map(|file| places::line(&definition.path, file, definition.line)),
        level: match governance::Level::of(last(&definition.query)) {
            Some(governance::Level::Warning) => FindingLevel::Warn,
            _ => FindingLevel::Fail,
        },
        message: found.message.clone(),
        place: at.place(place.map_or_else(Span::default, |place| place.span)),
        path: place.map_or_else(String::new, |place| pointer(&place.path)),
        named: place.is_some_and(|place| place.named),
        object: at.id.to_owned(),
        output: output(found),
        fixes: fixes::fixes(files, at, one),
        excepted: None,
        except: None,
    }
}

fn last(query: &str) -> &str {
    query.rsplit('.').next().unwrap_or(query)
}

/// `/spec/ingress/0`.
pub(crate) fn pointer(path: &Path) -> String {
    let segments = path.segments().iter();
    let part = |segment: &Segment| match segment {
        Segment::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Index(index) => format!("/{index}"),
    };
    segments.map(part).collect()
}

/// What the rule gave.
fn output(found: &governance::Finding) -> String {
    let message = Value::from(found.message.clone());
    if found.metadata.is_empty() {
        return message.to_string();
    }
    let mut whole = Map::from_iter([("msg".to_owned(), message)]);
    whole.extend(found.metadata.clone());
    json_lines(&Value::Object(whole))
}

/// JSON with a line for each field of an object, and the rest on one.
pub(crate) fn json_lines(value: &Value) -> String {
    match value {
        Value::Object(fields) if fields.len() > 1 => {
            let field =
                |(key, value): (&String, &Value)| format!("{}: {value}", Value::from(key.as_str()));
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("{{{}}}", fields.join(",\n "))
        }
        value => value.to_string(),
    }
}
