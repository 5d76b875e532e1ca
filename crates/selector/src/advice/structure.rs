//! Tokens that do not fit together.

use super::{Advice, Scene, braced};
use crate::lexer::is_label_char;
use crate::token::Kind;

pub(super) const JOIN: &str = "join conditions with `&&` or `||`";
const VALUE: &str = "the right-hand side is a value in quotes, as in `app == 'web'`";
const SET: &str = "the values stand in braces and quotes, as in `zone in {'a', 'b'}`";

impl Scene<'_, '_> {
    /// A comparison without a quoted value; unquoted words are dealt with before.
    pub(super) fn no_string(&self) -> Advice {
        let Some(operator) = self.before(1).filter(|_| self.found_kind() == Kind::LBrace) else {
            return Advice::at(self.place(), VALUE);
        };
        let set_operator = match operator.kind {
            Kind::Eq => "in",
            Kind::Ne => "not in",
            _ => return Advice::at(self.place(), VALUE),
        };
        let help = format!("a set is compared with `{set_operator}`");
        let before = self.slice(0..operator.span.start);
        let gap = if before.ends_with([' ', '\t']) {
            ""
        } else {
            " "
        };
        Advice::at(operator.span.clone(), help).replacing(format!("{gap}{set_operator}"))
    }

    /// `in` or `not in` without a brace.
    pub(super) fn no_set(&self) -> Advice {
        let advice = Advice::at(self.place(), SET);
        let fix = match self.found_kind() {
            Kind::LParen => self.list_until(')'),
            Kind::Literal(_) | Kind::Label(_) => {
                braced(self.slice(self.place())).map(|set| (self.place(), set))
            }
            _ => None,
        };
        match fix {
            Some((range, set)) => advice.fixed(range, set),
            None => advice,
        }
    }

    pub(super) fn no_right_brace(&self) -> Advice {
        let place = self.place();
        let end = self.end_before();
        match self.found_kind() {
            Kind::Literal(_) => {
                Advice::at(place, "separate the values with `,`").fixed(end..end, ",")
            }
            Kind::Comma => Advice::at(place, "there is no value before this `,`").replacing(""),
            Kind::Eof | Kind::And | Kind::Or => {
                Advice::at(place, "close the set with `}`").fixed(end..end, "}")
            }
            _ => Advice::at(place, SET),
        }
    }

    pub(super) fn no_right_paren(&self) -> Advice {
        let place = self.place();
        let end = self.end_before();
        match self.found_kind() {
            Kind::Eof => Advice::at(place, "close the parenthesis with `)`").fixed(end..end, ")"),
            Kind::Comma => Advice::at(place, JOIN).replacing(" &&"),
            kind if kind.begins_condition() => Advice::at(place, JOIN),
            _ => Advice::at(place, "close the parenthesis with `)` before this"),
        }
    }

    /// Something where a condition has to begin.
    pub(super) fn unexpected_token(&self) -> Advice {
        let place = self.place();
        match self.found_kind() {
            Kind::Literal(value) => self.quoted_label(value),
            Kind::RParen if self.kind_before(1) == Some(Kind::LParen) => Advice::at(
                place,
                "there is nothing in the parentheses; `all()` selects everything",
            ),
            Kind::And | Kind::Or if self.kind_before(1) == Some(self.found_kind()) => {
                Advice::at(place, "this is one too many").replacing("")
            }
            Kind::Eq | Kind::Ne => Advice::at(place, "a label name has to stand before this"),
            kind => self.nothing_between(kind),
        }
    }

    fn nothing_between(&self, kind: Kind<'_>) -> Advice {
        let here = self.slice(self.place());
        let help = match (self.before(1), kind) {
            (Some(before), Kind::Eof) => {
                format!(
                    "a condition has to follow `{}`",
                    self.slice(before.span.clone())
                )
            }
            (Some(before), _) => {
                let before = self.slice(before.span.clone());
                format!("a condition has to stand between `{before}` and `{here}`")
            }
            (None, _) => format!("a condition has to stand before `{here}`"),
        };
        Advice::at(self.place(), help)
    }

    /// `'web' == app` is the wrong way round; otherwise only the quotes are too many.
    fn quoted_label(&self, value: &str) -> Advice {
        let place = self.place();
        let operator = self.after();
        let label = self.tokens.get(self.fault.token + 2);
        if let (Some(operator), Some(label)) = (operator, label)
            && matches!(
                (operator.kind, label.kind),
                (Kind::Eq | Kind::Ne, Kind::Label(_))
            )
        {
            let [name, operator] = [label, operator].map(|token| self.slice(token.span.clone()));
            let swapped = format!("{name} {operator} {}", self.slice(place.clone()));
            let help = "the label stands on the left, the quoted value on the right";
            return Advice::at(place.clone(), help).fixed(place.start..label.span.end, swapped);
        }
        let advice = Advice::at(place, "label names are not quoted");
        match !value.is_empty() && value.chars().all(is_label_char) {
            true => advice.replacing(value),
            false => advice,
        }
    }

    /// A complete selector, and then something more.
    pub(super) fn leftovers(&self) -> Advice {
        let place = self.place();
        match self.found_kind() {
            Kind::RParen => Advice::at(place, "no parenthesis is open here").replacing(""),
            Kind::RBrace => Advice::at(place, "no brace is open here").replacing(""),
            Kind::Comma => Advice::at(place, JOIN).replacing(" &&"),
            Kind::Literal(_) => {
                Advice::at(place, "one value is enough here; a list needs `in {…}`")
            }
            kind if kind.begins_condition() => Advice::at(place, JOIN),
            _ => Advice::at(place, "the selector is complete before this"),
        }
    }
}
