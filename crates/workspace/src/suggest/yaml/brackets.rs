//! Lists and mappings in brackets.

use tierwalk_source::{Span, TextEdit};
use tierwalk_yaml::{Document, Kind, Node};

/// Block lines as they stand in brackets; `None` if they are not YAML.
pub(super) fn inline(lines: &[String]) -> Option<String> {
    let document = Document::parse(&lines.join("\n"));
    let root = document.root.as_ref()?;
    Some(told(&document.text, root))
}

fn told(text: &str, node: &Node) -> String {
    if node.is_in_brackets(text) {
        return node.span.of(text).to_owned();
    }
    match &node.kind {
        Kind::Map(entries) => {
            let entries = entries.iter().map(|entry| {
                let (key, value) = (entry.key_span.of(text), told(text, &entry.value));
                format!("{key}: {value}")
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Kind::Seq(items) => {
            let items = items.iter().map(|item| told(text, item));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        _ => node.span.of(text).to_owned(),
    }
}

/// Takes one of these out, with a comma.
pub(super) fn remove(parts: &[Span], index: usize) -> Option<TextEdit> {
    let part = parts.get(index)?;
    let before = index.checked_sub(1).and_then(|at| parts.get(at));
    let span = match (before, parts.get(index + 1)) {
        (Some(before), _) => Span::new(before.end as usize, part.end as usize),
        (None, Some(after)) => Span::new(part.start as usize, after.start as usize),
        (None, None) => *part,
    };
    let text = String::new();
    Some(TextEdit { span, text })
}
