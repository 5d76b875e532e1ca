//! A constraint: which objects a template is asked about, with which parameters, and what follows.

use serde::Deserialize;
use serde_json::Value as Json;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::Path;

use super::matching::Match;
use super::review::to_json;
use super::{Place, Review};
use crate::FileDiagnostic;

const CODE: &str = "governance/constraint";
const WEBHOOK: &str = "validation.gatekeeper.sh";

/// What follows from a violation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// The request is refused.
    #[default]
    Deny,
    /// The request goes through with a warning.
    Warn,
    /// Nothing; it shows in the audit.
    Dryrun,
}

/// A constraint.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// Its kind, by which its template is found.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What follows from a violation.
    pub enforcement: Enforcement,
    /// What the template sees as `input.parameters`.
    pub parameters: Json,
    pub(super) path: String,
    pub(super) kind_span: Span,
    match_span: Span,
    matching: Match,
}

#[derive(Deserialize)]
struct Shape {
    kind: String,
    metadata: Metadata,
    #[serde(default)]
    spec: Spec,
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Spec {
    r#match: Match,
    enforcement_action: Option<String>,
    scoped_enforcement_actions: Vec<Scoped>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scoped {
    action: String,
    #[serde(default)]
    enforcement_points: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    name: String,
}

impl Enforcement {
    /// As written in a constraint.
    fn named(name: &str) -> Option<Self> {
        match name {
            "deny" => Some(Self::Deny),
            "warn" => Some(Self::Warn),
            "dryrun" => Some(Self::Dryrun),
            _ => None,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Dryrun => "dryrun",
        }
    }
}

impl Constraint {
    pub(super) fn read(place: &Place<'_>) -> Result<Self, FileDiagnostic> {
        Self::try_read(place).map_err(|problem| place.placed(*problem))
    }

    fn try_read(place: &Place<'_>) -> Result<Self, Box<Diagnostic>> {
        let shape: Shape = place.decode(CODE, "constraint")?;
        let span = |path: &str| {
            let span = place.document.span_at(&Path::parse(path));
            span.shifted(place.offset)
        };
        if let Some(source) = shape.spec.r#match.unknown_source() {
            let message = format!("`{source}` is no source; All, Original and Generated are");
            return Err(Box::new(place.problem(CODE, "spec.match.source", message)));
        }
        let parameters = place.document.node_at(&Path::parse("spec.parameters"));
        let parameters = parameters.map(to_json).filter(|given| !given.is_null());
        Ok(Self {
            enforcement: enforcement(place, &shape.spec)?,
            parameters: parameters.unwrap_or_else(|| Json::Object(Default::default())),
            kind: shape.kind,
            name: shape.metadata.name,
            path: place.path.to_owned(),
            kind_span: span("kind"),
            match_span: span("spec.match"),
            matching: shape.spec.r#match,
        })
    }

    /// Whether it is about a request: about its object, or about the one that it replaces.
    pub(super) fn matches(&self, review: &Review) -> Result<bool, FileDiagnostic> {
        for object in review.objects() {
            let matches = self.matching.matches(object, review).map_err(|message| {
                let diagnostic = Diagnostic::error(CODE, self.match_span, message)
                    .help("add the namespace to the files that are looked at");
                FileDiagnostic::new(self.path.clone(), diagnostic)
            })?;
            if matches {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Of the actions for the webhook, the one that weighs most: all of them are taken.
fn at_webhook(spec: &Spec) -> &str {
    let is_meant = |scoped: &&Scoped| {
        let mut points = scoped.enforcement_points.iter();
        points.any(|point| matches!(point.name.as_str(), "*" | WEBHOOK))
    };
    let weight = |scoped: &&Scoped| match scoped.action.as_str() {
        "dryrun" => 0,
        "warn" => 1,
        _ => 2,
    };
    let scoped = spec.scoped_enforcement_actions.iter().filter(is_meant);
    scoped.max_by_key(weight).map_or("dryrun", |it| &it.action)
}

fn enforcement(place: &Place<'_>, spec: &Spec) -> Result<Enforcement, Box<Diagnostic>> {
    let action = match spec.enforcement_action.as_deref() {
        None | Some("") => return Ok(Enforcement::Deny),
        Some("scoped") => at_webhook(spec),
        Some(action) => action,
    };
    Enforcement::named(action).ok_or_else(|| {
        let message =
            format!("`{action}` is no enforcement action; deny, warn, dryrun and scoped are");
        Box::new(place.problem(CODE, "spec.enforcementAction", message))
    })
}
