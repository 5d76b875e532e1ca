//! Words that several panes use.

use tierwalk_protocol::{EndLabel, FlowRow, Place, Selected, Severity, Verdict, walk::Action};

use super::flips::Flip;

#[cfg(test)]
mod tests;

/// `1 flow`, `2 flows`.
pub fn count(n: usize, word: &str) -> String {
    if n == 1 {
        format!("1 {word}")
    } else {
        match word.strip_suffix('y').filter(|stem| stem.ends_with('c')) {
            Some(stem) => format!("{n} {stem}ies"),
            None => format!("{n} {word}s"),
        }
    }
}

/// `1 policy`, `2 policies`.
pub fn policies(n: usize) -> String {
    if n == 1 {
        "1 policy".to_owned()
    } else {
        format!("{n} policies")
    }
}

/// `48`, `3 998 000`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    if digits.len() > 4 {
        group(&digits)
    } else {
        digits
    }
}

/// `Allow`.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "Allow",
        Verdict::Deny => "Deny",
    }
}

/// As flow files write it.
pub fn expected(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
    }
}

/// `Pass`.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Allow => "Allow",
        Action::Deny => "Deny",
        Action::Pass => "Pass",
        Action::Log => "Log",
    }
}

/// `warning`.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Hint => "hint",
    }
}

/// The namespaces to print for the ends of a flow: the second one only if it is another.
pub fn namespaces(flow: &FlowRow) -> (String, String) {
    let shown = |end: &EndLabel| {
        if end.namespace.is_empty() {
            String::new()
        } else {
            format!("{}/", end.namespace)
        }
    };
    let to = if flow.to.namespace == flow.from.namespace {
        String::new()
    } else {
        shown(&flow.to)
    };
    (shown(&flow.from), to)
}

/// `storefront/frontend → backend tcp/8080`.
pub fn flow(flow: &FlowRow) -> String {
    let (from, to) = namespaces(flow);
    format!(
        "{from}{} → {to}{} {}",
        flow.from.name, flow.to.name, flow.port
    )
}

/// `backend.yaml:18`.
pub fn place(place: &Place) -> String {
    format!("{}:{}", file_name(&place.file), place.line)
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The last part of a path, without the ending that every file has.
pub fn stem(path: &str) -> &str {
    let name = file_name(path);
    ["yaml", "yml", "rego"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.'))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(name)
}

/// The order of a tier or policy: `1 000 000`, `10`, `0.5`; nothing if there is none.
pub fn order(order: Option<f64>) -> String {
    let Some(order) = order else {
        return String::new();
    };
    let text = order.to_string();
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let digits = whole.trim_start_matches('-');
    let grouped = if digits.len() > 4 {
        group(digits)
    } else {
        digits.to_owned()
    };
    let sign = if whole.starts_with('-') { "−" } else { "" };
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{dot}{rest}")
}

fn group(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

/// The field of a clause, as short as the walk has room for.
pub fn clause_field(field: &str) -> String {
    match field {
        "source.selector" => "source".to_owned(),
        "destination.ports" => "port".to_owned(),
        "destination.selector" => "destination".to_owned(),
        "destination.domains" => "domains".to_owned(),
        _ => field
            .replace("namespaceSelector", "namespaces")
            .replace("serviceAccounts", "accounts")
            .replace('.', " "),
    }
}

/// `storefront/frontend, storefront/backend and 3 more`.
pub fn selected(selected: &Selected) -> String {
    let named = |end: &EndLabel| match end.namespace.as_str() {
        "" => end.name.clone(),
        namespace => format!("{namespace}/{}", end.name),
    };
    let names: Vec<_> = selected.endpoints.iter().take(10).map(named).collect();
    let more = match selected.total as usize - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", names.join(", "))
}

/// `812 bytes`, `2.4 KB`.
pub fn size(bytes: usize) -> String {
    if bytes < 1000 {
        count(bytes, "byte")
    } else {
        format!("{:.1} KB", bytes as f64 / 1000.0)
    }
}

/// What a screen reader hears when flows flip.
pub fn spoken(flips: &[Flip]) -> String {
    let named = |flip: &Flip| {
        format!(
            "{} {} to {}",
            flow(&flip.flow),
            verdict(flip.was),
            verdict(flip.now)
        )
    };
    let mut parts: Vec<_> = flips.iter().take(2).map(named).collect();
    if flips.len() > 2 {
        parts.push(format!("and {} more", flips.len() - 2));
    }
    format!(
        "{} flipped: {}",
        count(flips.len(), "flow"),
        parts.join(", ")
    )
}
