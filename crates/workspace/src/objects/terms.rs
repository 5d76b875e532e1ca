//! Selectors as conditions joined by `and`, and back.

#[cfg(test)]
mod tests;

use serde_yaml::{Mapping, Value};
use tierwalk_protocol::Term;
use tierwalk_selector::{Atom, Selector, Test};
use tierwalk_yaml::Node;

/// Operators of Calico's selectors.
pub(super) const OPERATORS: &[&str] = &[
    "==",
    "!=",
    "in",
    "not in",
    "has",
    "does not have",
    "contains",
    "starts with",
    "ends with",
    "all",
    "global",
];
/// Operators of label selectors of Kubernetes.
pub(super) const MATCH_OPERATORS: &[&str] = &["==", "in", "not in", "has", "does not have"];

/// The conditions of a selector; `None` if it is more than conditions joined by `&&`.
pub(super) fn of_selector(text: &str) -> Option<Vec<Term>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let selector = Selector::parse(text).ok()?;
    let atoms = selector.atoms();
    let mut terms = Vec::new();
    let mut before = 0;
    for atom in atoms {
        let negated = joint(text.get(before..atom.span().start)?, before == 0)?;
        terms.push(term(atom, negated)?);
        before = atom.span().end;
    }
    text.get(before..)?.trim().is_empty().then_some(terms)
}

/// What stands between two conditions: `&&`, and perhaps a `!`. Tells whether there is one.
fn joint(text: &str, is_first: bool) -> Option<bool> {
    let text = text.trim();
    let text = match is_first {
        true => text,
        false => text.strip_prefix("&&")?.trim_start(),
    };
    match text {
        "" => Some(false),
        "!" => Some(true),
        _ => None,
    }
}

fn term(atom: &Atom, negated: bool) -> Option<Term> {
    let list = |values: &[Box<str>]| values.join(", ");
    let (operator, value) = match (atom.test(), negated) {
        (Test::Has, true) => ("does not have", String::new()),
        (_, true) => return None,
        (Test::Equal(value), _) => ("==", value.to_string()),
        (Test::NotEqual(value), _) => ("!=", value.to_string()),
        (Test::Contains(value), _) => ("contains", value.to_string()),
        (Test::StartsWith(value), _) => ("starts with", value.to_string()),
        (Test::EndsWith(value), _) => ("ends with", value.to_string()),
        (Test::In(values), _) => ("in", list(values)),
        (Test::NotIn(values), _) => ("not in", list(values)),
        (Test::Has, _) => ("has", String::new()),
        (Test::All, _) => ("all", String::new()),
        (Test::Global, _) => ("global", String::new()),
    };
    Some(Term {
        key: atom.key().unwrap_or_default().to_owned(),
        operator: operator.to_owned(),
        value,
    })
}

/// A selector of these conditions, in the quotes of the one that it takes the place of. Conditions that it had
/// already are written as they were.
pub(super) fn to_selector(terms: &[Term], before: &str) -> String {
    let quote = match before.find(['\'', '"']).and_then(|at| before.get(at..=at)) {
        Some("\"") => '"',
        _ if before.is_empty() => '"',
        _ => '\'',
    };
    let old = of_selector(before).unwrap_or_default();
    let parsed = Selector::parse(before).ok();
    let written = |term: &Term| {
        let at = old.iter().position(|it| it == term)?;
        let span = parsed.as_ref()?.atoms().get(at)?.span();
        (term.operator != "does not have").then(|| before.get(span).map(str::to_owned))?
    };
    let complete = terms.iter().filter(|term| is_complete(term));
    let texts = complete.map(|term| written(term).unwrap_or_else(|| condition(term, quote)));
    texts.collect::<Vec<_>>().join(" && ")
}

/// A condition without a key is one that is still being filled in.
fn is_complete(term: &Term) -> bool {
    !term.key.trim().is_empty() || matches!(term.operator.as_str(), "all" | "global")
}

fn condition(term: &Term, quote: char) -> String {
    let key = term.key.trim();
    let quoted = |value: &str| {
        let quote = match (value.contains('"'), value.contains('\'')) {
            (true, _) => '\'',
            (_, true) => '"',
            _ => quote,
        };
        format!("{quote}{value}{quote}")
    };
    let set = || {
        let values: Vec<String> = parts(&term.value).map(quoted).collect();
        format!("{{{}}}", values.join(", "))
    };
    match term.operator.as_str() {
        "has" => format!("has({key})"),
        "does not have" => format!("!has({key})"),
        "all" => "all()".to_owned(),
        "global" => "global()".to_owned(),
        operator @ ("in" | "not in") => format!("{key} {operator} {}", set()),
        operator => format!("{key} {operator} {}", quoted(&term.value)),
    }
}

/// Values that are parted by commas.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The conditions of a label selector; `None` if something else is in it.
pub(super) fn of_match(node: &Node) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    for entry in node.entries() {
        match &*entry.key {
            "matchLabels" => terms.extend(of_labels(&entry.value, "==")?),
            "matchExpressions" => {
                for item in entry.value.items() {
                    terms.push(expression(item)?);
                }
            }
            _ => return None,
        }
    }
    Some(terms)
}

fn expression(item: &Node) -> Option<Term> {
    let operator = match item.get("operator")?.as_str()? {
        "In" => "in",
        "NotIn" => "not in",
        "Exists" => "has",
        "DoesNotExist" => "does not have",
        _ => return None,
    };
    let values = item.get("values").map(Node::items).unwrap_or_default();
    let values: Option<Vec<&str>> = values.iter().map(Node::as_str).collect();
    Some(Term {
        key: item.get("key")?.as_str()?.to_owned(),
        operator: operator.to_owned(),
        value: values?.join(", "),
    })
}

/// A label selector of these conditions.
pub(super) fn to_match(terms: &[Term]) -> Value {
    let mut map = Mapping::new();
    let labels = terms.iter().filter(|term| term.operator == "==");
    let labels: Vec<Term> = labels.cloned().collect();
    let labels = to_labels(&labels);
    if labels.as_mapping().is_some_and(|map| !map.is_empty()) {
        map.insert("matchLabels".into(), labels);
    }
    let others = terms
        .iter()
        .filter(|term| term.operator != "==" && is_complete(term));
    let expressions: Vec<Value> = others.map(to_expression).collect();
    if !expressions.is_empty() {
        map.insert("matchExpressions".into(), Value::Sequence(expressions));
    }
    Value::Mapping(map)
}

fn to_expression(term: &Term) -> Value {
    let operator = match term.operator.as_str() {
        "in" => "In",
        "not in" => "NotIn",
        "has" => "Exists",
        _ => "DoesNotExist",
    };
    let mut map = Mapping::new();
    map.insert("key".into(), term.key.trim().into());
    map.insert("operator".into(), operator.into());
    if operator.ends_with("In") {
        let values = parts(&term.value).map(Value::from).collect();
        map.insert("values".into(), Value::Sequence(values));
    }
    Value::Mapping(map)
}

/// Labels; `None` if one is no text.
pub(super) fn of_labels(node: &Node, operator: &str) -> Option<Vec<Term>> {
    let entries = node.entries().iter();
    entries
        .map(|entry| {
            Some(Term {
                key: entry.key.to_string(),
                operator: operator.to_owned(),
                value: entry.value.as_str()?.to_owned(),
            })
        })
        .collect()
}

/// Labels as they are written.
pub(super) fn to_labels(terms: &[Term]) -> Value {
    let complete = terms.iter().filter(|term| !term.key.trim().is_empty());
    let labels = complete.map(|term| (term.key.trim().into(), term.value.as_str().into()));
    Value::Mapping(labels.collect())
}
