//! The checks of a workspace, for the page: what they say about every object, kept up to date with every edit.
//!
//! The policies are the workspace's `.rego` files and, where a document of `kind: Checks` asks for them, the
//! shipped ones. Objects are its YAML and JSON documents and what its templates make. An object whose text did
//! not change is not asked about again, unless a policy changed.

mod admission;
mod apply;
mod checks;
mod coverage;
mod edit;
mod exceptions;
mod file;
mod findings;
mod fixes;
mod object;
mod places;
mod policies;
mod report;
mod settings;
#[cfg(test)]
mod tests;
mod trial;

use std::collections::BTreeMap;
use std::time::Duration;

use tierwalk_governance::{Selection, evaluate};
use tierwalk_protocol::checks::{
    CheckAnswer, CheckReport, CheckRequest, CheckView, ReportLists, ReportParts,
};
use tierwalk_template::Library;

use admission::Audit;
use file::SourceFile;
use policies::Set;

/// The files of a workspace, and what its checks say.
pub struct Checker {
    clock: fn() -> Duration,
    files: BTreeMap<String, SourceFile>,
    /// Texts of the definitions that `library` was made of.
    definitions: Vec<String>,
    library: Library,
    set: Option<Set>,
    audit: Option<Audit>,
    /// The lists of the last answer.
    sent: ReportLists,
}

impl Checker {
    /// Without files. The clock is for saying how long it took.
    pub fn new(clock: fn() -> Duration) -> Self {
        Self {
            clock,
            files: BTreeMap::new(),
            definitions: Vec::new(),
            library: Library::shipped(),
            set: None,
            audit: None,
            sent: ReportLists::default(),
        }
    }

    /// Takes one request in and says what came of it.
    pub fn answer(&mut self, request: CheckRequest) -> CheckAnswer {
        match request {
            CheckRequest::Check {
                changed,
                removed,
                view,
            } => {
                self.edit(
                    changed.into_iter().map(|file| (file.path, file.text)),
                    &removed,
                );
                self.told(&view)
            }
            CheckRequest::Try { tries, now } => CheckAnswer::Tried {
                broken: self.try_edits(tries, now),
            },
            CheckRequest::Evaluate {
                file,
                from,
                to,
                object,
            } => CheckAnswer::Value {
                value: self.evaluate(&file, (from, to), &object),
            },
        }
    }

    fn told(&mut self, view: &CheckView) -> CheckAnswer {
        let mut report = self.check(view);
        let now = ReportLists::taken(&mut report);
        let parts = ReportParts::of(&self.sent, &now);
        self.sent = now;
        CheckAnswer::Report {
            parts: Box::new(parts),
            report: Box::new(report),
        }
    }

    /// Takes in files that are new or whose text changed, and forgets those that are gone.
    pub fn edit(
        &mut self,
        changed: impl IntoIterator<Item = (String, String)>,
        removed: &[String],
    ) {
        for path in removed {
            self.files.remove(path);
        }
        for (path, text) in changed {
            let before = self.files.get(&path);
            let file = SourceFile::read(&path, text, before, &self.library);
            self.files.insert(path, file);
        }
        self.learn();
    }

    /// Templates are compiled again if a definition changed.
    fn learn(&mut self) {
        let definitions: Vec<String> = self
            .files
            .values()
            .flat_map(SourceFile::definitions)
            .collect();
        if definitions == self.definitions {
            return;
        }
        self.library = Library::shipped();
        for definition in &definitions {
            if let Some(definition) = tierwalk_template::read_definition(definition) {
                self.library.add(definition);
            }
        }
        self.definitions = definitions;
        for (path, file) in &mut self.files {
            *file = SourceFile::read(path, std::mem::take(&mut file.text), None, &self.library);
        }
    }

    /// What the checks say now.
    pub fn check(&mut self, view: &CheckView) -> CheckReport {
        let started = (self.clock)();
        let set = Set::of(self.set.take(), &self.files, view.now);
        let set = self.set.insert(set);
        set.ask(&self.files);
        if view.coverage {
            set.count(&self.files);
        }
        self.audit = Audit::of(self.audit.take(), &self.files, view.now);
        if let Some(audit) = &self.audit {
            audit.ask(&self.files);
        }
        let mut report = report::report(set, self.audit.as_ref(), &self.files, view);
        report.apply = view
            .apply
            .as_ref()
            .zip(self.audit.as_ref())
            .and_then(|(apply, audit)| {
                apply::apply(apply, &self.files, &self.library, audit, view.now)
            });
        report.took = (self.clock)().saturating_sub(started).as_secs_f64() * 1000.0;
        report
    }

    fn evaluate(&self, path: &str, range: (u32, u32), id: &str) -> Result<Vec<String>, String> {
        let missing = |what: &str| format!("there is no {what}");
        let set = self.set.as_ref().ok_or_else(|| missing("check"))?;
        let file = self.files.get(path).ok_or_else(|| missing("such file"))?;
        let object = report::object(&self.files, id).ok_or_else(|| missing("such object"))?;
        let byte = |utf16: u32| places::byte_of(&file.text, utf16);
        let selection = Selection {
            path,
            range: (byte(range.0), byte(range.1)),
        };
        let values = evaluate(&set.policies, selection, &object.input)
            .map_err(|problem| problem.diagnostic.message.clone())?;
        Ok(values.iter().map(findings::json_lines).collect())
    }
}
