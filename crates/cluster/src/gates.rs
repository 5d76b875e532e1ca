//! What other engines say about a request.

use serde_json::Value as Json;
use tierwalk_admission::kind::{CALICO, Kind};
use tierwalk_admission::{Gate, Objects, Reason, Refusal, Request, Said, Stage};
use tierwalk_governance::gatekeeper::{Decision, Enforcement, Gatekeeper, Review};
use tierwalk_governance::{
    CheckOptions, FileDiagnostic, Input, InputFile, Parser, Policies, check,
};
use tierwalk_resources::conform;

const GATEKEEPER: &str = "validation.gatekeeper.sh";
/// The name that OPA's own documentation gives to its webhook.
const OPA: &str = "validating-webhook.openpolicyagent.org";

/// Whether a policy, tier or network set is as its kind wants it; other kinds are not looked at.
pub(super) struct Schema;

impl Gate for Schema {
    fn review(&self, request: &Request<'_>, _: &Objects) -> Said {
        let kind = request.kind();
        let Some(object) = request.object.filter(|_| is_checked(&kind)) else {
            return Said::default();
        };
        // Whether its tier is there is asked elsewhere.
        let tier = tierwalk_admission::object::tier(object).to_owned();
        let refusals = conform::create(&as_sent(object).to_string(), &[tier]);
        let causes: Vec<String> = refusals
            .iter()
            .map(|refusal| match refusal.path.to_string().as_str() {
                "" => refusal.message.clone(),
                path => format!("{path}: {}", refusal.message),
            })
            .collect();
        if causes.is_empty() {
            return Said::default();
        }
        let name = tierwalk_admission::object::name(object);
        let message = format!(
            "{}.{} \"{name}\" is invalid: {}",
            kind.kind,
            kind.group,
            causes.join(", ")
        );
        refused(Refusal {
            about: kind.kind,
            causes,
            ..Refusal::new(Stage::Schema, Reason::Invalid, message)
        })
    }
}

fn is_checked(kind: &Kind) -> bool {
    match kind.group.as_str() {
        CALICO => kind.version == "v3",
        "networking.k8s.io" => kind.kind == "NetworkPolicy",
        "policy.networking.k8s.io" => true,
        _ => false,
    }
}

/// Without what the server itself adds.
fn as_sent(object: &Json) -> Json {
    let mut object = object.clone();
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Json::as_object_mut) {
        metadata.retain(|key, _| {
            matches!(
                key.as_str(),
                "name" | "namespace" | "labels" | "annotations"
            )
        });
    }
    object
}

fn refused(refusal: Refusal) -> Said {
    Said {
        refusal: Some(refusal),
        ..Said::default()
    }
}

fn denied(stage: Stage, webhook: &str, message: &str) -> Refusal {
    let message = format!("admission webhook \"{webhook}\" denied the request: {message}");
    Refusal::new(stage, Reason::Forbidden, message)
}

/// Gatekeeper.
pub(super) struct Webhook<'a>(pub &'a Gatekeeper);

impl Gate for Webhook<'_> {
    fn review(&self, request: &Request<'_>, objects: &Objects) -> Said {
        if self.0.constraints().is_empty() || is_gatekeepers_own(&request.kind()) {
            return Said::default();
        }
        let mut review = Review::of_request(request.to_review());
        if let Some(namespace) = objects
            .namespace(request.namespace())
            .filter(|_| !request.namespace().is_empty())
        {
            review = review.within(namespace);
        }
        said(&self.0.review(&review))
    }
}

fn is_gatekeepers_own(kind: &Kind) -> bool {
    kind.group.ends_with("gatekeeper.sh")
}

fn said(decision: &Decision) -> Said {
    let denials = decision.lines(Enforcement::Deny);
    let refusal = match (decision.errors.first(), denials.as_slice()) {
        (Some(error), _) => Some(errored(error)),
        (None, []) => None,
        (None, lines) => Some(denied(Stage::Gatekeeper, GATEKEEPER, &lines.join("\n"))),
    };
    Said {
        refusal,
        warnings: decision.lines(Enforcement::Warn),
        audit: decision.lines(Enforcement::Dryrun),
        ..Said::default()
    }
}

fn errored(error: &FileDiagnostic) -> Refusal {
    let refusal = denied(Stage::Gatekeeper, GATEKEEPER, &error.diagnostic.message);
    Refusal {
        reason: Reason::InternalError,
        ..refusal
    }
}

/// An organisation's checks in Rego, asked about the object as in CI.
pub(super) struct Checks<'a> {
    policies: &'a Policies,
}

impl<'a> Checks<'a> {
    pub fn new(policies: &'a Policies) -> Self {
        Self { policies }
    }
}

impl Gate for Checks<'_> {
    fn review(&self, request: &Request<'_>, _: &Objects) -> Said {
        let Some(object) = request.object else {
            return Said::default();
        };
        let file = InputFile {
            path: "object.json".to_owned(),
            text: object.to_string(),
            parser: Some(Parser::Json),
        };
        let Ok(input) = Input::parse(&file) else {
            return Said::default();
        };
        let report = check(self.policies, &[input], &CheckOptions::default());
        if let Some(error) = report.errors.first() {
            let refusal = denied(Stage::Check, OPA, &error.diagnostic.message);
            return refused(Refusal {
                reason: Reason::InternalError,
                ..refusal
            });
        }
        let all = |pick: fn(
            &tierwalk_governance::CheckResult,
        ) -> &Vec<tierwalk_governance::Finding>|
         -> Vec<String> {
            report
                .results
                .iter()
                .flat_map(pick)
                .map(|finding| finding.message.clone())
                .collect()
        };
        let failures = all(|result| &result.failures);
        Said {
            refusal: (!failures.is_empty())
                .then(|| denied(Stage::Check, OPA, &failures.join(", "))),
            warnings: all(|result| &result.warnings),
            ..Said::default()
        }
    }
}
