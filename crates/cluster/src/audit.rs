//! What admission finds in an object as it stands: Gatekeeper's constraints as its audit asks them, with no
//! operation and nobody who asks, and admission policies as if a cluster admin created it.

use serde_json::Value as Json;
use tierwalk_admission::{Request, Unmet, User, Verb};
use tierwalk_governance::gatekeeper::{self, Enforcement, Review};
use tierwalk_yaml::{Node, Path, Segment};

use crate::Cluster;

/// What stands against an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// What asks.
    pub source: Source,
    /// Name of the constraint or policy.
    pub name: String,
    /// Whether a request would be refused for it; else it is warned about, or noted.
    pub refuses: bool,
    /// What is said.
    pub message: String,
    /// What the template says besides.
    pub details: Json,
    /// The field that it is about.
    pub path: Path,
    /// Whether the field was named; else it is the best guess.
    pub named: bool,
}

/// What asks about objects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A Gatekeeper constraint, by its kind.
    Constraint(String),
    /// A ValidatingAdmissionPolicy.
    Policy,
}

impl Cluster {
    /// What constraints and admission policies find in an object; `root` is the same as it is written.
    pub fn audit(&self, object: &Json, root: &Node) -> Vec<Violation> {
        let mut object = object.clone();
        self.give_namespace(&mut object);
        let mut violations = self.audit_constraints(&object, root);
        violations.extend(self.audit_policies(&object, root));
        violations
    }

    fn audit_constraints(&self, object: &Json, root: &Node) -> Vec<Violation> {
        if self.gatekeeper.constraints().is_empty() {
            return Vec::new();
        }
        let mut review = Review::of_object(object.clone());
        let namespace = tierwalk_admission::object::namespace(object);
        if let Some(namespace) = self
            .objects
            .namespace(namespace)
            .filter(|_| !namespace.is_empty())
        {
            review = review.within(namespace);
        }
        let found = self.gatekeeper.review(&review).violations.into_iter();
        found.map(|it| self.of_constraint(it, root)).collect()
    }

    fn of_constraint(&self, found: gatekeeper::Violation, root: &Node) -> Violation {
        let (path, named) = self.gatekeeper.field(&found, root);
        Violation {
            source: Source::Constraint(found.kind),
            name: found.constraint,
            refuses: found.enforcement == Enforcement::Deny,
            message: found.message,
            details: found.details,
            path,
            named,
        }
    }

    fn audit_policies(&self, object: &Json, root: &Node) -> Vec<Violation> {
        let request = Request {
            user: &User::cluster_admin(),
            verb: Verb::Create,
            object: Some(object),
            old: None,
        };
        let said = (self.policies).review(&request, &self.objects, &self.access.rbac);
        let found = said.unmet.into_iter();
        found.map(|unmet| of_policy(unmet, root)).collect()
    }
}

fn of_policy(unmet: Unmet, root: &Node) -> Violation {
    Violation {
        source: Source::Policy,
        name: unmet.policy,
        refuses: unmet.refuses,
        message: unmet.message,
        details: Json::Null,
        path: nearest(&unmet.fields, root),
        named: false,
    }
}

/// Of the fields that an expression reads, the one of which most is there.
fn nearest(fields: &[Path], root: &Node) -> Path {
    let depth = |path: &&Path| {
        let mut node = Some(root);
        let there = path.segments().iter().take_while(|segment| {
            node = match (segment, node) {
                (Segment::Key(key), Some(node)) => node.get(key),
                _ => None,
            };
            node.is_some()
        });
        there.count()
    };
    fields.iter().max_by_key(depth).cloned().unwrap_or_default()
}
