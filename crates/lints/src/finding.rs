//! What a lint says, and where.

use std::collections::BTreeMap;
use std::ops::Range;

use tierwalk_resources::model::Origin;
use tierwalk_source::Severity;

/// Something worth saying about a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Named code such as `rule/unreachable`; `docs/diagnostics/` has a page of that name.
    pub code: &'static str,
    /// How bad. Never an error: what lints look at is valid.
    pub severity: Severity,
    /// One lower-case sentence, user input in backticks.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where.
    pub at: Spot,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Ways to mend it, best first.
    pub fixes: Vec<Fix>,
    /// A pod that would mend it, if it were there.
    pub pod: Option<WantedPod>,
}

/// A pod that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedPod {
    /// Its namespace.
    pub namespace: String,
    /// Its own labels.
    pub labels: BTreeMap<String, String>,
    /// The service account that it runs as, if that matters.
    pub service_account: Option<String>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub at: Spot,
}

/// A place in an object. It becomes a span where the document is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The object.
    pub origin: Origin,
    /// A field of it: `spec.ingress[0].source.selector`.
    pub path: String,
    /// What of the field.
    pub part: Part,
}

/// What of a field is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Its value.
    #[default]
    Value,
    /// Its name.
    Key,
    /// Some bytes of its text.
    Text(Range<usize>),
    /// A scalar somewhere in it: this text, under this name if there is one.
    Scalar {
        /// The name that it stands under, or the `key` that it is listed for.
        key: Option<String>,
        /// The text.
        text: String,
    },
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Label of the button.
    pub title: String,
    /// What to change.
    pub edit: Edit,
}

/// A change of an object. It alters what a policy means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts other text in a place.
    Replace {
        /// Where.
        at: Spot,
        /// By what.
        text: String,
    },
    /// Adds a field to the mapping at a place.
    AddField {
        /// Where.
        at: Spot,
        /// Its name.
        key: &'static str,
        /// Its value, which needs no quotes.
        value: String,
    },
}

impl Spot {
    /// The value of a field.
    pub(crate) fn value(origin: &Origin, path: impl Into<String>) -> Self {
        Self {
            origin: origin.clone(),
            path: path.into(),
            part: Part::Value,
        }
    }

    /// The name of a field.
    pub(crate) fn key(origin: &Origin, path: impl Into<String>) -> Self {
        Self {
            part: Part::Key,
            ..Self::value(origin, path)
        }
    }

    /// A part of the same field.
    pub(crate) fn part(&self, part: Part) -> Self {
        Self {
            part,
            ..self.clone()
        }
    }
}

impl Finding {
    /// Very likely not what was meant.
    pub(crate) fn warning(
        code: &'static str,
        at: Spot,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Warning,
            message: message.into(),
            help: help.into(),
            at,
            related: Vec::new(),
            fixes: Vec::new(),
            pod: None,
        }
    }

    /// A suggestion.
    pub(crate) fn hint(self) -> Self {
        Self {
            severity: Severity::Hint,
            ..self
        }
    }

    /// With another place that explains it.
    pub(crate) fn related(mut self, at: Spot, message: impl Into<String>) -> Self {
        self.related.push(Related {
            message: message.into(),
            at,
        });
        self
    }

    /// With the pod that would mend it, if there can be one.
    pub(crate) fn pod(mut self, pod: Option<WantedPod>) -> Self {
        self.pod = pod;
        self
    }

    /// With a way to mend it, if there is one.
    pub(crate) fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fixes.extend(fix);
        self
    }
}
