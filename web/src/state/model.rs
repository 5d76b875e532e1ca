//! The model.

use std::{rc::Rc, sync::Arc};

use tierwalk_protocol::{Analysis, FlowRow, PolicyRef, Side, Walk, walk::Direction};

use super::{
    board_filter, checks, details,
    files::Files,
    find,
    flips::{Baseline, Flip},
    flows,
    history::{History, Snapshot},
    language,
    layout::{Drawer, Pane, Panel, Width},
    matrix, object,
    open_files::OpenFiles,
    palette,
    remembered::{Kept, Preferences, Saved},
    saves, suggest, tabs,
    templates::Templates,
    walk_rows::{self, Row},
};

pub use super::templates::{Middle, Tab};
use crate::shared::Shared;

/// Everything the page knows.
#[derive(Debug)]
pub struct Model {
    /// Number of the workspace in this browser's storage.
    pub id: u32,
    /// Its name.
    pub name: Rc<str>,
    /// Whether anything was changed since it was opened from an example or a link.
    pub edited: bool,
    /// Its files.
    pub files: Files,
    /// The file in the editor; empty if there is none.
    pub open: Rc<str>,
    /// Undo across files.
    pub history: History,
    /// What the engine found last.
    pub analysis: Shared<Analysis>,
    /// How the engine is.
    pub engine: EngineState,
    /// The revision that was asked for last.
    pub asked: u32,
    /// Whether the analysis is of the text as it stands.
    pub fresh: bool,
    /// Whether that has been so for long enough to be shown.
    pub late: bool,
    /// The chosen flow.
    pub flow: Option<String>,
    /// The flow whose walk is shown: the chosen one, or the one before until its walk is there.
    pub shown: Option<Shown>,
    /// The end that board, inspector and editor show.
    pub direction: Direction,
    /// The row of the walk at hand.
    pub step: usize,
    /// Rules and rows whose folding was changed: row, and rule if it is one.
    pub toggled: Vec<(usize, Option<usize>)>,
    /// The flows pane.
    pub flows: flows::State,
    /// What flips are counted against.
    pub baseline: Option<Baseline>,
    /// The files as they were then.
    pub baseline_files: Option<Files>,
    /// The chosen policy.
    pub policy: Option<PolicyRef>,
    /// What the page knows of the chosen policy.
    pub details: details::State,
    /// Id of the question that was asked last.
    pub questions: u32,
    /// What would change the verdict.
    pub suggest: suggest::State,
    /// The list in the drawer.
    pub drawer: Drawer,
    /// Whether the drawer was folded or unfolded by hand.
    pub folded: Option<bool>,
    /// How wide the page is.
    pub width: Width,
    /// The pane that a narrow page shows.
    pub pane: Pane,
    /// What floats.
    pub panel: Option<Panel>,
    /// Where the editor is to go.
    pub target: Option<Target>,
    /// Counts how often the editor was to take the focus.
    pub editor_focus: u32,
    /// Something to be said once in the strip.
    pub notice: Option<String>,
    /// The notice that offers a file in place of a link.
    pub offer: Option<String>,
    /// The end and step that a link leads to, until its walk is there.
    pub led_to: Option<(Direction, u32)>,
    /// Something to be said in passing, in place of `Saved in this browser`.
    pub said: Option<String>,
    /// How saving went.
    pub saved: Saved,
    /// The workspaces in this browser's storage.
    pub kept: Vec<Kept>,
    /// The workspace to go back to, after a link was opened.
    pub back: Option<u32>,
    /// What is remembered for every workspace.
    pub preferences: Preferences,
    /// Earlier saves.
    pub saves: saves::State,
    /// The palette.
    pub palette: palette::State,
    /// Other tabs.
    pub tabs: tabs::State,
    /// What is chosen about templates.
    pub templates: Templates,
    /// What of the board is shown.
    pub board: board_filter::State,
    /// What the editor asks.
    pub language: language::State,
    /// What is looked for in all files.
    pub find: find::State,
    /// The files that were opened.
    pub opened: OpenFiles,
    /// The matrix.
    pub matrix: matrix::State,
    /// Objects that are changed.
    pub objects: object::State,
    /// What is known of the checks.
    pub checks: checks::State,
    /// Keys are written as on a Mac.
    pub mac: bool,
}

/// A flow and its walk.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The flow.
    pub flow: String,
    /// Its walk, if it has one.
    pub walk: Option<Shared<Walk>>,
}

/// How the engine is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EngineState {
    /// It did not report yet.
    #[default]
    Loading,
    /// It answers.
    Ready,
    /// It was stopped at the deadline; verdicts are from before.
    Stopped,
    /// It died; the text is for a report.
    Died(String),
    /// It is of another version than the page.
    Outdated,
}

/// A place that the editor is to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The line, from 1.
    pub line: u32,
    /// Start, in UTF-16 code units.
    pub from: u32,
    /// End.
    pub to: u32,
    /// Tells one request from the next.
    pub number: u32,
    /// Whether the editor is to take the focus.
    pub focus: bool,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            id: 1,
            name: "".into(),
            edited: false,
            files: Files::default(),
            open: "".into(),
            history: History::default(),
            analysis: Shared::default(),
            engine: EngineState::default(),
            asked: 0,
            fresh: false,
            late: false,
            flow: None,
            shown: None,
            direction: Direction::Ingress,
            step: 0,
            toggled: Vec::new(),
            flows: flows::State::default(),
            baseline: None,
            baseline_files: None,
            policy: None,
            details: details::State::default(),
            questions: 0,
            suggest: suggest::State::default(),
            drawer: Drawer::default(),
            folded: None,
            width: Width::default(),
            pane: Pane::default(),
            panel: None,
            target: None,
            editor_focus: 0,
            notice: None,
            offer: None,
            led_to: None,
            said: None,
            saved: Saved::default(),
            kept: Vec::new(),
            back: None,
            preferences: Preferences::default(),
            saves: saves::State::default(),
            palette: palette::State::default(),
            tabs: tabs::State::default(),
            templates: Templates::default(),
            board: board_filter::State::default(),
            language: language::State::default(),
            find: find::State::default(),
            opened: OpenFiles::default(),
            matrix: matrix::State::default(),
            objects: object::State::default(),
            checks: checks::State::default(),
            mac: false,
        }
    }
}

impl Model {
    /// The row of a flow, or of the pair that is shown in place of one.
    pub fn row(&self, id: &str) -> Option<&Arc<FlowRow>> {
        let mut flows = self.analysis.flows.iter();
        let pair = || self.matrix.pair.as_ref().filter(|pair| pair.id == id);
        flows.find(|flow| flow.id == id).or_else(pair)
    }

    /// The walk that is shown.
    pub fn walk(&self) -> Option<&Shared<Walk>> {
        self.shown.as_ref()?.walk.as_ref()
    }

    /// The end that is shown.
    pub fn side(&self) -> Option<&Side> {
        walk_rows::side(self.walk()?, self.direction)
    }

    /// The rows of the end that is shown.
    pub fn rows(&self) -> Vec<Row> {
        self.side().map(walk_rows::rows).unwrap_or_default()
    }

    /// Flows whose verdict is another than in the baseline.
    pub fn flips(&self) -> Vec<Flip> {
        let baseline = self.flip_base();
        baseline
            .map(|baseline| baseline.flips(&self.analysis.flows))
            .unwrap_or_default()
    }

    /// Whether only the head of the drawer shows.
    pub fn drawer_folded(&self) -> bool {
        self.width != Width::Narrow
            && self.folded.unwrap_or(
                self.width == Width::Medium
                    || self.shows_matrix()
                    || self.templates.middle == Middle::Checks,
            )
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            files: self.files.clone(),
            open: Rc::clone(&self.open),
        }
    }
}
