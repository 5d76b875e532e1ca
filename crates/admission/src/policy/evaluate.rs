//! Asking one policy, by one binding, about one request.

use cel::Value;
use serde_json::Value as Json;

use super::matching::Subject;
use super::shape::{NotFound, ParamRef};
use super::{Binding, Policy, Said, Validation, Violation};
use crate::cel::{self as language, Expression, Language, Question, from_json, truth, value};
use crate::kind::Kind;
use crate::object::namespace;
use crate::rbac::Rbac;
use crate::{Objects, Reason, Request};

/// Larger values of variables are not kept.
const MAX_WEIGHT: usize = 1 << 20;

/// What expressions know, the same for all policies.
pub(super) struct Facts<'a> {
    pub request: &'a Request<'a>,
    pub subject: Subject<'a>,
    objects: &'a Objects,
    rbac: &'a Rbac,
    values: [(&'static str, Value); 5],
}

impl<'a> Facts<'a> {
    pub fn new(request: &'a Request<'a>, objects: &'a Objects, rbac: &'a Rbac) -> Self {
        let kind = request.kind();
        let home = match request.namespace() {
            "" => None,
            name => objects.namespace(name),
        };
        let namespace = if kind.is_namespace() {
            Some(request.subject().clone())
        } else {
            home.clone()
        };
        let mut review = request.to_review();
        if let Some(fields) = review.as_object_mut() {
            fields.remove("object");
            fields.remove("oldObject");
        }
        Self {
            values: [
                ("object", value(request.object)),
                ("oldObject", value(request.old)),
                ("request", from_json(&review)),
                ("namespaceObject", value(home.as_ref())),
                ("authorizer", language::authorizer(request)),
            ],
            subject: Subject {
                resource: kind.resource(),
                kind,
                name: request.name(),
                operation: request.operation(),
                object: request.object,
                old: request.old,
                namespace,
            },
            request,
            objects,
            rbac,
        }
    }
}

/// Asks a policy; what it says is added.
pub(super) fn ask(
    cel: &Language,
    policy: &Policy,
    binding: &Binding,
    facts: &Facts<'_>,
    said: &mut Said,
) {
    let params = match params(policy, binding, facts) {
        Ok(params) => params,
        Err(message) => {
            let message = format!("failed to configure binding: {message}");
            return fail(policy, binding, facts, message, said);
        }
    };
    for param in params {
        let mut asking = Asking::new(cel, policy, facts, &param);
        match asking.conditions() {
            Ok(true) => asking.validations(binding, said),
            Ok(false) => {}
            Err(message) => fail(policy, binding, facts, message, said),
        }
    }
}

/// A policy that cannot be asked is as one that is not met, unless it says that such is to be ignored.
fn fail(policy: &Policy, binding: &Binding, facts: &Facts<'_>, message: String, said: &mut Said) {
    if policy.fails_closed {
        let violation = Violation {
            message,
            reason: Reason::Invalid,
            fields: Vec::new(),
        };
        said.note(facts.request, policy, binding, &violation);
    }
}

/// The parameter objects; a single `null` where the policy has none.
fn params(policy: &Policy, binding: &Binding, facts: &Facts<'_>) -> Result<Vec<Json>, String> {
    let (Some(kind), Some(wanted)) = (&policy.param_kind, &binding.param) else {
        return Ok(vec![Json::Null]);
    };
    let kind = Kind::named(&kind.api_version, &kind.kind);
    let found = find_params(&kind, wanted, facts)?;
    match wanted.parameter_not_found_action {
        _ if !found.is_empty() => Ok(found),
        Some(NotFound::Allow) => Ok(Vec::new()),
        Some(NotFound::Deny) | None => {
            Err("no params found for policy binding with `Deny` parameterNotFoundAction".to_owned())
        }
    }
}

fn find_params(kind: &Kind, wanted: &ParamRef, facts: &Facts<'_>) -> Result<Vec<Json>, String> {
    let home = match (kind.is_namespaced(), wanted.namespace.as_str()) {
        (false, "") => "",
        (false, _) => {
            return Err(
                "paramRef.namespace must not be provided for a cluster-scoped `paramKind`"
                    .to_owned(),
            );
        }
        (true, "") => facts.request.namespace(),
        (true, namespace) => namespace,
    };
    if kind.is_namespaced() && home.is_empty() {
        return Err("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources".to_owned());
    }
    let objects = facts.objects.of_kind(kind);
    let found = objects.filter(|object| !kind.is_namespaced() || namespace(object) == home);
    Ok(found.filter(|object| wanted.is(object)).cloned().collect())
}

/// One policy with one parameter object.
struct Asking<'a> {
    policy: &'a Policy,
    facts: &'a Facts<'a>,
    question: Question<'a>,
    /// Variables that could not be evaluated, and why.
    broken: Vec<(&'a str, String)>,
}

impl<'a> Asking<'a> {
    fn new(cel: &Language, policy: &'a Policy, facts: &'a Facts<'_>, param: &Json) -> Self {
        let values = facts.values.iter().cloned();
        let mut question = cel.question(values.chain([("params", from_json(param))]));
        if policy.asks_rights {
            question.authorize(facts.request.user, facts.rbac);
        }
        let mut variables: Vec<(&str, Value)> = Vec::new();
        let mut broken: Vec<(&str, String)> = Vec::new();
        question.set("variables", language::map([]));
        for (name, expression) in &policy.variables {
            match question.evaluate(expression) {
                Ok(value) if language::weight(&value, MAX_WEIGHT) > MAX_WEIGHT => {
                    broken.push((name, "the value is too large".to_owned()));
                }
                Ok(value) => variables.push((name, value)),
                Err(error) => broken.push((name, cause(&broken, error))),
            }
            question.set("variables", language::map(variables.iter().cloned()));
        }
        Self {
            policy,
            facts,
            question,
            broken,
        }
    }

    /// Whether the policy is about this request.
    fn conditions(&self) -> Result<bool, String> {
        let mut failure = None;
        for condition in &self.policy.conditions {
            match self.holds(condition) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(error) => {
                    failure.get_or_insert(error);
                }
            }
        }
        failure.map_or(Ok(true), Err)
    }

    fn validations(&mut self, binding: &Binding, said: &mut Said) {
        for validation in &self.policy.validations {
            let violation = match self.holds(&validation.expression) {
                Ok(true) => continue,
                Ok(false) => Violation {
                    message: self.message(validation),
                    reason: validation.reason,
                    fields: self.policy.fields(&validation.expression),
                },
                Err(_) if !self.policy.fails_closed => continue,
                Err(message) => Violation {
                    message,
                    reason: Reason::Invalid,
                    fields: self.policy.fields(&validation.expression),
                },
            };
            said.note(self.facts.request, self.policy, binding, &violation);
        }
        for (key, expression) in &self.policy.audit {
            if let Ok(Value::String(text)) = self.question.evaluate(expression) {
                said.audit
                    .push(format!("{}/{key}: {text}", self.policy.name));
            }
        }
    }

    fn holds(&self, expression: &Expression) -> Result<bool, String> {
        let value = self.question.evaluate(expression);
        value.and_then(|value| truth(&value)).map_err(|error| {
            let error = cause(&self.broken, error);
            format!(
                "expression '{}' resulted in error: {error}",
                expression.source
            )
        })
    }

    /// What a message expression gives, if it is a line of text; else what is written; else the expression.
    fn message(&self, validation: &Validation) -> String {
        let made = validation.message_expression.as_ref();
        let made = made.and_then(|expression| match self.question.evaluate(expression) {
            Ok(Value::String(text)) => Some(text.trim().to_owned()),
            _ => None,
        });
        let made = made.filter(|text| !text.is_empty() && !text.contains('\n'));
        match made {
            Some(made) => made,
            None if validation.message.is_empty() => {
                format!("failed expression: {}", validation.expression.source.trim())
            }
            None => validation.message.clone(),
        }
    }
}

/// A variable that is not there because it could not be evaluated says why.
fn cause(broken: &[(&str, String)], error: String) -> String {
    let mut broken = broken.iter();
    match broken.find(|(name, _)| error == format!("no such key: {name}")) {
        Some((name, why)) => format!("composited variable {name:?} fails to evaluate: {why}"),
        None => error,
    }
}
