//! The way in: a document's resources, read, defaulted and checked.

use tierwalk_source::Checked;
use tierwalk_yaml::{Document, Node};

use crate::decode::{Envelope, decode_metadata, decode_resource, envelopes};
use crate::defaults::fill_in;
use crate::kinds::{Object, ObjectMeta, Resource};
use crate::problem::{Problem, Problems};
use crate::validate::validate;

/// Whose rules apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// What a user may paste: dumps from a cluster, `crd.projectcalico.org/v1`, and the marked extensions
    /// are welcome.
    #[default]
    Load,
    /// What `calicoctl create` accepts (for `networking.k8s.io`: the API server).
    Create,
}

/// Reads all resources of a document. Those with an error are left out; so are all, if the document has
/// an error of its own ([`Document::diagnostics`], which are not repeated here).
pub fn read(document: &Document, mode: Mode) -> Checked<Vec<Object>> {
    let (mut objects, problems) = read_problems(document, mode);
    if document
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.is_error())
    {
        objects.clear();
    }
    let diagnostics = problems
        .into_iter()
        .map(|problem| problem.diagnostic)
        .collect();
    Checked {
        value: objects,
        diagnostics,
    }
}

/// Like [`read`], with the path of each problem.
pub(crate) fn read_problems(document: &Document, mode: Mode) -> (Vec<Object>, Vec<Problem>) {
    let mut problems = Problems::new(document, mode);
    let envelopes = envelopes(&mut problems, mode);
    let objects = envelopes
        .iter()
        .filter_map(|envelope| read_one(envelope, mode, &mut problems))
        .collect();
    (objects, problems.into_found())
}

fn read_one(envelope: &Envelope<'_>, mode: Mode, problems: &mut Problems<'_>) -> Option<Object> {
    let Some(kind) = envelope.known else {
        return Some(object(
            envelope,
            ignored_metadata(envelope.node),
            Resource::Ignored,
        ));
    };
    let before = problems.errors();
    let metadata = decode_metadata(envelope, kind, mode, problems);
    let resource = decode_resource(envelope, kind, mode, problems)?;
    let mut object = object(envelope, metadata, resource);
    if kind.is_namespaced() && object.metadata.namespace.is_empty() {
        object.metadata.namespace = "default".to_owned();
    }
    fill_in(&mut object);
    validate(&object, kind, problems);
    (problems.errors() == before).then_some(object)
}

fn object(envelope: &Envelope<'_>, metadata: ObjectMeta, resource: Resource) -> Object {
    let kind = (envelope.api_version, envelope.kind);
    Object::new(kind, metadata, resource, envelope.path.clone())
}

/// Name and namespace, as far as they can be told.
fn ignored_metadata(node: &Node) -> ObjectMeta {
    let metadata = node.get("metadata");
    let text = |key: &str| {
        let value = metadata
            .and_then(|metadata| metadata.get(key))
            .and_then(Node::as_str);
        value.unwrap_or_default().to_owned()
    };
    ObjectMeta {
        name: text("name"),
        namespace: text("namespace"),
        ..ObjectMeta::default()
    }
}
