//! How often each line of a policy held.
//!
//! The engine notes the lines that it reaches. Statements are asked in their order, so a statement held where
//! the next one was reached, and the last one where the rule gave its value.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tierwalk_governance::{Body, Coverage, Module};
use tierwalk_protocol::checks::CoveredLine;

/// Lines that objects reached in one module, object by object.
pub(crate) struct Reached(Vec<BTreeSet<u32>>);

impl Reached {
    pub fn of(path: &str, objects: &[Rc<Vec<Coverage>>]) -> Self {
        let lines = |files: &Rc<Vec<Coverage>>| {
            let mut files = files.iter();
            let file = files.find(|file| file.path == path);
            file.map_or_else(BTreeSet::new, |file| file.reached.iter().copied().collect())
        };
        Self(objects.iter().map(lines).collect())
    }

    fn count(&self, line: u32) -> u32 {
        let reached = self.0.iter().filter(|lines| lines.contains(&line));
        u32::try_from(reached.count()).unwrap_or(u32::MAX)
    }

    /// How many objects come to the last condition of one of these bodies.
    pub fn applies<'a>(&self, bodies: impl Iterator<Item = &'a Body>) -> u32 {
        let last = bodies.map(|body| {
            let mut deciding = body.statements.iter().rev().filter(|it| it.decides);
            deciding.next().map(|statement| statement.line)
        });
        let last: Vec<Option<u32>> = last.collect();
        let comes = |lines: &&BTreeSet<u32>| {
            last.iter()
                .any(|line| line.is_none_or(|line| lines.contains(&line)))
        };
        u32::try_from(self.0.iter().filter(comes).count()).unwrap_or(u32::MAX)
    }

    /// How often each line of a module held. A rule that stands on one line with its conditions is left out:
    /// there it cannot be told which of them held.
    pub fn lines(&self, module: &Module) -> Vec<CoveredLine> {
        let mut lines = BTreeMap::new();
        for body in &module.bodies {
            self.body(body, &mut lines);
        }
        lines.into_values().collect()
    }

    fn body(&self, body: &Body, lines: &mut BTreeMap<u32, CoveredLine>) {
        let mut written: Vec<u32> = body.statements.iter().map(|it| it.line).collect();
        written.dedup();
        if written.iter().any(|line| Some(*line) == body.value) {
            return;
        }
        let first = written.first().copied();
        let ends = written.iter().skip(1).copied().map(Some);
        let ends: Vec<Option<u32>> = ends.chain([body.value]).collect();
        for (line, end) in written.iter().zip(ends) {
            if let Some(end) = end {
                add(lines, *line, self.count(end), self.count(*line));
            }
        }
        if let Some(value) = body.value {
            let held = self.count(value);
            add(
                lines,
                value,
                held,
                first.map_or(held, |first| self.count(first)),
            );
        }
    }
}

fn add(lines: &mut BTreeMap<u32, CoveredLine>, line: u32, held: u32, asked: u32) {
    let entry = lines.entry(line).or_insert(CoveredLine {
        line,
        ..CoveredLine::default()
    });
    entry.held = entry.held.max(held);
    entry.asked = entry.asked.max(asked).max(entry.held);
}
