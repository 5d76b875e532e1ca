//! Reads the fields of the format. Slips that can mean only one thing are accepted with a warning and a fix.

use tierwalk_selector::Selector;
use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_yaml::{Entry, Kind, Node};

use super::keys::Keys;
use crate::emit::{Item, Value};
use crate::names;
use crate::scope::{Scope, content_start};

/// Text; numbers and booleans are taken as they are written.
pub(super) fn text(scope: &mut Scope<'_>, keys: &Keys<'_>, key: &str) -> Option<Item> {
    let entry = keys.set(key)?;
    let text = text_of(scope, key, &entry.value)?;
    let place = scope.written(keys.field(key), entry.key_span.to(entry.value.span));
    Some(Item::text(text, place))
}

/// The text of a scalar that was to be text.
pub(super) fn text_of(scope: &mut Scope<'_>, key: &str, node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Str(text) => Some(text.to_string()),
        Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) => {
            let written = node.span.of(scope.text).to_owned();
            scope.report(slip(
                node.span,
                format!("`{key}` is text, `{written}` is not"),
                "put it in quotes",
                format!("'{written}'"),
            ));
            Some(written)
        }
        _ => {
            scope.report(wrong_type(key, node, "text", "write one word or sentence"));
            None
        }
    }
}

/// A value of the wrong type that can mean only one thing.
pub(crate) fn slip(
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
    replacement: String,
) -> Diagnostic {
    Diagnostic::warning("template/type-slip", span, message)
        .help(help)
        .fix(Fix::replace(
            format!("Write `{replacement}`"),
            span,
            replacement,
        ))
}

/// A value of the wrong type that could mean anything.
pub(super) fn wrong_type(key: &str, node: &Node, wanted: &str, help: &str) -> Diagnostic {
    Diagnostic::error(
        "template/wrong-type",
        node.span,
        format!("`{key}` is {wanted}, this is {}", kind_words(node)),
    )
    .help(help)
}

/// What a node is, in words.
pub(crate) fn kind_words(node: &Node) -> &'static str {
    match node.kind {
        Kind::Null => "nothing",
        Kind::Bool(_) => "a boolean",
        Kind::Int(_) | Kind::Float(_) => "a number",
        Kind::Str(_) => "text",
        Kind::Seq(_) => "a list",
        Kind::Map(_) => "a mapping",
    }
}

/// A selector, checked against Calico's language. `rule_namespace` is true for the namespaces of a rule.
pub(super) fn selector(
    scope: &mut Scope<'_>,
    keys: &Keys<'_>,
    key: &str,
    rule_namespace: bool,
) -> Option<Item> {
    let mut item = text(scope, keys, key)?;
    let entry = keys.set(key)?;
    if let Value::Text(text) = &mut item.value {
        if let Some((selector, help)) = bare_word(text, rule_namespace) {
            scope.report(slip(
                entry.value.span,
                format!("`{text}` alone is not a selector"),
                help,
                selector.clone(),
            ));
            *text = selector;
        }
        check_selector(scope, &entry.value, text, rule_namespace);
    }
    Some(item)
}

/// `all` for `all()`, and the name of a namespace for the selector of that name.
fn bare_word(text: &str, rule_namespace: bool) -> Option<(String, &'static str)> {
    match text.trim() {
        "all" | "All" | "ALL" | "all(" => {
            Some(("all()".to_owned(), "the selector for everything is `all()`"))
        }
        "global" if rule_namespace => Some((
            "global()".to_owned(),
            "the selector for what has no namespace is `global()`",
        )),
        name if rule_namespace && names::is_dns_label(name) => Some((
            format!("projectcalico.org/name == \"{name}\""),
            "a namespace is selected by its labels; every namespace has its name as one",
        )),
        _ => None,
    }
}

/// Reports a text that Calico's parser refuses, or `global()` where Calico refuses it
/// (`libcalico-go/lib/validator/v3`).
pub(crate) fn check_selector(scope: &mut Scope<'_>, node: &Node, text: &str, rule_namespace: bool) {
    if let Some(diagnostic) = selector_problem(scope.text, node, text) {
        scope.refused_by_calico(diagnostic);
    } else if text.contains("global(") && !rule_namespace {
        scope.refused_by_calico(
            Diagnostic::error(
                "template/selector",
                node.span,
                "global() can only be used in an EntityRule namespaceSelector",
            )
            .help("write it as the namespace of a rule"),
        );
    }
}

/// What Calico's parser says of a text that is no selector.
pub(crate) fn selector_problem(document: &str, node: &Node, text: &str) -> Option<Diagnostic> {
    let error = Selector::parse(text).err()?;
    let start = content_start(document, node).filter(|_| node.as_str() == Some(text));
    let span = |from, len| {
        start.map_or(node.span, |start| {
            Span::new(start + from, start + from + len)
        })
    };
    let diagnostic = Diagnostic::error(
        "template/selector",
        span(error.offset, error.len),
        format!("`{text}` is not a selector: {}", error.message),
    )
    .help(error.help);
    match error.fix.filter(|_| start.is_some()) {
        Some(fix) => {
            let title = format!("Write `{}`", fix.apply(text));
            let place = span(fix.range.start, fix.range.len());
            Some(diagnostic.fix(Fix::replace(title, place, fix.replacement)))
        }
        None => Some(diagnostic),
    }
}

/// One of a few words, compared without case; `None` if it is none of them.
pub(super) fn word(
    scope: &mut Scope<'_>,
    entry: &Entry,
    key: &str,
    known: &[&'static str],
) -> Option<&'static str> {
    let text = text_of(scope, key, &entry.value)?;
    known_word(scope, &entry.value, key, &text, known)
}

/// As [`word`], of a text that is read already.
pub(super) fn known_word(
    scope: &mut Scope<'_>,
    node: &Node,
    key: &str,
    text: &str,
    known: &[&'static str],
) -> Option<&'static str> {
    if let Some(word) = known.iter().copied().find(|word| *word == text) {
        return Some(word);
    }
    if let Some(word) = known
        .iter()
        .copied()
        .find(|word| word.eq_ignore_ascii_case(text.trim()))
    {
        scope.report(slip(
            node.span,
            format!("`{text}` is written `{word}`"),
            "Calico compares these words letter by letter",
            word.to_owned(),
        ));
        return Some(word);
    }
    let words: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
    let mut diagnostic = Diagnostic::error(
        "template/unknown-value",
        node.span,
        format!("`{text}` is no `{key}`"),
    )
    .help(format!("write {}", words.join(", ")));
    if let Some(word) = nearest(text, known.iter().copied()) {
        diagnostic = diagnostic.fix(Fix::replace(format!("Write `{word}`"), node.span, word));
    }
    scope.report(diagnostic);
    None
}

/// The order of a policy.
pub(super) fn order(scope: &mut Scope<'_>, keys: &Keys<'_>) -> Option<Item> {
    const KEY: &str = "PolicyOrder";
    let help = "policies of a tier are evaluated from the lowest order up; write a number, or `''` for last";
    let entry = keys.require(scope, KEY, help)?;
    let node = &entry.value;
    let value = match &node.kind {
        Kind::Int(value) => Value::Int(*value),
        Kind::Float(value) => Value::Float(*value),
        Kind::Str(text) if text.is_empty() => {
            scope.report(
                Diagnostic::new(
                    tierwalk_source::Severity::Info,
                    "template/no-order",
                    entry.key_span,
                    "a policy without an order is evaluated last",
                )
                .help("write a number to say when"),
            );
            return None;
        }
        Kind::Str(text) => quoted_order(scope, node, text)?,
        _ => {
            scope.report(wrong_type(KEY, node, "a number", help));
            return None;
        }
    };
    let place = scope.written(keys.field(KEY), entry.key_span.to(node.span));
    Some(Item::new(value, place))
}

fn quoted_order(scope: &mut Scope<'_>, node: &Node, text: &str) -> Option<Value> {
    let trimmed = text.trim();
    let whole = trimmed.parse().map(Value::Int);
    let value = whole.or_else(|_| trimmed.parse().map(Value::Float)).ok();
    let Some(value) = value.filter(|value| !matches!(value, Value::Float(v) if !v.is_finite()))
    else {
        scope.report(wrong_type(
            "PolicyOrder",
            node,
            "a number",
            "write a number such as `500`",
        ));
        return None;
    };
    scope.report(slip(
        node.span,
        "`PolicyOrder` is a number, this is text",
        "write it without quotes",
        trimmed.to_owned(),
    ));
    Some(value)
}
