//! The lines of the matrix, and its columns: ends under their groups.

use std::{collections::BTreeSet, ops::Range, rc::Rc};

use super::table::{Table, group, is_wanted};

/// Heights of lines, in CSS pixels.
const END: u32 = 28;
const HEAD: u32 = 24;
/// Width of a column.
const COLUMN: u32 = 36;

/// Lines or columns, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Each line.
    pub lines: Vec<Line>,
    /// Where each line begins, in CSS pixels, and where the last one ends.
    starts: Vec<u32>,
}

/// A line or column.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Tells it from all others, also after an edit.
    pub key: Rc<str>,
    /// What it is.
    pub what: What,
    /// Its group.
    pub group: Rc<str>,
    /// The first of its group, or alone.
    pub first: bool,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The head of a group that is not folded.
    Head,
    /// A group that is folded, as the stretch of its ends.
    Folded(Range<usize>),
    /// An end.
    End(usize),
}

impl Axis {
    /// The lines, with heads of groups.
    pub fn rows(table: &Table, filter: &str, folded: &BTreeSet<String>) -> Self {
        Self::of(lines(table, filter, folded, true), |line| match line.what {
            What::Head => HEAD,
            What::Folded(_) | What::End(_) => END,
        })
    }

    /// The columns.
    pub fn columns(table: &Table, filter: &str, folded: &BTreeSet<String>) -> Self {
        Self::of(lines(table, filter, folded, false), |_| COLUMN)
    }

    fn of(lines: Vec<Line>, size: impl Fn(&Line) -> u32) -> Self {
        let mut starts = vec![0];
        let mut at = 0;
        for line in &lines {
            at += size(line);
            starts.push(at);
        }
        Self { lines, starts }
    }

    /// Where a line begins; or, past the last one, where that ends.
    pub fn start(&self, line: usize) -> u32 {
        let last = self.starts.last().copied().unwrap_or_default();
        self.starts.get(line).copied().unwrap_or(last)
    }

    /// The extent of all lines.
    pub fn size(&self) -> u32 {
        self.start(self.lines.len())
    }

    /// The lines that can be seen in a window of this size, and some around it.
    pub fn window(&self, from: u32, size: u32) -> Range<usize> {
        const AROUND: u32 = 4 * END;
        let first = self.starts.partition_point(|start| start + AROUND < from);
        let last = self
            .starts
            .partition_point(|start| *start < from.saturating_add(size + AROUND));
        let count = self.lines.len();
        first.saturating_sub(1).min(count)..last.min(count)
    }

    /// Where a window of this size has to begin so that a line is in it.
    pub fn reach(&self, line: usize, from: u32, size: u32) -> u32 {
        let (start, end) = (self.start(line), self.start(line + 1));
        let latest = start.saturating_sub(HEAD);
        from.max(end.saturating_sub(size))
            .min(latest.max(end.saturating_sub(size)))
    }

    /// The line with this key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.lines.iter().position(|line| *line.key == *key)
    }
}

fn lines(table: &Table, filter: &str, folded: &BTreeSet<String>, heads: bool) -> Vec<Line> {
    let ends: Vec<usize> = (0..table.ends.len())
        .filter(|end| {
            table
                .ends
                .get(*end)
                .is_some_and(|end| is_wanted(end, filter))
        })
        .collect();
    let group_of = |end: &usize| table.ends.get(*end).map_or("", group);
    let mut lines = Vec::new();
    for ends in ends.chunk_by(|a, b| group_of(a) == group_of(b)) {
        let (Some(first), Some(last)) = (ends.first(), ends.last()) else {
            continue;
        };
        let group: Rc<str> = group_of(first).into();
        let line = |key: String, what, first| Line {
            key: key.into(),
            what,
            group: Rc::clone(&group),
            first,
        };
        let is_folded = folded.contains(&*group) && last - first + 1 == ends.len();
        if is_folded {
            lines.push(line(
                format!("{group}/"),
                What::Folded(*first..last + 1),
                true,
            ));
            continue;
        }
        if heads {
            lines.push(line(format!("{group}/"), What::Head, true));
        }
        lines.extend(ends.iter().filter_map(|end| {
            let key = table.ends.get(*end)?.text.clone();
            Some(line(key, What::End(*end), end == first))
        }));
    }
    lines
}
