//! A report from checker to page: of its long lists, only what changed crosses.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Check, CheckReport, CheckedObject, Finding};
use crate::parts::{Stretch, rebuilt, told};

#[cfg(test)]
mod tests;

/// The long lists of a report.
#[derive(Debug, Default)]
pub struct ReportLists {
    checks: Vec<Check>,
    findings: Vec<Finding>,
    objects: Vec<Arc<CheckedObject>>,
}

/// The same lists, told by those of the report before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportParts {
    /// Checks.
    pub checks: Vec<Stretch<Check>>,
    /// Findings.
    pub findings: Vec<Stretch<Finding>>,
    /// What was checked.
    pub objects: Vec<Stretch<Arc<CheckedObject>>>,
}

impl ReportLists {
    /// Takes them out of a report.
    pub fn taken(report: &mut CheckReport) -> Self {
        Self {
            checks: std::mem::take(&mut report.checks),
            findings: std::mem::take(&mut report.findings),
            objects: std::mem::take(&mut report.objects),
        }
    }
}

impl ReportParts {
    /// Tells lists by those of the report before. [`ReportParts::put`] is its reverse.
    pub fn of(before: &ReportLists, now: &ReportLists) -> Self {
        Self {
            checks: told(&before.checks, &now.checks, |a, b| a.id == b.id),
            findings: told(&before.findings, &now.findings, |a, b| {
                (a.check, &a.object, &a.message) == (b.check, &b.object, &b.message)
            }),
            objects: told(&before.objects, &now.objects, |a, b| a.id == b.id),
        }
    }

    /// Puts the lists into the report that came with them; `None` if they are not told by those of `before`.
    #[must_use]
    pub fn put(self, before: &CheckReport, report: CheckReport) -> Option<CheckReport> {
        Some(CheckReport {
            checks: rebuilt(&before.checks, self.checks)?,
            findings: rebuilt(&before.findings, self.findings)?,
            objects: rebuilt(&before.objects, self.objects)?,
            ..report
        })
    }
}
