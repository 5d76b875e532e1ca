//! What the cluster itself would say: Gatekeeper's constraints and admission policies in CEL among the files.

mod findings;
mod listed;

use std::collections::BTreeMap;
use std::time::Duration;

use tierwalk_cluster::{Cluster, Options, PolicyFile};
use tierwalk_governance::{FileDiagnostic, Limits};
use tierwalk_yaml::Node;

pub(crate) use findings::findings;
pub(crate) use listed::checks;

use crate::file::{FileKind, SourceFile, UnitKind};

/// What a document is to admission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A template or constraint, an admission policy or its binding.
    Rule,
    /// A right, or a kubeconfig that names personas.
    Right,
    /// A namespace, whose labels rules may ask for.
    Namespace,
    /// Anything else.
    Other,
}

impl Role {
    pub fn of(root: &Node) -> Self {
        let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or_default();
        let group = text("apiVersion").split('/').next().unwrap_or_default();
        match (group, text("kind")) {
            ("templates.gatekeeper.sh" | "constraints.gatekeeper.sh", _) => Self::Rule,
            (
                "admissionregistration.k8s.io",
                "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding",
            ) => Self::Rule,
            ("rbac.authorization.k8s.io", _) | ("v1", "Config") => Self::Right,
            ("v1", "Namespace") => Self::Namespace,
            _ => Self::Other,
        }
    }
}

/// How long one rule may take over one object.
const DEADLINE: Duration = Duration::from_millis(300);

const DAY_MS: f64 = 86_400_000.0;

/// The rules of the cluster, read once for as long as their files stay.
pub(crate) struct Audit {
    /// Tells one state from the next.
    pub number: u64,
    made_of: Vec<PolicyFile>,
    pub cluster: Cluster,
    /// What is wrong with rules, rights and personas.
    pub problems: Vec<FileDiagnostic>,
}

impl Audit {
    /// The rules of these files, if there are any: those before, if nothing of them changed.
    pub fn of(
        before: Option<Self>,
        files: &BTreeMap<String, SourceFile>,
        now: f64,
    ) -> Option<Self> {
        let made_of = sources(files)?;
        let number = before.as_ref().map_or(0, |before| before.number);
        match before {
            Some(before) if before.made_of == made_of => Some(before),
            _ => {
                let (cluster, problems) = Cluster::load(&made_of, &options(now));
                Some(Self {
                    number: number + 1,
                    cluster,
                    problems: problems.into_iter().filter(is_ours).collect(),
                    made_of,
                })
            }
        }
    }

    /// Asks about every object that was not asked about yet.
    pub fn ask(&self, files: &BTreeMap<String, SourceFile>) {
        for (_, unit) in files.values().flat_map(|file| &file.documents) {
            let objects = unit.objects.iter();
            for object in objects.filter(|object| object.audited(self.number).is_none()) {
                let parts = object.parts(&unit.document).into_iter();
                let violations = parts.flat_map(|part| {
                    let found = self.cluster.audit(&part.json, part.root).into_iter();
                    found.map(move |it| tierwalk_cluster::Violation {
                        path: part.path.join(&it.path),
                        ..it
                    })
                });
                object.set_audited(self.number, violations.collect());
            }
        }
    }
}

/// How files are read as a cluster.
pub(crate) fn options(now: f64) -> Options {
    let day = (now / DAY_MS) as i64;
    Options {
        // Noon of the day, in nanoseconds since 1970: exceptions hold through their last day.
        now: day
            .checked_mul(86_400_000_000_000)
            .and_then(|start| start.checked_add(43_200_000_000_000)),
        limits: Limits {
            deadline: DEADLINE,
            ..Limits::default()
        },
        ..Options::default()
    }
}

/// Problems of YAML itself are told elsewhere.
fn is_ours(problem: &FileDiagnostic) -> bool {
    let code = problem.diagnostic.code;
    code.starts_with("admission/") || code.starts_with("governance/")
}

/// The files that rules are made of. Rules that look at other objects are made of all files.
fn sources(files: &BTreeMap<String, SourceFile>) -> Option<Vec<PolicyFile>> {
    let is_of = |file: &SourceFile, roles: &[Role]| {
        (file.documents.iter()).any(|(_, unit)| roles.contains(&unit.role))
    };
    if !(files.values()).any(|file| is_of(file, &[Role::Rule, Role::Right])) {
        return None;
    }
    let looks_around = |file: &SourceFile| {
        is_of(file, &[Role::Rule])
            && (file.text.contains("data.inventory") || file.text.contains("paramKind"))
    };
    let all = files.values().any(looks_around);
    let counts = |file: &SourceFile| {
        file.kind == FileKind::Yaml
            && (all || is_of(file, &[Role::Rule, Role::Right, Role::Namespace]))
    };
    let sources = files.iter().filter(|(_, file)| counts(file));
    let text = |file: &SourceFile| {
        file.only(|unit| unit.kind != UnitKind::Settings && (all || unit.role != Role::Other))
    };
    Some(
        sources
            .map(|(path, file)| PolicyFile::new(path.clone(), text(file)))
            .collect(),
    )
}
