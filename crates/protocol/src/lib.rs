//! Plain data that crosses a boundary: page ↔ worker, `-o json`, share links.
//!
//! Nothing here computes a verdict; the page links this crate and no engine. Field names are camelCase
//! on the wire. Offsets are UTF-16 code units and lines and columns count from 1, as editors do;
//! UTF-8 byte offsets stay inside the engine.

pub mod analysis;
pub mod apply;
pub mod board;
pub mod checks;
pub mod compose;
pub mod diagnostic;
pub mod flow;
pub mod language;
pub mod matrix;
pub mod message;
pub mod object;
pub mod parts;
pub mod question;
mod read;
pub mod rows;
pub mod share;
pub mod suggest;
pub mod template;
pub mod walk;
pub mod yaml_text;

pub use analysis::{Analysis, FileSummary, Ignored};
pub use board::{Board, BrokenPolicy, Flag, Hits, PolicyCard, TierColumn};
pub use diagnostic::{Diagnostic, Edit, Fix, Place, Related, Severity};
pub use flow::{EndLabel, FlowRow};
pub use language::{
    Completion, Completions, Formatted, Found, Hover, LanguageAsked, LanguageReply, Named, Renamed,
};
pub use matrix::{EndKind, Matrix, MatrixAsked, MatrixCell, MatrixEnd, Pair};
pub use message::{Answer, File, PROTOCOL_VERSION, Request};
pub use object::{
    Changed, Control, FieldChange, FieldEdit, Move, NewPolicy, ObjectAsked, ObjectAt, ObjectField,
    ObjectForm, ObjectReply, Offer, Section, Term, Unshown,
};
pub use question::{Labelled, Question, Reply, Selected};
pub use suggest::{Change, Flipped, SuggestAsked, Suggestion, Suggestions, TemplateNote};
pub use template::{
    CompiledLine, CompiledObject, Form, FormField, Input, LineOrigin, Placement, Starter,
    TemplateFile, Toggle, View, Write,
};
pub use walk::{
    Action, Clause, Direction, HitKind, Piece, PieceStyle, PolicyHit, PolicyRef, PolicyStep,
    Reason, RuleStep, Side, Step, TierStep, Verdict, Walk,
};
