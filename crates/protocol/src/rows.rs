//! Rows of flows from worker to page: only what changed crosses.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{FlowRow, Place, parts::aligned};

#[cfg(test)]
mod tests;

/// Rows that were in the answer before, and the new ones that follow them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Index of the first row that is kept.
    pub from: u32,
    /// How many rows are kept.
    pub count: u32,
    /// Lines that the kept rows moved down in their files.
    pub lines: i32,
    /// UTF-16 code units that they moved.
    pub units: i32,
    /// Rows that are new or say something else than before.
    pub rows: Vec<Arc<FlowRow>>,
}

/// Tells rows by those of the answer before. [`rebuilt`] is its reverse.
pub fn runs(before: &[Arc<FlowRow>], now: &[Arc<FlowRow>]) -> Vec<Run> {
    let old = aligned(before, now, |a, b| a.id == b.id);
    let mut runs: Vec<Run> = Vec::new();
    for (index, row) in now.iter().enumerate() {
        let kept = old(index).and_then(|old| Some((old, moved(before.get(old)?, row)?)));
        match kept {
            Some((old, by)) => keep(&mut runs, old as u32, by),
            None => add(&mut runs, row),
        }
    }
    runs
}

/// The rows that were told; `None` if they are not told by these rows.
pub fn rebuilt(before: &[Arc<FlowRow>], runs: Vec<Run>) -> Option<Vec<Arc<FlowRow>>> {
    let mut now = Vec::new();
    for run in runs {
        let from = run.from as usize;
        let kept = before.get(from..from.checked_add(run.count as usize)?)?;
        if (run.lines, run.units) == (0, 0) {
            now.extend_from_slice(kept);
        } else {
            now.extend(kept.iter().map(|row| shifted(row, run.lines, run.units)));
        }
        now.extend(run.rows);
    }
    Some(now)
}

/// By how many lines and code units a row moved, if nothing else about it changed.
fn moved(before: &Arc<FlowRow>, now: &Arc<FlowRow>) -> Option<(i32, i32)> {
    if Arc::ptr_eq(before, now) {
        return Some((0, 0));
    }
    let by = |a: u32, b: u32| i32::try_from(i64::from(b) - i64::from(a)).ok();
    let (a, b) = (&before.place, &now.place);
    let (lines, units) = (by(a.line, b.line)?, by(a.from, b.from)?);
    let place_moved = a.file == b.file && a.column == b.column && by(a.to, b.to)? == units;
    (place_moved && says_the_same(before, now)).then_some((lines, units))
}

fn says_the_same(a: &FlowRow, b: &FlowRow) -> bool {
    let decided = |row: &FlowRow| (row.verdict, row.pending, row.expected);
    decided(a) == decided(b)
        && (&a.decided_in, &a.decided_by, &a.error) == (&b.decided_in, &b.decided_by, &b.error)
        && (&a.id, &a.from, &a.to, &a.port) == (&b.id, &b.from, &b.to, &b.port)
}

fn keep(runs: &mut Vec<Run>, old: u32, (lines, units): (i32, i32)) {
    let goes_on = |run: &&mut Run| {
        run.rows.is_empty()
            && run.from + run.count == old
            && (run.lines, run.units) == (lines, units)
    };
    match runs.last_mut().filter(goes_on) {
        Some(run) => run.count += 1,
        None => runs.push(Run {
            from: old,
            count: 1,
            lines,
            units,
            rows: Vec::new(),
        }),
    }
}

fn add(runs: &mut Vec<Run>, row: &Arc<FlowRow>) {
    if runs.is_empty() {
        runs.push(Run::default());
    }
    if let Some(run) = runs.last_mut() {
        run.rows.push(Arc::clone(row));
    }
}

fn shifted(row: &FlowRow, lines: i32, units: i32) -> Arc<FlowRow> {
    let place = &row.place;
    Arc::new(FlowRow {
        place: Place {
            line: place.line.saturating_add_signed(lines),
            from: place.from.saturating_add_signed(units),
            to: place.to.saturating_add_signed(units),
            ..place.clone()
        },
        ..row.clone()
    })
}
