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
use crate::model::{Converted, PolicyId, PolicyKind};

/// The policy that an object is. `None` if it is none, or one that has no part: it stages a deletion, or
/// Felix could not read it.
pub(crate) fn policy(object: &Object, selectors: &mut Selectors) -> Option<Converted> {
    let id = PolicyId {
        kind: kind(&object.resource)?,
        namespace: object.metadata.namespace.clone(),
        name: object.metadata.name.clone(),
    };
    match &object.resource {
        Resource::NetworkPolicy(spec)
        | Resource::GlobalNetworkPolicy(spec)
        | Resource::StagedNetworkPolicy(spec)
        | Resource::StagedGlobalNetworkPolicy(spec) => calico::convert(id, spec, selectors),
        Resource::StagedKubernetesNetworkPolicy(spec) => {
            kubernetes::convert_staged(id, spec, selectors)
        }
        Resource::KubernetesNetworkPolicy(spec) => kubernetes::convert(id, spec, selectors),
        Resource::ClusterNetworkPolicy(spec) => cluster::convert(id, spec, selectors),
        Resource::AdminNetworkPolicy(spec) => admin::convert(id, spec, selectors),
        Resource::BaselineAdminNetworkPolicy(spec) => admin::convert_baseline(id, spec, selectors),
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
