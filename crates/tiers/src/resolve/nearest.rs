//! What may have been meant.

use tierwalk_resources::model::Model;
use tierwalk_source::nearest;

/// Pods as `namespace/name`: those of that name elsewhere, else the likeliest of the namespace, else of all.
pub(super) fn pods(model: &Model, namespace: &str, name: &str) -> Vec<String> {
    let all = || {
        let endpoints = model
            .workloads
            .iter()
            .map(|pod| (&pod.namespace, &pod.name));
        endpoints.chain(
            model
                .non_endpoints
                .iter()
                .map(|pod| (&pod.namespace, &pod.name)),
        )
    };
    let elsewhere = all().filter(|(_, other)| *other == name).take(3);
    let elsewhere: Vec<String> = elsewhere
        .map(|(home, _)| format!("{home}/{name}"))
        .collect();
    if !elsewhere.is_empty() {
        return elsewhere;
    }
    let beside = all().filter(|(home, _)| *home == namespace);
    if let Some(found) = nearest(name, beside.map(|(_, other)| other.as_str())) {
        return vec![format!("{namespace}/{found}")];
    }
    let names: Vec<String> = all()
        .map(|(home, other)| format!("{home}/{other}"))
        .collect();
    let wanted = format!("{namespace}/{name}");
    let found = nearest(&wanted, names.iter().map(String::as_str));
    found.map(str::to_owned).into_iter().collect()
}

pub(super) fn nodes<'a>(nodes: impl Iterator<Item = &'a str>, name: &str) -> Vec<String> {
    nearest(name, nodes)
        .map(str::to_owned)
        .into_iter()
        .collect()
}
