//! Files in, analysis out: decides what to recompute and speaks the protocol.

pub mod flows;

use std::collections::BTreeMap;

use tierwalk_protocol::{Analysis, Answer, File, FileSummary, Request};

/// The files of one open workspace and what is known about them.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    files: BTreeMap<String, String>,
}

impl Workspace {
    /// Takes one request in and says what came of it.
    pub fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::Open {
                revision, files, ..
            } => {
                self.files.clear();
                self.put(files);
                self.analysis(revision)
            }
            Request::Edit {
                revision,
                changed,
                removed,
                ..
            } => {
                self.put(changed);
                self.files.retain(|path, _| !removed.contains(path));
                self.analysis(revision)
            }
            Request::Walk { revision, flow } => Answer::Walk {
                revision,
                flow,
                walk: None,
            },
        }
    }

    fn put(&mut self, files: Vec<File>) {
        self.files
            .extend(files.into_iter().map(|file| (file.path, file.text)));
    }

    fn analysis(&self, revision: u32) -> Answer {
        let files = self.files.keys().map(|path| FileSummary {
            path: path.clone(),
            ..FileSummary::default()
        });
        Answer::Analysis {
            revision,
            analysis: Box::new(Analysis {
                files: files.collect(),
                ..Analysis::default()
            }),
        }
    }
}
