//! The rules of Calico's validator (`libcalico-go/lib/validator/v3/validator.go`), of its API types' schema
//! (`api/pkg/apis/projectcalico/v3/`), and of Kubernetes' policy kinds.

mod cluster_policy;
mod endpoint;
mod entity;
mod http;
mod kubernetes;
mod label_selector;
mod metadata;
pub(crate) mod names;
mod nets;
mod policy;
mod ports;
mod rule;
mod selector;
mod sets;
mod staged;
mod tier;

#[cfg(test)]
mod tests;

use crate::kinds::{Kind, Object, Resource};
use crate::problem::{At, Problems};

/// Checks an object after its defaults are filled in.
pub(crate) fn validate(object: &Object, kind: Kind, problems: &mut Problems<'_>) {
    let root = At::Root(&object.path);
    let spec = root.key("spec");
    metadata::check(&object.metadata, kind, &root, problems);
    match &object.resource {
        Resource::Tier(tier) => tier::check(&object.metadata.name, tier, &spec, problems),
        Resource::NetworkPolicy(policy)
        | Resource::GlobalNetworkPolicy(policy)
        | Resource::StagedNetworkPolicy(policy)
        | Resource::StagedGlobalNetworkPolicy(policy) => {
            policy::check(policy, kind, &spec, problems);
        }
        Resource::StagedKubernetesNetworkPolicy(policy) => {
            staged::check_kubernetes(policy, &spec, problems);
        }
        Resource::NetworkSet(set) | Resource::GlobalNetworkSet(set) => {
            sets::check(&object.metadata, set, &root, problems);
        }
        Resource::HostEndpoint(endpoint) => endpoint::check(endpoint, &spec, problems),
        Resource::Profile(profile) => policy::check_profile(profile, &spec, problems),
        Resource::KubernetesNetworkPolicy(policy) => kubernetes::check(policy, &spec, problems),
        Resource::ClusterNetworkPolicy(policy) => {
            cluster_policy::check(policy, &spec, problems);
        }
        Resource::AdminNetworkPolicy(policy) | Resource::BaselineAdminNetworkPolicy(policy) => {
            cluster_policy::check_admin(policy, kind, &spec, problems);
        }
        _ => {}
    }
}
