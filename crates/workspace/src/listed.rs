//! The flows of all files, with their ends found.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tierwalk_protocol::FlowRow;
use tierwalk_resources::model::Inventory;
use tierwalk_tiers::{Engine, FlowError, Resolved};

use crate::files::SourceFile;
use crate::flows::Entry;
use crate::locate::Position;
use crate::read::Read;
use crate::rows;

/// The flows of a workspace, in order. They are listed afresh when a document with flows changed, and looked up
/// afresh when the inventory did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flows {
    list: Vec<FlowAt>,
    documents: Vec<(Position, Arc<Read>)>,
    inventory: Arc<Inventory>,
}

/// One flow of a file.
#[derive(Clone, Debug)]
pub(crate) struct FlowAt {
    /// Its text without what is expected, with `#2` and so on for repeats.
    pub id: String,
    /// Its row, as far as it is written in its line.
    pub row: FlowRow,
    pub position: Position,
    /// The flow with its ends found; `None` if it cannot be read.
    pub resolved: Option<Result<Resolved, FlowError>>,
    pub read: Arc<Read>,
    /// Which of the document's flows it is.
    pub index: usize,
}

impl FlowAt {
    /// What is written there.
    ///
    /// # Panics
    /// Never: the index was taken from the same list.
    pub fn entry(&self) -> &Entry {
        &self.read.flows[self.index]
    }
}

impl Flows {
    pub fn iter(&self) -> impl Iterator<Item = &FlowAt> {
        self.list.iter()
    }

    pub fn renew(&mut self, files: &BTreeMap<String, SourceFile>, engine: &Engine) {
        let documents = documents(files);
        let listed = same(&self.documents, &documents);
        if !listed {
            self.list = collect(&documents);
            self.documents = documents;
        }
        if !listed || !Arc::ptr_eq(&self.inventory, &engine.model().inventory) {
            self.inventory = Arc::clone(&engine.model().inventory);
            for at in &mut self.list {
                let flow = at.entry().flow.as_ref().ok();
                at.resolved = flow.map(|spec| engine.resolve(&spec.flow));
            }
        }
    }
}

/// The documents that hold flows.
fn documents(files: &BTreeMap<String, SourceFile>) -> Vec<(Position, Arc<Read>)> {
    let placed = files.iter().flat_map(|(path, file)| {
        let path: Arc<str> = path.as_str().into();
        let documents = file.documents.iter();
        let with_flows = documents.filter(|(_, read)| !read.flows.is_empty());
        with_flows.map(move |(offset, read)| {
            let position = Position {
                file: Arc::clone(&path),
                offset: *offset,
            };
            (position, Arc::clone(read))
        })
    });
    placed.collect()
}

fn same(before: &[(Position, Arc<Read>)], now: &[(Position, Arc<Read>)]) -> bool {
    before.len() == now.len()
        && before
            .iter()
            .zip(now)
            .all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(&a.1, &b.1))
}

fn collect(documents: &[(Position, Arc<Read>)]) -> Vec<FlowAt> {
    let mut repeats: HashMap<String, u32> = HashMap::new();
    let mut flows = Vec::new();
    for (position, read) in documents {
        for (index, entry) in read.flows.iter().enumerate() {
            let id = id(entry.flow_text(), &mut repeats);
            flows.push(FlowAt {
                row: rows::row(id.clone(), entry.flow.as_ref().ok()),
                id,
                position: position.clone(),
                resolved: None,
                read: Arc::clone(read),
                index,
            });
        }
    }
    flows
}

fn id(text: &str, repeats: &mut HashMap<String, u32>) -> String {
    let count = repeats.entry(text.to_owned()).or_default();
    *count += 1;
    match count {
        1 => text.to_owned(),
        count => format!("{text} #{count}"),
    }
}
