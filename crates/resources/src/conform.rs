//! Whether Calico's client (or, for `networking.k8s.io`, the API server) would create a resource: what
//! validation vectors ask.

use tierwalk_yaml::{Document, Path, Segment, split};

use crate::kinds::{Object, Resource};
use crate::read::{Mode, read_problems};

/// Tiers that are always there (Calico `libcalico-go/lib/clientv3/client.go`).
const BUILT_IN_TIERS: &[&str] = &["default", "kube-admin", "kube-baseline"];

/// Why a resource would not be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The field, empty for the whole document.
    pub path: Path,
    /// What is wrong with it.
    pub message: String,
}

/// Creates the resources of a text, alone, where only the built-in tiers and `tiers` exist. Accepted if
/// there is no refusal.
pub fn create(text: &str, tiers: &[String]) -> Vec<Refusal> {
    split(text)
        .iter()
        .flat_map(|chunk| create_document(&Document::parse(chunk.text), tiers))
        .collect()
}

fn create_document(document: &Document, tiers: &[String]) -> Vec<Refusal> {
    let (objects, problems) = read_problems(document, Mode::Create);
    let broken = document.diagnostics.iter().filter(|it| it.is_error());
    let broken = broken.map(|it| Refusal {
        path: Path::root(),
        message: it.message.clone(),
    });
    let problems = problems.into_iter().filter(|it| it.diagnostic.is_error());
    let problems = problems.map(|it| Refusal {
        path: it.path,
        message: it.diagnostic.message,
    });
    let homeless = objects
        .iter()
        .filter_map(|object| unknown_tier(object, tiers));
    broken.chain(problems).chain(homeless).collect()
}

fn unknown_tier(object: &Object, tiers: &[String]) -> Option<Refusal> {
    let (Resource::NetworkPolicy(spec)
    | Resource::GlobalNetworkPolicy(spec)
    | Resource::StagedNetworkPolicy(spec)
    | Resource::StagedGlobalNetworkPolicy(spec)) = &object.resource
    else {
        return None;
    };
    let exists = BUILT_IN_TIERS.contains(&&*spec.tier) || tiers.contains(&spec.tier);
    (!exists).then(|| Refusal {
        path: object.field("spec.tier"),
        message: format!("resource does not exist: Tier({})", spec.tier),
    })
}

/// Whether a refusal is about the field that a vector names: on it, above it or below it, list indices
/// left aside. Calico sometimes says only the last name of a field, and often nothing.
pub fn is_about(refusal: &Refusal, field: &str) -> bool {
    let keys = |path: &Path| -> Vec<String> {
        let keys = path.segments().iter().filter_map(|segment| match segment {
            Segment::Key(key) => Some(key.to_string()),
            Segment::Index(_) => None,
        });
        keys.collect()
    };
    let (found, wanted) = (keys(&refusal.path), keys(&Path::parse(field)));
    found.starts_with(&wanted) || wanted.starts_with(&found) || found.ends_with(&wanted)
}
