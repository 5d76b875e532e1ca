//! Files in, analysis out: decides what to recompute and speaks the protocol.
//!
//! A document whose text did not change is not read again, wherever it moved to in its file. Policies
//! are compiled afresh when one of them changed; the inventory and the ends of flows are kept until the inventory
//! changes; flows are evaluated each time. Equal files give equal answers, to the byte.

mod analysis;
mod board;
mod broken;
mod compiled;
mod create_pod;
mod files;
pub mod flows;
mod form;
mod language;
mod lint;
mod listed;
mod locate;
mod made;
mod objects;
mod places;
mod read;
mod reply;
mod rows;
mod suggest;
mod template_view;
mod templates;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tierwalk_protocol::parts::{Lists, Parts};
use tierwalk_protocol::{Analysis, Answer, File, Request, View, Walk};
use tierwalk_source::LineIndex;

use compiled::Compiled;
use files::SourceFile;
use listed::{FlowAt, Flows};
use locate::Position;
use read::Read;
use templates::Templates;

/// Codes of the diagnostics of this crate.
pub const CODES: &[&str] = &[
    "file/more-problems",
    "file/not-text",
    "file/too-large",
    "flow/bad-end",
    "flow/bad-protocol",
    "flow/cannot-evaluate",
    "flow/mixed-ip-versions",
    "flow/syntax",
    "flow/too-many",
    "flow/unknown-field",
];

pub use files::{FileKind, MAX_FILE_BYTES, STDIN};
pub use rows::FlowResult;
pub use walk::Detail;

/// The files of one open workspace and what is known about them.
#[derive(Debug, Default)]
pub struct Workspace {
    files: BTreeMap<String, SourceFile>,
    templates: Templates,
    compiled: Arc<Compiled>,
    /// Where each compiled document stands.
    positions: Vec<Position>,
    flows: Flows,
    /// The lists of the last answer.
    sent: Lists,
}

impl Workspace {
    /// A workspace of these files.
    pub fn open(files: Vec<File>) -> Self {
        let mut workspace = Self::default();
        workspace.edit(files, &[]);
        workspace
    }

    /// A workspace of files as they are on a disk; what is not UTF-8 is reported.
    pub fn from_bytes(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut workspace = Self::default();
        for (path, bytes) in files {
            let file = SourceFile::read_bytes(&path, bytes, &workspace.templates.library);
            workspace.files.insert(path, file);
        }
        workspace.refresh();
        workspace
    }

    /// Takes in files that are new or whose text changed, and forgets those that are gone.
    pub fn edit(&mut self, changed: Vec<File>, removed: &[String]) {
        for path in removed {
            self.files.remove(path);
        }
        for File { path, text } in changed {
            let before = self.files.get(&path);
            let file = SourceFile::read(&path, text, before, &self.templates.library);
            self.files.insert(path, file);
        }
        self.refresh();
    }

    /// Replaces all files. What is as before is not read again.
    fn replace(&mut self, files: Vec<File>) {
        let kept: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        self.files.retain(|path, _| kept.contains(path.as_str()));
        self.edit(files, &[]);
    }

    /// Takes one request in and says what came of it.
    pub fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::Open {
                revision,
                files,
                view,
            } => {
                self.templates.chosen.clone_from(&view.cluster);
                self.sent = Lists::default();
                self.replace(files);
                self.analysed(revision, &view)
            }
            Request::Edit {
                revision,
                changed,
                removed,
                view,
            } => {
                self.templates.chosen.clone_from(&view.cluster);
                self.edit(changed, &removed);
                self.analysed(revision, &view)
            }
            Request::Walk { revision, flow } => Answer::Walk {
                revision,
                walk: self.walk(&flow).map(Box::new),
                flow,
            },
            Request::Ask {
                revision,
                id,
                question,
            } => Answer::Reply {
                revision,
                id,
                reply: reply::reply(self, question).map(Box::new),
            },
        }
    }

    fn analysed(&mut self, revision: u32, view: &View) -> Answer {
        let mut analysis = analysis::analyse(self, view);
        let now = Lists::taken(&mut analysis);
        let parts = Box::new(Parts::of(&self.sent, &now));
        self.sent = now;
        Answer::Analysis {
            revision,
            parts,
            analysis: Box::new(analysis),
        }
    }

    /// Everything there is to show, with the walk of one flow (by [`tierwalk_protocol::FlowRow::id`]).
    pub fn analysis(&self, flow: Option<&str>) -> Analysis {
        let view = View {
            flow: flow.map(str::to_owned),
            ..View::default()
        };
        analysis::analyse(self, &view)
    }

    /// The walk of one flow; `None` if there is no such flow or it cannot be evaluated.
    pub fn walk(&self, flow: &str) -> Option<Walk> {
        let at = self.flow(flow)?;
        let spec = at.entry().flow.as_ref().ok()?;
        self.trace(&spec.flow, Detail::Page).ok()
    }

    fn flow(&self, id: &str) -> Option<&FlowAt> {
        self.flows.iter().find(|at| at.id == id)
    }

    /// Paths of the files that hold something with an error, which therefore takes no part.
    pub fn files_with_errors(&self) -> Vec<String> {
        let broken = |file: &SourceFile| file.diagnostics().any(|(_, it)| it.is_error());
        let files = self.files.iter().filter(|(_, file)| broken(file));
        files.map(|(path, _)| path.clone()).collect()
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A problem of a file, found elsewhere, as the protocol tells it. Its spans are those of the file.
    pub fn told_diagnostic(
        &self,
        path: &str,
        problem: &tierwalk_source::Diagnostic,
    ) -> Option<tierwalk_protocol::Diagnostic> {
        Some(self.placer(path)?.diagnostic(0, problem))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|file| file.text.as_str())
    }

    /// The lines of a file.
    pub fn lines(&self, path: &str) -> Option<&LineIndex> {
        self.files.get(path).map(|file| &file.lines)
    }

    /// Brings everything up to date with the files.
    fn refresh(&mut self) {
        self.templates.learn(&mut self.files);
        let mut documents: Vec<Arc<Read>> = Vec::new();
        self.positions.clear();
        for (path, file) in &self.files {
            let path: Arc<str> = path.as_str().into();
            let written = file.documents.iter();
            let written = written
                .flat_map(|(offset, read)| read.with_manifests().map(move |read| (*offset, read)));
            for (offset, read) in written
                .filter(|(_, read)| !read.objects.is_empty() && self.templates.takes_part(read))
            {
                documents.push(Arc::clone(read));
                self.positions.push(Position {
                    file: Arc::clone(&path),
                    offset,
                });
            }
        }
        if !self.compiled.is_of(&documents) {
            self.compiled = Arc::new(self.compiled.renewed(documents));
        }
        self.flows.renew(&self.files, &self.compiled.engine);
    }
}
