//! The text editor: CodeMirror, in a script of its own that is loaded after the first paint.
//!
//! `web/editor/src/api.ts` is the other side of this module.

mod data;
mod script;

use js_sys::{Array, Object};
use serde::Serialize;
use tierwalk_protocol::{Diagnostic, Fix, LanguageReply, checks::CoveredLine};
use wasm_bindgen::{JsValue, prelude::*};
use web_sys::Element;
use yew::Callback;

pub use self::{
    data::{Asked, ChangeKind, Changed, ChangedLine, ClauseMark, Deciding, Mapped, Missed, Wanted},
    script::load,
};

#[wasm_bindgen]
extern "C" {
    type JsEditor;

    #[wasm_bindgen(js_namespace = tierwalkEditor, catch)]
    fn create(host: &Element, handlers: &Object) -> Result<JsEditor, JsValue>;

    #[wasm_bindgen(method, js_name = setDocument)]
    fn set_document(this: &JsEditor, path: &str, text: &str);
    #[wasm_bindgen(method)]
    fn forget(this: &JsEditor, path: Option<&str>);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &JsEditor, problems: &JsValue);
    #[wasm_bindgen(method, js_name = setGutterMarks)]
    fn set_gutter_marks(this: &JsEditor, clauses: &JsValue);
    #[wasm_bindgen(method, js_name = setDecidingLines)]
    fn set_deciding_lines(this: &JsEditor, deciding: &JsValue);
    #[wasm_bindgen(method, js_name = setMissed)]
    fn set_missed(this: &JsEditor, missed: &JsValue);
    #[wasm_bindgen(method, js_name = setMappedLines)]
    fn set_mapped_lines(this: &JsEditor, mapped: &JsValue);
    #[wasm_bindgen(method, js_name = setChangedLines)]
    fn set_changed_lines(this: &JsEditor, changed: &JsValue);
    #[wasm_bindgen(method, js_name = setCoverage)]
    fn set_coverage(this: &JsEditor, lines: &JsValue);
    #[wasm_bindgen(method)]
    fn evaluate(this: &JsEditor) -> bool;
    #[wasm_bindgen(method, js_name = revealLine)]
    fn reveal_line(this: &JsEditor, line: u32);
    #[wasm_bindgen(method)]
    fn select(this: &JsEditor, from: u32, to: u32);
    #[wasm_bindgen(method)]
    fn answer(this: &JsEditor, number: u32, answer: &JsValue);
    #[wasm_bindgen(method)]
    fn focus(this: &JsEditor);
    #[wasm_bindgen(method)]
    fn destroy(this: &JsEditor);
}

/// What the page hears from the editor. Every call comes after the editor has finished its own work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handlers {
    /// Somebody typed, pasted, undid or applied a fix.
    pub changed: Callback<Changed>,
    /// The cursor was moved by hand: path and line, from 1.
    pub line: Callback<(String, u32)>,
    /// A fix was chosen that changes other files too; the page is to apply it.
    pub fix: Callback<Fix>,
    /// A question about a place, to be answered by [`Editor::answer`].
    pub ask: Callback<Asked>,
    /// A command that reaches beyond the open file.
    pub want: Callback<Wanted>,
    /// The value of an expression of a policy is wanted: path, from, to, in UTF-16 code units.
    pub evaluate: Callback<(String, u32, u32)>,
    /// The code of a problem was chosen; without this, codes are plain text.
    pub explain: Option<Callback<String>>,
}

/// The editor in its host element; gone with the last handle.
pub struct Editor {
    js: JsEditor,
    _handlers: Closures,
}

struct Closures {
    changed: Closure<dyn FnMut(String, String, JsValue)>,
    line: Closure<dyn FnMut(String, u32)>,
    fix: Closure<dyn FnMut(JsValue)>,
    ask: Closure<dyn FnMut(u32, String, String, u32)>,
    want: Closure<dyn FnMut(String, String, u32)>,
    evaluate: Closure<dyn FnMut(String, u32, u32)>,
    explain: Option<Closure<dyn FnMut(String)>>,
}

impl Editor {
    /// Puts the editor into `host`, an element that nothing else renders into. [`load`] comes first.
    ///
    /// # Errors
    /// Text for a report.
    pub fn new(host: &Element, handlers: Handlers) -> Result<Self, String> {
        let handlers = Closures::new(handlers);
        let js = create(host, &handlers.object()).map_err(|error| format!("{error:?}"))?;
        Ok(Self {
            js,
            _handlers: handlers,
        })
    }

    /// Shows a file as it was left, with its own undo history. If its text is another one than the
    /// editor knows, the difference becomes one step to undo.
    pub fn set_document(&self, path: &str, text: &str) {
        self.js.set_document(path, text);
    }

    /// Forgets a file that is gone.
    pub fn forget(&self, path: &str) {
        self.js.forget(Some(path));
    }

    /// Forgets every file: another workspace was opened.
    pub fn forget_all(&self) {
        self.js.forget(None);
    }

    /// Shows problems of the open file.
    pub fn set_diagnostics(&self, diagnostics: &[&Diagnostic]) {
        self.js.set_diagnostics(&value(diagnostics));
    }

    /// Marks the clauses of the chosen flow's walk, in all files.
    pub fn set_gutter_marks(&self, clauses: &[ClauseMark]) {
        self.js.set_gutter_marks(&value(clauses));
    }

    /// Marks the lines that decided the chosen flow.
    pub fn set_deciding_lines(&self, deciding: Option<&Deciding>) {
        self.js.set_deciding_lines(&value(&deciding));
    }

    /// Underlines what came nearest to deciding otherwise.
    pub fn set_missed(&self, missed: Option<&Missed>) {
        self.js.set_missed(&value(&missed));
    }

    /// Marks the lines of a template that made what is pointed at.
    pub fn set_mapped_lines(&self, mapped: Option<&Mapped>) {
        self.js.set_mapped_lines(&value(&mapped));
    }

    /// Marks the lines that differ from the baseline, in all files.
    pub fn set_changed_lines(&self, changed: &[ChangedLine]) {
        self.js.set_changed_lines(&value(changed));
    }

    /// Shows how often the lines of the open policy held.
    pub fn set_coverage(&self, lines: &[CoveredLine]) {
        self.js.set_coverage(&value(lines));
    }

    /// Asks for the value of what is selected; `evaluate` is called.
    pub fn evaluate(&self) {
        self.js.evaluate();
    }

    /// Brings a line (from 1) into view and puts the cursor there; `line` is not called.
    pub fn reveal_line(&self, line: u32) {
        self.js.reveal_line(line);
    }

    /// Selects a stretch of the open file, in UTF-16 code units; `line` is not called.
    pub fn select(&self, from: u32, to: u32) {
        self.js.select(from, to);
    }

    /// Answers a question of the editor.
    pub fn answer(&self, number: u32, answer: &LanguageReply) {
        let answer = match answer {
            LanguageReply::Complete(found) => value(found),
            LanguageReply::Hover(told) => value(told),
            _ => JsValue::NULL,
        };
        self.js.answer(number, &answer);
    }

    /// Moves the keyboard focus into the text.
    pub fn focus(&self) {
        self.js.focus();
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.js.destroy();
    }
}

impl Closures {
    fn new(handlers: Handlers) -> Self {
        let Handlers {
            changed,
            line,
            fix,
            ask,
            want,
            evaluate,
            explain,
        } = handlers;
        Self {
            changed: Closure::new(move |path, text, changes| {
                let changes = serde_wasm_bindgen::from_value(changes).unwrap_or_default();
                changed.emit(Changed {
                    path,
                    text,
                    changes,
                });
            }),
            line: Closure::new(move |path, number| line.emit((path, number))),
            fix: Closure::new(move |chosen| {
                if let Ok(chosen) = serde_wasm_bindgen::from_value(chosen) {
                    fix.emit(chosen);
                }
            }),
            ask: Closure::new(move |number, what: String, path, at| {
                ask.emit(Asked {
                    number,
                    complete: what == "complete",
                    path,
                    at,
                });
            }),
            want: Closure::new(move |what, path, at| want.emit(Wanted { what, path, at })),
            evaluate: Closure::new(move |path, from, to| evaluate.emit((path, from, to))),
            explain: explain.map(|explain| Closure::new(move |code| explain.emit(code))),
        }
    }

    fn object(&self) -> Object {
        let entries = Array::new();
        let add = |name: &str, function: &JsValue| {
            entries.push(&Array::of2(&JsValue::from_str(name), function));
        };
        add("changed", self.changed.as_ref());
        add("line", self.line.as_ref());
        add("fix", self.fix.as_ref());
        add("ask", self.ask.as_ref());
        add("want", self.want.as_ref());
        add("evaluate", self.evaluate.as_ref());
        if let Some(explain) = &self.explain {
            add("explain", explain.as_ref());
        }
        Object::from_entries(&entries).unwrap_or_default()
    }
}

/// Plain data of this module and of the protocol always has a JavaScript form.
fn value<T: Serialize + ?Sized>(data: &T) -> JsValue {
    serde_wasm_bindgen::to_value(data).unwrap_or_default()
}
