//! Which lines of a text differ from an earlier one.

#[cfg(test)]
mod tests;

/// Above this many pairs of lines a stretch counts as changed from end to end.
const PAIRS: usize = 1_000_000;

/// How a line differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It stands in place of another one.
    Changed,
    /// It was not there.
    New,
}

/// Lines of `after`, from 1, that are not in `before`.
pub fn between(before: &str, after: &str) -> Vec<(u32, Kind)> {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut lines = Vec::new();
    for (kept, run) in runs(old, new) {
        for (index, line) in run.enumerate() {
            let kind = if index < kept {
                Kind::Changed
            } else {
                Kind::New
            };
            lines.push((u32::try_from(head + line + 1).unwrap_or(u32::MAX), kind));
        }
    }
    lines
}

/// Stretches of `new` without a counterpart, each with the number of old lines that it stands for.
fn runs(old: &[&str], new: &[&str]) -> Vec<(usize, std::ops::Range<usize>)> {
    let mut runs = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (a, b) in matches(old, new)
        .into_iter()
        .chain([(old.len(), new.len())])
    {
        if b > j {
            runs.push((a - i, j..b));
        }
        (i, j) = (a + 1, b + 1);
    }
    runs
}

/// Pairs of equal lines, in order: a longest common subsequence.
fn matches(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let (rows, columns) = (old.len(), new.len());
    if rows.saturating_mul(columns) > PAIRS {
        return Vec::new();
    }
    let width = columns + 1;
    let mut length = vec![0_u32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            length[i * width + j] = if old[i] == new[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < rows && j < columns {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
