//! Written policies to the one policy model (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/`,
//! `libcalico-go/lib/backend/k8s/conversion/`).

mod admin;
mod calico;
mod cluster;
mod entity;
mod expand;
mod kubernetes;
mod labels;
mod peers;
mod ports;
mod rule;
mod selectors;
mod tiers;

pub(crate) use rule::convert_all as rules;
pub(crate) use selectors::Selectors;
pub(crate) use tiers::{declared as declared_tier, undeclared as undeclared_tiers};

use crate::kinds::{Object, Resource};
use crate::model::{Origin, Policy, PolicyId, PolicyKind};

/// Who a policy is and where it is written.
#[derive(Clone, Debug)]
struct Identity {
    id: PolicyId,
    origin: Origin,
}

impl Identity {
    fn of(object: &Object, kind: PolicyKind, origin: Origin) -> Self {
        let id = PolicyId {
            kind,
            namespace: object.metadata.namespace.clone(),
            name: object.metadata.name.clone(),
        };
        Self { id, origin }
    }
}

/// The policy that an object is. `None` if it is none, or one that has no part: it stages a deletion, or
/// Felix could not read it.
pub(crate) fn policy(object: &Object, origin: Origin, selectors: &mut Selectors) -> Option<Policy> {
    let identity = Identity::of(object, kind(&object.resource)?, origin);
    match &object.resource {
        Resource::NetworkPolicy(spec)
        | Resource::GlobalNetworkPolicy(spec)
        | Resource::StagedNetworkPolicy(spec)
        | Resource::StagedGlobalNetworkPolicy(spec) => calico::convert(identity, spec, selectors),
        Resource::StagedKubernetesNetworkPolicy(spec) => {
            kubernetes::convert_staged(identity, spec, selectors)
        }
        Resource::KubernetesNetworkPolicy(spec) => kubernetes::convert(identity, spec, selectors),
        Resource::ClusterNetworkPolicy(spec) => cluster::convert(identity, spec, selectors),
        Resource::AdminNetworkPolicy(spec) => admin::convert(identity, spec, selectors),
        Resource::BaselineAdminNetworkPolicy(spec) => {
            admin::convert_baseline(identity, spec, selectors)
        }
        _ => None,
    }
}

/// Whether it is a policy of any kind.
pub(crate) fn is_policy(resource: &Resource) -> bool {
    kind(resource).is_some()
}

fn kind(resource: &Resource) -> Option<PolicyKind> {
    Some(match resource {
        Resource::NetworkPolicy(_) => PolicyKind::NetworkPolicy,
        Resource::GlobalNetworkPolicy(_) => PolicyKind::GlobalNetworkPolicy,
        Resource::StagedNetworkPolicy(_) => PolicyKind::StagedNetworkPolicy,
        Resource::StagedGlobalNetworkPolicy(_) => PolicyKind::StagedGlobalNetworkPolicy,
        Resource::StagedKubernetesNetworkPolicy(_) => PolicyKind::StagedKubernetesNetworkPolicy,
        Resource::KubernetesNetworkPolicy(_) => PolicyKind::KubernetesNetworkPolicy,
        Resource::ClusterNetworkPolicy(_)
        | Resource::AdminNetworkPolicy(_)
        | Resource::BaselineAdminNetworkPolicy(_) => PolicyKind::KubernetesClusterNetworkPolicy,
        _ => return None,
    })
}
