//! `kubectl apply`: what it asks of the API server, and what it prints.
//!
//! Follows `kubectl/pkg/cmd/apply` and `kubectl/pkg/cmd/util/helpers.go`.

mod patch;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value as Json;

use crate::admit::{Admission, Outcome, admit};
use crate::kind::Kind;
use crate::object::{name, namespace};
use crate::{Api, Asked, Key, Reason, Refusal, Request, Stage, User, Verb};

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is new.
    Created,
    /// It is changed.
    Configured,
    /// It is as it was.
    Unchanged,
    /// It is not written.
    Refused,
}

/// What came of applying one object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Applied {
    /// `networkpolicy.projectcalico.org/web`.
    pub object: String,
    /// Its namespace; empty for cluster-wide kinds.
    pub namespace: String,
    /// What became of it.
    pub change: Change,
    /// What `kubectl` prints, warnings first.
    pub printed: String,
    /// What the API server said.
    pub outcome: Outcome,
}

/// Applies an object from a file, as somebody. The cluster is not changed; [`Outcome::object`] is what it would hold.
pub fn apply(admission: &Admission<'_>, user: &User, manifest: &Json, file: &str) -> Applied {
    let old = admission.objects.get(&Key::of(manifest));
    let target = Target {
        kind: Kind::of(manifest),
        manifest,
        file,
    };
    if target.kind.is_stored() && admission.access.api == Api::Crd {
        return target.unknown();
    }
    if let Err(refusal) = target.may_get(admission, user, old) {
        let doing = format!(
            "retrieving current configuration of:\n{}\nfrom server for:",
            target.info()
        );
        let outcome = Outcome {
            refusal: Some(refusal),
            ..Outcome::default()
        };
        return target.applied(Change::Refused, outcome, &[doing.as_str()]);
    }
    match old {
        None => target.create(admission, user),
        Some(old) => target.patch(admission, user, old),
    }
}

impl Applied {
    /// How much of [`Applied::printed`] are warnings.
    pub fn warnings_length(&self) -> usize {
        let warnings = self.outcome.warnings.iter();
        warnings.map(|warning| warning_line(warning).len()).sum()
    }
}

fn warning_line(warning: &str) -> String {
    format!("Warning: {warning}\n")
}

struct Target<'a> {
    kind: Kind,
    manifest: &'a Json,
    file: &'a str,
}

impl Target<'_> {
    /// Before it asks the API server anything, `kubectl` looks for the kind.
    fn unknown(&self) -> Applied {
        let (name, namespace, file) = (name(self.manifest), namespace(self.manifest), self.file);
        let (kind, version) = (&self.kind.kind, self.kind.api_version());
        let message = format!(
            "resource mapping not found for name: \"{name}\" namespace: \"{namespace}\" from \"{file}\": no matches for kind \"{kind}\" in version \"{version}\"\nensure CRDs are installed first"
        );
        let outcome = Outcome {
            refusal: Some(Refusal::new(Stage::Kind, Reason::NotFound, message)),
            ..Outcome::default()
        };
        self.applied(Change::Refused, outcome, &[])
    }

    /// Before anything else, `kubectl apply` looks at what is there.
    fn may_get(
        &self,
        admission: &Admission<'_>,
        user: &User,
        old: Option<&Json>,
    ) -> Result<(), Refusal> {
        let asked = Asked {
            user,
            verb: Verb::Get,
            object: None,
            old: old.or(Some(self.manifest)),
            selector: "",
        };
        admission.access.authorize(&asked)?;
        // Calico's API server looks a policy up before it asks for its tier.
        if old.is_some() && admission.access.api == Api::Aggregated {
            admission.access.authorize_tier(&asked)?;
        }
        Ok(())
    }

    fn create(&self, admission: &Admission<'_>, user: &User) -> Applied {
        let request = Request {
            user,
            verb: Verb::Create,
            object: Some(self.manifest),
            old: None,
        };
        self.applied(Change::Created, admit(admission, &request), &["creating"])
    }

    fn patch(&self, admission: &Admission<'_>, user: &User, old: &Json) -> Applied {
        let new = patch::merged(old, self.manifest);
        if new == *old {
            let outcome = Outcome {
                object: Some(new),
                ..Outcome::default()
            };
            return self.applied(Change::Unchanged, outcome, &[]);
        }
        let request = Request {
            user,
            verb: Verb::Patch,
            object: Some(&new),
            old: Some(old),
        };
        let patch = patch::between(old, &new, self.manifest);
        let doing = format!("applying patch:\n{patch}\nto:\n{}\nfor:", self.info());
        let outcome = admit(admission, &request);
        self.applied(Change::Configured, outcome, &[doing.as_str(), "patching"])
    }

    fn applied(&self, change: Change, outcome: Outcome, doing: &[&str]) -> Applied {
        let object = format!("{}/{}", self.kind.qualified_singular(), name(self.manifest));
        let mut printed: String = outcome
            .warnings
            .iter()
            .map(|warning| warning_line(warning))
            .collect();
        let change = match &outcome.refusal {
            Some(refusal) => {
                printed.push_str(&self.refused(refusal, doing));
                Change::Refused
            }
            None => {
                printed.push_str(&format!("{object} {}", change.word()));
                change
            }
        };
        Applied {
            object,
            namespace: namespace(self.manifest).to_owned(),
            change,
            printed,
            outcome,
        }
    }

    /// An invalid object is told by its causes; anything else by the server's message.
    fn refused(&self, refusal: &Refusal, doing: &[&str]) -> String {
        let name = name(self.manifest);
        if refusal.stage == Stage::Kind {
            return format!("error: {}", refusal.message);
        }
        match (refusal.reason, refusal.causes.as_slice()) {
            (Reason::Invalid, [cause]) => {
                format!("The {} \"{name}\" is invalid: {cause}", refusal.about)
            }
            (Reason::Invalid, causes @ [_, _, ..]) => {
                let lines: String = causes.iter().map(|cause| format!("\n* {cause}")).collect();
                format!("The {} \"{name}\" is invalid: {lines}", refusal.about)
            }
            (reason, _) => {
                let file = self.file;
                let doing: String = doing
                    .iter()
                    .map(|doing| format!("error when {doing} \"{file}\": "))
                    .collect();
                format!("Error from server ({reason:?}): {doing}{}", refusal.message)
            }
        }
    }

    /// What `kubectl` says an object is.
    fn info(&self) -> String {
        let Kind {
            group,
            version,
            kind,
        } = &self.kind;
        format!(
            "Resource: \"{group}/{version}, Resource={}\", GroupVersionKind: \"{group}/{version}, Kind={kind}\"\nName: \"{}\", Namespace: \"{}\"",
            self.kind.resource(),
            name(self.manifest),
            namespace(self.manifest)
        )
    }
}

impl Change {
    fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Configured => "configured",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }
}
