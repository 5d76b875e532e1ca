//! Which exception holds for a finding, and what would except one.

use std::collections::BTreeMap;

use tierwalk_protocol::checks::{EXPIRES, Excepted, REASON};
use tierwalk_protocol::{Edit, Place, yaml_text};
use tierwalk_source::Span;
use tierwalk_yaml::{Document, Node};

use crate::edit;
use crate::file::{SourceFile, UnitKind};
use crate::object::Object;
use crate::places;

/// The file that exceptions go to where there are no settings yet.
const FILE: &str = "checks/checks.yaml";

/// The document that holds the settings.
pub(crate) struct Home<'a> {
    pub path: &'a str,
    pub file: &'a SourceFile,
    pub offset: usize,
    pub document: &'a Document,
}

impl<'a> Home<'a> {
    pub fn of(files: &'a BTreeMap<String, SourceFile>) -> Option<Self> {
        files.iter().find_map(|(path, file)| {
            let mut units = file.documents.iter();
            let (offset, unit) = units.find(|(_, unit)| unit.kind == UnitKind::Settings)?;
            Some(Self {
                path,
                file,
                offset: *offset,
                document: &unit.document,
            })
        })
    }

    pub fn place(&self, span: Span) -> Place {
        places::place(self.path, self.file, span.shifted(self.offset))
    }

    /// The exception that holds for a check on an object. An exception that no entry speaks of is one that a
    /// policy makes.
    pub fn excepted(&self, name: &str, object: &Object) -> Excepted {
        let root = self.document.root.as_ref();
        let items = root.and_then(|root| root.get("exceptions"));
        let mut items = items.map_or(&[][..], Node::items).iter();
        let entry = items.find(|item| is_for(item, name, object));
        entry.map_or_else(Excepted::default, |item| Excepted {
            reason: text(item, "reason").to_owned(),
            expires: text(item, "expires").to_owned(),
            place: Some(self.place(first_line(item, &self.document.text))),
        })
    }
}

fn first_line(item: &Node, document: &str) -> Span {
    let written = item.span.of(document);
    let length = written.find('\n').unwrap_or(written.len());
    Span::new(item.span.start as usize, item.span.start as usize + length)
}

fn text<'a>(item: &'a Node, key: &str) -> &'a str {
    item.get(key).and_then(Node::as_str).unwrap_or_default()
}

fn is_for(item: &Node, name: &str, object: &Object) -> bool {
    let checks = item.get("checks").map_or(&[][..], Node::items);
    let tier = match object.tier.as_str() {
        "" => "default",
        tier => tier,
    };
    let fits = |key: &str, value: &str| match text(item, key) {
        "" => true,
        pattern => matches(pattern, value),
    };
    checks.iter().any(|check| check.as_str() == Some(name))
        && fits("policy", &object.name)
        && fits("namespace", &object.namespace)
        && fits("tier", tier)
}

/// Whether a text fits a pattern, in which `*` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(rest) = text.strip_prefix(before) else {
        return false;
    };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| matches(after, rest.get(at..).unwrap_or_default()))
}

/// What excepts an object from a check, the reason and the last day still to be filled in.
pub(crate) fn except(home: Option<&Home<'_>>, name: &str, object: &Object) -> Option<Edit> {
    let mut fields = vec![
        ("checks", format!("[{}]", yaml_text::scalar(name))),
        ("policy", yaml_text::scalar(&object.name)),
    ];
    if !object.namespace.is_empty() {
        fields.push(("namespace", yaml_text::scalar(&object.namespace)));
    }
    fields.push(("reason", REASON.to_owned()));
    fields.push(("expires", EXPIRES.to_owned()));
    let Some(home) = home else {
        let item = edit::item(&fields, 2);
        return Some(new_file(&format!("exceptions:\n{item}")));
    };
    let write = edit::add_item(home.document, "exceptions", &fields)?;
    Some(Edit {
        place: home.place(write.span),
        text: write.text,
    })
}

/// Settings in a file of their own, which turn nothing else on.
pub(crate) fn new_file(body: &str) -> Edit {
    let head = "# Settings of checks. None of the shipped checks is on.\napiVersion: tierwalk.dev/v1\nkind: Checks\nshipped: false\n";
    Edit {
        place: Place {
            file: FILE.to_owned(),
            line: 1,
            column: 1,
            from: 0,
            to: 0,
        },
        text: format!("{head}{body}\n"),
    }
}
