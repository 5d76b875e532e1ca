//! Templates: the compiled view, the form, and the gallery. The form writes into the same text as the
//! editor, at the places that the engine names, so that comments stay.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use tierwalk_protocol::{
    CompiledObject, Edit, File, FormField, Input, Place, TemplateFile, View, yaml_text,
};

use super::{
    Effect, Focus, Model, Msg, Pane, files::Difference, history::Change, text_edit, words,
};

/// What the middle pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Middle {
    /// The board.
    #[default]
    Board,
    /// All pairs for one port.
    Matrix,
    /// What the open template is compiled to.
    Compiled,
    /// Checks and what they found.
    Checks,
}

impl Middle {
    /// As its tab says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Matrix => "Matrix",
            Self::Compiled => "Compiled",
            Self::Checks => "Checks",
        }
    }
}

/// A view of the middle pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Which.
    pub middle: Middle,
    /// How many of its findings refuse, and how many warn.
    pub counts: (usize, usize),
}

/// What is chosen about templates.
#[derive(Debug, Default)]
pub struct Templates {
    /// What the middle pane is to show.
    pub middle: Middle,
    /// The form is to be shown in place of the walk.
    pub form: bool,
    /// The line of the open template that is pointed at.
    pub line: Option<u32>,
    /// The cluster whose objects take part.
    pub cluster: Option<String>,
    /// The panes were turned to the file that the workspace opened with.
    turned: bool,
    /// What was typed into the form while the engine was busy: the field, the value, and when.
    waiting: Option<(String, String, f64)>,
}

impl Model {
    pub(super) fn update_template(&mut self, msg: Msg) -> Vec<Effect> {
        // what the reader chose before the first analysis was there stays
        self.templates.turned |= matches!(msg, Msg::Middle(_) | Msg::ShowForm(_));
        match msg {
            Msg::Middle(middle) => return self.show_middle(middle),
            Msg::ShowPolicy => return self.turn_to_policy(),
            Msg::ShowForm(form) => {
                self.details.shown = false;
                self.templates.form = form;
                let mut effects = self.show_object(form);
                effects.push(Effect::Focus(Focus::Side));
                return effects;
            }
            Msg::Point(line) => self.templates.line = line,
            Msg::Source(line) => self.source(line),
            Msg::Cluster(cluster) => {
                self.templates.cluster = cluster;
                return vec![Effect::Tell(Difference::default()), Effect::Save];
            }
            Msg::Fill { path, value, at } => return self.fill(path, value, at),
            Msg::Change(edit) => return self.change_text(&edit, Change::Structure),
            Msg::CopyCompiled => return self.copy_compiled(),
            Msg::Detach => return self.detach(),
            Msg::Start(name) => return self.start(&name),
            _ => {}
        }
        Vec::new()
    }

    /// What the engine is to look at.
    pub fn looked_at(&self) -> View {
        View {
            flow: self.flow.clone(),
            file: Some(self.open.to_string()),
            cluster: self.templates.cluster.clone(),
        }
    }

    /// Another file is open: a template is to be compiled, if the engine is not told something anyway.
    pub(super) fn look(&mut self, before: &Rc<str>, mut effects: Vec<Effect>) -> Vec<Effect> {
        if *before != self.open {
            self.templates.line = None;
            self.templates.waiting = None;
            let told = |effect: &Effect| matches!(effect, Effect::Tell(_) | Effect::TellAll);
            if self.is_template(&self.open) && !effects.iter().any(told) {
                effects.push(Effect::Tell(Difference::default()));
            }
        }
        effects
    }

    /// Whether a file holds templates.
    pub fn is_template(&self, path: &str) -> bool {
        let mut files = self.analysis.files.iter();
        files.any(|file| file.path == path && file.template)
    }

    /// Whether there are templates.
    pub fn has_templates(&self) -> bool {
        self.analysis.files.iter().any(|file| file.template)
    }

    /// The templates of the open file, as they were compiled last.
    pub fn template(&self) -> Option<&TemplateFile> {
        let template = self.analysis.template.as_ref()?;
        Some(template).filter(|template| *template.file == *self.open)
    }

    /// What the middle pane shows.
    pub fn middle(&self) -> Middle {
        match self.templates.middle {
            Middle::Compiled if !self.is_template(&self.open) => Middle::Board,
            middle => middle,
        }
    }

    /// The views that there are to choose from.
    pub fn views(&self) -> Vec<Tab> {
        let all = [
            (Middle::Board, true),
            (Middle::Matrix, true),
            (Middle::Compiled, self.has_templates()),
            (Middle::Checks, true),
        ];
        let there = all.into_iter().filter(|(_, is)| *is);
        let view = |(middle, _)| Tab {
            middle,
            counts: match middle {
                Middle::Checks => self.check_counts(),
                _ => (0, 0),
            },
        };
        there.map(view).collect()
    }

    /// Whether the matrix is shown.
    pub(super) fn shows_matrix(&self) -> bool {
        self.middle() == Middle::Matrix
    }

    /// Whether there is a form for the open file.
    pub fn has_form(&self) -> bool {
        let template = self.template();
        template.is_some_and(|template| !template.forms.is_empty())
    }

    /// Whether the form is shown.
    pub fn shows_form(&self) -> bool {
        self.templates.form && self.has_form()
    }

    /// A file was chosen: a template shows what it makes and its form, any other the board and the walk.
    pub(super) fn turn_to_file(&mut self) {
        let is_template = self.is_template(&self.open);
        self.templates.form = is_template;
        self.templates.middle = match (is_template, self.templates.middle) {
            (true, _) => Middle::Compiled,
            (false, _) if super::checks::is_rego(&self.open) => Middle::Checks,
            (false, Middle::Compiled) => Middle::Board,
            (false, other) => other,
        };
    }

    fn show_middle(&mut self, middle: Middle) -> Vec<Effect> {
        self.templates.middle = middle;
        if middle == Middle::Compiled && !self.is_template(&self.open) {
            let first = self.files.iter().find(|file| self.is_template(&file.path));
            if let Some(path) = first.map(|file| Rc::clone(&file.path)) {
                let pane = self.pane;
                self.show(&path);
                self.pane = pane;
                return vec![Effect::Focus(Focus::View), Effect::Save];
            }
        }
        let mut effects = vec![Effect::Focus(Focus::View)];
        if self.shows_matrix() {
            effects.extend(self.ask_matrix());
        }
        effects
    }

    /// Shows a line of the open template in the editor.
    fn source(&mut self, line: u32) {
        let Some(text) = self.files.text(&self.open) else {
            return;
        };
        let before = text
            .split_inclusive('\n')
            .take(line.saturating_sub(1) as usize);
        let from: usize = before.map(|line| line.encode_utf16().count()).sum();
        let from = u32::try_from(from).unwrap_or(u32::MAX);
        let place = Place {
            file: self.open.to_string(),
            line,
            column: 1,
            from,
            to: from,
        };
        self.reveal(&place, true);
        self.templates.line = Some(line);
    }

    /// Places of a stale analysis would be the wrong ones: what is typed meanwhile waits for the next.
    fn fill(&mut self, path: String, value: String, at: f64) -> Vec<Effect> {
        if !self.fresh {
            self.templates.waiting = Some((path, value, at));
            return Vec::new();
        }
        let forms = self.template().map(|template| &template.forms);
        let mut fields = forms.into_iter().flatten().map(|form| &form.fields);
        let edit = fields
            .find_map(|fields| field(fields, &path))
            .and_then(|field| edit(field, &value));
        let path = Rc::clone(&self.open);
        edit.map(|edit| self.change_text(&edit, Change::Typing { path, at }))
            .unwrap_or_default()
    }

    /// With the first analysis it is known whether the file that the workspace opened with is a template.
    pub(super) fn turn_at_first(&mut self) {
        if !std::mem::replace(&mut self.templates.turned, true) {
            self.turn_to_file();
        }
    }

    pub(super) fn fill_what_waits(&mut self) -> Vec<Effect> {
        match self.templates.waiting.take_if(|_| self.fresh) {
            Some((path, value, at)) => self.fill(path, value, at),
            None => Vec::new(),
        }
    }

    fn change_text(&mut self, edit: &Edit, change: Change) -> Vec<Effect> {
        if !self.fresh {
            return Vec::new();
        }
        match text_edit::apply(&self.files, std::slice::from_ref(edit)) {
            Some(files) if self.files.difference(&files) != Difference::default() => {
                self.notice = None;
                self.change(files, change)
            }
            _ => Vec::new(),
        }
    }

    fn copy_compiled(&self) -> Vec<Effect> {
        let Some(template) = self.template() else {
            return Vec::new();
        };
        let texts: Vec<String> = template.objects.iter().map(yaml).collect();
        let said = words::count(texts.len(), "object");
        vec![Effect::Copy(texts.join("---\n"), format!("{said} copied"))]
    }

    /// The compiled objects stand in place of the template, so that they apply once.
    fn detach(&mut self) -> Vec<Effect> {
        let Some(template) = self.template().filter(|it| it.detachable && self.fresh) else {
            return Vec::new();
        };
        let before = self.snapshot();
        let mut files = self.files.without(&self.open);
        let mut added = Vec::new();
        for object in &template.objects {
            let path = files.free_path(&format!("policies/{}", object.file_name));
            files = files.with(&path, yaml(object));
            added.push(path);
        }
        let first = added.first().cloned().unwrap_or_default();
        self.notice = Some(format!("`{}` is now `{}`.", self.open, added.join("`, `")));
        self.open = first.as_str().into();
        let effects = self.change_from(before, files, Change::Structure);
        self.turn_to_file();
        effects
    }

    /// A file with the example of a template.
    fn start(&mut self, name: &str) -> Vec<Effect> {
        let mut starters = self.analysis.starters.iter();
        let Some(starter) = starters.find(|starter| starter.name == name) else {
            return Vec::new();
        };
        let file = File {
            path: self.files.free_path(&format!("templates/{name}.yaml")),
            text: starter.example.clone(),
        };
        self.panel = None;
        let effects = self.change(self.files.with(&file.path, file.text), Change::Structure);
        self.show(&file.path);
        self.templates.middle = Middle::Compiled;
        self.templates.form = true;
        self.pane = Pane::Text;
        effects
    }
}

/// The YAML of an object.
fn yaml(object: &CompiledObject) -> String {
    let lines = object.lines.iter();
    lines.map(|line| format!("{}\n", line.text)).collect()
}

/// The field of this path.
fn field<'a>(fields: &'a [FormField], path: &str) -> Option<&'a FormField> {
    fields.iter().find_map(|it| match it.path == path {
        true => Some(it),
        false => field(&it.fields, path),
    })
}

/// Writes a value; an empty one takes the field out of the text, if it may be missing.
fn edit(field: &FormField, value: &str) -> Option<Edit> {
    let empty = value.trim().is_empty();
    if empty && field.value.is_none() {
        return None;
    }
    if empty && let Some(remove) = &field.remove {
        return Some(remove.clone());
    }
    let write = field.write.as_ref()?;
    Some(Edit {
        place: write.place.clone(),
        text: format!("{}{}", write.before, written(&field.input, value)),
    })
}

/// A value as it is written in YAML.
fn written(input: &Input, value: &str) -> String {
    let parts = || {
        value
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    match input {
        Input::Number => yaml_text::number(value.trim()),
        Input::Boolean => value.to_owned(),
        Input::List { numbers: true } => list(parts().map(yaml_text::number)),
        Input::List { numbers: false } => list(parts().map(yaml_text::scalar)),
        Input::Labels => {
            let label = |part: &str| match part.split_once('=') {
                Some((key, value)) => {
                    format!(
                        "{}: {}",
                        yaml_text::scalar(key.trim()),
                        yaml_text::scalar(value.trim())
                    )
                }
                None => format!("{}: \"\"", yaml_text::scalar(part)),
            };
            format!("{{{}}}", parts().map(label).collect::<Vec<_>>().join(", "))
        }
        _ => yaml_text::scalar(value),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}
