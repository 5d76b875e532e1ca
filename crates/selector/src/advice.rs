//! What to do about a mistake: the place to change, a sentence, and a fix if one is obvious.

use std::ops::Range;

use crate::error::{Fault, Fix};
use crate::token::Token;

/// Advice on one fault.
pub(crate) struct Advice {
    pub place: Range<usize>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

pub(crate) fn advise(_text: &str, tokens: &[Token<'_>], fault: Fault) -> Advice {
    let place = tokens
        .get(fault.token)
        .map_or(fault.at..fault.at, |token| token.span.clone());
    Advice {
        place,
        help: None,
        fix: None,
    }
}
