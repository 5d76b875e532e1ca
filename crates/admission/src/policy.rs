//! Kubernetes' ValidatingAdmissionPolicy: what a cluster says to a request, in CEL.
//!
//! Follows Kubernetes `apiserver/pkg/admission/plugin/policy`.

mod evaluate;
mod load;
mod matching;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use tierwalk_source::{Diagnostic, with_room};
use tierwalk_yaml::{Path, Segment};

use crate::cel::{Expression, Language};
use crate::kind::Kind;
use crate::rbac::Rbac;
use crate::{Found, Objects, Reason, Refusal, Request, Stage, codes};
pub(crate) use load::{decode, misfit};
use matching::Matching;

/// The group of policies and bindings.
pub(crate) const GROUP: &str = "admissionregistration.k8s.io";

/// Policies and their bindings, ready to be asked.
#[derive(Clone, Default)]
pub struct Policies {
    language: Language,
    policies: Vec<Arc<Policy>>,
    bindings: Vec<Arc<Binding>>,
}

/// A policy.
struct Policy {
    name: String,
    /// Whether what goes wrong refuses the request.
    fails_closed: bool,
    param_kind: Option<shape::ParamKind>,
    matching: Matching,
    conditions: Vec<Expression>,
    variables: Vec<(String, Expression)>,
    validations: Vec<Validation>,
    audit: Vec<(String, Expression)>,
    /// Whether an expression asks `authorizer`.
    asks_rights: bool,
}

/// One thing that a policy wants.
struct Validation {
    expression: Expression,
    message: String,
    message_expression: Option<Expression>,
    reason: Reason,
}

/// Puts a policy into force.
struct Binding {
    name: String,
    policy: String,
    param: Option<shape::ParamRef>,
    matching: Matching,
    actions: Vec<Action>,
}

/// What follows where a policy is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Deny,
    Warn,
    Audit,
}

/// What the policies say to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The refusal that counts: the first one.
    pub refusal: Option<Refusal>,
    /// What `kubectl` prints after `Warning:`.
    pub warnings: Vec<String>,
    /// What goes into the audit log.
    pub audit: Vec<String>,
    /// Policies that are not met, whatever follows from it.
    pub unmet: Vec<Unmet>,
}

/// What a policy wants and does not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// Name of the policy.
    pub policy: String,
    /// What it says.
    pub message: String,
    /// Whether the request is refused for it.
    pub refuses: bool,
    /// Fields of the object that it reads.
    pub fields: Vec<Path>,
}

impl Policies {
    /// Takes a policy or binding in; leaves other objects alone. What is wrong with it is told at its place in the
    /// file, and it then takes no part.
    pub fn add(&mut self, found: &Found) -> Vec<Diagnostic> {
        with_room(|| load::load(&self.language, found)).map_or_else(
            |problems| problems,
            |loaded| {
                match loaded {
                    Some(load::Loaded::Policy(policy)) => {
                        self.policies.retain(|known| known.name != policy.name);
                        self.policies.push(Arc::new(policy));
                    }
                    Some(load::Loaded::Binding(binding)) => {
                        self.bindings.retain(|known| known.name != binding.name);
                        self.bindings.push(Arc::new(binding));
                    }
                    None => {}
                }
                Vec::new()
            },
        )
    }

    /// The names of bindings whose policy is not there, with that of the policy.
    pub fn orphans(&self) -> impl Iterator<Item = (&str, &str)> {
        let orphans = self.bindings.iter().filter(|binding| {
            !self
                .policies
                .iter()
                .any(|policy| policy.name == binding.policy)
        });
        orphans.map(|binding| (binding.name.as_str(), binding.policy.as_str()))
    }

    /// Asks every policy that is in force and matches.
    pub fn review(&self, request: &Request<'_>, objects: &Objects, rbac: &Rbac) -> Said {
        if self.bindings.is_empty() || request.kind().group == GROUP {
            return Said::default();
        }
        with_room(|| self.review_here(request, objects, rbac))
    }

    fn review_here(&self, request: &Request<'_>, objects: &Objects, rbac: &Rbac) -> Said {
        let mut said = Said::default();
        let facts = evaluate::Facts::new(request, objects, rbac);
        for policy in &self.policies {
            let bindings = self.bindings.iter().filter(|it| it.policy == policy.name);
            for binding in bindings {
                let matches = policy.matching.matches(&facts.subject)
                    && binding.matching.matches(&facts.subject);
                if matches {
                    evaluate::ask(&self.language, policy, binding, &facts, &mut said);
                }
            }
        }
        said
    }
}

impl Said {
    /// Notes what follows from one violation.
    fn note(
        &mut self,
        request: &Request<'_>,
        policy: &Policy,
        binding: &Binding,
        violation: &Violation,
    ) {
        let Violation {
            message,
            reason,
            fields,
        } = violation;
        let (policy, binding_name) = (&policy.name, &binding.name);
        self.unmet.push(Unmet {
            policy: policy.clone(),
            message: message.clone(),
            refuses: binding.actions.contains(&Action::Deny),
            fields: fields.clone(),
        });
        for action in &binding.actions {
            match action {
                Action::Deny if self.refusal.is_none() => {
                    let denied = format!(
                        "ValidatingAdmissionPolicy '{policy}' with binding '{binding_name}' denied request: {message}"
                    );
                    self.refusal = Some(denial(request, *reason, denied));
                }
                Action::Deny => {}
                Action::Warn => self.warnings.push(format!(
                    "Validation failed for ValidatingAdmissionPolicy '{policy}' with binding '{binding_name}': {message}"
                )),
                Action::Audit => self.audit.push(format!(
                    "ValidatingAdmissionPolicy '{policy}' with binding '{binding_name}': {message}"
                )),
            }
        }
    }
}

/// What is wrong with a request.
struct Violation {
    message: String,
    reason: Reason,
    /// Fields of the object that the expression reads.
    fields: Vec<Path>,
}

impl Policy {
    /// Fields of the object that an expression reads, itself or through variables.
    fn fields(&self, expression: &Expression) -> Vec<Path> {
        let mut fields: Vec<Path> = Vec::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut queue = vec![expression];
        while let Some(expression) = queue.pop() {
            for chain in expression.reads() {
                match chain.split_first() {
                    Some((name, rest)) if name == "object" && !rest.is_empty() => {
                        let keys = rest.iter().map(|key| Segment::Key(key.as_str().into()));
                        fields.push(keys.collect());
                    }
                    Some((name, [variable, ..]))
                        if name == "variables" && seen.insert(variable.clone()) =>
                    {
                        queue.extend(self.variable(variable));
                    }
                    _ => {}
                }
            }
        }
        fields
    }

    fn variable(&self, name: &str) -> Option<&Expression> {
        let mut variables = self.variables.iter();
        let found = variables.find(|(variable, _)| variable == name);
        found.map(|(_, expression)| expression)
    }
}

fn denial(request: &Request<'_>, reason: Reason, message: String) -> Refusal {
    let resource = request.kind().resource();
    let whole = format!(
        "{} \"{}\" is forbidden: {message}",
        request.kind().qualified_resource(),
        request.name()
    );
    Refusal {
        about: resource,
        causes: vec![format!(": {message}")],
        ..Refusal::new(Stage::Policy, reason, whole)
    }
}

/// Whether an object is the binding of this name.
pub fn is_binding(object: &serde_json::Value, name: &str) -> bool {
    let kind = Kind::of(object);
    kind.group == GROUP
        && kind.kind == "ValidatingAdmissionPolicyBinding"
        && crate::object::name(object) == name
}

/// Says that a binding's policy is not there.
pub fn orphan(binding: &Found, policy: &str) -> Diagnostic {
    let span = binding.span(&Path::parse("spec.policyName"));
    Diagnostic::error(
        codes::POLICY,
        span,
        format!("there is no policy `{policy}`"),
    )
    .help("a policy with an error of its own takes no part; else name one that is there")
}
