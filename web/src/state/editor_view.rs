//! What the editor shows on top of the text: problems, and the chosen flow's way through it.

use tierwalk_protocol::{
    Analysis, Diagnostic, Place, PolicyRef, Severity, Verdict, Walk, walk::Direction,
};

use super::walk_rows::{self, What};

#[cfg(test)]
mod tests;

/// Marks of the chosen flow in one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Clauses, by line from 1: whether each held.
    pub clauses: Vec<(u32, bool)>,
    /// The lines that decided, first and last, and how.
    pub band: Option<(u32, u32, Verdict)>,
    /// The stretch that came nearest to deciding otherwise, in UTF-16 code units.
    pub missed: Option<(u32, u32)>,
}

/// The marks of one end of a walk in this file.
pub fn marks(walk: Option<&Walk>, direction: Direction, file: &str, text: &str) -> Marks {
    let Some((walk, side)) = walk.and_then(|walk| Some((walk, walk_rows::side(walk, direction)?)))
    else {
        return Marks::default();
    };
    let decides = walk_rows::deciding_side(walk) == direction;
    let here = |place: &&Place| decides && place.file == file;
    let decided = walk.reason.decided_at.as_ref().filter(here);
    let missed = walk.reason.more_at.as_ref().filter(here);
    Marks {
        clauses: clauses(side, file),
        missed: missed.map(|place| (place.from, place.to)),
        band: decided.map(|place| (place.line, last_line(place, text), side.verdict)),
    }
}

/// The line that a place ends on.
fn last_line(place: &Place, text: &str) -> u32 {
    let within = text
        .encode_utf16()
        .take(place.to as usize)
        .skip(place.from as usize);
    let units: Vec<_> = within.collect();
    let trimmed = units
        .iter()
        .rposition(|unit| *unit != u16::from(b'\n'))
        .map_or(0, |last| last + 1);
    let breaks = units[..trimmed]
        .iter()
        .filter(|unit| **unit == u16::from(b'\n'))
        .count();
    place.line + u32::try_from(breaks).unwrap_or(0)
}

fn clauses(side: &tierwalk_protocol::Side, file: &str) -> Vec<(u32, bool)> {
    let rows = walk_rows::rows(side);
    let policies = rows.iter().filter_map(|row| match &row.what {
        What::Policy(policy) => Some(policy),
        _ => None,
    });
    let clauses = policies
        .flat_map(|policy| &policy.rules)
        .flat_map(|rule| &rule.clauses);
    let mut marks: Vec<_> = clauses
        .filter_map(|clause| {
            Some((
                clause
                    .place
                    .as_ref()
                    .filter(|place| place.file == file)?
                    .line,
                clause.held,
            ))
        })
        .collect();
    // two clauses may share a line: one that failed is what matters there
    marks.sort_unstable();
    marks.dedup_by_key(|(line, _)| *line);
    marks
}

/// The problems of one file.
pub fn problems<'a>(analysis: &'a Analysis, file: &'a str) -> impl Iterator<Item = &'a Diagnostic> {
    analysis
        .diagnostics
        .iter()
        .filter(move |problem| problem.place.file == file)
}

/// `No problems`, `1 error`, `2 errors · 1 warning`.
pub fn summary<'a>(problems: impl Iterator<Item = &'a Diagnostic>) -> String {
    let (mut errors, mut warnings, mut notes) = (0, 0, 0);
    for problem in problems {
        match problem.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Info | Severity::Hint => notes += 1,
        }
    }
    let parts = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let said: Vec<_> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| super::words::count(*n, word))
        .collect();
    if said.is_empty() {
        "No problems".to_owned()
    } else {
        said.join(" · ")
    }
}

/// The policy that this line of a file belongs to.
pub fn policy_at(analysis: &Analysis, file: &str, line: u32) -> Option<PolicyRef> {
    let cards = analysis.board.tiers.iter().flat_map(|tier| &tier.policies);
    cards
        .filter(|card| card.place.file == file && card.place.line <= line)
        .max_by_key(|card| card.place.line)
        .map(|card| card.policy.clone())
}

/// The flow that is written on this line of a file.
pub fn flow_at(analysis: &Analysis, file: &str, line: u32) -> Option<String> {
    let mut flows = analysis.flows.iter();
    let flow = flows.find(|flow| flow.place.file == file && flow.place.line == line)?;
    Some(flow.id.clone())
}
