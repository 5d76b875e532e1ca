//! Gatekeeper: templates of checks and constraints that use them, asked at admission.
//!
//! Follows Gatekeeper's `pkg/mutation/match` and `pkg/target`, and the constraint framework's Rego driver.

mod constraint;
mod matching;
mod review;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use regorus::Value;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tierwalk_source::Diagnostic;
use tierwalk_yaml::{Document, Node, Path};

pub use constraint::{Constraint, Enforcement};
pub use review::Review;
use template::Template;

use crate::decode::decode;
use crate::{FileDiagnostic, LoadOptions, PolicyFile, value};
use tierwalk_source::with_room;

/// Templates and constraints, ready to be asked.
#[derive(Clone, Default)]
pub struct Gatekeeper {
    templates: BTreeMap<String, Template>,
    constraints: Vec<Constraint>,
}

/// What one constraint says against a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Kind of the constraint.
    pub kind: String,
    /// Name of the constraint.
    pub constraint: String,
    /// What follows from it.
    pub enforcement: Enforcement,
    /// What is said.
    pub message: String,
    /// What the template says besides.
    pub details: Json,
}

/// What comes of a request.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// What constraints say, those that only warn or try among it.
    pub violations: Vec<Violation>,
    /// Constraints that could not be asked.
    pub errors: Vec<FileDiagnostic>,
}

impl Decision {
    /// What has this consequence, as Gatekeeper's webhook answers it: `[constraint] message`.
    pub fn lines(&self, enforcement: Enforcement) -> Vec<String> {
        let violations = self.violations.iter();
        violations
            .filter(|it| it.enforcement == enforcement)
            .map(|it| format!("[{}] {}", it.constraint, it.message))
            .collect()
    }
}

impl Gatekeeper {
    /// Reads the templates and constraints in YAML files; documents of other kinds are left alone.
    /// `inventory` holds the objects of the cluster, for templates that look at them.
    pub fn load(
        files: &[PolicyFile],
        inventory: &[Json],
        options: &LoadOptions,
    ) -> (Self, Vec<FileDiagnostic>) {
        let mut gatekeeper = Self::default();
        let mut problems = Vec::new();
        let inventory = review::inventory(inventory);
        let mut constraints = Vec::new();
        for file in files {
            for chunk in tierwalk_yaml::split(&file.text) {
                let document = Document::parse(chunk.text);
                let place = Place {
                    path: &file.path,
                    text: chunk.text,
                    offset: chunk.offset,
                    document: &document,
                };
                match place.kind() {
                    Kind::Template => {
                        let template = Template::load(&place, &inventory, options, &mut problems);
                        gatekeeper.templates.extend(template);
                    }
                    Kind::Constraint => {
                        constraints.extend(Constraint::read(&place).map_err(|p| problems.push(p)));
                    }
                    Kind::Other => {}
                }
            }
        }
        problems.extend(
            constraints
                .iter()
                .filter_map(|found| gatekeeper.orphan(found)),
        );
        gatekeeper.constraints = constraints;
        (gatekeeper, problems)
    }

    /// A constraint without a template of its kind.
    fn orphan(&self, constraint: &Constraint) -> Option<FileDiagnostic> {
        if self.templates.contains_key(&constraint.kind) {
            return None;
        }
        let kinds = self.templates.keys().map(String::as_str);
        let help = match tierwalk_source::nearest(&constraint.kind, kinds) {
            Some(kind) => format!("did you mean `{kind}`?"),
            None => "load the ConstraintTemplate that defines this kind".to_owned(),
        };
        let message = format!("there is no template of kind `{}`", constraint.kind);
        let diagnostic =
            Diagnostic::error("governance/constraint", constraint.kind_span, message).help(help);
        Some(FileDiagnostic::new(constraint.path.clone(), diagnostic))
    }

    /// The constraints, in the order read.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The field of an object that a violation is about, and whether the template named it; else it is the best
    /// guess.
    pub fn field(&self, violation: &Violation, object: &Node) -> (Path, bool) {
        let template = self.templates.get(&violation.kind);
        template.map_or_else(Default::default, |template| {
            crate::position::reviewed(
                &template.policies,
                &template.query,
                &violation.message,
                &violation.details,
                object,
            )
        })
    }

    /// Asks every constraint that matches about a request.
    pub fn review(&self, review: &Review) -> Decision {
        with_room(|| self.review_here(review))
    }

    fn review_here(&self, review: &Review) -> Decision {
        let mut decision = Decision::default();
        for constraint in &self.constraints {
            let Some(template) = self.templates.get(&constraint.kind) else {
                continue;
            };
            match constraint.matches(review) {
                Ok(true) => self.ask(template, constraint, review, &mut decision),
                Ok(false) => {}
                Err(problem) => decision.errors.push(problem),
            }
        }
        decision
    }

    fn ask(
        &self,
        template: &Template,
        constraint: &Constraint,
        review: &Review,
        decision: &mut Decision,
    ) {
        let mut session = template.policies.session();
        session.set_input(value::object([
            ("review", value::as_input(&Value::from(review.input()))),
            ("parameters", Value::from(constraint.parameters.clone())),
        ]));
        let answer = session.rule(&template.query);
        match answer.and_then(|answer| template.violations(&answer)) {
            Ok(found) => {
                let found = found.into_iter().map(|(message, details)| Violation {
                    kind: constraint.kind.clone(),
                    constraint: constraint.name.clone(),
                    enforcement: constraint.enforcement,
                    message,
                    details,
                });
                decision.violations.extend(found);
            }
            Err(problem) => decision.errors.push(template.placed(problem)),
        }
    }
}

/// A document in its file.
struct Place<'a> {
    path: &'a str,
    text: &'a str,
    offset: usize,
    document: &'a Document,
}

enum Kind {
    Template,
    Constraint,
    Other,
}

impl Place<'_> {
    fn kind(&self) -> Kind {
        let root = self.document.root.as_ref();
        let text = |key: &str| root.and_then(|root| root.get(key)?.as_str());
        let version = text("apiVersion").unwrap_or_default();
        let group = version.split('/').next().unwrap_or_default();
        match (group, text("kind")) {
            ("templates.gatekeeper.sh", Some("ConstraintTemplate")) => Kind::Template,
            ("constraints.gatekeeper.sh", Some(_)) => Kind::Constraint,
            _ => Kind::Other,
        }
    }

    /// The content of the document as one of Gatekeeper's kinds.
    fn decode<T: DeserializeOwned>(
        &self,
        code: &'static str,
        kind: &str,
    ) -> Result<T, Box<Diagnostic>> {
        let root = self.root(code)?;
        decode(root).map_err(|error| {
            let span = self.document.span_at(&error.path).shifted(self.offset);
            let message = format!("this is no {kind}: {}", error.message);
            Box::new(Diagnostic::error(code, span, message))
        })
    }

    fn root(&self, code: &'static str) -> Result<&Node, Box<Diagnostic>> {
        let empty = || Box::new(self.problem(code, "", "the document is empty"));
        self.document.root.as_ref().ok_or_else(empty)
    }

    fn problem(&self, code: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
        let span = self.document.span_at(&tierwalk_yaml::Path::parse(path));
        Diagnostic::error(code, span.shifted(self.offset), message)
    }

    fn placed(&self, diagnostic: Diagnostic) -> FileDiagnostic {
        FileDiagnostic::new(self.path, diagnostic)
    }
}
