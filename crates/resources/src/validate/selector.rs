//! Selectors wherever they are written.

use tierwalk_selector::{ParseError, Selector};
use tierwalk_source::{Diagnostic, Fix, Span};
use tierwalk_yaml::Node;

use crate::codes;
use crate::problem::{At, Problems, ignored_by_native_clusters};

/// Characters that the schema allows (Calico `api/pkg/apis/projectcalico/v3/policy_common.go`).
const MAX_LENGTH: usize = 1024;

/// A selector with the schema's length limit.
pub(super) fn check(at: &At<'_>, text: &str, problems: &mut Problems<'_>) {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        let message = format!("{} may not be more than {MAX_LENGTH} bytes", at.name());
        let help = format!("it has {length} characters; several rules can share the work");
        return problems.error(at, codes::LIMIT, message, help);
    }
    check_syntax(at, text, problems);
}

/// A selector of any length.
pub(super) fn check_syntax(at: &At<'_>, text: &str, problems: &mut Problems<'_>) {
    if let Err(error) = Selector::parse(text) {
        let diagnostic = syntax(at, text, error, problems);
        problems.add(at, ignored_by_native_clusters(diagnostic));
    }
}

/// Whether `global()` is used where only a rule's `namespaceSelector` may say it. Like Calico's schema, this
/// looks at the text and so finds it in values, too.
pub(super) fn check_not_global(at: &At<'_>, text: &str, problems: &mut Problems<'_>) {
    if text.contains("global(") {
        problems.error(
            at,
            codes::GLOBAL,
            "global() can only be used in an EntityRule namespaceSelector",
            "write it as the `namespaceSelector` of a rule's `source` or `destination`",
        );
    }
}

/// A rule's namespace selector is `global()` alone or does not have it at all.
pub(super) fn check_global_alone(at: &At<'_>, text: &str, problems: &mut Problems<'_>) {
    let words: String = text.split([' ', '\t']).collect();
    if text.contains("global(") && words != "global()" {
        problems.unseen(
            at,
            codes::GLOBAL,
            "global() cannot be combined with other selectors",
            "it stands alone; use a rule of its own for it",
        );
    }
}

fn syntax(at: &At<'_>, text: &str, error: ParseError, problems: &Problems<'_>) -> Diagnostic {
    let message = format!("{} is not a selector: {}", at.name(), error.message);
    let place = problems
        .node(at)
        .and_then(|node| Place::find(node, text, problems));
    let Some(place) = place else {
        let header = problems.node(at).and_then(|node| header(node, problems));
        let span = header.unwrap_or_else(|| problems.span(at));
        let diagnostic = Diagnostic::error(codes::SELECTOR, span, message).help(error.help);
        return match header.and_then(|header| folded(header, text, problems)) {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        };
    };
    let span = place.span(error.offset, error.offset + error.len);
    let diagnostic = Diagnostic::error(codes::SELECTOR, span, message).help(error.help);
    match error.fix.and_then(|fix| place.fix(&fix)) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

/// The `|` or `>` of a block scalar that keeps line breaks, with what belongs to it.
fn header(node: &Node, problems: &Problems<'_>) -> Option<Span> {
    let written = node.span.of(&problems.document().text);
    let len = written.find(|c: char| !matches!(c, '|' | '>' | '-' | '+' | '0'..='9'))?;
    let start = node.span.start as usize;
    let keeps_breaks = written.starts_with(['|', '>']) && !written.starts_with(">-");
    keeps_breaks.then(|| Span::new(start, start + len))
}

/// Folds a block into one line, if that makes a selector of it.
fn folded(header: Span, text: &str, problems: &Problems<'_>) -> Option<Fix> {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let is_plain = |line: &&str| !line.is_empty() && !line.starts_with([' ', '\t']);
    let reads = lines.iter().all(is_plain) && Selector::parse(&lines.join(" ")).is_ok();
    let written = header.of(&problems.document().text);
    let indent: String = written.chars().filter(char::is_ascii_digit).collect();
    reads.then(|| Fix::replace("Write it in a `>-` block", header, format!(">{indent}-")))
}

/// Where a scalar's text stands, if it stands there as it is.
struct Place {
    start: usize,
    quote: Option<char>,
}

impl Place {
    fn find(node: &Node, text: &str, problems: &Problems<'_>) -> Option<Self> {
        let written = node.span.of(&problems.document().text);
        let quote = written.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let before = quote.map_or(0, char::len_utf8);
        let found = written.get(before..before + text.len()) == Some(text);
        let length = text.len() + 2 * before;
        let start = node.span.start as usize + before;
        (found && written.len() == length).then_some(Self { start, quote })
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.start + from, self.start + to)
    }

    /// The selector's own fix as an edit of the YAML, unless YAML would read it differently.
    fn fix(&self, fix: &tierwalk_selector::Fix) -> Option<Fix> {
        let span = self.span(fix.range.start, fix.range.end);
        let text = match self.quote {
            Some('\'') => fix.replacement.replace('\'', "''"),
            Some(_) if fix.replacement.contains(['"', '\\']) => return None,
            Some(_) => fix.replacement.clone(),
            None if fix.range.start == 0 || fix.replacement.contains(": ") => return None,
            None => fix.replacement.clone(),
        };
        let title = match fix.replacement.as_str() {
            "" => "Remove it".to_owned(),
            replacement => format!("Write `{replacement}`"),
        };
        Some(Fix::replace(title, span, text))
    }
}
