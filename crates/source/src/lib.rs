//! Files, spans, text edits and diagnostics: the vocabulary that every stage shares.
//!
//! Offsets are UTF-8 bytes here and become UTF-16 code units at the edge ([`LineIndex`]).

mod diagnostic;
mod line_index;
mod span;
mod stack;
mod suggest;

pub use diagnostic::{Checked, Diagnostic, Fix, Related, Severity, TextEdit};
pub use line_index::{LineIndex, Position};
pub use span::Span;
pub use stack::with_room;
pub use suggest::nearest;
