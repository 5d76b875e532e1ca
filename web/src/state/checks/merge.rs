//! Findings among the problems of files, in the counts of the index, and on the board.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tierwalk_protocol::{
    Analysis, Diagnostic, FileSummary, Flag, Place, Severity,
    checks::{CheckReport, Finding, FindingLevel},
};

use super::Model;
use crate::{shared::Shared, state::files::Files};

impl Model {
    /// What the engine found, with what the checks say. Findings about an earlier text move with the text.
    pub(in crate::state) fn merge_findings(&mut self) {
        let Some(engine) = self.checks.engine.clone() else {
            return;
        };
        let merged = match &self.checks.report {
            None => engine,
            Some(report) => {
                let shifts = Shifts::between(&self.checks.files, &self.files);
                Shared::from(merged(&engine, report, &shifts))
            }
        };
        if self.analysis != merged && !is_same(&self.analysis, &merged) {
            self.analysis = merged;
        }
    }
}

/// Whether an analysis says the same. What the page shows of it is then not drawn again.
fn is_same(before: &Analysis, now: &Analysis) -> bool {
    let rows = before.flows.iter().zip(&now.flows);
    before.flows.len() == now.flows.len()
        && rows.into_iter().all(|(a, b)| Arc::ptr_eq(a, b))
        && before.diagnostics == now.diagnostics
        && before.board == now.board
        && before.files == now.files
        && (&before.walk_of, &before.walk) == (&now.walk_of, &now.walk)
        && (&before.template, &before.clusters) == (&now.template, &now.clusters)
        && (&before.cluster, &before.starters) == (&now.cluster, &now.starters)
}

fn merged(engine: &Analysis, report: &CheckReport, shifts: &Shifts) -> Analysis {
    let mut analysis = engine.clone();
    let counting = report.findings.iter().filter(|it| it.excepted.is_none());
    let found = counting.map(|finding| problem(report, finding));
    let paths = analysis.files.iter().map(|file| file.path.clone());
    let files: HashMap<String, usize> = paths.zip(0..).collect();
    for mut problem in report.diagnostics.iter().cloned().chain(found) {
        let Some(place) = shifts.place(&problem.place) else {
            continue;
        };
        // Fixes of an earlier text would land in the wrong place.
        if place != problem.place {
            problem.fixes.clear();
        }
        problem.place = place;
        let file = files.get(&problem.place.file);
        if let Some(file) = file.and_then(|index| analysis.files.get_mut(*index)) {
            count(file, problem.severity);
        }
        analysis.diagnostics.push(problem);
    }
    analysis
        .diagnostics
        .sort_by(|a, b| (&a.place.file, a.place.from).cmp(&(&b.place.file, b.place.from)));
    flag(&mut analysis, &refused(report));
    analysis
}

/// A finding as a problem of its file.
fn problem(report: &CheckReport, finding: &Finding) -> Diagnostic {
    let check = report.checks.get(finding.check as usize);
    let title = check.map(|check| check.title.as_str()).unwrap_or_default();
    Diagnostic {
        code: check.map_or_else(String::new, |check| format!("check/{}", check.id)),
        severity: match finding.level {
            FindingLevel::Fail => Severity::Error,
            FindingLevel::Warn => Severity::Warning,
        },
        message: finding.message.clone(),
        help: (!title.is_empty()).then(|| title.to_owned()),
        place: finding.place.clone(),
        related: Vec::new(),
        fixes: finding.fixes.clone(),
    }
}

fn count(file: &mut FileSummary, severity: Severity) {
    match severity {
        Severity::Error => file.errors += 1,
        Severity::Warning => file.warnings += 1,
        Severity::Info | Severity::Hint => {}
    }
}

/// File, namespace and name of the objects that a check refuses.
fn refused(report: &CheckReport) -> BTreeSet<(&str, &str, &str)> {
    let objects = report.objects.iter();
    let objects: HashMap<&str, _> = objects.map(|object| (object.id.as_str(), object)).collect();
    let counts = |it: &&Finding| it.excepted.is_none() && it.level == FindingLevel::Fail;
    let refused = report.findings.iter().filter(counts).filter_map(|finding| {
        let object = objects.get(finding.object.as_str())?;
        Some((
            finding.place.file.as_str(),
            object.namespace.as_str(),
            object.name.as_str(),
        ))
    });
    refused.collect()
}

fn flag(analysis: &mut Analysis, refused: &BTreeSet<(&str, &str, &str)>) {
    let tiers = analysis.board.tiers.iter_mut();
    for card in tiers.flat_map(|tier| &mut tier.policies) {
        let object = (
            card.place.file.as_str(),
            card.policy.namespace.as_str(),
            card.policy.name.as_str(),
        );
        if refused.contains(&object) && !card.flags.contains(&Flag::Check) {
            Arc::make_mut(card).flags.insert(0, Flag::Check);
        }
    }
}

/// How places of one text move to another. Texts differ in one stretch, as far as this is concerned.
struct Shifts(BTreeMap<String, Option<Shift>>);

/// A stretch that was replaced, in UTF-16 code units of the text before.
struct Shift {
    from: u32,
    to: u32,
    /// Units and lines that what follows moves by.
    units: i64,
    lines: i64,
}

impl Shifts {
    fn between(before: &Files, after: &Files) -> Self {
        let mut shifts = BTreeMap::new();
        if before == after {
            return Self(shifts);
        }
        let difference = before.difference(after);
        for file in difference.changed {
            let old = before.text(&file.path);
            let shift = old.map(|old| Shift::between(old, &file.text));
            shifts.insert(file.path, shift);
        }
        for path in difference.removed {
            shifts.insert(path, None);
        }
        Self(shifts)
    }

    /// Where a place is now; `None` if it was changed itself.
    fn place(&self, place: &Place) -> Option<Place> {
        match self.0.get(&place.file) {
            None => Some(place.clone()),
            Some(None) => None,
            Some(Some(shift)) => shift.place(place),
        }
    }
}

impl Shift {
    fn between(before: &str, after: &str) -> Self {
        let old: Vec<u16> = before.encode_utf16().collect();
        let new: Vec<u16> = after.encode_utf16().collect();
        let most = old.len().min(new.len());
        let same = |(a, b): &(&u16, &u16)| a == b;
        let start = old.iter().zip(&new).take_while(same).count();
        let ends = old.iter().rev().zip(new.iter().rev());
        let end = ends.take_while(same).count().min(most - start);
        let lines = |units: &[u16]| {
            units
                .iter()
                .filter(|unit| **unit == u16::from(b'\n'))
                .count() as i64
        };
        Self {
            from: start as u32,
            to: (old.len() - end) as u32,
            units: new.len() as i64 - old.len() as i64,
            lines: lines(&new) - lines(&old),
        }
    }

    fn place(&self, place: &Place) -> Option<Place> {
        if place.to <= self.from {
            return Some(place.clone());
        }
        if place.from < self.to {
            return None;
        }
        let moved = |value: u32, by: i64| u32::try_from(i64::from(value) + by).ok();
        Some(Place {
            file: place.file.clone(),
            line: moved(place.line, self.lines)?,
            column: place.column,
            from: moved(place.from, self.units)?,
            to: moved(place.to, self.units)?,
        })
    }
}
