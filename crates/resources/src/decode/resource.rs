//! Envelopes to resources.

use serde::Deserialize;
use tierwalk_yaml::{Node, Path};

use super::{Envelope, Manner, decode};
use crate::Mode;
use crate::kinds::{Kind, ObjectMeta, Resource};
use crate::problem::{At, Problems};

const ENVELOPE: &[&str] = &["apiVersion", "kind", "metadata"];
const ENVELOPE_AND_STATUS: &[&str] = &["apiVersion", "kind", "metadata", "status"];

/// What most kinds look like.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Body<T> {
    spec: T,
}

fn manner(kind: Kind, mode: Mode) -> Manner {
    let no_status = mode == Mode::Create && kind.is_calico();
    Manner {
        strict_fields: kind.is_strict(),
        lenient: !kind.is_kubernetes_policy(),
        lacks: kind.lacks(),
        beside: if no_status {
            ENVELOPE
        } else {
            ENVELOPE_AND_STATUS
        },
    }
}

/// Reads an envelope's metadata.
pub(crate) fn decode_metadata(
    envelope: &Envelope<'_>,
    kind: Kind,
    mode: Mode,
    problems: &mut Problems<'_>,
) -> ObjectMeta {
    let node = envelope
        .node
        .get("metadata")
        .or_else(|| other_case(envelope.node, "metadata"));
    let Some(node) = node else {
        return ObjectMeta::default();
    };
    let at = At::Root(&envelope.path);
    decode(node, &at.key("metadata"), manner(kind, mode), problems).unwrap_or_default()
}

fn other_case<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let mut entries = node.entries().iter().rev();
    let entry = entries.find(|entry| entry.key.eq_ignore_ascii_case(key))?;
    Some(&entry.value)
}

/// Reads an envelope's content.
pub(crate) fn decode_resource(
    envelope: &Envelope<'_>,
    kind: Kind,
    mode: Mode,
    problems: &mut Problems<'_>,
) -> Option<Resource> {
    let mut content = Content {
        node: envelope.node,
        path: &envelope.path,
        manner: manner(kind, mode),
        problems,
    };
    Some(match kind {
        Kind::Tier => Resource::Tier(content.spec()?),
        Kind::NetworkPolicy => Resource::NetworkPolicy(content.spec()?),
        Kind::GlobalNetworkPolicy => Resource::GlobalNetworkPolicy(content.spec()?),
        Kind::StagedNetworkPolicy => Resource::StagedNetworkPolicy(content.spec()?),
        Kind::StagedGlobalNetworkPolicy => Resource::StagedGlobalNetworkPolicy(content.spec()?),
        Kind::StagedKubernetesNetworkPolicy => {
            Resource::StagedKubernetesNetworkPolicy(content.spec()?)
        }
        Kind::NetworkSet => Resource::NetworkSet(content.spec()?),
        Kind::GlobalNetworkSet => Resource::GlobalNetworkSet(content.spec()?),
        Kind::HostEndpoint => Resource::HostEndpoint(content.spec()?),
        Kind::Profile => Resource::Profile(content.spec()?),
        Kind::KubernetesNetworkPolicy => Resource::KubernetesNetworkPolicy(content.spec()?),
        Kind::ClusterNetworkPolicy => Resource::ClusterNetworkPolicy(content.spec()?),
        Kind::AdminNetworkPolicy => Resource::AdminNetworkPolicy(content.spec()?),
        Kind::BaselineAdminNetworkPolicy => Resource::BaselineAdminNetworkPolicy(content.spec()?),
        Kind::Namespace => Resource::Namespace,
        Kind::ServiceAccount => Resource::ServiceAccount,
        Kind::Pod => Resource::Pod(content.whole()?),
        Kind::Service => Resource::Service(content.spec()?),
        Kind::Node => Resource::Node(content.whole()?),
        Kind::EndpointSlice => Resource::EndpointSlice(content.whole()?),
        Kind::Workload => Resource::Workload(content.spec()?),
        Kind::Job => Resource::Job(content.spec()?),
        Kind::CronJob => Resource::CronJob(content.spec()?),
    })
}

struct Content<'c, 'n, 'd> {
    node: &'n Node,
    path: &'c Path,
    manner: Manner,
    problems: &'c mut Problems<'d>,
}

impl<'n> Content<'_, 'n, '_> {
    fn spec<T: Deserialize<'n> + Default>(&mut self) -> Option<T> {
        self.whole::<Body<T>>().map(|body| body.spec)
    }

    fn whole<T: Deserialize<'n>>(&mut self) -> Option<T> {
        decode(self.node, &At::Root(self.path), self.manner, self.problems)
    }
}
