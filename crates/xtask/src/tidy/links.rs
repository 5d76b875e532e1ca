//! Links from one document of the repository to another lead somewhere.

use std::path::Path;

use crate::{Outcome, repo};

pub(super) fn check() -> Outcome<Vec<String>> {
    let mut broken = Vec::new();
    for path in repo::tracked()?.iter().filter(|path| path.ends_with(".md")) {
        let text = repo::read(path)?;
        let lost = targets(&text)
            .into_iter()
            .filter(|target| !leads_somewhere(path, target));
        broken.extend(lost.map(|target| format!("{path}: `{target}`")));
    }
    Ok(broken)
}

/// What stands in `](…)`, outside of code.
pub(super) fn targets(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut targets = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            targets.extend(without_code(line).split("](").skip(1).filter_map(target));
        }
    }
    targets
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

fn target(rest: &str) -> Option<String> {
    let (target, _) = rest.split_once(')')?;
    let (path, _) = target.split_once('#').unwrap_or((target, ""));
    let outside = path.contains("://") || path.starts_with("mailto:") || path.is_empty();
    (!outside).then(|| path.to_owned())
}

fn leads_somewhere(page: &str, target: &str) -> bool {
    let page = repo::at(page);
    let directory = page.parent().unwrap_or(Path::new(""));
    directory.join(target).exists()
}
