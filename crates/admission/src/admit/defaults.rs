//! What the API server fills in before anybody looks: the part that policies and rights see.
//!
//! Calico `api/admission` (tier, tier label, types); Kubernetes `pkg/apis/networking/v1` (policy types) and the
//! label of namespaces.

use serde_json::{Map, Value as Json, json};

use crate::kind::Kind;
use crate::object::{name, tier};

const TIER_LABEL: &str = "projectcalico.org/tier";
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// The object with what is filled in.
pub(super) fn filled_in(object: &Json) -> Json {
    let kind = Kind::of(object);
    let mut object = object.clone();
    if kind.is_tiered() {
        tiered(&mut object);
    } else if kind.is_namespace() {
        let name = name(&object).to_owned();
        label(&mut object, NAME_LABEL, &name);
    } else if (kind.group.as_str(), kind.kind.as_str()) == ("networking.k8s.io", "NetworkPolicy") {
        fill_types(&mut object, "policyTypes", |spec| {
            spec.contains_key("egress")
        });
    }
    object
}

fn tiered(object: &mut Json) {
    let tier = tier(object).to_owned();
    if let Some(spec) = fields(object, "spec") {
        spec.insert("tier".to_owned(), json!(tier));
    }
    label(object, TIER_LABEL, &tier);
    let rules = |spec: &Map<String, Json>, key: &str| {
        spec.get(key)
            .and_then(Json::as_array)
            .is_some_and(|it| !it.is_empty())
    };
    let only_egress = object
        .get("spec")
        .and_then(Json::as_object)
        .is_some_and(|spec| rules(spec, "egress") && !rules(spec, "ingress"));
    if only_egress {
        set_types(object, "types", &["Egress"]);
    } else {
        fill_types(object, "types", |spec| rules(spec, "egress"));
    }
}

/// `Ingress`, and `Egress` where the policy has something to say about it.
fn fill_types(object: &mut Json, key: &str, has_egress: impl Fn(&Map<String, Json>) -> bool) {
    let egress = object
        .get("spec")
        .and_then(Json::as_object)
        .is_some_and(has_egress);
    set_types(
        object,
        key,
        if egress {
            &["Ingress", "Egress"]
        } else {
            &["Ingress"]
        },
    );
}

/// Unless they are written.
fn set_types(object: &mut Json, key: &str, types: &[&str]) {
    if let Some(spec) = fields(object, "spec") {
        let written = spec.get(key).and_then(Json::as_array);
        if written.is_none_or(Vec::is_empty) {
            spec.insert(key.to_owned(), json!(types));
        }
    }
}

fn label(object: &mut Json, key: &str, value: &str) {
    let labels = fields(object, "metadata").map(|metadata| metadata.entry("labels"));
    let labels = labels.map(|labels| labels.or_insert_with(|| json!({})));
    if let Some(labels) = labels.and_then(Json::as_object_mut) {
        labels.insert(key.to_owned(), json!(value));
    }
}

fn fields<'a>(object: &'a mut Json, key: &str) -> Option<&'a mut Map<String, Json>> {
    object
        .as_object_mut()?
        .entry(key)
        .or_insert_with(|| json!({}))
        .as_object_mut()
}
