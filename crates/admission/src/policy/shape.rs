//! Policies and bindings as they are written.

use serde::Deserialize;
use serde_json::Value as Json;
use tierwalk_selector::LabelSelector;

use super::matching::MatchResources;

#[derive(Deserialize)]
pub(super) struct PolicyShape {
    pub spec: PolicySpec,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PolicySpec {
    pub param_kind: Option<ParamKind>,
    pub match_constraints: Option<MatchResources>,
    #[serde(default)]
    pub match_conditions: Vec<Condition>,
    #[serde(default)]
    pub variables: Vec<Variable>,
    #[serde(default)]
    pub validations: Vec<ValidationShape>,
    #[serde(default)]
    pub audit_annotations: Vec<AuditAnnotation>,
    pub failure_policy: Option<FailurePolicy>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ParamKind {
    pub api_version: String,
    pub kind: String,
}

#[derive(Deserialize)]
pub(super) struct Condition {
    pub expression: String,
}

#[derive(Deserialize)]
pub(super) struct Variable {
    pub name: String,
    pub expression: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ValidationShape {
    pub expression: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub message_expression: String,
    pub reason: Option<ReasonShape>,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) enum ReasonShape {
    Unauthorized,
    Forbidden,
    Invalid,
    RequestEntityTooLarge,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuditAnnotation {
    pub key: String,
    pub value_expression: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
pub(super) enum FailurePolicy {
    Fail,
    Ignore,
}

#[derive(Deserialize)]
pub(super) struct BindingShape {
    pub spec: BindingSpec,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BindingSpec {
    pub policy_name: String,
    pub param_ref: Option<ParamRef>,
    pub match_resources: Option<MatchResources>,
    pub validation_actions: Vec<ActionShape>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ParamRef {
    pub name: String,
    pub namespace: String,
    pub selector: Option<LabelSelector>,
    pub parameter_not_found_action: Option<NotFound>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum NotFound {
    Allow,
    Deny,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) enum ActionShape {
    Deny,
    Warn,
    Audit,
}

impl ParamRef {
    /// Whether a parameter object is meant.
    pub fn is(&self, object: &Json) -> bool {
        let by_name = self.name.is_empty() || crate::object::name(object) == self.name;
        by_name
            && self
                .selector
                .as_ref()
                .is_none_or(|selector| selector.matches(object))
    }
}
