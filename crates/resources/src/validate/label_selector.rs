//! Kubernetes label selectors (Kubernetes `apimachinery/pkg/apis/meta/v1/validation`).

use super::names::{label_value_problem, qualified_name_problem};
use crate::codes;
use crate::kinds::{LabelSelector, LabelSelectorRequirement};
use crate::problem::{At, Problems};

const CODE: &str = codes::LABEL_SELECTOR;

pub(super) fn check(selector: &LabelSelector, at: &At<'_>, problems: &mut Problems<'_>) {
    let labels = at.key("matchLabels");
    for (key, value) in &selector.match_labels {
        check_key(key, &labels.key(key), problems);
        check_value(value, &labels.key(key), problems);
    }
    let expressions = at.key("matchExpressions");
    for (index, expression) in selector.match_expressions.iter().enumerate() {
        check_expression(expression, &expressions.index(index), problems);
    }
}

fn check_key(key: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    if let Some(problem) = qualified_name_problem(key) {
        let message = format!("label name `{key}`: {problem}");
        problems.error(
            at,
            CODE,
            message,
            "label names look like `app` or `example.com/app`",
        );
    }
}

fn check_value(value: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    if let Some(problem) = label_value_problem(value) {
        let message = format!("label value `{value}`: {problem}");
        problems.error(at, CODE, message, "no label can have this value");
    }
}

fn check_expression(
    expression: &LabelSelectorRequirement,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    const OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist"];
    check_key(&expression.key, &at.key("key"), problems);
    let values = at.key("values");
    match expression.operator.as_str() {
        "In" | "NotIn" if expression.values.is_empty() => {
            let message = "values must be specified when `operator` is 'In' or 'NotIn'";
            problems.error(&values, CODE, message, "for any value at all, use `Exists`");
        }
        "Exists" | "DoesNotExist" if !expression.values.is_empty() => {
            let message =
                "values may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
            problems.error(
                &values,
                CODE,
                message,
                "remove them, or use `In` or `NotIn`",
            );
        }
        operator => {
            problems.one_of(&at.key("operator"), CODE, operator, OPERATORS);
        }
    }
    for (index, value) in expression.values.iter().enumerate() {
        check_value(value, &values.index(index), problems);
    }
}
