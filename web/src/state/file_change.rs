//! Changes of files: all of them end in [`Model::change`], which remembers the state before, tells the
//! engine and saves.

use std::rc::Rc;

use tierwalk_protocol::{File, Fix, share::is_path};

use super::{
    Effect, Model, Msg, Pane,
    files::Files,
    flow_line,
    history::{Change, Snapshot},
    import::{self, Pasted},
    text_edit, words,
};

impl Model {
    pub(super) fn typed(&mut self, path: &Rc<str>, text: Rc<str>, at: f64) -> Vec<Effect> {
        if self.files.text(path).is_none_or(|old| *old == text) {
            return Vec::new();
        }
        self.notice = None;
        let change = Change::Typing {
            path: Rc::clone(path),
            at,
        };
        self.change(self.files.with(path, text), change)
    }

    pub(super) fn new_file(&mut self, path: &str) -> Vec<Effect> {
        let Some(path) = self.valid_path(path) else {
            return Vec::new();
        };
        let path = self.files.free_path(&path);
        self.panel = None;
        let effects = self.change(self.files.with(&path, ""), Change::Structure);
        self.show(&path);
        effects
    }

    pub(super) fn rename(&mut self, to: &str) -> Vec<Effect> {
        let Some(to) = self.valid_path(to) else {
            return Vec::new();
        };
        self.panel = None;
        if *to == *self.open {
            return Vec::new();
        }
        let to = self.files.free_path(&to);
        let files = self.files.renamed(&self.open, &to);
        self.notice = Some(format!("`{}` is now `{to}`.", self.open));
        let before = self.snapshot();
        self.open = to.as_str().into();
        self.change_from(before, files, Change::Structure)
    }

    pub(super) fn delete(&mut self) -> Vec<Effect> {
        self.panel = None;
        if !self.files.contains(&self.open) {
            return Vec::new();
        }
        let before = self.snapshot();
        let files = self.files.without(&self.open);
        self.notice = Some(format!("`{}` was deleted.", self.open));
        self.open = files.first().unwrap_or_else(|| "".into());
        self.change_from(before, files, Change::Structure)
    }

    pub(super) fn import(&mut self, files: Vec<File>, left_out: &[String]) -> Vec<Effect> {
        self.panel = None;
        let files = import::without_common_folder(files);
        let (next, replaced) = self.files.taking(&files);
        let mut said = vec![came(files.len(), replaced)];
        said.extend(left_out.iter().take(3).map(|why| format!("{why}.")));
        if left_out.len() > 3 {
            said.push(format!("{} more were left out.", left_out.len() - 3));
        }
        self.notice = Some(said.join(" "));
        let Some(first) = files.first().map(|file| file.path.clone()) else {
            return Vec::new();
        };
        let effects = self.change(next, Change::Structure);
        self.show(&first);
        effects
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if let Some(link) = import::link(text) {
            return self.update(Msg::Link(Ok(link)));
        }
        match import::pasted(text) {
            None => Vec::new(),
            Some(Pasted::Binary) => {
                self.notice = Some("What was pasted is not text.".to_owned());
                Vec::new()
            }
            Some(Pasted::Flows(lines)) => self.add_flows(&lines),
            Some(Pasted::Table(text)) => self.read_flows(text),
            Some(Pasted::Document { name, text }) => {
                let path = self.files.free_path(&name);
                let effects = self.import(
                    vec![File {
                        path: path.clone(),
                        text,
                    }],
                    &[],
                );
                self.notice = Some(format!("Pasted as `{path}`."));
                effects
            }
        }
    }

    pub(super) fn add_flows(&mut self, lines: &[String]) -> Vec<Effect> {
        let lines: Vec<_> = lines
            .iter()
            .filter(|line| !line.trim().is_empty())
            .collect();
        if lines.is_empty() {
            return Vec::new();
        }
        self.panel = None;
        let path = flow_line::file_for(&self.files, &self.analysis.flows);
        let text = flow_line::append(&path, self.files.text(&path), &lines);
        let files = self.files.with(&path, text);
        self.notice = Some(format!(
            "{} added to `{path}`.",
            words::count(lines.len(), "flow")
        ));
        self.change(files, Change::Structure)
    }

    pub(super) fn add_default_deny(&mut self) -> Vec<Effect> {
        let namespace = self.some_namespace();
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: default-deny\n  \
             namespace: {namespace}\nspec:\n  podSelector: {{}}\n  policyTypes: [Ingress, Egress]\n"
        );
        let path = self.files.free_path("policies/default-deny.yaml");
        let effects = self.change(self.files.with(&path, text), Change::Structure);
        self.show(&path);
        effects
    }

    /// The namespace of a flow's end, as a first guess of where a policy is wanted.
    fn some_namespace(&self) -> String {
        let mut ends = self
            .analysis
            .flows
            .iter()
            .flat_map(|flow| [&flow.to, &flow.from]);
        let named = ends.find(|end| !end.namespace.is_empty());
        named.map_or("default", |end| &end.namespace).to_owned()
    }

    /// Edits of a stale analysis would land in the wrong place.
    pub(super) fn apply(&mut self, fix: &Fix) -> Vec<Effect> {
        if !self.fresh {
            return Vec::new();
        }
        match text_edit::apply(&self.files, &fix.edits) {
            Some(files) => self.change(files, Change::Structure),
            None => Vec::new(),
        }
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        self.notice = None;
        let to = self.history.undo(self.snapshot());
        self.travel(to)
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        self.notice = None;
        let to = self.history.redo(self.snapshot());
        self.travel(to)
    }

    fn travel(&mut self, to: Option<Snapshot>) -> Vec<Effect> {
        let Some(to) = to else {
            return Vec::new();
        };
        self.edit_begins();
        let before = std::mem::replace(&mut self.files, to.files);
        // where the change shows, if it is in a file that both states have
        let difference = before.difference(&self.files);
        let changed = difference
            .changed
            .first()
            .map(|file| Rc::from(file.path.as_str()));
        self.open = changed.unwrap_or(to.open);
        self.tell(&before)
    }

    pub(super) fn change(&mut self, files: Files, change: Change) -> Vec<Effect> {
        let before = self.snapshot();
        self.change_from(before, files, change)
    }

    pub(super) fn change_from(
        &mut self,
        before: Snapshot,
        files: Files,
        change: Change,
    ) -> Vec<Effect> {
        let told = before.files.clone();
        if self.history.record(before, change) {
            self.edit_begins();
        }
        self.files = files;
        self.tell(&told)
    }

    fn tell(&mut self, before: &Files) -> Vec<Effect> {
        self.edited = true;
        self.fresh = false;
        vec![Effect::Tell(before.difference(&self.files)), Effect::Save]
    }

    fn valid_path(&mut self, path: &str) -> Option<String> {
        let path = path.trim().trim_start_matches('/');
        if is_path(path) {
            return Some(path.to_owned());
        }
        self.notice = Some(format!("`{path}` is not a path that a workspace can hold."));
        None
    }

    /// Puts a file into the editor.
    pub(super) fn show(&mut self, path: &str) {
        if self.files.contains(path) {
            self.open = path.into();
            self.objects.form.turn_to(path, 1);
            self.pane = Pane::Text;
        }
    }
}

/// How many files came in, and how many of them stand where there was another text.
fn came(files: usize, replaced: usize) -> String {
    let came = words::count(files, "file");
    match (files, replaced) {
        (0, _) => "Nothing was imported.".to_owned(),
        (_, 0) => format!("{came} imported."),
        (_, replaced) => format!("{came} imported, {replaced} in place of another text."),
    }
}
