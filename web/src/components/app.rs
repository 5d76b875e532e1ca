//! The page as a whole: its model, what it is made of, and what is open first.

mod effects;
mod keep;
mod listeners;
mod panes;

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::Promise;
use yew::prelude::*;

use self::{
    keep::Keeping,
    listeners::listeners,
    panes::{bar, board, drawer, inspector, notes, pane_name, spoken, strip, text},
};
use super::{bottom_nav::BottomNav, marks::Sprite, more_pane::MorePane, separators::Separators};
use crate::{
    browser,
    checker::Checker,
    engine::Engine,
    examples, share_link,
    state::{Focus, Model, Msg, Width, checks, flips::Flipped, tabs},
    storage,
};

/// The page.
pub struct App {
    model: Model,
    on: Callback<Msg>,
    engine: Engine,
    checker: Checker,
    checking: Option<Timeout>,
    hush: Option<Timeout>,
    late: Option<Timeout>,
    rest: Option<Timeout>,
    keeping: Keeping,
    focus: Option<Focus>,
    offline: Option<Option<EventListener>>,
    examples: Promise,
    flipped: RefCell<Rc<Flipped>>,
    titled: Rc<str>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let on = link.callback(|msg| msg);
        let mut app = Self {
            model: Model {
                preferences: storage::preferences(),
                mac: browser::is_mac(),
                width: browser::width(),
                tabs: tabs::State::of((js_sys::Math::random() * 9_999.0) as u32 + 1),
                ..Model::default()
            },
            engine: Engine::start(link.callback(Msg::Engine)),
            checker: Checker::new(link.callback(|event| Msg::Checks(checks::Msg::Heard(event)))),
            checking: None,
            hush: None,
            late: None,
            rest: None,
            keeping: Keeping::start(&on),
            focus: None,
            offline: None,
            examples: examples::load(),
            flipped: RefCell::default(),
            titled: "".into(),
            _listeners: listeners(&on, browser::is_mac()),
            on,
        };
        browser::set_look(&app.model.preferences);
        app.open_first(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if let Msg::Flush = msg {
            self.save(ctx);
            self.keep();
            return false;
        }
        if !self.model.concerns(&msg) {
            return false;
        }
        if self.saves_before(&msg) {
            self.save(ctx);
        }
        self.keep_offline(&msg);
        for effect in self.model.update(msg) {
            self.run(ctx, effect);
        }
        self.wait_for_engine(ctx);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let Self { model, on, .. } = self;
        let flipped = self.flipped();
        let flips = &flipped.flips;
        html! {
            <div class="app" data-pane={pane_name(model.pane)}>
                <Sprite />
                { bar(model, on) }
                { strip(model, &flipped, on) }
                <main>
                    { text(model, on) }
                    { board(model, on) }
                    { drawer(model, flips.len(), on) }
                    { inspector(model, on) }
                    if model.width != Width::Narrow {
                        <Separators panes={model.preferences.panes} width={model.width} folded={model.drawer_folded()} {on} />
                    }
                    if model.width == Width::Narrow {
                        <MorePane theme={model.preferences.theme} baseline={model.baseline.is_some()} letters={model.preferences.letters} mac={model.mac} {on} />
                    }
                </main>
                if model.width == Width::Narrow {
                    <BottomNav pane={model.pane} notes={notes(model)} {on} />
                }
                <p class="sr" role="status">{ spoken(model, flips) }</p>
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(focus) = self.focus.take() {
            browser::focus(focus);
        }
        if self.titled != self.model.name {
            self.titled = Rc::clone(&self.model.name);
            browser::set_title(&self.titled);
        }
    }
}

impl App {
    /// What flipped; found again only after an analysis or with another baseline.
    fn flipped(&self) -> Rc<Flipped> {
        let mut flipped = self.flipped.borrow_mut();
        if !flipped.is_of(&self.model) {
            *flipped = Rc::new(Flipped::of(&self.model));
        }
        Rc::clone(&flipped)
    }

    /// A link, else the workspace that was open last, else the first example.
    fn open_first(&mut self, ctx: &Context<Self>) {
        storage::sweep();
        let list = storage::list();
        self.model.kept = list.kept;
        self.model.back = list.back;
        let stored = storage::workspace(list.current);
        let first = match stored {
            Some(stored) => Msg::Loaded(list.current, Some(Box::new(stored))),
            None => {
                self.model.id = self
                    .model
                    .kept
                    .iter()
                    .map(|kept| kept.id)
                    .max()
                    .unwrap_or(0)
                    + 1;
                Msg::Example(0)
            }
        };
        Component::update(self, ctx, first);
        if let Some(link) = share_link::from_hash(&browser::hash()) {
            browser::forget_hash();
            Component::update(self, ctx, Msg::Link(link));
        }
    }
}
