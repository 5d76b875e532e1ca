//! Reading policies and bindings, with what is wrong at its place.

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment as SerdeSegment;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Path, Segment};

use super::shape::{
    ActionShape, BindingShape, FailurePolicy, PolicyShape, PolicySpec, ReasonShape,
};
use super::{Action, Binding, GROUP, Policy, Validation};
use crate::cel::{Expression, Language, Scope, Slip};
use crate::kind::Kind;
use crate::{Found, Reason, codes};

pub(super) enum Loaded {
    Policy(Policy),
    Binding(Binding),
}

/// Reads a policy or a binding; nothing, if it is something else.
pub(super) fn load(language: &Language, found: &Found) -> Result<Option<Loaded>, Vec<Diagnostic>> {
    let kind = Kind::of(&found.object);
    match kind.kind.as_str() {
        "ValidatingAdmissionPolicy" if kind.group == GROUP => Reader::new(language, found)
            .policy()
            .map(|it| Some(Loaded::Policy(it))),
        "ValidatingAdmissionPolicyBinding" if kind.group == GROUP => {
            binding(found).map(|it| Some(Loaded::Binding(it)))
        }
        _ => Ok(None),
    }
}

/// An object as its type; else where it does not fit.
pub(crate) fn decode<T: DeserializeOwned>(
    found: &Found,
    code: &'static str,
    what: &str,
) -> Result<T, Box<Diagnostic>> {
    serde_path_to_error::deserialize(&found.object)
        .map_err(|error| Box::new(misfit(found, code, what, &error)))
}

/// Says which field does not fit.
pub(crate) fn misfit(
    found: &Found,
    code: &'static str,
    what: &str,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> Diagnostic {
    let path: Path = error.path().iter().filter_map(segment).collect();
    Diagnostic::error(
        code,
        found.span(&path),
        format!("this is no {what}: {}", error.inner()),
    )
}

fn segment(segment: &SerdeSegment) -> Option<Segment> {
    match segment {
        SerdeSegment::Seq { index } => Some(Segment::Index(*index)),
        SerdeSegment::Map { key } => Some(Segment::Key(key.as_str().into())),
        SerdeSegment::Enum { .. } | SerdeSegment::Unknown => None,
    }
}

fn binding(found: &Found) -> Result<Binding, Vec<Diagnostic>> {
    let shape: BindingShape =
        decode(found, codes::POLICY, "policy binding").map_err(|problem| vec![*problem])?;
    let spec = shape.spec;
    let actions = spec.validation_actions.iter().map(|action| match action {
        ActionShape::Deny => Action::Deny,
        ActionShape::Warn => Action::Warn,
        ActionShape::Audit => Action::Audit,
    });
    Ok(Binding {
        name: crate::object::name(&found.object).to_owned(),
        policy: spec.policy_name,
        param: spec.param_ref,
        matching: spec.match_resources.unwrap_or_default(),
        actions: actions.collect(),
    })
}

struct Reader<'a> {
    language: &'a Language,
    found: &'a Found,
    problems: Vec<Diagnostic>,
    /// Names of the variables that are read already.
    variables: Vec<String>,
    asks_rights: bool,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language, found: &'a Found) -> Self {
        Self {
            language,
            found,
            problems: Vec::new(),
            variables: Vec::new(),
            asks_rights: false,
        }
    }

    fn policy(mut self) -> Result<Policy, Vec<Diagnostic>> {
        let shape: PolicyShape = decode(self.found, codes::POLICY, "admission policy")
            .map_err(|problem| vec![*problem])?;
        let spec = shape.spec;
        // Conditions are asked before any variable is there, yet know them in Kubernetes as well.
        let variables = self.variables(&spec);
        let conditions = self.conditions(&spec);
        let validations = self.validations(&spec);
        let audit = self.audit(&spec);
        if self.problems.is_empty() && validations.is_empty() && audit.is_empty() {
            self.nothing_asked();
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Policy {
            name: crate::object::name(&self.found.object).to_owned(),
            fails_closed: spec.failure_policy != Some(FailurePolicy::Ignore),
            param_kind: spec.param_kind,
            matching: spec.match_constraints.unwrap_or_default(),
            conditions,
            variables,
            validations,
            audit,
            asks_rights: self.asks_rights,
        })
    }

    fn nothing_asked(&mut self) {
        let span = self.found.span(&Path::parse("spec"));
        self.problems.push(
            Diagnostic::error(codes::POLICY, span, "this policy asks nothing")
                .help("give it `validations` or `auditAnnotations`"),
        );
    }

    fn variables(&mut self, spec: &PolicySpec) -> Vec<(String, Expression)> {
        let mut variables = Vec::new();
        for (index, variable) in spec.variables.iter().enumerate() {
            let path = format!("spec.variables[{index}].expression");
            if let Some(expression) = self.expression(&variable.expression, &path) {
                variables.push((variable.name.clone(), expression));
            }
            self.variables.push(variable.name.clone());
        }
        variables
    }

    fn conditions(&mut self, spec: &PolicySpec) -> Vec<Expression> {
        let conditions = spec.match_conditions.iter().enumerate();
        let read = conditions.filter_map(|(index, condition)| {
            self.expression(
                &condition.expression,
                &format!("spec.matchConditions[{index}].expression"),
            )
        });
        read.collect()
    }

    fn validations(&mut self, spec: &PolicySpec) -> Vec<Validation> {
        let mut validations = Vec::new();
        for (index, shape) in spec.validations.iter().enumerate() {
            let at = |field: &str| format!("spec.validations[{index}].{field}");
            let expression = self.expression(&shape.expression, &at("expression"));
            let message_expression = match shape.message_expression.as_str() {
                "" => None,
                source => self.expression(source, &at("messageExpression")),
            };
            validations.extend(expression.map(|expression| Validation {
                message: shape.message.trim().to_owned(),
                reason: reason(shape.reason),
                expression,
                message_expression,
            }));
        }
        validations
    }

    fn audit(&mut self, spec: &PolicySpec) -> Vec<(String, Expression)> {
        let annotations = spec.audit_annotations.iter().enumerate();
        let read = annotations.filter_map(|(index, annotation)| {
            let path = format!("spec.auditAnnotations[{index}].valueExpression");
            let expression = self.expression(&annotation.value_expression, &path)?;
            Some((annotation.key.clone(), expression))
        });
        read.collect()
    }

    fn expression(&mut self, source: &str, path: &str) -> Option<Expression> {
        let scope = Scope {
            variables: &self.variables,
        };
        self.asks_rights |= source.contains("authorizer");
        match self.language.read(source, &scope) {
            Ok(expression) => Some(expression),
            Err(slip) => {
                let problem = self.place(&slip, path);
                self.problems.push(problem);
                None
            }
        }
    }

    fn place(&self, slip: &Slip, path: &str) -> Diagnostic {
        let path = Path::parse(path);
        let inside = self.found.path.join(&path);
        let exact = self
            .found
            .document
            .text_span_at(&inside, slip.range.clone());
        let span: Span = match exact {
            Some(span) => span.shifted(self.found.offset),
            None => self.found.span(&path),
        };
        let mut problem = Diagnostic::error(codes::EXPRESSION, span, slip.message.clone());
        problem.help = slip.help.clone();
        problem
    }
}

fn reason(shape: Option<ReasonShape>) -> Reason {
    match shape {
        Some(ReasonShape::Unauthorized) => Reason::Unauthorized,
        Some(ReasonShape::Forbidden) => Reason::Forbidden,
        Some(ReasonShape::RequestEntityTooLarge) => Reason::RequestEntityTooLarge,
        Some(ReasonShape::Invalid) | None => Reason::Invalid,
    }
}
