//! Resources to an engine.

use std::sync::{Arc, OnceLock};

use tierwalk_lints::Report;
use tierwalk_resources::{BuildOptions, Note, Object, build};
use tierwalk_source::Diagnostic;
use tierwalk_tiers::Engine;

use crate::read::Read;

/// The resources of a workspace, compiled.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The documents that hold resources; origins count them.
    pub documents: Vec<Arc<Read>>,
    /// What they mean.
    pub engine: Engine,
    /// What only the documents together show, with the number of the document.
    pub findings: Vec<(u32, Diagnostic)>,
    lints: OnceLock<Report>,
}

impl Compiled {
    pub fn new(documents: Vec<Arc<Read>>) -> Self {
        let objects: Vec<(u32, &Object)> = (0..)
            .zip(&documents)
            .flat_map(|(number, read)| read.objects.iter().map(move |object| (number, object)))
            .collect();
        let built = build(&objects, BuildOptions::default());
        let notes = built.notes.into_iter();
        let findings: Vec<_> = notes.filter_map(|note| placed(&documents, note)).collect();
        let engine = Engine::compile(built.model);
        let findings = findings.into_iter();
        let findings = findings.map(|(number, finding)| told(&documents, number, finding));
        let findings = findings.collect();
        Self {
            documents,
            engine,
            findings,
            lints: OnceLock::new(),
        }
    }

    /// What lints find, found out when it is first asked for.
    pub fn lints(&self) -> &Report {
        self.lints
            .get_or_init(|| tierwalk_lints::lint(&self.engine))
    }

    /// Whether it was compiled of exactly these.
    pub fn is_of(&self, documents: &[Arc<Read>]) -> bool {
        self.documents.len() == documents.len()
            && self
                .documents
                .iter()
                .zip(documents)
                .all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

fn placed(documents: &[Arc<Read>], note: Note) -> Option<(u32, Diagnostic)> {
    let span = documents
        .get(note.document as usize)?
        .document
        .span_at(&note.path);
    let mut diagnostic = note.diagnostic;
    diagnostic.span = span;
    Some((note.document, diagnostic))
}

/// A finding, at the template that made the document, if one did.
fn told(documents: &[Arc<Read>], number: u32, finding: Diagnostic) -> (u32, Diagnostic) {
    match documents.get(number as usize) {
        Some(read) => (number, read.told(finding)),
        None => (number, finding),
    }
}

impl Default for Compiled {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}
