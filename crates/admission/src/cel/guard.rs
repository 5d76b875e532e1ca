//! Refuses what the parser would need too much stack for.

use super::Slip;
use super::names::too_deep;

/// Signs that may put one expression within another.
const SIGNS: &[char] = &[
    '.', '+', '-', '*', '/', '%', '<', '>', '=', '?', '&', '|', '!', '(', '[', '{',
];
const MAX_SIGNS: usize = 1200;

/// Whether an expression is simple enough to be read.
pub(super) fn check(source: &str) -> Result<(), Slip> {
    if source.matches(SIGNS).count() > MAX_SIGNS {
        return Err(too_deep().slip(source));
    }
    Ok(())
}
