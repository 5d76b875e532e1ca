//! Undo across files: snapshots of the workspace before each change.

use std::rc::Rc;

use super::files::Files;

#[cfg(test)]
mod tests;

/// Typing in one file without a pause of this length is one step, in milliseconds.
const PAUSE_MS: f64 = 800.0;

/// The most steps that are kept.
const STEPS: usize = 200;

/// What kind of change a step was.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Typing in a file, last at this time.
    Typing {
        /// The file.
        path: Rc<str>,
        /// When, in milliseconds.
        at: f64,
    },
    /// A change of files that one click made.
    Structure,
}

/// The state that a step goes back to.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The files.
    pub files: Files,
    /// The file in the editor.
    pub open: Rc<str>,
}

/// Steps back and forth.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Snapshot>,
    future: Vec<Snapshot>,
    last: Option<Change>,
}

impl History {
    /// Remembers the state before a change; whether it is a step of its own.
    pub fn record(&mut self, before: Snapshot, change: Change) -> bool {
        self.future.clear();
        let begins = !self.continues(&change);
        if begins {
            if self.past.len() == STEPS {
                self.past.remove(0);
            }
            self.past.push(before);
        }
        self.last = Some(change);
        begins
    }

    /// The state before the last change.
    pub fn undo(&mut self, now: Snapshot) -> Option<Snapshot> {
        self.last = None;
        step(&mut self.past, &mut self.future, now)
    }

    /// The state before the last undo.
    pub fn redo(&mut self, now: Snapshot) -> Option<Snapshot> {
        self.last = None;
        step(&mut self.future, &mut self.past, now)
    }

    /// Whether there is anything to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    fn continues(&self, change: &Change) -> bool {
        match (&self.last, change) {
            (
                Some(Change::Typing { path, at }),
                Change::Typing {
                    path: next,
                    at: now,
                },
            ) => path == next && now - at < PAUSE_MS,
            _ => false,
        }
    }
}

/// Moves to the nearest state that differs: the editor has a history of its own, and undoing there may
/// have led back to a remembered state already.
fn step(from: &mut Vec<Snapshot>, to: &mut Vec<Snapshot>, now: Snapshot) -> Option<Snapshot> {
    while let Some(next) = from.pop() {
        let difference = now.files.difference(&next.files);
        if !difference.changed.is_empty() || !difference.removed.is_empty() {
            to.push(now);
            return Some(next);
        }
    }
    None
}
