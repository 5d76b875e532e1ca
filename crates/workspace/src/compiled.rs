//! Resources to an engine.

use std::sync::Arc;

use tierwalk_resources::{BuildOptions, Note, Object, build};
use tierwalk_tiers::Engine;

use crate::read::Read;

/// The resources of a workspace, compiled.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The documents that hold resources; origins count them.
    pub documents: Vec<Arc<Read>>,
    /// What they mean.
    pub engine: Engine,
    /// What only the documents together show.
    pub notes: Vec<Note>,
}

impl Compiled {
    pub fn new(documents: Vec<Arc<Read>>) -> Self {
        let objects: Vec<(u32, &Object)> = (0..)
            .zip(&documents)
            .flat_map(|(number, read)| read.objects.iter().map(move |object| (number, object)))
            .collect();
        let built = build(&objects, BuildOptions::default());
        Self {
            engine: Engine::compile(built.model),
            notes: built.notes,
            documents,
        }
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

impl Default for Compiled {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}
