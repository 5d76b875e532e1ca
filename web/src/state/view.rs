//! How the page shows things, and what leaves it.

use tierwalk_protocol::{share::Reading, walk::Verdict};

use super::{
    Drawer, Effect, Focus, Model, Msg, Pane, Panel, find,
    flips::Baseline,
    keys::{self, Command},
    markdown,
    remembered::Saved,
    saves, words,
};
use crate::share_link::{LONGEST, Link};

/// The panes that `F6` goes through.
const PANES: [Pane; 4] = [Pane::Text, Pane::Board, Pane::Flows, Pane::Walk];

impl Model {
    pub(super) fn update_view(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Drawer(drawer) => {
                self.drawer = drawer;
                self.folded = self
                    .folded
                    .map(|_| false)
                    .or(self.drawer_folded().then_some(false));
            }
            Msg::DrawerByKey(drawer) => {
                self.drawer = drawer;
                return vec![Effect::Focus(Focus::Tab)];
            }
            Msg::FoldDrawer => self.folded = Some(!self.drawer_folded()),
            Msg::Entry => {
                self.folded = self.drawer_folded().then_some(false).or(self.folded);
                return vec![Effect::Focus(Focus::Entry)];
            }
            Msg::Width(width) => self.width = width,
            Msg::Pane(pane) => self.pane = pane,
            Msg::Panel(panel) => {
                self.panel = panel;
                return self.panel_opened();
            }
            Msg::Elsewhere => {
                self.panel = self.panel.take().filter(|panel| {
                    matches!(panel, Panel::Rename | Panel::NewFile | Panel::Gallery)
                })
            }
            Msg::Press(press, pane) => {
                let command = keys::command(&press, self.preferences.letters);
                return command
                    .map(|command| self.key(command, pane))
                    .unwrap_or_default();
            }
            Msg::Key(command, pane) => return self.key(command, pane),
            Msg::Form(form) => {
                self.preferences.board = form;
                return vec![Effect::Prefer(self.preferences)];
            }
            Msg::Theme(theme) => {
                self.preferences.theme = theme;
                return vec![Effect::Prefer(self.preferences)];
            }
            Msg::Present(on) => {
                self.preferences.present = on;
                return vec![Effect::Prefer(self.preferences)];
            }
            Msg::Letters(on) => {
                self.preferences.letters = on;
                return vec![Effect::Prefer(self.preferences)];
            }
            Msg::Notice(notice) => self.notice = Some(notice),
            Msg::Dismiss => self.notice = None,
            Msg::Say(text) => return self.say(text),
            Msg::Said => self.said = None,
            Msg::Late => self.late = true,
            other => return self.hand_out(other),
        }
        Vec::new()
    }

    /// A panel is a part of some pane, which has to be there for it.
    fn panel_opened(&mut self) -> Vec<Effect> {
        match self.panel {
            Some(Panel::Workspaces) => return vec![Effect::Saves(saves::Effect::List)],
            Some(Panel::NewFile | Panel::Rename | Panel::Gallery) => self.pane = Pane::Text,
            Some(Panel::Arrange | Panel::MoreFlows) => {
                self.pane = Pane::Flows;
                self.drawer = Drawer::Flows;
                self.folded = self.drawer_folded().then_some(false).or(self.folded);
            }
            _ => {}
        }
        self.flows_panel_opened()
    }

    /// Whether a message that comes with every key or press is to do anything.
    pub fn concerns(&self, msg: &Msg) -> bool {
        match msg {
            Msg::Press(press, _) => keys::command(press, self.preferences.letters).is_some(),
            Msg::Elsewhere => self.panel.is_some(),
            Msg::Width(width) => *width != self.width,
            Msg::Late => !self.fresh,
            _ => true,
        }
    }

    fn hand_out(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Pin => self.pin(),
            Msg::Share => vec![Effect::CopyLink(self.link())],
            Msg::ShareStep => vec![Effect::CopyLink(self.link_to_step())],
            Msg::TooLong(bytes) => self.offer_zip(bytes),
            Msg::Export => vec![Effect::Download],
            Msg::CopyWalk => self.copy_walk(),
            Msg::CopyHit => self.copy_hit(),
            _ => Vec::new(),
        }
    }

    fn key(&mut self, command: Command, pane: Pane) -> Vec<Effect> {
        match command {
            Command::Pane(by) => self.pane_by(pane, by),
            Command::Step(by) => self.step_by(by),
            Command::Decision => self.decision(),
            Command::Turn => self.turn(),
            Command::Problem(by) => self.problem_by(by),
            Command::Walk => {
                self.pane = Pane::Walk;
                self.details.shown = false;
                vec![Effect::Focus(Focus::Step)]
            }
            Command::QuickFix => self.quick_fix(),
            Command::FindAll => self.update_find(find::Msg::Open),
            Command::Tab(by) => self.tab_by(by),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Filter if pane == Pane::Flows => self.filter_flows(),
            Command::Filter => self.reach_filter(),
            Command::Pin => self.pin(),
            Command::Save => self.say(saved(self.saved).to_owned()),
            Command::Find => self.update_palette(super::palette::Msg::Focus(pane)),
            Command::View(number) => self.view_by_number(number),
            Command::Help => {
                self.panel = Some(Panel::Keys);
                Vec::new()
            }
            Command::Escape => match self.panel.take() {
                Some(Panel::Palette) => self.leave_palette(),
                _ => Vec::new(),
            },
        }
    }

    /// The first fix of the problem that the editor was sent to last.
    fn quick_fix(&mut self) -> Vec<Effect> {
        let problem = self
            .problem_at_hand()
            .and_then(|index| self.analysis.diagnostics.get(index));
        match problem.and_then(|problem| problem.fixes.first().cloned()) {
            Some(fix) => self.apply(&fix),
            None => Vec::new(),
        }
    }

    /// The tabs of the middle pane, as they stand there.
    fn view_by_number(&mut self, number: usize) -> Vec<Effect> {
        match self.views().get(number).map(|tab| tab.middle) {
            Some(middle) => {
                self.pane = Pane::Board;
                self.update(Msg::Middle(middle))
            }
            None => Vec::new(),
        }
    }

    fn pane_by(&mut self, pane: Pane, by: i32) -> Vec<Effect> {
        let at = PANES.iter().position(|other| *other == pane);
        let count = PANES.len() as i32;
        let next = at.map_or(0, |at| (at as i32 + by).rem_euclid(count));
        self.go_to_pane(PANES.get(next as usize).copied().unwrap_or_default())
    }

    pub(super) fn go_to_pane(&mut self, pane: Pane) -> Vec<Effect> {
        self.pane = pane;
        if pane == Pane::Text {
            self.editor_focus += 1;
        }
        vec![Effect::Focus(Focus::Pane(pane))]
    }

    pub(super) fn say(&mut self, text: String) -> Vec<Effect> {
        self.said = Some(text);
        vec![Effect::Hush]
    }

    fn pin(&mut self) -> Vec<Effect> {
        self.baseline = Some(Baseline::of(&self.analysis.flows));
        self.baseline_files = Some(self.files.clone());
        let mut effects = self.say("Baseline pinned".to_owned());
        effects.push(Effect::Save);
        effects
    }

    fn link(&self) -> Link {
        Link {
            files: self.files.plain(),
            reading: Reading {
                open: Some(self.open.to_string()),
                flow: self.flow.clone(),
                step: None,
                cluster: self.templates.cluster.clone(),
            },
        }
    }

    fn link_to_step(&self) -> Link {
        let mut link = self.link();
        let step = u32::try_from(self.step).ok();
        link.reading.step = step.map(|step| (self.direction, step));
        link
    }

    /// A link would be too long to be sent.
    fn offer_zip(&mut self, bytes: usize) -> Vec<Effect> {
        let text = format!(
            "The link would have {}; many programs cut links off at {}. Send the files instead.",
            words::size(bytes),
            words::size(LONGEST)
        );
        self.notice = Some(text.clone());
        self.offer = Some(text);
        Vec::new()
    }

    /// Whether the notice offers a file in place of a link.
    pub fn offers_zip(&self) -> bool {
        self.notice.is_some() && self.notice == self.offer
    }

    fn copy_walk(&mut self) -> Vec<Effect> {
        let shown = self.shown.as_ref();
        let row = shown.and_then(|shown| self.row(&shown.flow));
        let text = row
            .zip(self.walk())
            .map(|(row, walk)| markdown::walk(row, walk));
        text.map(|text| Effect::Copy(text, "Walk copied".to_owned()))
            .into_iter()
            .collect()
    }

    fn copy_hit(&mut self) -> Vec<Effect> {
        let hit = self.hit();
        hit.map(|hit| Effect::Copy(hit, "Hit copied".to_owned()))
            .into_iter()
            .collect()
    }

    /// The string of the row at hand, as flow logs print it.
    pub fn hit(&self) -> Option<String> {
        self.rows().get(self.step)?.hit.clone()
    }

    /// The verdict of the flow that is shown.
    pub fn verdict(&self) -> Option<Verdict> {
        self.walk().map(|walk| walk.verdict)
    }
}

/// What the key that saves elsewhere says.
fn saved(saved: Saved) -> &'static str {
    match saved {
        Saved::Yes => "Everything is already saved in this browser",
        Saved::Full => "Not saved: storage is full. Export keeps the files",
        Saved::Nowhere => "Not saved: this browser keeps nothing. Export keeps the files",
    }
}
