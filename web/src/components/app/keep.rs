//! Keeping: the workspace, its earlier saves, and what other tabs have to do with them.

use gloo::{events::EventListener, timers::callback::Timeout, utils::window};
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};
use yew::prelude::*;

use super::App;
use crate::{
    browser,
    state::{
        Model, Msg,
        files::Files,
        flips::Baseline,
        saves::{self, Content},
        stored::Stored,
        tabs::{self, Meeting},
    },
    storage,
};

/// How long typing in a large workspace pauses before it is saved, in milliseconds.
const PAUSE_MS: u32 = 400;

/// Changes within this time make one earlier save, in milliseconds.
const COALESCE_MS: u32 = 30_000;

/// What waits to be kept, and the other tabs.
#[derive(Default)]
pub struct Keeping {
    saving: Option<Timeout>,
    keeping: Option<Timeout>,
    /// The files of the newest earlier save, and the number of their workspace.
    kept: Option<(u32, Files)>,
    tabs: Option<BroadcastChannel>,
    greeted: Option<u32>,
    _listeners: Vec<EventListener>,
}

impl Keeping {
    /// Listens to other tabs.
    pub fn start(on: &Callback<Msg>) -> Self {
        let tabs = BroadcastChannel::new("tierwalk").ok();
        let mut listeners = vec![written(on.clone())];
        listeners.extend(tabs.as_ref().map(|tabs| greeted(tabs, on.clone())));
        Self {
            tabs,
            _listeners: listeners,
            ..Self::default()
        }
    }
}

impl App {
    pub(super) fn save(&mut self, ctx: &Context<Self>) {
        self.keeping.saving = None;
        let there = storage::newer(&self.model);
        match there.as_ref().map(|there| self.model.meets(there)) {
            Some(Meeting::Theirs) => return self.take(ctx, there),
            Some(Meeting::Both) => self.model.fork(),
            Some(Meeting::Known) | None => {}
        }
        let (saved, kept) = storage::save(&mut self.model);
        self.model.saved = saved;
        self.model.kept = kept;
        self.greet();
    }

    pub(super) fn save_later(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.keeping.saving = Some(Timeout::new(PAUSE_MS, move || link.send_message(Msg::Save)));
    }

    /// What waits to be saved is saved before anything but typing goes on, which may leave the workspace.
    pub(super) fn saves_before(&self, msg: &Msg) -> bool {
        let goes_on_typing = matches!(
            msg,
            Msg::Typed { .. } | Msg::Line(..) | Msg::Engine(_) | Msg::Late | Msg::Language(_)
        ) || matches!(msg, Msg::Suggest(_) | Msg::Checks(_) | Msg::Saves(_));
        self.keeping.saving.is_some() && !goes_on_typing
    }

    fn take(&mut self, ctx: &Context<Self>, there: Option<Stored>) {
        let read = there.and_then(|there| Some((there.files()?, there)));
        if let Some((files, theirs)) = read {
            for effect in self.model.take(&theirs, files) {
                self.run(ctx, effect);
            }
        }
    }

    pub(super) fn saves(&mut self, ctx: &Context<Self>, effect: saves::Effect) {
        let id = self.model.id;
        match effect {
            saves::Effect::Keep(true) => self.keep(),
            saves::Effect::Keep(false) => self.keep_later(ctx),
            saves::Effect::List => {
                let (mut list, taken) = (storage::saves::saves(id), storage::saves::taken());
                list.iter_mut()
                    .for_each(|save| save.when = browser::clock(save.at));
                ctx.link()
                    .send_message(Msg::Saves(saves::Msg::Listed(list, taken)));
            }
            saves::Effect::Read(number) => {
                let content = storage::saves::content(id, number).map(Box::new);
                ctx.link()
                    .send_message(Msg::Saves(saves::Msg::Read(number, content)));
            }
        }
    }

    /// Only a state whose verdicts are there is kept; a later one will do as well.
    pub(super) fn keep(&mut self) {
        self.keeping.keeping = None;
        let model = &self.model;
        if !model.fresh || model.files.len() == 0 {
            return;
        }
        let kept = self.keeping.kept.take().filter(|(id, _)| *id == model.id);
        let then = kept.map_or_else(
            || storage::saves::newest(model.id),
            |(_, files)| Some(files),
        );
        let files = &model.files;
        let same = then.as_ref().is_some_and(|then| then.same(files));
        if same || self.keep_after(then.as_ref()) {
            self.keeping.kept = Some((model.id, files.clone()));
        }
    }

    fn keep_after(&self, then: Option<&Files>) -> bool {
        let Model {
            id,
            files,
            analysis,
            ..
        } = &self.model;
        let content = Content::of(files, Baseline::of(&analysis.flows));
        storage::saves::keep(*id, then, files, &content, js_sys::Date::now())
    }

    fn keep_later(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.keeping.keeping.get_or_insert_with(|| {
            Timeout::new(COALESCE_MS, move || {
                link.send_message(Msg::Saves(saves::Msg::Due));
            })
        });
    }

    /// Asks once who else has this workspace open.
    fn greet(&mut self) {
        let id = self.model.id;
        if self.keeping.greeted.replace(id) == Some(id) {
            return;
        }
        self.tell_tabs("who", id);
    }

    pub(super) fn answer_tabs(&self, id: u32) {
        if id == self.model.id {
            self.tell_tabs("me", id);
        }
    }

    fn tell_tabs(&self, word: &str, id: u32) {
        if let Some(tabs) = &self.keeping.tabs {
            // a closed channel has nobody to tell
            let _ = tabs.post_message(&format!("{word} {id}").into());
        }
    }
}

fn written(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else {
            return;
        };
        match event
            .key()
            .zip(event.new_value())
            .and_then(|(key, text)| storage::written(&key, &text))
        {
            Some(storage::Written::List) => on.emit(Msg::Tabs(tabs::Msg::Listed)),
            Some(storage::Written::Workspace(id, stored)) => {
                on.emit(Msg::Tabs(tabs::Msg::Saved(id, stored)))
            }
            None => {}
        }
    })
}

fn greeted(tabs: &BroadcastChannel, on: Callback<Msg>) -> EventListener {
    EventListener::new(tabs, "message", move |event| {
        let said = event
            .dyn_ref::<MessageEvent>()
            .and_then(|event| event.data().as_string());
        let word = said.as_ref().and_then(|said| said.split_once(' '));
        let heard = word.and_then(|(word, id)| Some((word, id.parse().ok()?)));
        match heard {
            Some(("who", id)) => on.emit(Msg::Tabs(tabs::Msg::Asked(id))),
            Some(("me", id)) => on.emit(Msg::Tabs(tabs::Msg::Open(id))),
            _ => {}
        }
    })
}
