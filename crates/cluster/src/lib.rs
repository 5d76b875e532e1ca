//! Files as a cluster: who may write what to it, and what it says.
//!
//! ```
//! use tierwalk_cluster::{Cluster, Options, PolicyFile};
//!
//! let files = [PolicyFile::new("tiers.yaml", "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: app}")];
//! let (mut cluster, problems) = Cluster::load(&files, &Options::default());
//! assert!(problems.is_empty());
//! let ada = cluster.persona("ada");
//! let policy = "apiVersion: projectcalico.org/v3
//! kind: NetworkPolicy
//! metadata: {name: web, namespace: shop}
//! spec: {tier: app}";
//! let (applied, _) = cluster.apply(&ada.user, &PolicyFile::new("web.yaml", policy));
//! assert!(applied[0].printed.starts_with("Error from server (Forbidden)"));
//! ```
//!
//! The engines do not know each other; this is where `admission` gets to know what `resources` (schemas) and
//! `governance` (Gatekeeper, checks in Rego) say, as its gates.

mod audit;
mod gates;
mod load;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use tierwalk_admission::kind::Kind;
use tierwalk_admission::{Access, Admission, Found, Gate, Objects, Policies, Stage, User, read};
use tierwalk_governance::gatekeeper::Gatekeeper;
use tierwalk_source::Diagnostic;

pub use audit::{Source, Violation};
pub use tierwalk_admission::{
    Api, Applied, Change, Outcome, Passed, Persona, Reason, Refusal, Request, Verb, admit,
};
pub use tierwalk_governance::{FileDiagnostic, PolicyFile};

/// How files are read as a cluster.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How Calico's objects are served.
    pub api: Api,
    /// Where objects go that name no namespace; `default`, if empty.
    pub namespace: String,
    /// Data for checks in Rego.
    pub data: Vec<PolicyFile>,
    /// Whether the shipped checks are asked; they are wherever a document of `kind: Checks` sets them.
    pub pack: bool,
    /// The time, in nanoseconds since 1970, for checks that ask for it.
    pub now: Option<i64>,
    /// What one rule in Rego may use up.
    pub limits: tierwalk_governance::Limits,
}

/// A cluster.
#[derive(Clone)]
pub struct Cluster {
    options: Options,
    access: Access,
    objects: Objects,
    policies: Policies,
    gatekeeper: Gatekeeper,
    /// What Gatekeeper was made of, by path.
    gatekeeper_files: BTreeMap<String, String>,
    checks: Option<tierwalk_governance::Policies>,
    personas: Vec<Persona>,
}

impl Cluster {
    /// Reads files as what a cluster holds: YAML and JSON objects, `.rego` checks. Roles, bindings, admission policies,
    /// Gatekeeper's templates and constraints, settings of the shipped checks and kubeconfigs (for personas) take
    /// effect; all objects are there to be changed. What is wrong with them is told, and takes no part.
    pub fn load(files: &[PolicyFile], options: &Options) -> (Self, Vec<FileDiagnostic>) {
        load::load(files, options)
    }

    /// Everybody that files name: users of kubeconfigs, then users and service accounts of bindings.
    pub fn personas(&self) -> Vec<Persona> {
        let mut personas = self.personas.clone();
        for persona in tierwalk_admission::persona::of_bindings(&self.access.rbac) {
            let is_known = |known: &Persona| {
                known.name == persona.name || known.user.name == persona.user.name
            };
            if !personas.iter().any(is_known) {
                personas.push(persona);
            }
        }
        personas
    }

    /// The persona of a name; a name that no file has is that of a user, as for `kubectl --as`.
    pub fn persona(&self, name: &str) -> Persona {
        let mut personas = self.personas().into_iter();
        let found = personas.find(|persona| persona.name == name);
        found.unwrap_or_else(|| Persona {
            name: name.to_owned(),
            user: User::new(name, &[]),
        })
    }

    /// Applies the objects of a file one after the other, as `kubectl apply -f` does. What is admitted is in the
    /// cluster for the next. What keeps a file or a document from being read is told.
    pub fn apply(&mut self, user: &User, file: &PolicyFile) -> (Vec<Applied>, Vec<FileDiagnostic>) {
        let (found, problems) = read(&file.text);
        let placed = |problem: Diagnostic| FileDiagnostic::new(file.path.clone(), problem);
        let mut problems: Vec<FileDiagnostic> = problems.into_iter().map(placed).collect();
        let mut applied = Vec::new();
        for mut found in found {
            if let Some(problem) = nameless(&found) {
                problems.push(placed(problem));
                continue;
            }
            self.give_namespace(&mut found.object);
            let said = self.apply_one(user, &found.object, &file.path);
            if let Some(object) = said.outcome.object.clone() {
                found.object = object;
                problems.extend(self.put(&file.path, &found));
            }
            applied.push(said);
        }
        (applied, problems)
    }

    fn apply_one(&self, user: &User, object: &Json, path: &str) -> Applied {
        let checks = self.checks.as_ref().map(gates::Checks::new);
        let gatekeeper: &dyn Gate = &gates::Webhook(&self.gatekeeper);
        let mut webhooks = vec![(Stage::Gatekeeper, gatekeeper)];
        webhooks.extend(
            checks
                .as_ref()
                .map(|checks| (Stage::Check, checks as &dyn Gate)),
        );
        let admission = Admission {
            access: &self.access,
            objects: &self.objects,
            schema: &gates::Schema,
            policies: &self.policies,
            webhooks: &webhooks,
        };
        tierwalk_admission::apply(&admission, user, object, path)
    }

    fn give_namespace(&self, object: &mut Json) {
        let namespace = match self.options.namespace.as_str() {
            "" => "default",
            namespace => namespace,
        };
        let is_namespaced = Kind::of(object).is_namespaced();
        let metadata = object.get_mut("metadata").and_then(Json::as_object_mut);
        if let Some(metadata) = metadata.filter(|_| is_namespaced) {
            metadata
                .entry("namespace")
                .or_insert_with(|| json!(namespace));
        }
    }
}

/// What has no kind or no name cannot be applied.
fn nameless(found: &Found) -> Option<Diagnostic> {
    let text = |pointer: &str| tierwalk_admission::object::text(&found.object, pointer);
    let missing = [
        ("/apiVersion", "apiVersion"),
        ("/kind", "kind"),
        ("/metadata/name", "metadata.name"),
    ];
    let (_, field) = missing
        .into_iter()
        .find(|(pointer, _)| text(pointer).is_empty())?;
    let span = found.span(&tierwalk_yaml::Path::parse(field));
    let problem = Diagnostic::error(
        "cluster/not-an-object",
        span,
        format!("`{field}` is missing"),
    );
    Some(problem.help("an object has `apiVersion`, `kind` and a name"))
}

/// Codes of the diagnostics of this crate.
pub const CODES: &[&str] = &["cluster/not-an-object"];
