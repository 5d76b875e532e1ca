//! Lists of flows: YAML documents with `flows:`, and files of lines.

use tierwalk_source::{Checked, Diagnostic, Span};
use tierwalk_yaml::{Document, Kind, Node};

use super::{Entry, FlowSpec, line, mapping};

/// Further flows of one list are not read; they are reported.
const MAX_FLOWS: usize = 20_000;

/// The flows of a YAML document; `None` if it is no list of flows, but a resource or something else.
/// `text` is the text of the document.
pub fn read_document(text: &str, document: &Document) -> Option<Checked<Vec<Entry>>> {
    let root = document.root.as_ref()?;
    let flows = root.get("flows")?;
    if root.get("apiVersion").is_some() || root.get("kind").is_some() {
        return None;
    }
    let mut list = Checked::default();
    match &flows.kind {
        Kind::Seq(items) => {
            let flows = items.iter().take(MAX_FLOWS);
            flows.for_each(|item| read_item(&mut list, text, item));
            let more = items.get(MAX_FLOWS).map(|item| too_many(item.span));
            list.diagnostics.extend(more);
        }
        Kind::Null => {}
        _ => list.diagnostics.push(not_a_list(flows.span)),
    }
    Some(list)
}

/// The flows of a text that has one in each line.
pub fn read_lines(text: &str) -> Checked<Vec<Entry>> {
    let mut list: Checked<Vec<Entry>> = Checked::default();
    let mut offset = 0;
    for full in text.split_inclusive('\n') {
        let content = line::without_comment(full);
        let start = offset + content.len() - content.trim_start().len();
        let content = content.trim();
        let span = Span::new(start, start + content.len());
        if !content.is_empty() && list.value.len() == MAX_FLOWS {
            list.diagnostics.push(too_many(span));
            break;
        }
        if !content.is_empty() {
            push(&mut list, span, Some(start), content);
        }
        offset += full.len();
    }
    list
}

fn read_item(list: &mut Checked<Vec<Entry>>, text: &str, item: &Node) {
    match &item.kind {
        Kind::Str(value) => push(
            list,
            item.span,
            content_start(text, item.span, value),
            value,
        ),
        Kind::Map(_) => mapping::read(list, text, item),
        _ => {
            let message = "this is not a flow";
            let diagnostic = Diagnostic::error("flow/syntax", item.span, message)
                .help("write a flow like `storefront/frontend -> backend tcp/8080 allow`");
            list.value
                .push(unreadable(item.span, item.span.of(text), message));
            list.diagnostics.push(diagnostic);
        }
    }
}

/// Reads one line that stands at `span`; `start` is where its text begins, if it stands there as it is.
fn push(list: &mut Checked<Vec<Entry>>, span: Span, start: Option<usize>, content: &str) {
    let flow = line::parse(content).map_err(|diagnostic| {
        let message = diagnostic.message.clone();
        list.diagnostics.push(match start {
            Some(start) => diagnostic.shifted(start),
            None => Diagnostic {
                span,
                fixes: Vec::new(),
                ..*diagnostic
            },
        });
        message
    });
    list.value.push(Entry {
        span,
        text: content.trim().to_owned(),
        name: None,
        flow,
    });
}

/// Where the text of a scalar begins in the source, unless escapes or folding changed it.
fn content_start(text: &str, span: Span, value: &str) -> Option<usize> {
    let source = span.of(text);
    let quote = source.starts_with(['"', '\'']).into();
    let written = source.get(quote..source.len().checked_sub(quote)?)?;
    (written == value).then_some(span.start as usize + quote)
}

pub(super) fn unreadable(span: Span, text: &str, message: &str) -> Entry {
    Entry {
        span,
        text: text.lines().next().unwrap_or_default().trim().to_owned(),
        name: None,
        flow: Err::<FlowSpec, _>(message.to_owned()),
    }
}

fn too_many(span: Span) -> Diagnostic {
    let message =
        format!("more than {MAX_FLOWS} flows in one list; from here on they are not read");
    Diagnostic::error("flow/too-many", span, message).help("split the list into several files")
}

fn not_a_list(span: Span) -> Diagnostic {
    Diagnostic::error("flow/syntax", span, "`flows` must be a list")
        .help("put each flow on a line of its own, after a dash: `- web -> api tcp/8080`")
}
