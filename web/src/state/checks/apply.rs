//! Applying as somebody: who, what, and what is asked of the checker for it.

use tierwalk_protocol::apply::{ApplyView, ApplyWhat, FileBefore};

use crate::state::{Effect, Model};

const PERSONAS: &str = include_str!("../../../../static/checks/personas.yaml");

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Apply as this persona.
    Persona(String),
    /// Apply something else.
    What(What),
    /// Add a file of personas to begin with.
    AddPersonas,
}

/// What is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// All policies and network sets.
    #[default]
    Policies,
    /// The open file.
    OpenFile,
    /// What differs from the baseline.
    Changes,
}

/// Who applies what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Name of the persona; empty for the first one.
    pub persona: String,
    /// What is applied.
    pub what: What,
}

impl Model {
    pub(super) fn update_apply(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Persona(name) => self.checks.apply.persona = name,
            Msg::What(what) => self.checks.apply.what = what,
            Msg::AddPersonas => return self.add_file("cluster/personas.yaml", PERSONAS),
        }
        Vec::new()
    }

    /// What the checker is to apply.
    pub(super) fn apply_view(&self) -> ApplyView {
        let State { persona, what } = &self.checks.apply;
        ApplyView {
            persona: persona.clone(),
            what: match what {
                What::Policies => ApplyWhat::Policies,
                What::OpenFile => ApplyWhat::File(self.open.to_string()),
                What::Changes => ApplyWhat::Changes,
            },
            before: match what {
                What::Changes => self.before(),
                What::Policies | What::OpenFile => Vec::new(),
            },
        }
    }

    /// The files that differ from the baseline, as they were then.
    fn before(&self) -> Vec<FileBefore> {
        let Some(baseline) = &self.baseline_files else {
            return Vec::new();
        };
        let difference = self.files.difference(baseline);
        let changed = difference.changed.into_iter().map(|file| FileBefore {
            path: file.path,
            text: Some(file.text),
        });
        let added = difference.removed.into_iter();
        let added = added.map(|path| FileBefore { path, text: None });
        changed.chain(added).collect()
    }
}
