//! What constraints and admission policies say about an object, as findings.

use serde_json::json;
use tierwalk_cluster::{Source, Violation};
use tierwalk_protocol::checks::{Check, CheckSource, Finding, FindingLevel};

use super::Audit;
use crate::findings::{At, json_lines, pointer};

/// The findings on an object; `checks` are those among which theirs are.
pub(crate) fn findings(audit: &Audit, checks: &[Check], at: At<'_>) -> Vec<Finding> {
    let found = at.object.audited(audit.number);
    let violations = found.iter().flat_map(|found| found.iter());
    violations
        .filter_map(|violation| finding(checks, at, violation))
        .collect()
}

fn finding(checks: &[Check], at: At<'_>, violation: &Violation) -> Option<Finding> {
    let (source, rule) = match &violation.source {
        Source::Constraint(kind) => (CheckSource::Constraint, kind.as_str()),
        Source::Policy => (CheckSource::Policy, "ValidatingAdmissionPolicy"),
    };
    let is_its = |check: &Check| check.source == source && check.id == violation.name;
    let check = checks.iter().position(is_its)?;
    let span = at
        .object
        .document(&at.unit.document)
        .span_at(&violation.path);
    let output = match violation.details.is_null() {
        true => json!(violation.message),
        false => json!({"msg": violation.message, "details": violation.details}),
    };
    Some(Finding {
        check: u32::try_from(check).ok()?,
        rule: rule.to_owned(),
        level: match violation.refuses {
            true => FindingLevel::Fail,
            false => FindingLevel::Warn,
        },
        message: violation.message.clone(),
        place: at.place(span),
        path: pointer(&violation.path),
        named: violation.named,
        object: at.id.to_owned(),
        output: json_lines(&output),
        ..Finding::default()
    })
}
