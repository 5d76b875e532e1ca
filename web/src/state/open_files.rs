//! The files that were opened, side by side above the text.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::{Effect, Model, Msg, files::Files};

/// More than these are not kept; the one that was opened first goes.
const MOST: usize = 8;

/// The files that were opened. One that was only shown in passing, because a step or a problem is in it,
/// gives its place to the next such one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenFiles {
    open: Vec<Rc<str>>,
    passing: Option<Rc<str>>,
}

/// How a file came to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It was opened, or something was typed in it.
    Meant,
    /// Something in it was chosen elsewhere.
    Passing,
}

impl How {
    /// How a message shows a file, if it shows one.
    pub(super) fn of(msg: &Msg) -> Self {
        match msg {
            Msg::Open(_) | Msg::NewFile(_) | Msg::Typed { .. } => Self::Meant,
            _ => Self::Passing,
        }
    }
}

impl OpenFiles {
    /// The files, in the order in which they were opened.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<str>> {
        self.open.iter()
    }

    /// Whether there is anything to go to and fro between.
    pub fn are_several(&self) -> bool {
        self.open.len() > 1
    }

    /// Whether a file is shown in passing.
    pub fn is_passing(&self, path: &str) -> bool {
        self.passing.as_deref() == Some(path)
    }

    /// Takes in which file is shown.
    pub(super) fn shown(&mut self, path: &Rc<str>, how: How, files: &Files) {
        self.open.retain(|open| files.contains(open));
        self.passing.take_if(|passing| !files.contains(passing));
        if path.is_empty() {
            return;
        }
        let known = self.open.contains(path);
        match (how, known) {
            (How::Meant, true) => {
                self.passing.take_if(|passing| passing == path);
            }
            (How::Passing, true) => {}
            (How::Meant, false) => self.add(path),
            (How::Passing, false) => {
                let place = self
                    .open
                    .iter()
                    .position(|open| self.passing.as_ref() == Some(open));
                match place.and_then(|at| self.open.get_mut(at)) {
                    Some(open) => *open = Rc::clone(path),
                    None => self.add(path),
                }
                self.passing = Some(Rc::clone(path));
            }
        }
    }

    fn add(&mut self, path: &Rc<str>) {
        if self.open.len() == MOST {
            self.open.remove(0);
        }
        self.open.push(Rc::clone(path));
    }

    /// The file that many places further on, around the ends.
    fn beside(&self, path: &str, by: i32) -> Option<Rc<str>> {
        let at = self.open.iter().position(|open| **open == *path)? as i32;
        let next = (at + by).rem_euclid(self.open.len() as i32);
        self.open.get(next as usize).cloned()
    }

    /// Takes a file out, and says which one is shown instead of it.
    fn close(&mut self, path: &str) -> Option<Rc<str>> {
        let at = self.open.iter().position(|open| **open == *path)?;
        self.open.remove(at);
        self.open
            .get(at.min(self.open.len().saturating_sub(1)))
            .cloned()
    }
}

impl Model {
    /// The next open file, or the one before.
    pub(super) fn tab_by(&mut self, by: i32) -> Vec<Effect> {
        if let Some(path) = self.opened.beside(&self.open, by) {
            self.open = path;
            self.turn_to_file();
        }
        Vec::new()
    }

    /// Takes a file from the row; it stays in the workspace.
    pub(super) fn close_tab(&mut self, path: &str) -> Vec<Effect> {
        let next = self.opened.close(path);
        if *self.open == *path
            && let Some(next) = next
        {
            self.open = next;
            self.turn_to_file();
        }
        Vec::new()
    }
}
