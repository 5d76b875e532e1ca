//! Network sets (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/networksetprocessor.go`,
//! `globalnetworksetprocessor.go`).

#[cfg(test)]
mod tests;

use super::Written;
use super::profiles::Profiles;
use crate::kinds::{Labels, NetworkSetSpec};
use crate::model::{Domain, NetworkSet};
use crate::scalars::parse_net_or_ip;
use crate::{Resource, names};

/// Sets of both kinds. A namespaced one inherits the labels of its namespace.
pub(super) fn convert(objects: &[Written<'_>], profiles: &Profiles) -> Vec<NetworkSet> {
    let sets = objects.iter().filter_map(|written| {
        let metadata = &written.object.metadata;
        match &written.object.resource {
            Resource::NetworkSet(spec) => {
                let namespace = written.namespace();
                let mut own = metadata.labels.clone();
                own.insert(names::NAMESPACE.into(), namespace.into());
                let labels = profiles.inherit(own, &[format!("kns.{namespace}")]);
                Some(set(*written, namespace, labels, spec))
            }
            Resource::GlobalNetworkSet(spec) => {
                Some(set(*written, "", metadata.labels.clone(), spec))
            }
            _ => None,
        }
    });
    sets.collect()
}

fn set(written: Written<'_>, namespace: &str, labels: Labels, spec: &NetworkSetSpec) -> NetworkSet {
    NetworkSet {
        namespace: namespace.into(),
        name: written.name().into(),
        labels,
        nets: spec
            .nets
            .iter()
            .filter_map(|net| parse_net_or_ip(net))
            .collect(),
        domains: spec
            .allowed_egress_domains
            .iter()
            .cloned()
            .map(Domain)
            .collect(),
        origin: written.origin(),
    }
}
