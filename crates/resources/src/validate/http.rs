//! HTTP matches, which only application layer policy looks at.

use super::rule::{Direction, Owner};
use crate::codes;
use crate::kinds::{HttpMatch, HttpPath, Rule};
use crate::problem::{At, Problems, first_repeat};
use crate::scalars::Protocol;

const MAX_ITEMS: usize = 20;
const MAX_PATH: usize = 1024;

pub(super) fn check(
    rule: &Rule,
    owner: Owner,
    direction: Direction,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let Some(http) = &rule.http else {
        return;
    };
    let at = at.key("http");
    if owner != Owner::Profile {
        check_rule(rule, direction, &at, problems);
        problems.at_most(&at.key("methods"), http.methods.len(), MAX_ITEMS, "items");
        problems.at_most(&at.key("paths"), http.paths.len(), MAX_ITEMS, "items");
    }
    check_methods(http, &at.key("methods"), problems);
    let paths = at.key("paths");
    for (index, path) in http.paths.iter().enumerate() {
        check_path(path, owner != Owner::Profile, &paths.index(index), problems);
    }
}

fn check_rule(rule: &Rule, direction: Direction, at: &At<'_>, problems: &mut Problems<'_>) {
    if direction == Direction::Egress {
        let message = "http is not allowed in egress rules";
        let help = "application layer policy looks at what comes in only";
        problems.unseen(at, codes::HTTP, message, help);
    }
    if rule.action != "Allow" {
        let message = "HTTP match is only valid on Allow rules";
        problems.error(
            at,
            codes::HTTP,
            message,
            "allow what is wanted, and let the tier deny the rest",
        );
    }
    let is_tcp = |protocol: &Protocol| match protocol {
        Protocol::Number(number) => *number == 6,
        Protocol::Name(name) => name == "TCP",
    };
    if !rule.protocol.as_ref().is_none_or(is_tcp) {
        let message = "rules with HTTP match must have protocol TCP or unset";
        problems.error(
            at,
            codes::HTTP,
            message,
            "HTTP runs on TCP: write `protocol: TCP`",
        );
    }
}

fn check_methods(http: &HttpMatch, at: &At<'_>, problems: &mut Problems<'_>) {
    if let Some(index) = first_repeat(&http.methods) {
        let message = format!("Invalid methods (duplicates): [{}]", http.methods.join(" "));
        problems.unseen(&at.index(index), codes::HTTP, message, "remove it here");
    }
}

fn check_path(path: &HttpPath, limited: bool, at: &At<'_>, problems: &mut Problems<'_>) {
    let message = match (path.exact.is_empty(), path.prefix.is_empty()) {
        (true, true) => "Invalid path match. Either 'exact' or 'prefix' must be set",
        (false, false) => "Invalid path match. Both 'exact' and 'prefix' are set",
        _ => "",
    };
    if !message.is_empty() {
        problems.unseen(at, codes::HTTP, message, "write one of them for each path");
    }
    for (field, text) in [("exact", &path.exact), ("prefix", &path.prefix)] {
        let at = at.key(field);
        if !text.is_empty() && (!text.starts_with('/') || text.contains(['?', '#', ' '])) {
            let message =
                format!("Invalid path {text}. (must start with `/` and not contain `?` or `#`)");
            problems.unseen(
                &at,
                codes::HTTP,
                message,
                "write the path alone, without query and fragment",
            );
        }
        if limited && text.chars().count() > MAX_PATH {
            let message = format!("{} may not be more than {MAX_PATH} bytes", at.name());
            problems.error(&at, codes::LIMIT, message, "use a shorter `prefix`");
        }
    }
}
