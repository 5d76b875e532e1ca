//! The palette: find a file, an object, a flow or a command by some of its letters.

use std::rc::Rc;

use tierwalk_protocol::Place;

use super::{
    BoardForm, Drawer, Effect, Focus, Model, Msg as Outside, Pane, Panel, Tab, Theme,
    files::{Files, TextFile},
    keys::{self, Command},
    language, saves, words,
};
use crate::examples::EXAMPLES;

pub mod fuzzy;
#[cfg(test)]
mod tests;

/// The most entries that are shown.
const SHOWN: usize = 40;

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Go to the field, from this pane.
    Focus(Pane),
    /// The field has the focus.
    Open,
    /// Something was typed.
    Typed(String),
    /// The next entry, or the previous one.
    Move(i32),
    /// Take the entry at hand.
    Take,
    /// Take this one of the entries that are shown.
    TakeAt(usize),
}

/// What the palette knows.
#[derive(Debug, Default)]
pub struct State {
    /// What was typed.
    pub query: String,
    /// The entry at hand, among those that are shown.
    pub at: usize,
    /// Where the focus was before, if that was in a pane.
    from: Option<Pane>,
    entries: Vec<Entry>,
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is: `file`, `Pod`, `flow`, `command`.
    pub kind: Rc<str>,
    /// Its name.
    pub name: String,
    /// What else there is to say.
    pub note: String,
    act: Act,
}

/// What taking an entry does.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    Open(Rc<str>),
    Reveal(Place),
    Flow(String),
    Key(Command),
    /// One of [`PLAIN`].
    Do(usize),
    Example(usize),
}

impl Model {
    pub(super) fn update_palette(&mut self, msg: Msg) -> Vec<Effect> {
        let last = self.found().len().saturating_sub(1);
        let palette = &mut self.palette;
        match msg {
            Msg::Focus(pane) => {
                palette.from = Some(pane).filter(|pane| *pane != Pane::More);
                return vec![Effect::Focus(Focus::Palette)];
            }
            Msg::Open => self.open_palette(),
            Msg::Typed(query) => {
                self.open_palette();
                self.palette.query = query;
                self.palette.at = 0;
            }
            Msg::Move(by) => palette.at = palette.at.saturating_add_signed(by as isize).min(last),
            Msg::Take => return self.take_entry(self.palette.at),
            Msg::TakeAt(at) => return self.take_entry(at),
        }
        Vec::new()
    }

    /// Back to where the palette was called from.
    pub(super) fn leave_palette(&mut self) -> Vec<Effect> {
        let from = std::mem::take(&mut self.palette).from;
        self.go_to_pane(from.unwrap_or(self.pane))
    }

    /// What was typed last time is not wanted again.
    fn open_palette(&mut self) {
        if self.panel.replace(Panel::Palette) == Some(Panel::Palette) {
            return;
        }
        let flows = self.analysis.flows.iter().map(|flow| Entry {
            kind: "flow".into(),
            name: words::flow(flow),
            note: flow.verdict.map_or("", words::verdict).to_owned(),
            act: Act::Flow(flow.id.clone()),
        });
        let files = self
            .files
            .iter()
            .map(|file| entry("file", &file.path, "", Act::Open(Rc::clone(&file.path))));
        let views = self.views().into_iter().enumerate();
        let views = views.map(|(index, tab)| view(index, tab, self.mac));
        let entries = commands(self.mac)
            .chain(views)
            .chain(files)
            .chain(objects(&self.files))
            .chain(flows)
            .chain(examples());
        self.palette = State {
            entries: entries.collect(),
            from: self.palette.from,
            ..State::default()
        };
    }

    /// The entries that are shown, best first.
    pub fn found(&self) -> Vec<&Entry> {
        let State { query, entries, .. } = &self.palette;
        let mut found: Vec<_> = entries
            .iter()
            .filter_map(|entry| Some((fuzzy::score(query, &entry.name)?, entry)))
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found
            .into_iter()
            .map(|(_, entry)| entry)
            .take(SHOWN)
            .collect()
    }

    fn take_entry(&mut self, at: usize) -> Vec<Effect> {
        let Some(act) = self.found().get(at).map(|entry| entry.act.clone()) else {
            return Vec::new();
        };
        self.panel = None;
        self.palette = State::default();
        let msg = match act {
            Act::Open(path) => {
                self.editor_focus += 1;
                Outside::Open(path)
            }
            Act::Reveal(place) => Outside::Reveal(place, true),
            Act::Flow(flow) => {
                self.pane = Pane::Flows;
                Outside::FlowByKey(flow)
            }
            Act::Key(command) => Outside::Key(command, self.pane),
            Act::Do(index) => match PLAIN.get(index) {
                Some((_, msg)) => msg(),
                None => return Vec::new(),
            },
            Act::Example(index) => Outside::Example(index),
        };
        self.update(msg)
    }
}

fn entry(kind: &str, name: &str, note: &str, act: Act) -> Entry {
    Entry {
        kind: kind.into(),
        name: name.to_owned(),
        note: note.to_owned(),
        act,
    }
}

/// A command without a key: its name, and what it does.
type Plain = (&'static str, fn() -> Outside);

/// Commands without a key.
const PLAIN: &[Plain] = &[
    ("Add a flow", || Outside::Entry),
    ("Share: copy a link", || Outside::Share),
    ("Share: copy a link to this step", || Outside::ShareStep),
    ("Export as zip", || Outside::Export),
    ("Export: YAML, report, pictures", || {
        Outside::Panel(Some(Panel::Export))
    }),
    ("Copy walk as Markdown", || Outside::CopyWalk),
    ("New empty workspace", || Outside::Empty),
    ("Duplicate this workspace", || Outside::Duplicate),
    ("Workspaces and earlier saves", || {
        Outside::Panel(Some(Panel::Workspaces))
    }),
    ("End comparison with an earlier save", || {
        Outside::Saves(saves::Msg::End)
    }),
    ("New file", || Outside::Panel(Some(Panel::NewFile))),
    ("New from template", || Outside::Panel(Some(Panel::Gallery))),
    ("Format this file", || {
        Outside::Language(language::Msg::Format)
    }),
    ("Rename this file", || Outside::Panel(Some(Panel::Rename))),
    ("Delete this file", || Outside::Delete),
    ("Import", || Outside::Panel(Some(Panel::Import))),
    ("Examples", || Outside::Panel(Some(Panel::Examples))),
    ("Keyboard shortcuts", || Outside::Panel(Some(Panel::Keys))),
    ("Board as columns", || Outside::Form(BoardForm::Columns)),
    ("Board as list", || Outside::Form(BoardForm::List)),
    ("Show the form", || Outside::ShowForm(true)),
    ("Show the policy and what it selects", || {
        Outside::ShowPolicy
    }),
    ("Show the walk", || Outside::ShowForm(false)),
    ("Show all flows", || Outside::Drawer(Drawer::Flows)),
    ("Show problems", || Outside::Drawer(Drawer::Problems)),
    ("Show flipped flows", || Outside::Drawer(Drawer::Flipped)),
    ("Sort, group or filter the flows", || {
        Outside::Panel(Some(Panel::Arrange))
    }),
    ("All pairs in a namespace", || {
        Outside::Panel(Some(Panel::MoreFlows))
    }),
    ("Fold or unfold the drawer", || Outside::FoldDrawer),
    ("Theme: as the system", || Outside::Theme(None)),
    ("Theme: light", || Outside::Theme(Some(Theme::Light))),
    ("Theme: dark", || Outside::Theme(Some(Theme::Dark))),
    ("Presentation size: on", || Outside::Present(true)),
    ("Presentation size: off", || Outside::Present(false)),
];

fn commands(mac: bool) -> impl Iterator<Item = Entry> {
    const KEYED: &[(&str, &str, Command)] = &[
        ("Jump to the step that decided", "D", Command::Decision),
        ("Other direction", "E", Command::Turn),
        ("Next problem", "F8", Command::Problem(1)),
        ("Undo", "⌘Z", Command::Undo),
        ("Redo", "⇧⌘Z", Command::Redo),
        ("Pin as baseline", "B", Command::Pin),
        ("Find in all files", "⇧⌘F", Command::FindAll),
    ];
    let keyed = KEYED.iter().map(move |(name, key, command)| {
        entry("command", name, &keys::shown(key, mac), Act::Key(*command))
    });
    let plain = PLAIN.iter().enumerate();
    keyed.chain(plain.map(|(index, (name, _))| entry("command", name, "", Act::Do(index))))
}

/// A view of the middle pane, with its key.
fn view(index: usize, tab: Tab, mac: bool) -> Entry {
    let key = keys::shown(&format!("⌘{}", index + 1), mac);
    let name = format!("View: {}", tab.middle.name());
    entry("command", &name, &key, Act::Key(Command::View(index)))
}

fn examples() -> impl Iterator<Item = Entry> {
    let example = |(index, title): (usize, &str)| entry("example", title, "", Act::Example(index));
    EXAMPLES
        .iter()
        .map(|example| example.title)
        .enumerate()
        .map(example)
}

/// Every object of every file, at its name.
fn objects(files: &Files) -> impl Iterator<Item = Entry> {
    files.iter().flat_map(objects_of)
}

/// Only whole lines are looked at: a document that is being written has its name as soon as it stands there.
fn objects_of(file: &TextFile) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut object = Object::default();
    let mut from = 0;
    for (number, line) in (1..).zip(file.text.split_inclusive('\n')) {
        let is_item = line.starts_with("- ");
        if line.trim_end() == "---" || is_item {
            found.extend(std::mem::take(&mut object).entry());
        }
        object.in_list |= is_item;
        let place = || Place {
            file: file.path.to_string(),
            line: number,
            column: 1,
            from,
            to: from + utf16(line.trim_end()),
        };
        let depth = if object.in_list { 2 } else { 0 };
        object.read(line.get(depth..).unwrap_or_default().trim_end(), place);
        from += utf16(line);
    }
    found.extend(object.entry());
    found
}

fn utf16(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// An object as far as it was read.
#[derive(Default)]
struct Object {
    kind: Option<String>,
    name: Option<(String, Place)>,
    namespace: Option<String>,
    in_metadata: bool,
    /// It is an item of a list, as `kubectl get -o yaml` writes it: two columns further in.
    in_list: bool,
}

impl Object {
    fn read(&mut self, line: &str, place: impl Fn() -> Place) {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            self.in_metadata = line == "metadata:";
        }
        let value = |key: &str| {
            Some(
                line.strip_prefix(key)?
                    .trim()
                    .trim_matches(['"', '\''])
                    .to_owned(),
            )
        };
        if let Some(kind) = value("kind:") {
            self.kind = Some(kind);
        } else if let (true, Some(name)) = (self.in_metadata, value("  name:")) {
            self.name = Some((name, place()));
        } else if let (true, Some(namespace)) = (self.in_metadata, value("  namespace:")) {
            self.namespace = Some(namespace);
        }
    }

    fn entry(self) -> Option<Entry> {
        let (name, place) = self.name?;
        let name = self
            .namespace
            .map_or(name.clone(), |namespace| format!("{namespace}/{name}"));
        let note = words::place(&place);
        Some(entry(&self.kind?, &name, &note, Act::Reveal(place)))
    }
}
