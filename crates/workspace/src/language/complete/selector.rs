//! Selectors, while they are written: keys, operators and values that are in use.

use tierwalk_protocol::Completion;

use super::field::few;
use super::{Found, word};
use crate::Workspace;
use crate::language::cursor::Cursor;
use crate::language::schema::Of;
use crate::language::vocabulary::{self, InUse};

/// What a selector wants next.
#[derive(Clone, Debug, PartialEq)]
enum Want<'t> {
    Operand,
    Operator(&'t str),
    Value(&'t str),
    /// A value among those of a set.
    Member(&'t str),
    /// `{`, behind `in`.
    Set(&'t str),
    /// A value whose quote is open.
    Quoted(&'t str, char),
    /// The key in `has(`.
    Has,
    Joint,
}

/// How a selector goes on behind what is written of it, and where the word at hand begins.
fn wanted(text: &str) -> (Want<'_>, usize) {
    let mut want = Want::Operand;
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let body = rest.trim_start();
        at += rest.len() - body.len();
        let Some(first) = body.chars().next() else {
            return (want, at);
        };
        let length = match first {
            '"' | '\'' => match body.get(1..).and_then(|inside| inside.find(first)) {
                Some(inside) => inside + 2,
                None => return (Want::Quoted(key(&want), first), at + 1),
            },
            c if is_name(c) => body.find(|c| !is_name(c)).unwrap_or(body.len()),
            '=' | '&' | '|' => body.find(|c| c != first).unwrap_or(body.len()),
            '!' if body.starts_with("!=") => 2,
            c => c.len_utf8(),
        };
        if at + length == text.len() && is_name(first) {
            return (want, at);
        }
        let token = body.get(..length).unwrap_or_default();
        want = after(want, token, body.get(length..).unwrap_or_default());
        at += length;
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-')
}

fn key<'t>(want: &Want<'t>) -> &'t str {
    match want {
        Want::Operator(key)
        | Want::Value(key)
        | Want::Member(key)
        | Want::Set(key)
        | Want::Quoted(key, _) => key,
        Want::Operand | Want::Has | Want::Joint => "",
    }
}

fn after<'t>(want: Want<'t>, token: &'t str, rest: &str) -> Want<'t> {
    match (want, token) {
        (_, "&&" | "||" | "!") => Want::Operand,
        (Want::Operand, "has") if rest.starts_with('(') => Want::Has,
        (Want::Operand, "all" | "global") if rest.starts_with('(') => Want::Joint,
        (Want::Operand, "(") => Want::Operand,
        (Want::Operand, name) if name.starts_with(is_name) => Want::Operator(name),
        (Want::Operator(key), "in") => Want::Set(key),
        (Want::Operator(key), "==" | "!=" | "contains" | "with") => Want::Value(key),
        (Want::Set(key) | Want::Member(key), "{" | ",") => Want::Member(key),
        (Want::Member(key), value) if value.starts_with(['"', '\'']) => Want::Member(key),
        (Want::Value(_), _) | (_, "}" | ")") => Want::Joint,
        (same, _) => same,
    }
}

/// What can be written in a selector that began at `from`.
pub(super) fn complete(
    workspace: &Workspace,
    cursor: &Cursor<'_>,
    of: Of,
    from: usize,
    quote: Option<char>,
) -> Found {
    let written = cursor.written(from);
    let (want, at) = wanted(written);
    let rest = cursor.text.get(cursor.at..).unwrap_or_default();
    let labels = vocabulary::labels(workspace, of);
    let inner = if quote == Some('"') { '\'' } else { '"' };
    let items = match want {
        Want::Operand => operands(&labels, of, quote.is_none() && at == 0),
        Want::Operator(_) => operators(inner),
        Want::Value(key) | Want::Member(key) => values(&labels, key, Some(inner), inner),
        Want::Quoted(key, open) => {
            let closed = rest.starts_with(open);
            values(&labels, key, None, if closed { '\0' } else { open })
        }
        Want::Set(_) => vec![snippet("{ }", format!("{{{inner}${{}}{inner}}}"), "values")],
        Want::Has => keys(&labels, |key| {
            format!("{key}{}", if rest.starts_with(')') { "" } else { ")" })
        }),
        Want::Joint => joints(),
    };
    Found {
        from: from + at,
        items,
    }
}

fn keys(labels: &InUse, insert: impl Fn(&str) -> String) -> Vec<Completion> {
    let items = labels.iter().map(|(key, values)| Completion {
        insert: insert(key),
        again: true,
        ..word(key.as_str(), "label", few(values.iter().cloned()))
    });
    items.collect()
}

fn operands(labels: &InUse, of: Of, begins_plain: bool) -> Vec<Completion> {
    let mut items = keys(labels, |key| format!("{key} "));
    items.push(word("all()", "", "Everything."));
    items.push(snippet(
        "has()",
        "has(${})".to_owned(),
        "The label is there, whatever its value.",
    ));
    if !begins_plain {
        items.push(snippet(
            "!has()",
            "!has(${})".to_owned(),
            "The label is not there.",
        ));
    }
    if of == Of::Namespaces {
        items.push(word(
            "global()",
            "",
            "What has no namespace: host endpoints and global network sets. Rules only.",
        ));
    }
    items
}

fn operators(quote: char) -> Vec<Completion> {
    let simple = [
        ("==", "The label has this value."),
        ("!=", "The label has another value, or is not there."),
    ];
    let simple = simple.map(|(text, doc)| Completion {
        insert: format!("{text} "),
        again: true,
        ..word(text, "", doc)
    });
    let sets = [
        ("in", "The label has one of these values."),
        (
            "not in",
            "The label has none of these values, or is not there.",
        ),
    ];
    let sets =
        sets.map(|(text, doc)| snippet(text, format!("{text} {{{quote}${{}}{quote}}}"), doc));
    let parts = [
        ("contains", "The value has this in it."),
        ("starts with", "The value begins with this."),
        ("ends with", "The value ends with this."),
    ];
    let parts = parts.map(|(text, doc)| snippet(text, format!("{text} {quote}${{}}{quote}"), doc));
    simple.into_iter().chain(sets).chain(parts).collect()
}

/// Values of a label, between these quotes.
fn values(labels: &InUse, key: &str, before: Option<char>, after: char) -> Vec<Completion> {
    let values = labels.get(key).into_iter().flatten();
    let after = Some(after).filter(|quote| *quote != '\0');
    let items = values.map(|value| {
        let insert = before.into_iter().chain(value.chars()).chain(after);
        Completion {
            insert: insert.collect(),
            ..word(value.as_str(), key, "")
        }
    });
    items.collect()
}

fn joints() -> Vec<Completion> {
    let items = [
        ("&&", "Both sides hold."),
        ("||", "One side or the other holds."),
    ];
    let items = items.map(|(text, doc)| Completion {
        insert: format!("{text} "),
        again: true,
        ..word(text, "", doc)
    });
    items.into()
}

fn snippet(label: &str, insert: String, doc: &str) -> Completion {
    Completion {
        insert,
        snippet: true,
        again: true,
        ..word(label, "", doc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_says_what_it_wants_next() {
        for (text, want, at) in [
            ("", Want::Operand, 0),
            ("ap", Want::Operand, 0),
            ("app ", Want::Operator("app"), 4),
            ("app =", Want::Operator("app"), 5),
            ("app == ", Want::Value("app"), 7),
            ("app == \"fr", Want::Quoted("app", '"'), 8),
            ("app == \"a\" ", Want::Joint, 11),
            ("app == \"a\" && ro", Want::Operand, 14),
            ("app in {", Want::Member("app"), 8),
            ("app in {\"a\", ", Want::Member("app"), 13),
            ("app not in {'a', 'b", Want::Quoted("app", '\''), 18),
            ("has(ap", Want::Has, 4),
            ("has(app) || ", Want::Operand, 12),
            ("!has(app) ", Want::Joint, 10),
            ("all() ", Want::Joint, 6),
            ("app starts with ", Want::Value("app"), 16),
            ("(a == 'b') && ", Want::Operand, 14),
        ] {
            assert_eq!(wanted(text), (want, at), "{text}");
        }
    }
}
