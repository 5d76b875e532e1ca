//! An organisation's checks, written in Rego, with the conventions of Conftest and Gatekeeper.
//!
//! Policies, data and the documents to check come in as text ([`PolicyFile`], [`InputFile`]); results go out
//! as plain data ([`CheckResult`]) with the path of the offending field. This is the only crate that links a
//! Rego engine; nothing of it shows in the interface.
//!
//! The engine has no clock of its own: a host that wants endless checks to be stopped calls [`set_clock`]
//! once. What would overflow the stack (recursion, bottomless nesting) is refused before it runs.

mod annotation;
mod ast;
mod builtins;
mod check;
mod clock;
mod codes;
mod decode;
mod definitions;
mod error;
mod evaluate;
mod facts;
mod file;
mod finding;
pub mod gatekeeper;
mod glob;
mod graph;
mod guard;
mod input;
mod lenient;
mod limits;
mod negation;
pub mod output;
pub mod own;
pub mod pack;
mod parse;
mod policies;
mod position;
mod schema;
mod value;
mod verify;

pub use annotation::{Annotation, annotations};
pub use check::{CheckOptions, Namespaces, Report, check, reach};
pub use clock::set_clock;
pub use codes::CODES;
pub use evaluate::{Selection, evaluate};
pub use facts::{Body, Module, RegoVersion, Rule, RuleKind, Statement};
pub use file::{FileDiagnostic, PolicyFile};
pub use finding::{CheckResult, Finding, Level, Location, Omitted, Place, Query, Totals};
pub use input::{Input, InputFile, Parser};
pub use limits::Limits;
pub use policies::{Coverage, Definition, LoadOptions, Policies, VersionChoice};
pub use verify::verify;
