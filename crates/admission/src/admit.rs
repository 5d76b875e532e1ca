//! A request on its way through the API server: rights, defaults, schema, policies, webhooks.

mod defaults;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value as Json;

use crate::{Access, Api, Objects, Policies, Reason, Refusal, Request, Said, Stage, Verb};

/// Something else that the cluster asks about a request: whether the object is as its kind wants it, or a webhook.
pub trait Gate {
    /// What it says.
    fn review(&self, request: &Request<'_>, objects: &Objects) -> Said;
}

/// A cluster's say in what is written to it.
#[derive(Clone, Copy)]
pub struct Admission<'a> {
    /// Rights.
    pub access: &'a Access,
    /// What is there.
    pub objects: &'a Objects,
    /// Whether an object is as its kind wants it.
    pub schema: &'a dyn Gate,
    /// Policies in CEL.
    pub policies: &'a Policies,
    /// Webhooks, in the order in which they are asked.
    pub webhooks: &'a [(Stage, &'a dyn Gate)],
}

/// What comes of a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// The object as it is stored, with the server's defaults; none where it is deleted or refused.
    pub object: Option<Json>,
    /// What was asked and let the request through, in order.
    pub passed: Vec<Passed>,
    /// What `kubectl` prints after `Warning:`.
    pub warnings: Vec<String>,
    /// What goes into the audit log.
    pub audit: Vec<String>,
    /// Why the request is refused; none if it is admitted.
    pub refusal: Option<Refusal>,
}

/// A stage that a request passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passed {
    /// Which one.
    pub stage: Stage,
    /// Why, where there is something to say: the binding that grants it.
    pub why: String,
}

/// Takes a request through the stages, until one refuses it.
pub fn admit(admission: &Admission<'_>, request: &Request<'_>) -> Outcome {
    let object = request.object.map(defaults::filled_in);
    let old = request.old.map(defaults::filled_in);
    let request = Request {
        object: object.as_ref(),
        old: old.as_ref(),
        ..*request
    };
    let mut way = Way {
        admission,
        request: &request,
        outcome: Outcome::default(),
    };
    way.outcome.refusal = way.through().err();
    let mut outcome = way.outcome;
    if outcome.refusal.is_none() {
        outcome.object = object;
    }
    outcome
}

struct Way<'a> {
    admission: &'a Admission<'a>,
    request: &'a Request<'a>,
    outcome: Outcome,
}

impl Way<'_> {
    fn through(&mut self) -> Result<(), Refusal> {
        let Admission {
            access,
            objects,
            schema,
            policies,
            webhooks,
        } = *self.admission;
        let why = access.authorize(&self.request.asked())?;
        self.pass(Stage::Rbac, why);
        if access.api == Api::Aggregated {
            self.tier()?;
        }
        if self.request.verb == Verb::Create {
            self.namespace()?;
        }
        self.hear(Stage::Schema, schema.review(self.request, objects))?;
        let said = policies.review(self.request, objects, &access.rbac);
        self.hear(Stage::Policy, said)?;
        if access.api == Api::Crd {
            self.tier()?;
        }
        for (stage, webhook) in webhooks {
            self.hear(*stage, webhook.review(self.request, objects))?;
        }
        Ok(())
    }

    fn pass(&mut self, stage: Stage, why: String) {
        self.outcome.passed.push(Passed { stage, why });
    }

    fn tier(&mut self) -> Result<(), Refusal> {
        self.admission
            .access
            .authorize_tier(&self.request.asked())?;
        if self.request.kind().is_tiered() {
            let tier = crate::object::tier(self.request.subject());
            self.pass(Stage::Tier, format!("tier {tier}"));
        }
        Ok(())
    }

    /// What is created must find its namespace there (Kubernetes `plugin/pkg/admission/namespace/lifecycle`).
    fn namespace(&mut self) -> Result<(), Refusal> {
        let name = self.request.namespace();
        if name.is_empty() || self.admission.objects.namespace(name).is_some() {
            return Ok(());
        }
        let message = format!("namespaces \"{name}\" not found");
        Err(Refusal::new(Stage::Namespace, Reason::NotFound, message))
    }

    fn hear(&mut self, stage: Stage, said: Said) -> Result<(), Refusal> {
        self.outcome.warnings.extend(said.warnings);
        self.outcome.audit.extend(said.audit);
        match said.refusal {
            Some(refusal) => Err(refusal),
            None => {
                self.pass(stage, String::new());
                Ok(())
            }
        }
    }
}
