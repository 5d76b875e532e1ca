//! Go's `path.Match`, by which Conftest reads `--namespace policies.*`.

#[cfg(test)]
mod tests;

/// Whether a pattern has a character with a meaning.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Whether `name` matches; a malformed pattern matches nothing.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    match_chars(&pattern, &name)
}

fn match_chars(pattern: &[char], name: &[char]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some(('*', rest)) => stars(rest, name),
        Some(('[', rest)) => class(rest, name),
        Some(('?', rest)) => step(rest, name, |c| c != '/'),
        Some(('\\', rest)) => match rest.split_first() {
            Some((literal, rest)) => step(rest, name, |c| c == *literal),
            None => false,
        },
        Some((literal, rest)) => step(rest, name, |c| c == *literal),
    }
}

fn step(pattern: &[char], name: &[char], is: impl Fn(char) -> bool) -> bool {
    match name.split_first() {
        Some((first, rest)) => is(*first) && match_chars(pattern, rest),
        None => false,
    }
}

/// What follows a `*`: tries every length it may take, stars in a row as one.
fn stars(rest: &[char], name: &[char]) -> bool {
    if rest.first() == Some(&'*') {
        return match_chars(rest, name);
    }
    let longest = name.iter().position(|c| *c == '/').unwrap_or(name.len());
    (0..=longest).any(|taken| match_chars(rest, name.get(taken..).unwrap_or_default()))
}

fn class(rest: &[char], name: &[char]) -> bool {
    let Some(end) = rest.iter().skip(1).position(|c| *c == ']').map(|at| at + 1) else {
        return false;
    };
    let (body, after) = rest.split_at(end);
    let (negated, body) = match body.split_first() {
        Some(('^', body)) => (true, body),
        _ => (false, body),
    };
    let after = after.get(1..).unwrap_or_default();
    step(after, name, |c| in_class(body, c) != negated)
}

fn in_class(body: &[char], c: char) -> bool {
    let mut at = 0;
    while let Some(&low) = body.get(at) {
        let high = match (body.get(at + 1), body.get(at + 2)) {
            (Some('-'), Some(&high)) => high,
            _ => low,
        };
        if (low..=high).contains(&c) {
            return true;
        }
        at += if high == low { 1 } else { 3 };
    }
    false
}
