//! Effects: the hands that do what the model asks for.

use gloo::timers::callback::Timeout;
use tierwalk_protocol::checks::{CheckRequest, CheckView};
use yew::prelude::*;

use super::App;
use crate::{
    browser,
    engine::Event,
    examples::{self, EXAMPLES},
    offline, raster, share_link,
    state::{Effect, Msg, suggest, words},
    storage, zip,
};

/// How long something said in passing stays, in milliseconds.
const SAID_MS: u32 = 2_500;

/// How long verdicts from before an edit stay as they are, in milliseconds.
const LATE_MS: u32 = 100;

/// Above this many bytes a workspace is saved when typing pauses, not at every key.
const LARGE: usize = 512 << 10;

/// How long the text rests before it is asked what would change a verdict, in milliseconds.
const REST_MS: u32 = 300;

impl App {
    /// Does what the model asks for.
    pub(super) fn run(&mut self, ctx: &Context<Self>, effect: Effect) {
        let model = &mut self.model;
        match effect {
            Effect::TellAll => {
                model.asked = self.engine.open(model.files.plain(), model.looked_at())
            }
            Effect::Tell(difference) => {
                // checks of the text before would be in the way of its verdicts
                self.checking = None;
                model.asked =
                    self.engine
                        .edit(difference.changed, difference.removed, model.looked_at());
            }
            Effect::Reload => browser::reload(),
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
            Effect::TryEdits(number, tries) => {
                let now = js_sys::Date::now();
                let request = CheckRequest::Try { tries, now };
                let files = self.model.files.clone();
                self.checker.try_edits(files, number, request);
            }
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

    /// Verdicts from before are shown as such only if the engine takes its time.
    pub(super) fn wait_for_engine(&mut self, ctx: &Context<Self>) {
        if self.model.fresh {
            self.late = None;
        } else {
            let link = ctx.link();
            self.late.get_or_insert_with(|| {
                let link = link.clone();
                Timeout::new(LATE_MS, move || link.send_message(Msg::Late))
            });
        }
    }

    /// Once everything that the page needs is loaded, all of it is kept.
    pub(super) fn keep_offline(&mut self, msg: &Msg) {
        if let Msg::Engine(Event::Ready) = msg {
            let on = &self.on;
            self.offline
                .get_or_insert_with(|| offline::start(on.clone()));
        }
    }

    /// The checks are asked when what the engine said is painted, and typing pauses for as long as they take.
    fn check_later(&mut self) {
        let (checker, files) = (self.checker.clone(), self.model.files.clone());
        let view = CheckView {
            now: js_sys::Date::now(),
            ..self.model.check_view()
        };
        let ask = move || checker.check(files, view);
        self.checking = Some(Timeout::new(self.checker.rest_ms(), ask));
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
}

fn copy(ctx: &Context<App>, text: String, said: String) {
    ctx.link().send_future(async move {
        match browser::copy(&text).await {
            Ok(()) => Msg::Say(said),
            Err(_) => Msg::Say("This browser does not let the page copy".to_owned()),
        }
    });
}
