//! Words: labels where something else was meant, and unknown operators.

use super::{Advice, Scene, quoted, value_len};
use crate::error::Cause;
use crate::lexer::is_label_char;
use crate::token::{Kind, Token};

const OPERATORS: &str =
    "after a label name comes `==`, `!=`, `in`, `not in`, `contains`, `starts with` or `ends with`";
const NO_ORDER: &str = "label values are text and have no order: use `==`, `!=`, `in` or `not in`";
const NO_PATTERNS: &str =
    "there are no patterns: use `contains`, `starts with` or `ends with` with plain text";
const QUOTE: &str = "quote the value";
pub(super) const NAMES: &str = "a label name has letters, digits, `_`, `.`, `/` and `-` only";

/// Spellings that are not Calico's, in lower case, and what was meant.
const SPELLINGS: [(&str, &str); 25] = [
    ("in", "in"),
    ("not in", "not in"),
    ("notin", "not in"),
    ("not-in", "not in"),
    ("not_in", "not in"),
    ("contains", "contains"),
    ("contain", "contains"),
    ("includes", "contains"),
    ("starts with", "starts with"),
    ("startswith", "starts with"),
    ("starts-with", "starts with"),
    ("starts_with", "starts with"),
    ("begins with", "starts with"),
    ("hasprefix", "starts with"),
    ("ends with", "ends with"),
    ("endswith", "ends with"),
    ("ends-with", "ends with"),
    ("ends_with", "ends with"),
    ("hassuffix", "ends with"),
    ("equals", "=="),
    ("is", "=="),
    ("eq", "=="),
    ("is not", "!="),
    ("ne", "!="),
    ("neq", "!="),
];

/// The words that Calico knows and people misspell.
const OPERATOR_WORDS: [&str; 4] = ["contains", "starts with", "ends with", "not in"];
const FUNCTIONS: [&str; 3] = ["has(", "all(", "global("];

impl<'a> Scene<'_, 'a> {
    /// A label that was meant as `&&`, `||` or `!`, or a value without quotes.
    pub(super) fn confused_word(&self) -> Option<Advice> {
        let back = match self.fault.cause {
            Cause::NoOperator | Cause::OtherThanOperator => 1,
            Cause::Leftovers | Cause::NoRightParen | Cause::NoRightBrace | Cause::NoString => 0,
            _ => return None,
        };
        let word = self.before(back)?;
        let Kind::Label(name) = word.kind else {
            return None;
        };
        self.connective_word(word, name, self.kind_before(back + 1))
            .or_else(|| self.bare_value(word, self.kind_before(back + 1)?))
    }

    fn connective_word(
        &self,
        word: &Token<'a>,
        name: &str,
        before: Option<Kind<'a>>,
    ) -> Option<Advice> {
        let follows = before.is_some_and(Kind::ends_condition);
        let (symbol, help) = match name.to_ascii_lowercase().as_str() {
            "and" if follows => ("&&", "conditions are joined with `&&`"),
            "or" if follows => ("||", "conditions are joined with `||`"),
            "not" if !follows && !before.is_some_and(Kind::wants_value) => {
                ("!", "negation is written `!`")
            }
            _ => return None,
        };
        Some(Advice::at(word.span.clone(), help).replacing(symbol))
    }

    fn bare_value(&self, word: &Token<'a>, before: Kind<'a>) -> Option<Advice> {
        if !before.wants_value() {
            return None;
        }
        let start = word.span.start;
        let place = start..start + value_len(self.slice(start..self.text.len()));
        let value = quoted(self.slice(place.clone()))?;
        Some(Advice::at(place, QUOTE).replacing(value))
    }

    /// Something that is no operator follows a label.
    pub(super) fn no_operator(&self) -> Advice {
        let adjacent = self.fault.at == self.end_before();
        match self.char_here() {
            Some('<' | '>') => Advice::at(self.place(), NO_ORDER),
            Some('~') => Advice::at(self.place(), NO_PATTERNS),
            Some(':') => self.colon(),
            Some(c) if is_label_char(c) => self.unknown_operator(),
            _ => self.odd_character().unwrap_or_else(|| {
                let help = if adjacent { NAMES } else { OPERATORS };
                Advice::at(self.place(), help)
            }),
        }
    }

    /// `app: 'web'` is YAML's way, `a:b` merely a bad name.
    fn colon(&self) -> Advice {
        let value = self
            .slice(self.fault.at + 1..self.text.len())
            .trim_start_matches([' ', '\t']);
        if !value.starts_with(['\'', '"']) {
            return Advice::at(self.place(), NAMES);
        }
        let place = self.end_before()..self.text.len() - value.len();
        Advice::at(self.place(), "selectors use `==`").fixed(place, " == ")
    }

    fn unknown_operator(&self) -> Advice {
        let words = self.rest();
        let first = value_len(words);
        let gap = words.len() - words[first..].trim_start_matches([' ', '\t']).len() - first;
        let second = value_len(&words[first + gap..]);
        let two = if second > 0 {
            first + gap + second
        } else {
            first
        };
        self.spelling(two)
            .or_else(|| self.spelling(first))
            .or_else(|| self.misspelling(two))
            .or_else(|| self.misspelling(first))
            .unwrap_or_else(|| self.no_such_operator(first))
    }

    /// Advice if the next `len` bytes are some spelling of an operator.
    fn spelling(&self, len: usize) -> Option<Advice> {
        let place = self.fault.at..self.fault.at + len;
        let written = self.slice(place.clone());
        let words: Vec<&str> = written.split_whitespace().collect();
        let spelling = words.join(" ").to_ascii_lowercase();
        let (_, meant) = SPELLINGS.iter().find(|(known, _)| *known == spelling)?;
        if words.concat() == meant.replace(' ', "") {
            return self.operator_without_value(place.end, meant);
        }
        Some(Advice::at(place, format!("the operator is written `{meant}`")).replacing(*meant))
    }

    fn misspelling(&self, len: usize) -> Option<Advice> {
        let place = self.fault.at..self.fault.at + len;
        let meant = similar(self.slice(place.clone()), &OPERATOR_WORDS)?;
        Some(Advice::at(place, format!("did you mean `{meant}`?")).replacing(meant))
    }

    /// A right two-word operator is not recognised only if an unquoted value follows it.
    fn operator_without_value(&self, end: usize, operator: &str) -> Option<Advice> {
        let rest = self.slice(end..self.text.len());
        let start = self.text.len() - rest.trim_start_matches([' ', '\t']).len();
        let place = start..start + value_len(self.slice(start..self.text.len()));
        let value = quoted(self.slice(place.clone()))?;
        if operator == "not in" {
            let help = "the values stand in braces and quotes";
            return Some(Advice::at(place, help).replacing(format!("{{{value}}}")));
        }
        Some(Advice::at(place, QUOTE).replacing(value))
    }

    fn no_such_operator(&self, len: usize) -> Advice {
        let place = self.fault.at..self.fault.at + len;
        let word = self.slice(place.clone());
        let label = self.before(1);
        if let (Some(label), "exists" | "exist" | "EXISTS") = (label, word) {
            let has = format!("has({})", self.slice(label.span.clone()));
            let help = format!("write `{has}`");
            return Advice::at(place.clone(), help).fixed(label.span.start..place.end, has);
        }
        if self.kind_before(2).is_some_and(Kind::ends_condition) {
            let place = label.map_or(place, |label| label.span.clone());
            return Advice::at(place, super::structure::JOIN);
        }
        let help = match word {
            "matches" | "like" | "LIKE" | "regex" => NO_PATTERNS,
            _ => OPERATORS,
        };
        Advice::at(place, help)
    }

    /// A label and nothing else: `kubectl -l app` means that the label is there.
    pub(super) fn lone_label(&self) -> Advice {
        let Some(label) = self.before(1) else {
            return Advice::at(self.place(), OPERATORS);
        };
        let place = label.span.clone();
        let name = self.slice(place.clone());
        match call(name) {
            Some("has(") => return Advice::at(place, "name a label, as in `has(app)`"),
            Some(call) => {
                return Advice::at(place, format!("write `{call})`")).replacing(format!("{call})"));
            }
            None => {}
        }
        let help = format!("write `has({name})` if any value will do, or `{name} == 'value'`");
        Advice::at(place, help).replacing(format!("has({name})"))
    }

    /// A symbol that is no operator follows a label.
    pub(super) fn other_than_operator(&self) -> Advice {
        let place = self.place();
        let insert =
            |what: &str| Advice::at(place.clone(), OPERATORS).fixed(place.start..place.start, what);
        match self.found_kind() {
            Kind::LParen => self.function(),
            Kind::Not => self.inner_negation(),
            Kind::Literal(_) => insert("== "),
            Kind::LBrace => insert("in "),
            Kind::And | Kind::Or | Kind::RParen => self.lone_label(),
            _ => Advice::at(place, OPERATORS),
        }
    }

    /// `has (x)`, `ALL()`, or a function that does not exist.
    fn function(&self) -> Advice {
        let Some(label) = self.before(1) else {
            return Advice::at(self.place(), OPERATORS);
        };
        let name = self.slice(label.span.clone());
        if let Some(call) = call(name) {
            let help = format!("write `{call})` in lower case, with nothing before `(`");
            return Advice::at(label.span.start..self.place().end, help).replacing(call);
        }
        let whole = label.span.start..self.place().end;
        if let Some(call) = similar(&format!("{name}("), &FUNCTIONS) {
            return Advice::at(whole, format!("did you mean `{call})`?")).replacing(call);
        }
        let help =
            format!("there is no `{name}()`: the functions are `has()`, `all()` and `global()`");
        Advice::at(label.span.clone(), help)
    }

    /// `zone !in {…}` and the like.
    fn inner_negation(&self) -> Advice {
        let place = self.place();
        let (Some(label), Some(next)) = (self.before(1), self.after()) else {
            return Advice::at(place, OPERATORS);
        };
        let name = self.slice(label.span.clone());
        let whole = label.span.start..next.span.end;
        match next.kind {
            Kind::Label("in") => Advice::at(place.start..next.span.end, "write `not in`")
                .fixed(whole, format!("{name} not in")),
            Kind::Label(word @ ("contains" | "starts" | "ends" | "startswith" | "endswith")) => {
                Advice::at(place, "`!` stands before the label")
                    .fixed(whole, format!("!{name} {word}"))
            }
            Kind::Literal(_) => Advice::at(place, "write `!=`").replacing("!="),
            _ => Advice::at(place, OPERATORS),
        }
    }
}

/// The function that was meant by a word.
fn call(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "has" | "exists" => Some("has("),
        "all" => Some("all("),
        "global" => Some("global("),
        _ => None,
    }
}

/// The known word that `written` is a slip of.
fn similar(written: &str, known: &[&'static str]) -> Option<&'static str> {
    if written.len() > 16 {
        return None;
    }
    let slips = |word: &str| strsim::osa_distance(&written.to_ascii_lowercase(), word);
    let nearest = known.iter().copied().min_by_key(|word| slips(word))?;
    let allowed = if nearest.len() < 8 { 1 } else { 2 };
    (slips(nearest) <= allowed).then_some(nearest)
}
