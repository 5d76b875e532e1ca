//! The page as a whole: the model, and the hands that do what it asks for.

mod keep;

use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
    utils::{document, window},
};
use js_sys::Promise;
use tierwalk_protocol::{FlowRow, checks::CheckView};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, KeyboardEvent};
use yew::prelude::*;

use self::keep::Keeping;
use super::{
    board::Board, bottom_nav::BottomNav, check_details::CheckDetails, checks::Checks,
    compiled::Compiled, drawer::Drawer, form::Form, inspector::Inspector, marks::Sprite,
    matrix::Matrix, more_pane::MorePane, object_form::ObjectForm, separators::Separators,
    strip::Strip, text_pane::TextPane, top_bar::TopBar,
};
use crate::{
    browser,
    checker::Checker,
    engine::{Engine, Event},
    examples::{self, EXAMPLES},
    incoming, offline, raster, share_link,
    shared::Shared,
    state::{
        Effect, EngineState, Focus, Middle, Model, Msg, Pane, Panel, Theme, Width,
        checks::{self, State},
        export::Shade,
        flips::{Counts, Flip},
        keys, one_edit, suggest, tabs, words,
    },
    storage, zip,
};

/// How long something said in passing stays, in milliseconds.
const SAID_MS: u32 = 2_500;

/// Above this many bytes a workspace is saved when typing pauses, not at every key.
const LARGE: usize = 512 << 10;

/// How long the text rests before it is asked what would change a verdict, in milliseconds.
const REST_MS: u32 = 300;

/// The page.
pub struct App {
    model: Model,
    on: Callback<Msg>,
    engine: Engine,
    checker: Checker,
    checking: Option<Timeout>,
    hush: Option<Timeout>,
    rest: Option<Timeout>,
    keeping: Keeping,
    focus: Option<Focus>,
    offline: Option<Option<EventListener>>,
    examples: Promise,
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
            rest: None,
            keeping: Keeping::start(&on),
            focus: None,
            offline: None,
            examples: examples::load(),
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
        self.keep_offline(&msg);
        for effect in self.model.update(msg) {
            self.run(ctx, effect);
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let Self { model, on, .. } = self;
        let flips = model.flips();
        html! {
            <div class="app" data-pane={pane_name(model.pane)}>
                <Sprite />
                { self.bar(on) }
                { strip(model, &flips, on) }
                <main>
                    { text(model, on) }
                    { board(model, on) }
                    { drawer(model, flips.len(), on) }
                    { inspector(model, on) }
                    if model.width != Width::Narrow {
                        <Separators panes={model.preferences.panes} width={model.width} folded={model.drawer_folded()} {on} />
                    }
                    if model.width == Width::Narrow {
                        <MorePane shade={shade(model)} baseline={model.baseline.is_some()} letters={model.preferences.letters} mac={model.mac} {on} />
                    }
                </main>
                if model.width == Width::Narrow {
                    <BottomNav pane={model.pane} notes={notes(model)} {on} />
                }
                <p class="sr" role="status">{ spoken(model, &flips) }</p>
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(focus) = self.focus.take() {
            browser::focus(focus);
        }
        browser::set_title(&self.model.name);
    }
}

impl App {
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

    fn run(&mut self, ctx: &Context<Self>, effect: Effect) {
        let model = &mut self.model;
        match effect {
            Effect::TellAll => {
                model.asked = self.engine.open(model.files.plain(), model.looked_at())
            }
            Effect::Tell(difference) => {
                model.asked =
                    self.engine
                        .edit(difference.changed, difference.removed, model.looked_at());
            }
            Effect::AskWalk(flow) => model.asked = self.engine.walk(flow),
            Effect::Ask(id, question) => self.engine.ask(id, question),
            Effect::Rest => {
                let link = ctx.link().clone();
                let rested = move || link.send_message(Msg::Suggest(suggest::Msg::Rested));
                self.rest = Some(Timeout::new(REST_MS, rested));
            }
            Effect::Check => self.check_later(),
            Effect::RestChecker => {
                self.checking = None;
                self.checker.rest();
            }
            Effect::Evaluate(question) => self.checker.evaluate(question),
            Effect::Save if model.files.bytes() > LARGE => self.save_later(ctx),
            Effect::Save => self.save(ctx),
            Effect::Saves(effect) => self.saves(ctx, effect),
            Effect::Relist => model.kept = storage::list().kept,
            Effect::AnswerTabs(id) => self.answer_tabs(id),
            Effect::Shelve(id, gone) => model.kept = storage::shelve(id, gone),
            Effect::Prefer(preferences) => {
                browser::set_look(&preferences);
                storage::prefer(preferences);
                // what is larger leaves less room
                ctx.link().send_message(Msg::Width(browser::width()));
            }
            Effect::Example(index) => {
                let loaded = self.examples.clone();
                let name = EXAMPLES.get(index).map_or("", |example| example.name);
                ctx.link().send_future(async move {
                    Msg::ExampleFiles(index, examples::files(loaded, name).await)
                });
            }
            Effect::Load(id) => {
                let stored = storage::workspace(id).map(Box::new);
                ctx.link().send_message(Msg::Loaded(id, stored));
            }
            Effect::Copy(text, said) => copy(ctx, text, said),
            Effect::CopyLink(link) => {
                let address = browser::address_with(&share_link::to_hash(&link));
                let size = address.len();
                if size > share_link::LONGEST {
                    ctx.link().send_message(Msg::TooLong(size));
                } else {
                    copy(ctx, address, format!("Link copied, {}", words::size(size)));
                }
            }
            Effect::Download => self.download(ctx),
            Effect::HandOut { name, kind, text } => {
                let said = match browser::download(&name, kind, text.as_bytes()) {
                    Ok(()) => format!("{name} downloaded"),
                    Err(_) => format!("{name} could not be downloaded"),
                };
                ctx.link().send_message(Msg::Say(said));
            }
            Effect::Rasterise { name, svg, size } => ctx.link().send_future(async move {
                Msg::Say(match raster::download(&name, &svg, size).await {
                    Ok(()) => format!("{name} downloaded"),
                    Err(_) => format!("{name} could not be drawn"),
                })
            }),
            Effect::Focus(focus) => self.focus = Some(focus),
            Effect::Hush => {
                let link = ctx.link().clone();
                self.hush = Some(Timeout::new(SAID_MS, move || link.send_message(Msg::Said)));
            }
        }
    }

    /// Once everything that the page needs is loaded, all of it is kept.
    fn keep_offline(&mut self, msg: &Msg) {
        if let Msg::Engine(Event::Ready) = msg {
            let on = &self.on;
            self.offline
                .get_or_insert_with(|| offline::start(on.clone()));
        }
    }

    /// What the engine said is painted before the checks are asked.
    fn check_later(&mut self) {
        let (checker, files) = (self.checker.clone(), self.model.files.clone());
        let view = CheckView {
            now: js_sys::Date::now(),
            ..self.model.check_view()
        };
        let ask = move || checker.check(files, view);
        self.checking = Some(Timeout::new(0, ask));
    }

    fn download(&self, ctx: &Context<Self>) {
        let name = format!("{}.zip", self.model.name);
        let done = zip::pack(&self.model.files)
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                browser::download(&name, "application/zip", &bytes)
                    .map_err(|error| format!("{error:?}"))
            });
        let said = match done {
            Ok(()) => format!("{name} downloaded"),
            Err(_) => "The zip could not be made".to_owned(),
        };
        ctx.link().send_message(Msg::Say(said));
    }

    fn bar(&self, on: &Callback<Msg>) -> Html {
        let model = &self.model;
        let found = (model.panel == Some(Panel::Palette))
            .then(|| model.found().into_iter().cloned().collect());
        html! {
            <TopBar shade={shade(model)} name={model.name.to_string()} id={model.id} kept={model.kept.clone()} back={model.back}
                saves={model.saves.list.clone()} taken={model.saves.taken.clone()}
                comparison={(model.panel == Some(Panel::Workspaces)).then(|| model.comparison()).flatten()}
                said={model.said.clone().map(AttrValue::from)} saved={model.saved} panel={model.panel.clone()}
                letters={model.preferences.letters} mac={model.mac}
                theme={model.preferences.theme} present={model.preferences.present}
                query={model.palette.query.clone()} {found} at={model.palette.at} {on} />
        }
    }
}

fn copy(ctx: &Context<App>, text: String, said: String) {
    ctx.link().send_future(async move {
        match browser::copy(&text).await {
            Ok(()) => Msg::Say(said),
            Err(_) => Msg::Say("This browser does not let the page copy".to_owned()),
        }
    });
}

/// The colours of the page.
fn shade(model: &Model) -> Shade {
    let theme = model.preferences.theme;
    match theme.map_or_else(browser::prefers_dark, |theme| theme == Theme::Dark) {
        true => Shade::Dark,
        false => Shade::Light,
    }
}

fn shown_flow(model: &Model) -> Option<FlowRow> {
    let shown = model.shown.as_ref()?;
    model.row(&shown.flow).map(|flow| (**flow).clone())
}

fn strip(model: &Model, flips: &[Flip], on: &Callback<Msg>) -> Html {
    html! {
        <Strip counts={Counts::of(&model.analysis.flows)} flips={flips.to_vec()} engine={model.engine.clone()} saved={model.saved}
            notice={model.notice.clone().map(AttrValue::from)} offer={model.offers_zip()} can_undo={model.history.can_undo()}
            baseline={model.baseline.is_some()} mac={model.mac} {on} />
    }
}

fn text(model: &Model, on: &Callback<Msg>) -> Html {
    html! {
        <TextPane workspace={model.id} files={model.files.clone()} baseline={model.baseline_files.clone()} open={model.open.clone()}
            analysis={model.analysis.clone()} walk={model.walk().cloned()} direction={model.direction}
            target={model.target.clone()} mapped={model.templates.line.filter(|_| model.is_template(&model.open))} focus={model.editor_focus} panel={model.panel.clone()}
            answers={model.language.answers.clone()} renaming={model.language.renaming.clone()} opened={model.opened.clone()}
            policy={model.open_module().cloned()} checked={model.checked()} selection={model.checks.selection} {on} />
    }
}

fn board(model: &Model, on: &Callback<Msg>) -> Html {
    let views = model.views();
    match model.middle() {
        Middle::Board => {}
        Middle::Matrix => {
            return html! { <Matrix {views} matrix={model.matrix.clone()} {on} /> };
        }
        Middle::Compiled => {
            return html! { <Compiled {views} analysis={model.analysis.clone()} open={model.open.to_string()} line={model.templates.line} {on} /> };
        }
        Middle::Checks => return checks(model, on),
    }
    html! {
        <Board {views} analysis={model.analysis.clone()} walk={model.walk().cloned()} flow={shown_flow(model)} direction={model.direction}
            panel={model.panel.clone()} policy={model.policy.clone()} selected={model.selected.clone()} shown={model.board.clone()} form={model.preferences.board} narrow={model.width == Width::Narrow} {on} />
    }
}

fn checks(model: &Model, on: &Callback<Msg>) -> Html {
    let State {
        report,
        by_team,
        chosen,
        health,
        ..
    } = &model.checks;
    html! {
        <Checks report={report.clone()} any={model.has_checks()} groups={model.finding_groups()} by_team={*by_team}
            chosen={chosen.clone()} health={health.clone()} views={model.views()} {on} />
    }
}

fn drawer(model: &Model, flipped: usize, on: &Callback<Msg>) -> Html {
    let flows = &model.flows;
    html! {
        <Drawer arrangement={flows.arrangement} order={flows.order.clone().map(Shared::from)} filter={flows.filter.clone()} since={flows.since} entry={flows.entry.clone()}
            pairs={flows.pairs.clone()} panel={model.panel.clone()} stale={!model.fresh && model.engine == EngineState::Ready}
            analysis={model.analysis.clone()} baseline={model.flip_base().cloned()} flow={model.flow.clone()} tab={model.drawer}
            folded={model.drawer_folded()} files={model.files.clone()} find={model.find.clone()} {flipped} {on} />
    }
}

fn inspector(model: &Model, on: &Callback<Msg>) -> Html {
    if model.shows_form() {
        return html! { <Form analysis={model.analysis.clone()} line={model.templates.line} {on} /> };
    }
    if let Some(report) = model
        .checks
        .report
        .clone()
        .filter(|_| model.middle() == Middle::Checks)
    {
        let State {
            excepting,
            input,
            evaluated,
            ..
        } = &model.checks;
        return html! {
            <CheckDetails {report} files={model.files.clone()} open={model.open.clone()} finding={model.chosen_finding().map(|it| it.0)}
                check={model.chosen_check().map(|it| it.0)} excepting={*excepting} input={*input} object={model.object_at_hand()}
                evaluated={evaluated.clone()} today={browser::today()} {on} />
        };
    }
    if model.shows_object() {
        let form = &model.objects.form;
        return html! { <ObjectForm form={form.form.clone()} why={form.why.clone()} {on} /> };
    }
    let flow = shown_flow(model);
    let was = flow.as_ref().and_then(|flow| model.flip_base()?.was(flow));
    let edit = was
        .and(model.baseline_files.as_ref())
        .and_then(|before| one_edit::between(before, &model.files));
    html! {
        <Inspector pair={model.matrix.pair.is_some()} sides={true} {flow} walk={model.walk().cloned()} direction={model.direction} step={model.step}
            toggled={model.toggled.clone()} suggestions={model.suggestions()} {was} {edit} {on} />
    }
}

/// Read out when flows flip and when something is said in passing, and at no other time.
fn spoken(model: &Model, flips: &[Flip]) -> String {
    match (&model.said, &model.notice) {
        (Some(said), _) | (None, Some(said)) => said.replace('`', ""),
        (None, None) if flips.is_empty() => String::new(),
        (None, None) => words::spoken(flips),
    }
}

fn notes(model: &Model) -> [AttrValue; 5] {
    let flows = model.analysis.flows.len().to_string();
    let verdict = model.verdict().map_or("none", words::verdict);
    let tiers = words::count(model.analysis.board.tiers.len(), "tier");
    let file = words::stem(&model.open).to_owned();
    [
        flows.into(),
        verdict.into(),
        tiers.into(),
        file.into(),
        "examples".into(),
    ]
}

fn pane_name(pane: Pane) -> &'static str {
    match pane {
        Pane::Flows => "flows",
        Pane::Walk => "walk",
        Pane::Board => "board",
        Pane::Text => "text",
        Pane::More => "more",
    }
}

fn listeners(on: &Callback<Msg>, mac: bool) -> Vec<EventListener> {
    let mut all = vec![
        keys_pressed(on.clone(), mac),
        pasted(on.clone()),
        clicked_elsewhere(on.clone()),
        resized(on.clone()),
        left(on.clone()),
        linked(on.clone()),
    ];
    all.extend(incoming::on_drop(on.clone()));
    all
}

fn keys_pressed(on: Callback<Msg>, mac: bool) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event
            .dyn_ref::<KeyboardEvent>()
            .filter(|event| !event.default_prevented())
        else {
            return;
        };
        let press = browser::press(event, mac);
        on.emit(Msg::Press(press, browser::pane_of(event)));
        if keys::is_ours(&browser::press(event, mac)) {
            event.prevent_default();
        }
    })
}

/// Pasting outside of text adds to the workspace.
fn pasted(on: Callback<Msg>) -> EventListener {
    EventListener::new(&document(), "paste", move |event| {
        let typed = browser::origin(event).is_some_and(|element| browser::is_typed_in(&element));
        let data = event
            .dyn_ref::<ClipboardEvent>()
            .and_then(ClipboardEvent::clipboard_data);
        let Some(data) = data.filter(|_| !typed) else {
            return;
        };
        if !incoming::transferred(&data, on.clone()) {
            on.emit(Msg::Paste(data.get_data("text/plain").unwrap_or_default()));
        }
    })
}

/// A press outside of what floats closes it.
fn clicked_elsewhere(on: Callback<Msg>) -> EventListener {
    EventListener::new(&document(), "pointerdown", move |event| {
        let inside = browser::origin(event)
            .and_then(|element: Element| element.closest(".anchor, .edhead").ok().flatten());
        if inside.is_none() {
            on.emit(Msg::Elsewhere);
        }
    })
}

fn resized(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "resize", move |_| {
        on.emit(Msg::Width(browser::width()))
    })
}

/// What waits to be saved is saved when the page goes away.
fn left(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "pagehide", move |_| on.emit(Msg::Flush))
}

/// Another link was put into the address of the page that is open.
fn linked(on: Callback<Msg>) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| {
        if let Some(link) = share_link::from_hash(&browser::hash()) {
            browser::forget_hash();
            on.emit(Msg::Link(link));
        }
    })
}
