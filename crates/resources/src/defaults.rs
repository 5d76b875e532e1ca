//! Values that the writer's client, or the API server, fills in before anything is checked.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::kinds::{
    CALICO_CRD, KubernetesPolicySpec, Object, ObjectMeta, PodSpec, PolicySpec, Resource, TierSpec,
};

/// Order of a tier that gives none (Calico `libcalico-go/lib/clientv3/tier.go`).
pub(crate) const TIER_ORDER: f64 = 1_000_000.0;

/// Annotation in which `crd.projectcalico.org/v1` keeps the metadata of the real object.
const CRD_METADATA: &str = "projectcalico.org/metadata";

/// Fills in what is not written.
pub(crate) fn fill_in(object: &mut Object) {
    let is_crd = object.api_version == CALICO_CRD;
    match &mut object.resource {
        Resource::Tier(tier) => fill_in_tier(tier),
        Resource::NetworkPolicy(spec) | Resource::GlobalNetworkPolicy(spec) => {
            fill_in_policy(spec, is_crd);
        }
        Resource::StagedNetworkPolicy(spec) | Resource::StagedGlobalNetworkPolicy(spec) => {
            set_if_empty(&mut spec.staged_action, "Set");
            fill_in_policy(spec, is_crd);
        }
        Resource::StagedKubernetesNetworkPolicy(spec) => {
            set_if_empty(&mut spec.staged_action, "Set");
        }
        Resource::KubernetesNetworkPolicy(spec) => fill_in_kubernetes(spec),
        Resource::Pod(pod) => fill_in_pod(&mut pod.spec),
        Resource::Workload(spec) => fill_in_pod(&mut spec.template.spec),
        Resource::Job(spec) => fill_in_pod(&mut spec.template.spec),
        Resource::CronJob(spec) => fill_in_pod(&mut spec.job_template.spec.template.spec),
        _ => {}
    }
    if is_crd {
        restore_metadata(object);
    }
}

fn set_if_empty(text: &mut String, default: &str) {
    if text.is_empty() {
        default.clone_into(text);
    }
}

fn fill_in_tier(tier: &mut TierSpec) {
    tier.order.get_or_insert(TIER_ORDER);
    tier.default_action.get_or_insert_with(|| "Deny".to_owned());
}

/// Calico `api/pkg/defaults/networkpolicy.go`. Nobody fills in the types of a raw
/// `crd.projectcalico.org/v1` object, and Felix takes their absence for both.
fn fill_in_policy(spec: &mut PolicySpec, is_crd: bool) {
    set_if_empty(&mut spec.tier, "default");
    if is_crd {
        return;
    }
    if spec.staged_action == "Delete" {
        spec.types.clear();
    } else if spec.types.is_empty() {
        spec.types = default_types(!spec.ingress.is_empty(), !spec.egress.is_empty());
    }
}

/// Directions of a policy that names none, by the rules it has.
pub(crate) fn default_types(ingress: bool, egress: bool) -> Vec<String> {
    let types: &[&str] = match (ingress, egress) {
        (_, false) => &["Ingress"],
        (false, true) => &["Egress"],
        (true, true) => &["Ingress", "Egress"],
    };
    types.iter().copied().map(str::to_owned).collect()
}

/// The API server's defaults (Kubernetes `pkg/apis/networking/v1/defaults.go`).
fn fill_in_kubernetes(spec: &mut KubernetesPolicySpec) {
    if spec.policy_types.is_empty() {
        spec.policy_types.push("Ingress".to_owned());
        if !spec.egress.is_empty() {
            spec.policy_types.push("Egress".to_owned());
        }
    }
}

fn fill_in_pod(spec: &mut PodSpec) {
    if spec.service_account_name.is_empty() {
        spec.service_account_name = std::mem::take(&mut spec.service_account);
    }
    set_if_empty(&mut spec.service_account_name, "default");
}

/// What a `crd.projectcalico.org/v1` object says about the object it stands for.
#[derive(Deserialize, Default)]
#[serde(default)]
struct RealMetadata {
    name: Option<String>,
    labels: Option<BTreeMap<String, String>>,
    annotations: Option<BTreeMap<String, String>>,
}

/// Calico `libcalico-go/lib/backend/k8s/resources/resources.go`: the name in the annotation wins;
/// otherwise a leading `default.` goes, for policies of that tier.
fn restore_metadata(object: &mut Object) {
    let in_default_tier = match &object.resource {
        Resource::NetworkPolicy(spec)
        | Resource::GlobalNetworkPolicy(spec)
        | Resource::StagedNetworkPolicy(spec)
        | Resource::StagedGlobalNetworkPolicy(spec) => spec.tier == "default",
        _ => false,
    };
    let metadata = &mut object.metadata;
    let annotation = metadata.annotations.remove(CRD_METADATA);
    let real: Option<RealMetadata> = annotation.and_then(|json| serde_json::from_str(&json).ok());
    let real = real.unwrap_or_default();
    match real.name {
        Some(name) => metadata.name = name,
        None if in_default_tier => strip_default(metadata),
        None => {}
    }
    metadata.labels.extend(real.labels.unwrap_or_default());
    metadata
        .annotations
        .extend(real.annotations.unwrap_or_default());
}

fn strip_default(metadata: &mut ObjectMeta) {
    if let Some(name) = metadata.name.strip_prefix("default.") {
        metadata.name = name.to_owned();
    }
}
