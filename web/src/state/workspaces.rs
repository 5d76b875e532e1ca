//! Opening workspaces. One that was edited is never replaced: what is opened next gets a number of its
//! own, and the edited one stays in the list.

use std::rc::Rc;

use tierwalk_protocol::share::Reading;

use super::{
    Effect, Model, Msg, Panel, files::Files, flows, history::History, open_files::OpenFiles, saves,
    stored::Stored, templates::Templates, words,
};
use crate::{
    examples::{EXAMPLES, first_files},
    share_link::{Link, ShareError},
};

impl Model {
    pub(super) fn update_workspace(&mut self, msg: Msg) -> Vec<Effect> {
        // a deleted workspace gives way to another, and the list stays for going back
        if !matches!(msg, Msg::Loaded(..)) {
            self.panel = None;
        }
        match msg {
            Msg::Example(0) => self.open_example(0, Some(first_files())),
            Msg::Example(index) => vec![Effect::Example(index)],
            Msg::ExampleFiles(index, files) => self.open_example(index, files),
            Msg::Empty => self.open_new("untitled", Files::default(), None, None),
            Msg::Workspace(id) if id != self.id => vec![Effect::Save, Effect::Load(id)],
            Msg::Loaded(id, Some(stored)) => self.loaded(id, *stored),
            Msg::Loaded(_, None) => {
                self.notice = Some("This workspace could not be read.".to_owned());
                Vec::new()
            }
            Msg::Link(Ok(link)) => self.open_link(link),
            Msg::Link(Err(error)) => self.refuse_link(&error),
            Msg::Duplicate => self.duplicate(),
            Msg::Shelve(id, gone) => self.shelve(id, gone),
            Msg::Name(name) => self.rename_workspace(&name),
            _ => Vec::new(),
        }
    }

    fn open_example(&mut self, index: usize, files: Option<Files>) -> Vec<Effect> {
        let Some((example, files)) = EXAMPLES.get(index).zip(files) else {
            self.notice =
                Some("The examples could not be loaded. Your text is as it was.".to_owned());
            return Vec::new();
        };
        self.back = None;
        let chosen = self.files.len() > 0;
        let effects = self.open_new(example.name, files, Some(example.open), None);
        self.notice = chosen.then(|| example.notice.to_owned());
        effects
    }

    fn open_link(&mut self, link: Link) -> Vec<Effect> {
        let files = Files::from(link.files);
        let name = name_of(&files);
        self.back = self.edited.then_some(self.id).or(self.back);
        let Reading {
            open,
            flow,
            step,
            cluster,
        } = link.reading;
        let effects = self.open_new(&name, files, open.as_deref(), flow);
        self.led_to = step;
        self.templates.cluster = cluster;
        effects
    }

    fn refuse_link(&mut self, error: &ShareError) -> Vec<Effect> {
        self.notice = Some(format!(
            "The link cannot be opened: {error}. Your own workspace is shown."
        ));
        Vec::new()
    }

    fn open_new(
        &mut self,
        name: &str,
        files: Files,
        open: Option<&str>,
        flow: Option<String>,
    ) -> Vec<Effect> {
        // another tab may go on with what it shows
        if self.edited || self.tabs.shared {
            self.move_to(self.free_id());
        }
        let open = open.filter(|path| files.contains(path)).map(Rc::from);
        self.open = open.or_else(|| files.first()).unwrap_or_else(|| "".into());
        self.name = name.into();
        self.files = files;
        self.edited = false;
        self.flow = flow;
        self.baseline = None;
        self.start_over()
    }

    fn loaded(&mut self, id: u32, stored: Stored) -> Vec<Effect> {
        let Some(files) = stored.files() else {
            return self.update_workspace(Msg::Loaded(id, None));
        };
        if self.back == Some(id) {
            self.back = None;
        }
        self.move_to(id);
        self.tabs.stamp = stored.stamp;
        self.tabs.synced = files.clone();
        self.name = stored.name.into();
        self.open = Rc::from(stored.open.as_str());
        if !files.contains(&self.open) {
            self.open = files.first().unwrap_or_else(|| "".into());
        }
        self.files = files;
        self.edited = stored.edited;
        self.flow = stored.flow;
        self.baseline = stored.baseline;
        let mut effects = self.start_over();
        self.templates.cluster = stored.cluster;
        if self.panel == Some(Panel::Workspaces) {
            effects.push(Effect::Saves(saves::Effect::List));
        }
        effects
    }

    fn start_over(&mut self) -> Vec<Effect> {
        self.history = History::default();
        self.flows = flows::State::default();
        self.saves.opened = false;
        self.saves.compared = None;
        self.templates = Templates::default();
        self.opened = OpenFiles::default();
        self.baseline_files = Some(self.files.clone());
        self.shown = None;
        self.policy = None;
        self.target = None;
        self.notice = None;
        self.fresh = false;
        let checks = std::mem::take(&mut self.checks);
        self.checks.by_team = checks.by_team;
        let rest = checks.report.map(|_| Effect::RestChecker);
        let effects = [Effect::TellAll, Effect::Save];
        effects.into_iter().chain(rest).collect()
    }

    fn rename_workspace(&mut self, name: &str) -> Vec<Effect> {
        let name = name.trim();
        if name.is_empty() || *name == *self.name {
            return Vec::new();
        }
        self.name = name.into();
        self.edited = true;
        vec![Effect::Save]
    }

    fn duplicate(&mut self) -> Vec<Effect> {
        self.move_to(self.free_id());
        self.notice = Some(format!("This is a copy of `{}`.", self.name));
        self.name = format!("{} copy", self.name).into();
        self.edited = true;
        self.saves.opened = false;
        let mut effects = vec![Effect::Save];
        effects.extend(self.keep());
        effects
    }

    /// What was deleted stays until the page is loaded again. The open one gives way to another.
    fn shelve(&mut self, id: u32, gone: bool) -> Vec<Effect> {
        self.panel = Some(Panel::Workspaces);
        let mut effects = vec![Effect::Shelve(id, gone)];
        if gone && id == self.id {
            let next = self.kept.iter().rfind(|kept| kept.id != id && !kept.gone);
            effects.insert(0, Effect::Save);
            effects.push(match next {
                Some(next) => Effect::Load(next.id),
                None => return effects.into_iter().chain(self.start_again()).collect(),
            });
        }
        effects
    }

    fn start_again(&mut self) -> Vec<Effect> {
        self.edited = true;
        self.open_example(0, Some(first_files()))
    }

    fn move_to(&mut self, id: u32) {
        self.id = id;
        self.tabs.shared = false;
        self.tabs.stamp = String::new();
        self.tabs.synced = Files::default();
    }

    pub(super) fn free_id(&self) -> u32 {
        let kept = self.kept.iter().map(|kept| kept.id);
        kept.chain([self.id]).max().unwrap_or(0) + 1
    }
}

/// A shared workspace is called after its first file of flows.
fn name_of(files: &Files) -> String {
    let flows = files.iter().find(|file| file.path.starts_with("flows/"));
    flows
        .map_or("shared", |file| words::stem(&file.path))
        .to_owned()
}
