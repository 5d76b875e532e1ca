use serde::Serialize;

/// Where a request is refused, in the order in which an API server asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// `kubectl` finds no such kind in the cluster.
    Kind,
    /// Role-based access control.
    Rbac,
    /// The namespace is not there.
    Namespace,
    /// The object is not as its kind wants it.
    Schema,
    /// A ValidatingAdmissionPolicy.
    Policy,
    /// A Gatekeeper constraint.
    Gatekeeper,
    /// An organisation's check in Rego.
    Check,
    /// Calico's rules for tiers.
    Tier,
    /// The tier is not there.
    TierExists,
}

/// What kind of error the API server answers with; `kubectl` words it after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "named as in Kubernetes")]
pub enum Reason {
    Forbidden,
    Invalid,
    NotFound,
    Unauthorized,
    RequestEntityTooLarge,
    InternalError,
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// By what.
    pub stage: Stage,
    /// With which kind of error.
    pub reason: Reason,
    /// The API's message.
    pub message: String,
    /// What `kubectl` calls an object that is invalid: its kind or resource.
    #[serde(skip)]
    pub about: String,
    /// What `kubectl` lists of an object that is invalid, in place of the message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
}

impl Refusal {
    pub(crate) fn forbidden(stage: Stage, message: String) -> Self {
        Self::new(stage, Reason::Forbidden, message)
    }

    /// A refusal.
    pub fn new(stage: Stage, reason: Reason, message: impl Into<String>) -> Self {
        Self {
            stage,
            reason,
            message: message.into(),
            about: String::new(),
            causes: Vec::new(),
        }
    }
}
