//! The one place at which two states of a workspace differ, if it is just one.

use tierwalk_protocol::Place;

use super::files::Files;

#[cfg(test)]
mod tests;

/// An edit within one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneEdit {
    /// Where, in the later text.
    pub place: Place,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
}

/// The edit that leads from one state to the other; `None` if there is none, or more than one.
pub fn between(before: &Files, after: &Files) -> Option<OneEdit> {
    let difference = before.difference(after);
    let [changed] = difference.changed.as_slice() else {
        return None;
    };
    let old = before
        .text(&changed.path)
        .filter(|_| difference.removed.is_empty())?;
    in_text(&changed.path, old, &changed.text)
}

fn in_text(path: &str, old: &str, new: &str) -> Option<OneEdit> {
    let mut lines = old
        .lines()
        .zip(new.lines())
        .enumerate()
        .filter(|(_, (a, b))| a != b);
    let (index, (a, b)) = lines.next()?;
    if lines.next().is_some() || old.lines().count() != new.lines().count() {
        return None;
    }
    let (head, tail) = common_words(a, b);
    let start: usize = new
        .split_inclusive('\n')
        .take(index)
        .map(|line| line.encode_utf16().count())
        .sum();
    let from = start + a[..head].encode_utf16().count();
    let after = b[head..b.len() - tail].to_owned();
    Some(OneEdit {
        place: Place {
            file: path.to_owned(),
            line: number(index + 1),
            column: number(from - start + 1),
            from: number(from),
            to: number(from + after.encode_utf16().count()),
        },
        before: a[head..a.len() - tail].to_owned(),
        after,
    })
}

/// Bytes that two lines share at their start and their end, up to whole words.
fn common_words(a: &str, b: &str) -> (usize, usize) {
    let same = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y);
    let head = same.map_or(a.len().min(b.len()), |((at, _), _)| at);
    let head = a[..head].rfind(is_break).map_or(0, |at| {
        at + a[at..].chars().next().map_or(0, char::len_utf8)
    });
    let (a, b) = (&a[head..], &b[head..]);
    let mut tail = 0;
    let mut edge = 0;
    for (x, y) in a.chars().rev().zip(b.chars().rev()) {
        if x != y {
            break;
        }
        tail += x.len_utf8();
        if is_break(x) {
            edge = tail;
        }
    }
    let whole = tail == a.len().min(b.len());
    (head, if whole { tail } else { edge })
}

fn is_break(c: char) -> bool {
    c.is_whitespace() || "{}[](),".contains(c)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
