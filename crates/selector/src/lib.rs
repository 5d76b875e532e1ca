//! Calico's selector language: parse, canonical form, evaluate, explain.
//!
//! A [`Selector`] is parsed once and is cheap to clone. It keeps its text, and the place of every
//! atom in it, so that an answer can point at the words that decided.
//!
//! The language is that of Calico's `libcalico-go/lib/selector`. `global()` is true here, as in
//! Calico's parser; where it may be written, and what it means there, is not a matter of the language.
//!
//! Kubernetes' own [`LabelSelector`] stands beside it, for those who apply it to whole objects.
//!
//! Nothing in this crate recurses: hostile nesting cannot exhaust the small stack of a web worker.

mod advice;
mod atom;
mod canonical;
mod error;
mod example;
mod explain;
mod kubernetes;
mod labels;
mod lexer;
mod necessary;
mod parser;
mod rewrite;
mod selector;
mod token;
mod tree;

pub use atom::{Atom, Test};
pub use error::{Fix, ParseError};
pub use explain::{AtomOutcome, Explanation};
pub use kubernetes::LabelSelector;
pub use labels::{Labels, LabelsFn};
pub use necessary::Necessary;
pub use parser::MAX_NESTING;
pub use selector::Selector;
