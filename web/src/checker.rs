//! The checker, seen from the page: a worker that is started when there is something to check, and may hang
//! or die without taking the page along.
//!
//! One request is under way at a time; of what is asked meanwhile only the last counts. Files are shared, so
//! what the worker has to be told is what differs from the files that it was told last.

use std::{cell::RefCell, rc::Rc};

use gloo::timers::callback::Timeout;
use tierwalk_protocol::checks::{
    CHECKS_VERSION, CheckAnswer, CheckReport, CheckRequest, CheckView,
};
use yew::Callback;

use crate::{engine::Worker, state::files::Files};

/// How long the engine may take to stop endless rules itself, one by one, in milliseconds.
const RULES_MS: u32 = 6_000;

/// How long the checker may take for one request, in milliseconds: 2 s on top of that.
pub const DEADLINE_MS: u32 = RULES_MS + 2_000;

/// What a request may take on top for each kilobyte of text in it, in milliseconds.
const MS_PER_KILOBYTE: usize = 10;

/// How long it may take to load and start, in milliseconds.
const START_MS: u32 = 30_000;

/// The longest time that a text rests before it is checked, in milliseconds.
const REST_MS: u32 = 150;

/// What the page hears from the checker.
#[derive(Debug)]
pub enum Event {
    /// What the checks say about these files.
    Report(Rc<CheckReport>, Files),
    /// The values of an expression, as JSON, or why there are none.
    Value(Result<Vec<String>, String>),
    /// The checks that each of some edits would break, by the number that the edits were given.
    Tried(u32, Vec<Vec<String>>),
    /// It was stopped at the deadline, while it looked at these files.
    TimedOut(Files),
    /// It died, could not be loaded, or is of another version.
    Died(String),
}

/// Handle to the checker; dropping the last one ends its worker.
#[derive(Clone)]
pub struct Checker(Rc<RefCell<Inner>>);

struct Inner {
    on_event: Callback<Event>,
    worker: Option<Worker>,
    listening: bool,
    deadline: Option<Timeout>,
    /// The files that the worker knows.
    told: Files,
    /// What it said last, by which it tells the next report.
    report: Rc<CheckReport>,
    wanted: Option<(Files, CheckView)>,
    question: Option<CheckRequest>,
    /// Edits of these files to be tried, with their number.
    tries: Option<(Files, u32, CheckRequest)>,
    /// The number of the edits under way.
    trying: Option<u32>,
    /// The files of the request under way; `None` inside for a question.
    under_way: Option<Option<Files>>,
    /// When the last check was asked, in milliseconds since 1970.
    asked: f64,
    /// How long the last check took, in milliseconds.
    took: f64,
}

impl Checker {
    /// Nothing is loaded before the first request.
    #[must_use]
    pub fn new(on_event: Callback<Event>) -> Self {
        Self(Rc::new(RefCell::new(Inner {
            on_event,
            worker: None,
            listening: false,
            deadline: None,
            told: Files::default(),
            report: Rc::default(),
            wanted: None,
            question: None,
            tries: None,
            trying: None,
            under_way: None,
            asked: 0.0,
            took: 0.0,
        })))
    }

    /// How long a text is to rest before it is checked, in milliseconds: as long as the last check took, so that
    /// verdicts get at least half of a machine that has no processor to spare while somebody types.
    #[must_use]
    pub fn rest_ms(&self) -> u32 {
        let took = self.0.borrow().took;
        took.clamp(0.0, f64::from(REST_MS)) as u32
    }

    /// Asks what the checks say about these files.
    pub fn check(&self, files: Files, view: CheckView) {
        self.0.borrow_mut().wanted = Some((files, view));
        self.go_on();
    }

    /// Asks for the values of an expression.
    pub fn evaluate(&self, question: CheckRequest) {
        self.0.borrow_mut().question = Some(question);
        self.go_on();
    }

    /// Asks which checks edits of these files would break. There is no answer if it hears of other files first.
    pub fn try_edits(&self, files: Files, number: u32, request: CheckRequest) {
        self.0.borrow_mut().tries = Some((files, number, request));
        self.go_on();
    }

    /// Ends the worker: there is nothing to check.
    pub fn rest(&self) {
        let mut inner = self.0.borrow_mut();
        inner.forget();
        inner.wanted = None;
        inner.question = None;
        inner.tries = None;
    }

    fn go_on(&self) {
        if self.0.borrow().worker.is_none() {
            return self.spawn();
        }
        let failed = {
            let mut inner = self.0.borrow_mut();
            let Some(request) = inner.next() else {
                return;
            };
            inner.deadline = Some(self.after(deadline_ms(&request)));
            let worker = inner.worker.as_ref();
            worker.and_then(|worker| worker.send(&request).err())
        };
        if let Some(why) = failed {
            self.died(why);
        }
    }

    fn spawn(&self) {
        let weak = Rc::downgrade(&self.0);
        let worker = Worker::start("tierwalk-checker", move |heard| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).hear(heard);
            }
        });
        match worker {
            Ok(worker) => {
                let deadline = self.after(START_MS);
                let mut inner = self.0.borrow_mut();
                inner.worker = Some(worker);
                inner.deadline = Some(deadline);
            }
            Err(why) => self.died(why),
        }
    }

    fn after(&self, milliseconds: u32) -> Timeout {
        let weak = Rc::downgrade(&self.0);
        Timeout::new(milliseconds, move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).late();
            }
        })
    }

    fn hear(&self, heard: Result<CheckAnswer, String>) {
        match heard {
            Ok(CheckAnswer::Ready { protocol }) if protocol == CHECKS_VERSION => {
                let mut inner = self.0.borrow_mut();
                inner.listening = true;
                inner.deadline = None;
            }
            Ok(CheckAnswer::Ready { .. }) => {
                return self.died("it is of another version: reload the page".to_owned());
            }
            Ok(CheckAnswer::Report { parts, report }) => {
                let before = Rc::clone(&self.0.borrow().report);
                let Some(report) = parts.put(&before, *report).map(Rc::new) else {
                    return self.died("it tells of another report".to_owned());
                };
                {
                    let mut inner = self.0.borrow_mut();
                    inner.report = Rc::clone(&report);
                    inner.took = js_sys::Date::now() - inner.asked;
                }
                if let Some(files) = self.answered() {
                    self.emit(Event::Report(report, files));
                }
            }
            Ok(CheckAnswer::Tried { broken }) => {
                self.answered();
                let number = self.0.borrow_mut().trying.take();
                if let Some(number) = number {
                    self.emit(Event::Tried(number, broken));
                }
            }
            Ok(CheckAnswer::Value { value }) => {
                self.answered();
                self.emit(Event::Value(value));
            }
            Ok(CheckAnswer::Failed { message }) | Err(message) => return self.died(message),
        }
        self.go_on();
    }

    fn answered(&self) -> Option<Files> {
        let mut inner = self.0.borrow_mut();
        inner.deadline = None;
        inner.under_way.take().flatten()
    }

    /// What hangs is ended. It is not tried again before the next edit, which may have mended it.
    fn late(&self) {
        let (files, tried) = {
            let mut inner = self.0.borrow_mut();
            let files = inner.under_way.take().flatten();
            let tried = inner.trying.is_some();
            inner.forget();
            (files, tried)
        };
        match files {
            Some(files) => self.emit(Event::TimedOut(files)),
            None if tried => {} // nothing is said of the edits then
            None => self.emit(Event::Died("it did not answer".to_owned())),
        }
        if self.0.borrow().wanted.is_some() {
            self.go_on();
        }
    }

    fn died(&self, why: String) {
        self.0.borrow_mut().forget();
        self.emit(Event::Died(why));
    }

    fn emit(&self, event: Event) {
        let on_event = self.0.borrow().on_event.clone();
        on_event.emit(event);
    }
}

impl Inner {
    /// The worker is gone: the next one has to hear everything.
    fn forget(&mut self) {
        self.worker = None;
        self.listening = false;
        self.deadline = None;
        self.under_way = None;
        self.trying = None;
        self.told = Files::default();
        self.report = Rc::default();
    }

    fn next(&mut self) -> Option<CheckRequest> {
        if !self.listening || self.under_way.is_some() {
            return None;
        }
        if let Some((files, view)) = self.wanted.take() {
            let difference = self.told.difference(&files);
            self.told = files.clone();
            self.under_way = Some(Some(files));
            self.asked = js_sys::Date::now();
            return Some(CheckRequest::Check {
                changed: difference.changed,
                removed: difference.removed,
                view,
            });
        }
        let question = self.question.take().or_else(|| self.next_tries())?;
        self.under_way = Some(None);
        Some(question)
    }

    /// Edits are tried where the worker has the files that they are edits of.
    fn next_tries(&mut self) -> Option<CheckRequest> {
        let tries = self.tries.take();
        let (_, number, request) = tries.filter(|(files, ..)| *files == self.told)?;
        self.trying = Some(number);
        Some(request)
    }
}

fn deadline_ms(request: &CheckRequest) -> u32 {
    let CheckRequest::Check { changed, .. } = request else {
        return DEADLINE_MS;
    };
    let kilobytes = changed.iter().map(|file| file.text.len()).sum::<usize>() / 1_000;
    DEADLINE_MS.saturating_add(u32::try_from(kilobytes * MS_PER_KILOBYTE).unwrap_or(u32::MAX))
}
