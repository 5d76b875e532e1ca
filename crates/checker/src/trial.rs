//! Edits that were not made yet: which checks they would break.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tierwalk_protocol::File;
use tierwalk_protocol::checks::{CheckReport, CheckView, FindingLevel};

use crate::Checker;
use crate::file::SourceFile;

/// How often each check refuses each object, by the check's name and the object's.
type Refusals = BTreeMap<(String, String), usize>;

impl Checker {
    /// The names of the checks that refuse more with each of these edits than without. The files stay as they are.
    pub(crate) fn try_edits(&mut self, tries: Vec<Vec<File>>, now: f64) -> Vec<Vec<String>> {
        let view = CheckView {
            now,
            ..CheckView::default()
        };
        let before = refusals(&self.check(&view));
        let mut one = |files| {
            let kept = self.put(files);
            let after = refusals(&self.check(&view));
            self.put_back(kept);
            broken(&before, &after)
        };
        tries.into_iter().map(&mut one).collect()
    }

    /// Puts files in place of others and hands those out.
    fn put(&mut self, files: Vec<File>) -> Vec<(String, Option<SourceFile>)> {
        let put = files.into_iter().map(|File { path, text }| {
            let before = self.files.get(&path);
            let file = SourceFile::read(&path, text, before, &self.library);
            let before = self.files.insert(path.clone(), file);
            (path, before)
        });
        let kept = put.collect();
        self.learn();
        kept
    }

    fn put_back(&mut self, kept: Vec<(String, Option<SourceFile>)>) {
        for (path, file) in kept {
            match file {
                Some(file) => self.files.insert(path, file),
                None => self.files.remove(&path),
            };
        }
        self.learn();
    }
}

fn refusals(report: &CheckReport) -> Refusals {
    let mut refusals = Refusals::new();
    let findings = report.findings.iter();
    for finding in findings.filter(|it| it.level == FindingLevel::Fail && it.excepted.is_none()) {
        let check = report.checks.get(finding.check as usize);
        let object = report.objects.iter().find(|it| it.id == finding.object);
        let object = object.map(|it| format!("{}/{}/{}", it.kind, it.namespace, it.name));
        let check = check.map(|it| it.id.clone());
        *refusals
            .entry((check.unwrap_or_default(), object.unwrap_or_default()))
            .or_default() += 1;
    }
    refusals
}

fn broken(before: &Refusals, after: &Refusals) -> Vec<String> {
    let more = after
        .iter()
        .filter(|(key, count)| before.get(*key).is_none_or(|before| before < *count));
    let mut names: Vec<String> = more.map(|((check, _), _)| check.clone()).collect();
    names.dedup();
    names
}
