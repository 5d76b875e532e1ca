//! What can happen, and what is to be done about it outside of the model.

use std::rc::Rc;

use tierwalk_protocol::checks::CheckRequest;
use tierwalk_protocol::{Edit, File, Fix, Place, PolicyRef, Question, walk::Direction};

use super::{
    board_filter, checks, export,
    files::{Difference, Files},
    find, flows,
    keys::{Command, Press},
    language,
    layout::{Drawer, Pane, Panel, Width},
    matrix,
    model::{Middle, Model},
    object,
    open_files::How,
    palette, panes,
    remembered::{BoardForm, Preferences, Theme},
    saves,
    stored::Stored,
    suggest, tabs,
};
use crate::{
    engine::Event,
    share_link::{Link, ShareError},
};

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// The text of a file changed in the editor.
    Typed {
        /// The file.
        path: Rc<str>,
        /// Its new text.
        text: Rc<str>,
        /// When, in milliseconds.
        at: f64,
    },
    /// Show a file.
    Open(Rc<str>),
    /// Add an empty file.
    NewFile(String),
    /// Give the open file another name.
    Rename(String),
    /// Remove the open file.
    Delete,
    /// Files were dropped or chosen; with what was left out, in words.
    Import(Vec<File>, Vec<String>),
    /// A text was pasted.
    Paste(String),
    /// Make a fix.
    Apply(Fix),
    /// Something in the flows pane.
    Flows(flows::Msg),
    /// Add a policy that denies everything in a namespace.
    AddDefaultDeny,
    /// Back.
    Undo,
    /// The engine said something.
    Engine(Event),
    /// Start the engine again, or the page if that is what it takes.
    Restart,
    /// Choose a flow.
    Flow(String),
    /// Choose a flow, and move the focus to it.
    FlowByKey(String),
    /// Show the other end.
    Direction(Direction),
    /// Choose a row of the walk.
    Step(usize),
    /// Fold or unfold a row, or a rule in it.
    Toggle(usize, Option<usize>),
    /// Choose a policy on the board.
    Policy(PolicyRef),
    /// Choose a policy, and move the focus to it.
    PolicyByKey(PolicyRef),
    /// The cursor of the editor was put on a line of a file.
    Line(String, u32),
    /// Show a place in the editor, and go there if asked.
    Reveal(Place, bool),
    /// Show a list in the drawer.
    Drawer(Drawer),
    /// Show a list in the drawer, and move the focus to its tab.
    DrawerByKey(Drawer),
    /// Fold or unfold the drawer.
    FoldDrawer,
    /// Go to the line that adds a flow.
    Entry,
    /// The page is this wide.
    Width(Width),
    /// Change the form of the board.
    Form(BoardForm),
    /// Show a pane on a narrow page.
    Pane(Pane),
    /// Open or close what floats.
    Panel(Option<Panel>),
    /// A key was pressed, while a pane had the focus.
    Press(Press, Pane),
    /// A command was given, while a pane had the focus.
    Key(Command, Pane),
    /// The pointer was pressed outside of what floats.
    Elsewhere,
    /// Light, dark, or as the system.
    Theme(Option<Theme>),
    /// Everything larger, or not.
    Present(bool),
    /// Something about the palette.
    Palette(palette::Msg),
    /// Something about the sizes of panes.
    Panes(panes::Msg),
    /// Turn single letters on or off.
    Letters(bool),
    /// Open an example.
    Example(usize),
    /// The files of an example are there; `None` if they could not be loaded.
    ExampleFiles(usize, Option<Files>),
    /// Open a kept workspace.
    Workspace(u32),
    /// Open an empty workspace.
    Empty,
    /// A kept workspace was read; `None` if it could not be.
    Loaded(u32, Option<Box<Stored>>),
    /// A link was opened.
    Link(Result<Link, ShareError>),
    /// Something about earlier saves.
    Saves(saves::Msg),
    /// Another tab did something.
    Tabs(tabs::Msg),
    /// Go on with a copy of this workspace.
    Duplicate,
    /// Delete a workspace, or bring it back.
    Shelve(u32, bool),
    /// Give the workspace another name.
    Name(String),
    /// Pin the verdicts as they are.
    Pin,
    /// Copy a link.
    Share,
    /// Copy a link to the step at hand.
    ShareStep,
    /// A link would have this many bytes, which is too long.
    TooLong(usize),
    /// Take something out as a file.
    Exports(export::Msg),
    /// Download a zip.
    Export,
    /// Copy the walk as Markdown.
    CopyWalk,
    /// Copy the hit of the row at hand.
    CopyHit,
    /// Something worth saying in passing.
    Say(String),
    /// It was said long enough.
    Said,
    /// The engine has been busy for a while.
    Late,
    /// Something to be said until it is dismissed.
    Notice(String),
    /// Take the notice away.
    Dismiss,
    /// Something about what of the board is shown.
    Board(board_filter::Msg),
    /// Something about the matrix.
    Matrix(matrix::Msg),
    /// Show another view in the middle.
    Middle(Middle),
    /// Show the form, or the walk.
    ShowForm(bool),
    /// Show what there is to say about the chosen policy.
    ShowPolicy,
    /// Point at a line of the open template, or at none.
    Point(Option<u32>),
    /// Go to a line of the open template.
    Source(u32),
    /// About what would change the verdict.
    Suggest(suggest::Msg),
    /// Let the objects of a cluster take part, or all.
    Cluster(Option<String>),
    /// Write a value into the field of a form.
    Fill {
        /// Which field.
        path: String,
        /// What was typed.
        value: String,
        /// When, in milliseconds.
        at: f64,
    },
    /// Make a change that a form offers.
    Change(Edit),
    /// Copy the compiled objects.
    CopyCompiled,
    /// Put the compiled objects in place of their template.
    Detach,
    /// Add a file with the example of a template.
    Start(String),
    /// Move or change an object.
    Object(object::Msg),
    /// Checks in Rego.
    Checks(checks::Msg),
    /// What the editor asks.
    Language(language::Msg),
    /// Look for something in all files.
    Find(find::Msg),
    /// Take a file from the row of open files.
    CloseTab(Rc<str>),
    /// Typing in a large workspace paused: it is to be saved.
    Save,
    /// The page may go away: what waits to be saved or kept is so now.
    Flush,
}

/// What is to be done outside of the model.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Tell the engine everything.
    TellAll,
    /// Load the page again.
    Reload,
    /// Tell the engine what changed.
    Tell(Difference),
    /// Ask for the walk of the chosen flow.
    AskWalk(String),
    /// Ask the engine; the reply bears this id.
    Ask(u32, Question),
    /// Say when the text has rested.
    Rest,
    /// Ask what the checks say.
    Check,
    /// There is nothing to check any more.
    RestChecker,
    /// Ask the checker for the values of an expression.
    Evaluate(CheckRequest),
    /// Ask which checks edits of the files would break: their number, and for each the files that it changes.
    TryEdits(u32, Vec<Vec<File>>),
    /// Save the workspace.
    Save,
    /// Something about earlier saves.
    Saves(saves::Effect),
    /// Read the list of workspaces.
    Relist,
    /// Tell other tabs that this workspace is open here.
    AnswerTabs(u32),
    /// Mark a workspace as deleted, or not.
    Shelve(u32, bool),
    /// Save the preferences, and show the page accordingly.
    Prefer(Preferences),
    /// Get the files of an example.
    Example(usize),
    /// Read a kept workspace.
    Load(u32),
    /// Copy a text and say so.
    Copy(String, String),
    /// Copy the link of this workspace.
    CopyLink(Link),
    /// Download the workspace as a zip.
    Download,
    /// Download a text under a name.
    HandOut {
        /// Name of the file.
        name: String,
        /// Its media type.
        kind: &'static str,
        /// The text.
        text: String,
    },
    /// Draw an SVG as pixels, and download that under a name.
    Rasterise {
        /// Name of the file.
        name: String,
        /// The SVG.
        svg: String,
        /// Its width and height, in CSS pixels.
        size: (u32, u32),
    },
    /// Move the focus.
    Focus(Focus),
    /// Take what was said away in a while.
    Hush,
}

/// Where the focus can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Into a pane.
    Pane(Pane),
    /// To the chosen flow.
    Flow,
    /// To the chosen policy.
    Card,
    /// To the filter of the view in the middle.
    Filter,
    /// To the cell of the matrix at hand.
    Cell,
    /// To the step at hand.
    Step,
    /// To the chosen tab of the drawer.
    Tab,
    /// To the field of what is looked for.
    Find,
    /// To the first place that was found.
    Found,
    /// To the line that adds a flow.
    Entry,
    /// To the chosen check or finding.
    Check,
    /// To the reason of an exception.
    Exception,
    /// To the field of the palette.
    Palette,
    /// To the field that filters the flows.
    FlowFilter,
    /// To the chosen tab of the middle pane.
    View,
    /// To the chosen tab of the right pane.
    Side,
}

impl Model {
    /// Changes the model and says what is to be done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let (open, view) = (Rc::clone(&self.open), self.check_view());
        let how = How::of(&msg);
        let mut effects = self.updated(msg);
        if how == How::Meant || open != self.open {
            self.opened.shown(&self.open, how, &self.files);
        }
        if self.checks.asked && self.check_view() != view {
            effects.push(Effect::Check);
        }
        self.look(&open, effects)
    }

    fn updated(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Typed { path, text, at } => self.typed(&path, text, at),
            Msg::NewFile(path) => self.new_file(&path),
            Msg::Rename(path) => self.rename(&path),
            Msg::Delete => self.delete(),
            Msg::Import(files, left_out) => self.import(files, &left_out),
            Msg::Paste(text) => self.paste(&text),
            Msg::Apply(fix) => self.apply(&fix),
            Msg::Flows(msg) => self.update_flows(msg),
            Msg::AddDefaultDeny => self.add_default_deny(),
            Msg::Undo => self.undo(),
            Msg::Engine(event) => self.heard(event),
            Msg::Restart => self.restart(),
            Msg::Suggest(msg) => self.update_suggest(msg),
            Msg::Checks(msg) => self.update_checks(msg),
            Msg::Example(_)
            | Msg::ExampleFiles(..)
            | Msg::Workspace(_)
            | Msg::Empty
            | Msg::Loaded(..)
            | Msg::Link(_)
            | Msg::Duplicate
            | Msg::Shelve(..)
            | Msg::Name(_) => self.update_workspace(msg),
            Msg::Saves(msg) => self.update_saves(msg),
            Msg::Palette(msg) => self.update_palette(msg),
            Msg::Panes(msg) => self.update_panes(msg),
            Msg::Tabs(msg) => self.update_tabs(msg),
            Msg::Open(_)
            | Msg::Flow(_)
            | Msg::Direction(_)
            | Msg::Step(_)
            | Msg::Toggle(..)
            | Msg::Policy(_)
            | Msg::PolicyByKey(_)
            | Msg::FlowByKey(_)
            | Msg::Line(..)
            | Msg::Reveal(..) => self.update_selection(msg),
            Msg::Middle(_)
            | Msg::ShowForm(_)
            | Msg::ShowPolicy
            | Msg::Point(_)
            | Msg::Source(_)
            | Msg::Cluster(_)
            | Msg::Fill { .. }
            | Msg::Change(_)
            | Msg::CopyCompiled
            | Msg::Detach
            | Msg::Start(_) => self.update_template(msg),
            Msg::Board(msg) => self.update_board(msg),
            Msg::Language(msg) => self.update_language(msg),
            Msg::Find(msg) => self.update_find(msg),
            Msg::CloseTab(path) => self.close_tab(&path),
            Msg::Exports(msg) => self.export(msg),
            Msg::Matrix(msg) => self.update_matrix(msg),
            Msg::Object(msg) => self.update_object(msg),
            _ => self.update_view(msg),
        }
    }
}
