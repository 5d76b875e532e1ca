//! The same workspace in two tabs: each shows what the other changed. Where both changed it at once, one of them goes on as a copy,
//! so that no text is lost.

use super::{Effect as Outside, Model, files::Files, history::Change, stored::Stored};

#[cfg(test)]
mod tests;

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// Another tab saved a workspace.
    Saved(u32, Box<Stored>),
    /// Another tab opened a workspace, and asks who has it open.
    Asked(u32),
    /// Another tab has this workspace open.
    Open(u32),
    /// Another tab changed the list of workspaces.
    Listed,
}

/// What the page knows of other tabs.
#[derive(Debug, Default)]
pub struct State {
    /// Tells this tab from the others.
    pub tab: u32,
    /// The save that this tab wrote or read last.
    pub stamp: String,
    /// The files in that save.
    pub synced: Files,
    /// The workspace is open elsewhere too.
    pub shared: bool,
    /// How often this tab saved.
    count: u32,
}

impl State {
    /// Of the tab with this number.
    pub fn of(tab: u32) -> Self {
        Self {
            tab,
            ..Self::default()
        }
    }
}

/// What a save meets in the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// What this tab knows: write.
    Known,
    /// The changes of another tab, while there are none here: show them.
    Theirs,
    /// Changes of another tab, and others here: go on as a copy.
    Both,
}

const SHARED: &str = "This workspace is open in another tab too. Both show the same text; what is changed in one is changed in the other.";

impl Model {
    pub(super) fn update_tabs(&mut self, msg: Msg) -> Vec<Outside> {
        match msg {
            Msg::Saved(id, theirs) if id == self.id => self.other_saved(&theirs),
            Msg::Asked(id) if id == self.id => {
                self.tabs.shared = true;
                vec![Outside::AnswerTabs(id)]
            }
            Msg::Open(id) if id == self.id => {
                self.tabs.shared = true;
                self.notice = Some(SHARED.to_owned());
                Vec::new()
            }
            Msg::Saved(..) | Msg::Asked(_) | Msg::Open(_) => Vec::new(),
            Msg::Listed => vec![Outside::Relist],
        }
    }

    /// The next save follows this one.
    pub fn next_stamp(&mut self) -> String {
        self.tabs.count += 1;
        format!("{}:{}", self.tabs.tab, self.tabs.count)
    }

    /// This state is in the storage under this stamp.
    pub fn synced(&mut self, stamp: String) {
        self.tabs.stamp = stamp;
        self.tabs.synced = self.files.clone();
    }

    /// What a save would meet, if this is in the storage.
    pub fn meets(&self, there: &Stored) -> Meeting {
        if there.stamp == self.tabs.stamp
            || there.files().is_some_and(|files| files.same(&self.files))
        {
            Meeting::Known
        } else if self.files.same(&self.tabs.synced) {
            Meeting::Theirs
        } else {
            Meeting::Both
        }
    }

    /// Goes on under another number and name.
    pub fn fork(&mut self) {
        // the other tab may look for a free number at the same moment
        self.id = self.free_id() + self.tabs.tab;
        self.notice = Some(format!(
            "Another tab changed `{}` at the same time. Your text is safe: here it is a copy of its own, and both are in the list of workspaces.",
            self.name
        ));
        self.name = format!("{} copy", self.name).into();
        self.edited = true;
        self.tabs.shared = false;
        self.tabs.stamp = String::new();
        self.tabs.synced = Files::default();
    }

    fn other_saved(&mut self, theirs: &Stored) -> Vec<Outside> {
        let Some(files) = theirs.files() else {
            return Vec::new();
        };
        if files.same(&self.files) {
            self.synced(theirs.stamp.clone());
            return Vec::new();
        }
        // it builds on what is shown here
        if theirs.after == self.tabs.stamp || self.tabs.stamp.is_empty() {
            return self.take(theirs, files);
        }
        self.fork();
        vec![Outside::Save]
    }

    /// Shows what another tab wrote; it is saved already.
    pub fn take(&mut self, theirs: &Stored, files: Files) -> Vec<Outside> {
        let before = self.snapshot();
        if !files.contains(&self.open) {
            self.open = files.first().unwrap_or_else(|| "".into());
        }
        if !self.tabs.shared {
            self.tabs.shared = true;
            self.notice = Some(SHARED.to_owned());
        }
        self.name = theirs.name.as_str().into();
        let mut effects = self.change_from(before, files, Change::Structure);
        effects.retain(|effect| *effect != Outside::Save);
        self.edited = theirs.edited;
        self.synced(theirs.stamp.clone());
        effects
    }
}
