//! The engine, seen from the page: a worker that may hang or die without taking the page along.
//!
//! One request is under way at a time. What is asked meanwhile is merged and sent when the answer is
//! there, so that typing never queues up work. A worker that does not answer in time, reports a failure
//! or dies is terminated, and a new one gets the same files.

mod queue;
mod worker;

#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
#[cfg(test)]
mod tests;

use std::{cell::RefCell, rc::Rc};

use gloo::timers::callback::Timeout;
use tierwalk_protocol::{
    Analysis, Answer, File, PROTOCOL_VERSION, Question, Reply, Request, View, Walk, parts::Parts,
};
use yew::Callback;

use self::queue::Queue;
pub(crate) use self::worker::Worker;

/// How long the engine may take for one request, in milliseconds.
pub const DEADLINE_MS: u32 = 2_000;

/// What a request may take on top for each megabyte of text in it, in milliseconds.
const MS_PER_MEGABYTE: usize = 1_000;

/// How long a worker may take to load and start, in milliseconds.
const START_MS: u32 = 20_000;

/// What the page hears from the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The worker is there (again) and listens.
    Ready,
    /// The workspace, analysed.
    Analysis {
        /// As returned by the call that asked. Calls made while the engine was busy are merged, and the
        /// answer bears the revision of the last of them.
        revision: u32,
        /// What was found.
        analysis: Rc<Analysis>,
    },
    /// The walk of a flow.
    Walk {
        /// As returned by the call that asked.
        revision: u32,
        /// Id of the flow.
        flow: String,
        /// `None` when the flow is unknown or cannot be read.
        walk: Option<Rc<Walk>>,
    },
    /// What came of a question.
    Reply {
        /// Id of the question.
        id: u32,
        /// `None` if what was asked about is not there.
        reply: Option<Box<Reply>>,
    },
    /// The worker was replaced. Verdicts shown are from before `revision`.
    Stopped {
        /// The request it did not answer; `None` if it died between two requests.
        revision: Option<u32>,
        /// Why.
        why: Stop,
        /// Whether the same files are tried again at once. If not, the next edit does so.
        retried: bool,
    },
    /// The worker's script is of another version than this page: reload.
    Outdated,
}

/// Why a worker was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// No answer within [`DEADLINE_MS`].
    TimedOut,
    /// It died or could not be loaded; the text is for a report.
    Died(String),
}

/// Handle to the engine; dropping the last one ends the worker.
#[derive(Clone)]
pub struct Engine(Rc<RefCell<Inner>>);

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    queue: Queue,
    on_event: Callback<Event>,
    worker: Option<Worker>,
    deadline: Option<Timeout>,
    listening: bool,
    /// The last analysis.
    analysis: Rc<Analysis>,
    /// Failures in a row without an answer in between.
    failures: u32,
}

impl Engine {
    /// Starts a worker from the script that the page's `tierwalk-worker` meta element names.
    #[must_use]
    pub fn start(on_event: Callback<Event>) -> Self {
        let engine = Self(Rc::new(RefCell::new(Inner {
            queue: Queue::default(),
            on_event,
            worker: None,
            deadline: None,
            listening: false,
            analysis: Rc::default(),
            failures: 0,
        })));
        engine.spawn();
        engine
    }

    /// Replaces the whole workspace and asks for its analysis.
    pub fn open(&self, files: Vec<File>, view: View) -> u32 {
        self.put(|queue| queue.open(files, view))
    }

    /// Changes some files, or what is looked at, and asks for the analysis.
    pub fn edit(&self, changed: Vec<File>, removed: Vec<String>, view: View) -> u32 {
        self.put(|queue| queue.edit(changed, removed, view))
    }

    /// Asks for the walk of one flow; nothing else changed.
    pub fn walk(&self, flow: String) -> u32 {
        self.put(|queue| queue.walk(flow))
    }

    /// Asks about the workspace as it is after all edits so far. A question that was under way when the
    /// worker was lost has no reply.
    pub fn ask(&self, id: u32, question: Question) {
        self.0.borrow_mut().queue.ask(id, question);
        self.send();
    }

    fn put(&self, put: impl FnOnce(&mut Queue) -> u32) -> u32 {
        let (revision, alive) = {
            let mut inner = self.0.borrow_mut();
            inner.failures = 0;
            (put(&mut inner.queue), inner.worker.is_some())
        };
        if alive {
            self.send()
        } else {
            self.spawn()
        }
        revision
    }

    /// Sends what is waiting, if the worker listens and is idle.
    fn send(&self) {
        let failed = {
            let mut inner = self.0.borrow_mut();
            if !inner.listening {
                return;
            }
            let Some(request) = inner.queue.next() else {
                return;
            };
            inner.deadline = Some(self.after(deadline_ms(&request), Stop::TimedOut));
            let worker = inner.worker.as_ref();
            worker.and_then(|worker| worker.send(&request).err())
        };
        if let Some(why) = failed {
            self.replace(Stop::Died(why));
        }
    }

    fn after(&self, milliseconds: u32, why: Stop) -> Timeout {
        let weak = Rc::downgrade(&self.0);
        Timeout::new(milliseconds, move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).replace(why);
            }
        })
    }

    fn spawn(&self) {
        let weak = Rc::downgrade(&self.0);
        let worker = Worker::start("tierwalk-worker", move |heard| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).hear(heard);
            }
        });
        match worker {
            Ok(worker) => {
                let why = Stop::Died("the engine did not start".to_owned());
                let deadline = self.after(START_MS, why);
                let mut inner = self.0.borrow_mut();
                inner.worker = Some(worker);
                inner.deadline = Some(deadline);
            }
            Err(why) => self.emit(Event::Stopped {
                revision: None,
                why: Stop::Died(why),
                retried: false,
            }),
        }
    }

    fn hear(&self, heard: Result<Answer, String>) {
        match heard {
            Ok(Answer::Ready { protocol }) if protocol == PROTOCOL_VERSION => self.ready(),
            Ok(Answer::Ready { .. }) => self.outdated(),
            Ok(Answer::Analysis {
                revision,
                parts,
                analysis,
            }) => self.analysed(revision, *parts, *analysis),
            Ok(Answer::Walk {
                revision,
                flow,
                walk,
            }) => {
                let walk = walk.map(|walk| Rc::new(*walk));
                self.answered(
                    revision,
                    Event::Walk {
                        revision,
                        flow,
                        walk,
                    },
                );
            }
            Ok(Answer::Reply {
                revision,
                id,
                reply,
            }) => self.answered(revision, Event::Reply { id, reply }),
            Ok(Answer::Failed { message }) => self.replace(Stop::Died(message)),
            Err(message) => self.replace(Stop::Died(message)),
        }
    }

    /// Puts the analysis together again.
    fn analysed(&self, revision: u32, parts: Parts, analysis: Analysis) {
        let before = Rc::clone(&self.0.borrow().analysis);
        let Some(analysis) = parts.put(&before, analysis) else {
            self.replace(Stop::Died(
                "the engine told of what is not there".to_owned(),
            ));
            return;
        };
        let analysis = Rc::new(analysis);
        self.0.borrow_mut().analysis = Rc::clone(&analysis);
        self.answered(revision, Event::Analysis { revision, analysis });
    }

    fn ready(&self) {
        {
            let mut inner = self.0.borrow_mut();
            inner.listening = true;
            inner.deadline = None;
        }
        self.emit(Event::Ready);
        self.send();
    }

    fn outdated(&self) {
        {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            inner.deadline = None;
        }
        self.emit(Event::Outdated);
    }

    fn answered(&self, revision: u32, event: Event) {
        {
            let mut inner = self.0.borrow_mut();
            inner.deadline = None;
            inner.failures = 0;
            inner.queue.answered(revision);
        }
        self.emit(event);
        self.send();
    }

    /// Ends the worker and starts another with the same files. After two failures in a row the next
    /// call does so.
    fn replace(&self, why: Stop) {
        let (revision, retried) = {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            inner.deadline = None;
            inner.listening = false;
            inner.failures += 1;
            (inner.queue.lost(), inner.failures < 2)
        };
        self.emit(Event::Stopped {
            revision,
            why,
            retried,
        });
        if retried {
            self.spawn();
        }
    }

    fn emit(&self, event: Event) {
        let on_event = self.0.borrow().on_event.clone();
        on_event.emit(event);
    }
}

fn deadline_ms(request: &Request) -> u32 {
    let files: &[File] = match request {
        Request::Open { files, .. } => files,
        Request::Edit { changed, .. } => changed,
        Request::Walk { .. } | Request::Ask { .. } => &[],
    };
    let megabytes = files.iter().map(|file| file.text.len()).sum::<usize>() / 1_000_000;
    DEADLINE_MS.saturating_add(u32::try_from(megabytes * MS_PER_MEGABYTE).unwrap_or(u32::MAX))
}
