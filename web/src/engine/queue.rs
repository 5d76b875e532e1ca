//! What the engine is to be told next.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tierwalk_protocol::{File, Question, Request, View};

/// The files as the page knows them, and what of them the worker has not heard yet.
#[derive(Default)]
pub(super) struct Queue {
    files: BTreeMap<String, String>,
    view: View,
    revision: u32,
    waiting: Waiting,
    /// Questions, asked when the worker has heard everything else.
    questions: VecDeque<(u32, Question)>,
    under_way: Option<u32>,
}

/// Merged requests that were not sent yet.
#[derive(Default)]
struct Waiting {
    open: bool,
    look: bool,
    walk: bool,
    paths: BTreeSet<String>,
}

impl Queue {
    pub(super) fn open(&mut self, files: Vec<File>, view: View) -> u32 {
        self.files = files
            .into_iter()
            .map(|file| (file.path, file.text))
            .collect();
        self.view = view;
        self.waiting.open = true;
        self.count()
    }

    pub(super) fn edit(&mut self, changed: Vec<File>, removed: Vec<String>, view: View) -> u32 {
        for path in removed {
            self.files.remove(&path);
            self.waiting.paths.insert(path);
        }
        for file in changed {
            self.waiting.paths.insert(file.path.clone());
            self.files.insert(file.path, file.text);
        }
        self.waiting.look = true;
        self.view = view;
        self.count()
    }

    pub(super) fn walk(&mut self, flow: String) -> u32 {
        self.view.flow = Some(flow);
        self.waiting.walk = true;
        self.count()
    }

    pub(super) fn ask(&mut self, id: u32, question: Question) {
        self.questions.push_back((id, question));
    }

    /// The next request, unless one is under way or nothing is waiting.
    pub(super) fn next(&mut self) -> Option<Request> {
        if self.under_way.is_some() {
            return None;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let request = self.request(waiting).or_else(|| self.question())?;
        self.under_way = Some(self.revision);
        Some(request)
    }

    /// The answer to a request is there.
    pub(super) fn answered(&mut self, revision: u32) {
        self.under_way.take_if(|under_way| *under_way == revision);
    }

    /// The worker is gone: the next one has to hear everything. Gives the request that was under way.
    pub(super) fn lost(&mut self) -> Option<u32> {
        self.waiting.open |= self.revision > 0;
        self.under_way.take()
    }

    fn count(&mut self) -> u32 {
        self.revision += 1;
        self.revision
    }

    fn request(&self, waiting: Waiting) -> Option<Request> {
        let revision = self.revision;
        let view = self.view.clone();
        if waiting.open {
            let files = self.files.iter().map(file).collect();
            Some(Request::Open {
                revision,
                files,
                view,
            })
        } else if waiting.look {
            let (changed, removed) = self.split(waiting.paths);
            Some(Request::Edit {
                revision,
                changed,
                removed,
                view,
            })
        } else if waiting.walk {
            view.flow.map(|flow| Request::Walk { revision, flow })
        } else {
            None
        }
    }

    fn question(&mut self) -> Option<Request> {
        let (id, question) = self.questions.pop_front()?;
        Some(Request::Ask {
            revision: self.revision,
            id,
            question,
        })
    }

    fn split(&self, paths: BTreeSet<String>) -> (Vec<File>, Vec<String>) {
        let (there, gone): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .partition(|path| self.files.contains_key(path));
        let changed = there
            .iter()
            .filter_map(|path| self.files.get_key_value(path));
        (changed.map(file).collect(), gone)
    }
}

fn file((path, text): (&String, &String)) -> File {
    File {
        path: path.clone(),
        text: text.clone(),
    }
}
