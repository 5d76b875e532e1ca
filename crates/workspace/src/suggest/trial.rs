//! Trying an edit: a copy of the workspace, changed, with all flows evaluated again.

use std::collections::BTreeMap;
use std::sync::Arc;

use tierwalk_protocol::{File, parts::Lists};
use tierwalk_tiers::{Engine, Flow, Mode, Verdict};

use super::candidate::{Candidate, FileEdit};
use crate::Workspace;
use crate::files::SourceFile;
use crate::listed::{FlowAt, Flows};

/// Verdict and pending verdict of a flow, if it has one.
pub(super) type Verdicts = Option<(Verdict, Verdict)>;

/// A workspace of which copies are changed.
pub(super) struct Trial<'a> {
    base: &'a Workspace,
    /// Verdicts of the base, flow by flow.
    before: Vec<Verdicts>,
    errors: usize,
}

/// What an edit does.
pub(super) struct Outcome {
    /// Verdicts of the flow itself.
    pub itself: Verdicts,
    /// Verdicts of each flow of the files, before and after.
    pub flows: Vec<(Verdicts, Verdicts)>,
}

impl<'a> Trial<'a> {
    pub fn new(base: &'a Workspace) -> Self {
        Self {
            base,
            before: all(&base.compiled.engine, &base.flows),
            errors: errors(base),
        }
    }

    /// Makes an edit. `None` if it makes an error, or another one than what is wanted: `holds` looks at the
    /// verdicts of the flow itself before all the others are evaluated.
    pub fn make(
        &self,
        candidate: &Candidate,
        flow: &Flow,
        holds: impl Fn((Verdict, Verdict)) -> bool,
    ) -> Option<Outcome> {
        let mut copy = self.base.copy();
        copy.edit(changed(self.base, &candidate.edits)?, &[]);
        let engine = &copy.compiled.engine;
        let itself = one(engine, flow);
        if !itself.is_some_and(holds) || errors(&copy) > self.errors {
            return None;
        }
        let after = all(engine, &copy.flows);
        let before = self.before.iter().copied();
        Some(Outcome {
            itself,
            flows: before.zip(after).collect(),
        })
    }
}

impl Workspace {
    /// A copy that shares what was read and compiled, so that an edit of it costs what an edit costs.
    fn copy(&self) -> Self {
        Self {
            files: self.files.clone(),
            templates: self.templates.clone(),
            compiled: Arc::clone(&self.compiled),
            positions: Vec::new(),
            sent: Lists::default(),
            flows: self.flows.clone(),
        }
    }
}

fn one(engine: &Engine, flow: &Flow) -> Verdicts {
    let flow = engine.resolve(flow).ok()?;
    let mut verdicts = engine.verdicts();
    Some((
        verdicts.verdict(&flow, Mode::Enforced),
        verdicts.verdict(&flow, Mode::Pending),
    ))
}

fn all(engine: &Engine, flows: &Flows) -> Vec<Verdicts> {
    let mut verdicts = engine.verdicts();
    let one = |at: &FlowAt| {
        let flow = at.resolved.as_ref()?.as_ref().ok()?;
        let enforced = verdicts.verdict(flow, Mode::Enforced);
        Some((enforced, verdicts.verdict(flow, Mode::Pending)))
    };
    flows.iter().map(one).collect()
}

/// How many errors keep something out of evaluation.
fn errors(workspace: &Workspace) -> usize {
    let of_file = |file: &SourceFile| file.diagnostics().filter(|(_, it)| it.is_error()).count();
    let files: usize = workspace.files.values().map(of_file).sum();
    let compiled = workspace.compiled.findings.iter();
    let templates = workspace.templates.findings.iter();
    let found = compiled
        .map(|(_, it)| it)
        .chain(templates.map(|(_, it)| it));
    files + found.filter(|it| it.is_error()).count()
}

/// The files that edits change, as they would be; `None` if edits overlap.
pub(super) fn changed(workspace: &Workspace, edits: &[FileEdit]) -> Option<Vec<File>> {
    let mut by_file: BTreeMap<&str, Vec<&FileEdit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&edit.file).or_default().push(edit);
    }
    let files = by_file.into_iter().map(|(path, edits)| {
        Some(File {
            path: path.to_owned(),
            text: applied(workspace.text(path)?, edits)?,
        })
    });
    files.collect()
}

fn applied(text: &str, mut edits: Vec<&FileEdit>) -> Option<String> {
    edits.sort_by_key(|edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.span.start as usize)?);
        result.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}
