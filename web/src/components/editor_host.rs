//! The text: CodeMirror in an element of its own, kept in step with the model. Until it is there, and if
//! it cannot be loaded, a plain text area does its work.

use std::rc::Rc;

use tierwalk_protocol::checks::CoveredLine;
use tierwalk_protocol::{Action, Analysis, Fix, Verdict, Walk, walk::Direction};
use web_sys::{Element, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

use super::On;
use crate::{
    editor::{
        self, ChangeKind, ChangedLine, ClauseMark, Deciding, Editor, Handlers, Mapped, Missed,
    },
    shared::Shared,
    state::{
        Msg, Target,
        changed_lines::{self, Kind},
        checks, editor_view,
        files::Files,
        language::{self, Answers},
    },
};

/// Properties of [`EditorHost`].
#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    /// Number of the workspace.
    pub workspace: u32,
    /// The files.
    pub files: Files,
    /// The files as they were when the baseline was pinned.
    pub baseline: Option<Files>,
    /// The open one.
    pub open: Rc<str>,
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The walk of the chosen flow.
    pub walk: Option<Shared<Walk>>,
    /// The end that is shown.
    pub direction: Direction,
    /// Where the editor is to go.
    pub target: Option<Target>,
    /// Lines of the open file to be marked, first and last: of a template or of the chosen policy.
    pub mapped: Option<(u32, u32)>,
    /// Counts how often the editor was to take the focus.
    pub focus: u32,
    /// What the engine says to the editor.
    pub answers: Answers,
    /// How often the lines of the open policy held.
    pub coverage: Vec<CoveredLine>,
    /// Counts how often the selection was to be evaluated.
    pub selection: u32,
    /// Messages.
    pub on: On,
}

/// What the host hears.
pub enum Heard {
    /// The editor's script was loaded, or not.
    Loaded(Result<(), String>),
}

/// The editor's place in the page.
pub struct EditorHost {
    host: NodeRef,
    editor: Option<Editor>,
    failed: bool,
}

impl Component for EditorHost {
    type Message = Heard;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self {
            host: NodeRef::default(),
            editor: None,
            failed: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, Heard::Loaded(loaded): Heard) -> bool {
        let host = self.host.cast::<Element>();
        let made = loaded
            .and_then(|()| Editor::new(&host.ok_or("no element")?, handlers(&ctx.props().on)));
        match made {
            Ok(editor) => {
                show_all(&editor, ctx.props());
                self.editor = Some(editor);
            }
            Err(_) => self.failed = true,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        if let Some(editor) = &self.editor {
            show(editor, old, ctx.props());
            return old.open.is_empty() != ctx.props().open.is_empty();
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let hidden = self.editor.is_none() || ctx.props().open.is_empty();
        html! {
            <>
            <div ref={&self.host} class={classes!("editor", hidden.then_some("gone"))} />
            if self.editor.is_none() && !ctx.props().open.is_empty() { { plain(ctx.props()) } }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            ctx.link()
                .send_future(async { Heard::Loaded(editor::load().await) });
        }
    }
}

fn handlers(on: &On) -> Handlers {
    Handlers {
        changed: on.reform(|changed: editor::Changed| Msg::Typed {
            path: changed.path.into(),
            text: changed.text.into(),
            at: js_sys::Date::now(),
        }),
        line: on.reform(|(path, line): (String, u32)| Msg::Line(path, line)),
        fix: on.reform(|fix: Fix| Msg::Apply(fix)),
        ask: on.reform(|asked| Msg::Language(language::Msg::Asked(asked))),
        want: on.reform(|wanted| Msg::Language(language::Msg::Wanted(wanted))),
        evaluate: on.reform(|(path, from, to)| Msg::Checks(checks::Msg::Evaluate(path, from, to))),
        explain: None,
    }
}

fn show_all(editor: &Editor, props: &Props) {
    let text = text(props);
    editor.set_document(&props.open, &text);
    show_problems(editor, props);
    show_marks(editor, props);
    show_mapped(editor, props);
    editor.set_coverage(&props.coverage);
    show_target(editor, props.target.as_ref());
}

/// Tells the editor what changed, and only that.
fn show(editor: &Editor, old: &Props, props: &Props) {
    if old.workspace != props.workspace {
        editor.forget_all();
    }
    forget_gone(editor, old, props);
    if old.open != props.open || old.files != props.files || old.workspace != props.workspace {
        editor.set_document(&props.open, &text(props));
    }
    if old.analysis != props.analysis || old.open != props.open {
        show_problems(editor, props);
    }
    if old.walk != props.walk || old.direction != props.direction || old.open != props.open {
        show_marks(editor, props);
    } else if old.files != props.files || old.baseline != props.baseline {
        // the marks of the walk go along with what is typed
        editor.set_changed_lines(&changed(props));
    }
    if old.mapped != props.mapped || old.open != props.open {
        show_mapped(editor, props);
    }
    for (number, answer) in props.answers.since(&old.answers) {
        editor.answer(*number, answer);
    }
    if old.coverage != props.coverage || old.open != props.open {
        editor.set_coverage(&props.coverage);
    }
    if old.selection != props.selection {
        editor.evaluate();
    }
    if old.focus != props.focus {
        editor.focus();
    }
    if old.target != props.target {
        show_target(editor, props.target.as_ref());
    }
}

fn forget_gone(editor: &Editor, old: &Props, props: &Props) {
    if old.files == props.files || old.workspace != props.workspace {
        return;
    }
    for file in old
        .files
        .iter()
        .filter(|file| !props.files.contains(&file.path))
    {
        editor.forget(&file.path);
    }
}

fn text(props: &Props) -> Rc<str> {
    props
        .files
        .text(&props.open)
        .cloned()
        .unwrap_or_else(|| "".into())
}

/// Those of the open file: of thousands elsewhere the editor need not hear.
fn show_problems(editor: &Editor, props: &Props) {
    let here: Vec<_> = editor_view::problems(&props.analysis, &props.open).collect();
    editor.set_diagnostics(&here);
}

fn show_mapped(editor: &Editor, props: &Props) {
    let mapped = props.mapped.map(|(from, to)| Mapped {
        file: props.open.to_string(),
        from,
        to,
    });
    editor.set_mapped_lines(mapped.as_ref());
}

fn show_marks(editor: &Editor, props: &Props) {
    let marks = editor_view::marks(
        props.walk.as_deref(),
        props.direction,
        &props.open,
        &text(props),
    );
    let file = props.open.to_string();
    let clause = |&(line, held): &(u32, bool)| ClauseMark {
        file: file.clone(),
        line,
        held,
    };
    editor.set_gutter_marks(&marks.clauses.iter().map(clause).collect::<Vec<_>>());
    let deciding = marks.band.map(|(from, to, verdict)| Deciding {
        file: file.clone(),
        from,
        to,
        action: match verdict {
            Verdict::Allow => Action::Allow,
            Verdict::Deny => Action::Deny,
        },
    });
    editor.set_deciding_lines(deciding.as_ref());
    let missed = marks.missed.map(|(from, to)| Missed {
        file: file.clone(),
        from,
        to,
    });
    editor.set_missed(missed.as_ref());
    editor.set_changed_lines(&changed(props));
}

fn changed(props: &Props) -> Vec<ChangedLine> {
    let before = props
        .baseline
        .as_ref()
        .and_then(|files| files.text(&props.open));
    let Some(before) = before else {
        return Vec::new();
    };
    let line = |(line, kind): (u32, Kind)| ChangedLine {
        file: props.open.to_string(),
        line,
        kind: match kind {
            Kind::Changed => ChangeKind::Changed,
            Kind::New => ChangeKind::New,
        },
    };
    changed_lines::between(before, &text(props))
        .into_iter()
        .map(line)
        .collect()
}

fn show_target(editor: &Editor, target: Option<&Target>) {
    let Some(target) = target else {
        return;
    };
    editor.reveal_line(target.line);
    if target.focus {
        editor.select(target.from, target.to);
        editor.focus();
    }
}

/// A plain text area, for the first moments and where the editor's script is missing.
fn plain(props: &Props) -> Html {
    let path = Rc::clone(&props.open);
    let oninput = super::sometimes(&props.on, move |event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_dyn_into()?;
        Some(Msg::Typed {
            path: Rc::clone(&path),
            text: area.value().into(),
            at: js_sys::Date::now(),
        })
    });
    html! {
        <textarea class="plain" aria-label={format!("Text of {}", props.open)} value={text(props).to_string()} {oninput} spellcheck="false" />
    }
}
