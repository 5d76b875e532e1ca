//! Resources to an engine.

use std::sync::{Arc, OnceLock};

use tierwalk_lints::Report;
use tierwalk_resources::model::Model;
use tierwalk_resources::{BuildOptions, Ground, Note, Object, build_on, is_inventory};
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
    /// Whether a policy is staged.
    pub has_staged: bool,
    ground: Ground,
    /// What only the documents together show, with the number of the document.
    pub findings: Vec<(u32, Diagnostic)>,
    /// The last document that holds a pod.
    pub last_pod: Option<u32>,
    lints: OnceLock<Report>,
}

impl Compiled {
    pub fn new(documents: Vec<Arc<Read>>) -> Self {
        let ground = Ground::new(&objects(&documents), BuildOptions::default());
        Self::on(ground, documents, Engine::compile)
    }

    /// Compiles other documents. What did not change with the inventory is taken over.
    pub fn renewed(&self, documents: Vec<Arc<Read>>) -> Self {
        let ground = if inventory(&self.documents).eq(inventory(&documents)) {
            self.ground.clone()
        } else {
            Ground::new(&objects(&documents), BuildOptions::default())
        };
        Self::on(ground, documents, |model| self.engine.recompile(model))
    }

    fn on(
        ground: Ground,
        documents: Vec<Arc<Read>>,
        compile: impl FnOnce(Model) -> Engine,
    ) -> Self {
        let objects = objects(&documents);
        let mut pods = objects.iter().filter(|(_, object)| object.kind == "Pod");
        let last_pod = pods.next_back().map(|(number, _)| *number);
        let built = build_on(&ground, &objects);
        let notes = built.notes.into_iter();
        let findings: Vec<_> = notes.filter_map(|note| placed(&documents, note)).collect();
        let mut policies = built.model.policies.iter();
        let has_staged = policies.any(|policy| policy.id.kind.is_staged());
        let engine = compile(built.model);
        let findings = findings.into_iter();
        let findings = findings.map(|(number, finding)| told(&documents, number, finding));
        let findings = findings.collect();
        Self {
            documents,
            engine,
            has_staged,
            ground,
            findings,
            last_pod,
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

/// All objects, with the number of their document.
fn objects(documents: &[Arc<Read>]) -> Vec<(u32, &Object)> {
    let numbered = (0..).zip(documents);
    let objects =
        numbered.flat_map(|(number, read)| read.objects.iter().map(move |object| (number, object)));
    objects.collect()
}

/// Numbers and addresses of the documents that hold what policies stand on. The addresses of two lists can be
/// compared, since both lists keep their documents.
fn inventory(documents: &[Arc<Read>]) -> impl Iterator<Item = (u32, *const Read)> {
    let numbered = (0..).zip(documents);
    let held = numbered.filter(|(_, read)| read.objects.iter().any(is_inventory));
    held.map(|(number, read)| (number, Arc::as_ptr(read)))
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
