//! Findings among the problems of files, in the counts of the index, and on the board.

use std::collections::BTreeMap;

use tierwalk_protocol::{
    Analysis, Diagnostic, Flag, Place, Severity,
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
        self.analysis = match &self.checks.report {
            None => engine,
            Some(report) => {
                let shifts = Shifts::between(&self.checks.files, &self.files);
                Shared::from(merged(&engine, report, &shifts))
            }
        };
    }
}

fn merged(engine: &Analysis, report: &CheckReport, shifts: &Shifts) -> Analysis {
    let mut analysis = engine.clone();
    let counting = report.findings.iter().filter(|it| it.excepted.is_none());
    let found = counting.clone().map(|finding| problem(report, finding));
    for mut problem in report.diagnostics.iter().cloned().chain(found) {
        let Some(place) = shifts.place(&problem.place) else {
            continue;
        };
        // Fixes of an earlier text would land in the wrong place.
        if place != problem.place {
            problem.fixes.clear();
        }
        problem.place = place;
        count(&mut analysis, &problem);
        analysis.diagnostics.push(problem);
    }
    analysis
        .diagnostics
        .sort_by(|a, b| (&a.place.file, a.place.from).cmp(&(&b.place.file, b.place.from)));
    counting
        .filter(|finding| finding.level == FindingLevel::Fail)
        .for_each(|finding| flag(&mut analysis, report, finding));
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

fn count(analysis: &mut Analysis, problem: &Diagnostic) {
    let mut files = analysis.files.iter_mut();
    let Some(file) = files.find(|file| file.path == problem.place.file) else {
        return;
    };
    match problem.severity {
        Severity::Error => file.errors += 1,
        Severity::Warning => file.warnings += 1,
        Severity::Info | Severity::Hint => {}
    }
}

fn flag(analysis: &mut Analysis, report: &CheckReport, finding: &Finding) {
    let mut objects = report.objects.iter();
    let Some(object) = objects.find(|object| object.id == finding.object) else {
        return;
    };
    let tiers = analysis.board.tiers.iter_mut();
    let cards = tiers.flat_map(|tier| &mut tier.policies);
    let same = cards.filter(|card| {
        card.place.file == finding.place.file
            && card.policy.name == object.name
            && card.policy.namespace == object.namespace
    });
    for card in same.filter(|card| !card.flags.contains(&Flag::Check)) {
        card.flags.insert(0, Flag::Check);
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
