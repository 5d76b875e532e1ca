//! The manual page of a check.

use std::fmt::Write;

use super::{Check, Settings};
use crate::Level;

/// Markdown of the page in `docs/checks/`.
pub fn page(check: &Check) -> String {
    let mut out = format!("# `{}`: {}\n\n{}\n\n", check.id, check.title, check.why);
    let (word, state) = (level(check.level), state(check));
    // Writing to text cannot fail.
    let _ = write!(out, "Findings are {word}s (`{}`). {state}\n\n", rule(check));
    if !check.parameters.is_empty() {
        out.push_str("| parameter | means |\n|---|---|\n");
        for (name, meaning) in &check.parameters {
            let _ = writeln!(out, "| `{name}` | {meaning} |");
        }
        out.push('\n');
    }
    let _ = write!(
        out,
        "In `checks.yaml`, as shipped:\n\n```yaml\n{}```\n\n",
        defaults(check)
    );
    let _ = write!(
        out,
        "Wrong, at `{}`:\n\n```yaml\n{}```\n\n",
        check.at, check.bad
    );
    let _ = write!(out, "Right:\n\n```yaml\n{}```\n\n", check.good);
    let _ = writeln!(
        out,
        "The check itself: [`{id}.rego`](../../crates/governance/pack/{id}.rego).",
        id = check.id
    );
    out
}

/// Markdown of the list of pages.
pub fn index() -> String {
    let mut out = "# Checks\n\nThe checks that are shipped; `tierwalk check --pack` asks them. \
                   [Governance](../governance.md) says how to set them.\n\n| check | wants | findings are |\n|---|---|---|\n"
        .to_owned();
    for check in super::checks() {
        let word = level(check.level);
        let _ = writeln!(
            out,
            "| [`{id}`]({id}.md) | {} | {word}s |",
            check.title,
            id = check.id
        );
    }
    out
}

/// The rule that reports.
pub(super) fn rule(check: &Check) -> String {
    let word = match check.level {
        Level::Failure => "deny",
        Level::Warning => "warn",
    };
    format!("{word}_{}", check.id)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Failure => "failure",
        Level::Warning => "warning",
    }
}

fn state(check: &Check) -> &'static str {
    if Settings::default().is_enabled(&check.id) {
        "The check is on unless it is turned off."
    } else {
        "The check is off until it is turned on, since it needs to know your organisation."
    }
}

fn defaults(check: &Check) -> String {
    let settings = Settings::default();
    let own = settings.checks.get(&check.id).cloned().unwrap_or_default();
    let id = check.id.clone();
    let whole = serde_json::json!({"checks": {id: own}});
    serde_yaml::to_string(&whole).unwrap_or_default()
}
