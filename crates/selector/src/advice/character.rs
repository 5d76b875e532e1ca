//! Characters that cannot stand where they are.

use std::ops::Range;

use super::word::NAMES;
use super::{Advice, Scene, braced};
use crate::lexer::is_label_char;
use crate::token::Kind;

const FINAL_LINE_BREAK: &str =
    "a selector has no line breaks; a YAML `|` block leaves one at the end: use `>-` or quotes";
const LINE_BREAK: &str =
    "a selector has no line breaks; write it on one line, or in a YAML `>-` block";

impl Scene<'_, '_> {
    /// Neither a token nor a label begins here.
    pub(super) fn no_identifier(&self) -> Advice {
        if let Some(advice) = self.has_argument().or_else(|| self.odd_character()) {
            return advice;
        }
        let help = match self.char_here() {
            Some('#') => "a selector has no comments".to_owned(),
            Some('*' | '?' | '~' | '^') => {
                "there are no patterns: `all()` selects everything".to_owned()
            }
            Some(c) => format!("`{}` has no meaning here; {NAMES}", c.escape_debug()),
            None => "something is missing at the end".to_owned(),
        };
        Advice::at(self.place(), help)
    }

    /// What stands between `has(` and `)`.
    fn has_argument(&self) -> Option<Advice> {
        let read = self.slice(self.end_before()..self.fault.at);
        if !read.trim_end_matches([' ', '\t']).ends_with("has(") {
            return None;
        }
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let name = quote.and_then(|quote| rest[1..].split(quote).next());
        match name.filter(|name| !name.is_empty() && name.chars().all(is_label_char)) {
            Some(name) => {
                let place = self.fault.at..(self.fault.at + name.len() + 2).min(self.text.len());
                Some(Advice::at(place, "the label name is not quoted").replacing(name))
            }
            None if rest.is_empty() || rest.starts_with(')') => {
                Some(Advice::at(self.place(), "name a label, as in `has(app)`"))
            }
            None => self
                .odd_character()
                .or_else(|| Some(Advice::at(self.place(), NAMES))),
        }
    }

    /// Characters that come from YAML, JSON or a word processor.
    pub(super) fn odd_character(&self) -> Option<Advice> {
        match self.char_here()? {
            '\n' | '\r' => Some(self.line_break()),
            '[' => Some(self.bracket()),
            c if is_odd_quote(c) => Some(self.typographic_quote()),
            c if c.is_whitespace() || c == '\u{feff}' => {
                let help = "only spaces and tabs may stand between words";
                Some(Advice::at(self.place(), help).replacing(" "))
            }
            _ => None,
        }
    }

    fn line_break(&self) -> Advice {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start().len();
        let place = self.fault.at..self.fault.at + len;
        let (help, replacement) = match len == rest.len() {
            true => (FINAL_LINE_BREAK, ""),
            false => (LINE_BREAK, " "),
        };
        Advice::at(place, help).replacing(replacement)
    }

    fn bracket(&self) -> Advice {
        let advice = Advice::at(
            self.place(),
            "the values of a set stand in braces: `{'a', 'b'}`",
        );
        match self.list_until(']') {
            Some((range, set)) if matches!(self.kind_before(1), Some(Kind::In | Kind::NotIn)) => {
                advice.fixed(range, set)
            }
            _ => advice,
        }
    }

    /// A bracketed list that begins at the fault, and the set that it should be.
    pub(super) fn list_until(&self, close: char) -> Option<(Range<usize>, String)> {
        let rest = self.rest();
        let end = rest.find(close)?;
        let set = braced(rest.get(1..end)?)?;
        Some((self.fault.at..self.fault.at + end + 1, set))
    }

    fn typographic_quote(&self) -> Advice {
        let advice = Advice::at(self.place(), "use plain quotes: `'` or `\"`");
        let start = self.place().end;
        let rest = self.slice(start..self.text.len());
        let Some((end, close)) = rest.char_indices().find(|(_, c)| is_odd_quote(*c)) else {
            return advice;
        };
        match super::quoted(&rest[..end]) {
            Some(value) => advice.fixed(self.fault.at..start + end + close.len_utf8(), value),
            None => advice,
        }
    }

    pub(super) fn single_equals(&self) -> Advice {
        let place = self.place();
        let before = self.before(1).filter(|token| token.span.end == place.start);
        let follows_not = self.kind_before(1) == Some(Kind::Not);
        let next = self.rest().chars().nth(1);
        match (before.map(|token| token.kind), next) {
            (Some(Kind::Eq), _) => Advice::at(place, "selectors use `==`").replacing(""),
            (Some(Kind::Ne), _) => Advice::at(place, "selectors use `!=`").replacing(""),
            (_, Some('~')) => Advice::at(place, "there are no patterns: use `contains`"),
            (_, Some('!')) => {
                let place = place.start..place.end + 1;
                Advice::at(place, "selectors use `!=`").replacing("!=")
            }
            _ if follows_not => {
                let start = self.before(1).map_or(place.start, |not| not.span.start);
                Advice::at(start..place.end, "write `!=` without a space").replacing("!=")
            }
            _ => Advice::at(place, "selectors use `==`").replacing("=="),
        }
    }

    pub(super) fn single_connective(&self, half: char) -> Advice {
        let symbol = format!("{half}{half}");
        let advice = Advice::at(
            self.place(),
            format!("conditions are joined with `{symbol}`"),
        );
        let third = self.before(1).is_some_and(|token| {
            token.span.end == self.fault.at && self.slice(token.span.clone()) == symbol
        });
        advice.replacing(if third { "" } else { &symbol })
    }

    pub(super) fn unterminated(&self) -> Advice {
        let quote = self.char_here().unwrap_or('\'');
        if let Some(advice) = self.quote_in_value(quote) {
            return advice;
        }
        let end = self.text.len();
        let advice = Advice::at(
            self.fault.at..end,
            format!("close the string with `{quote}`"),
        );
        let value = self.slice(self.fault.at + 1..end);
        match !value.is_empty() && value.chars().all(is_label_char) {
            true => advice.fixed(end..end, quote),
            false => advice,
        }
    }

    /// `'it's'` and `'it\'s'`: what follows the first part touches it.
    fn quote_in_value(&self, quote: char) -> Option<Advice> {
        let (literal, word) = (self.before(2)?, self.before(1)?);
        let touches = literal.span.end == word.span.start && word.span.end == self.fault.at;
        let is_value = matches!(
            (literal.kind, word.kind),
            (Kind::Literal(_), Kind::Label(_))
        );
        if !touches || !is_value || !self.slice(literal.span.clone()).ends_with(quote) {
            return None;
        }
        let other = if quote == '\'' { '"' } else { '\'' };
        let place = literal.span.start..self.fault.at + 1;
        let value = self
            .slice(place.start + 1..self.fault.at)
            .replace(&format!("\\{quote}"), &quote.to_string());
        let help = format!("there are no escapes: put a value with `{quote}` between `{other}`");
        let advice = Advice::at(place, help);
        match value.contains(other) {
            true => Some(advice),
            false => Some(advice.replacing(format!("{other}{value}{other}"))),
        }
    }

    /// `has(`, `all(` or `global(` is not closed where it has to be.
    pub(super) fn no_closing(&self, open: &str) -> Advice {
        let rest = self.rest();
        if rest.is_empty() || rest.starts_with(['&', '|']) {
            let end = self
                .slice(0..self.fault.at)
                .trim_end_matches([' ', '\t'])
                .len();
            let help = format!("close `{open}` with `)`");
            return Advice::at(self.place(), help).fixed(end..end, ")");
        }
        let help = match open {
            "has(" => "`has()` takes one label name and nothing else".to_owned(),
            _ => format!("`{open})` takes nothing between the parentheses"),
        };
        Advice::at(self.place(), help)
    }
}

fn is_odd_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '„' | '`')
}
