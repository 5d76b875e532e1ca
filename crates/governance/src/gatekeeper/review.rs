//! What Gatekeeper is asked: an admission request, or an object alone.

use serde_json::{Map, Value as Json, json};
use tierwalk_yaml::Document;

use crate::FileDiagnostic;

/// A request to be admitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// The request, as in an `AdmissionReview`.
    pub request: Json,
    /// The namespace that the object is in, as an object.
    pub namespace: Option<Json>,
}

impl Review {
    /// An object by itself, as Gatekeeper's audit and `gator` see it: no operation, nobody who asks.
    pub fn of_object(object: Json) -> Self {
        let (group, version) = group_version(&object);
        Self::of_request(json!({
            "kind": {"group": group, "version": version, "kind": text(&object, "/kind")},
            "name": text(&object, "/metadata/name"),
            "namespace": text(&object, "/metadata/namespace"),
            "object": object,
        }))
    }

    /// A request, with the fields that it has after Gatekeeper read it (`admissionv1.AdmissionRequest`): some
    /// are always there, others only if they say something. What is deleted is looked at as the object
    /// (`pkg/target/target.go`, `setObjectOnDelete`).
    pub fn of_request(mut request: Json) -> Self {
        let is_delete = request.get("operation").and_then(Json::as_str) == Some("DELETE");
        if let Some(fields) = request.as_object_mut() {
            complete(fields);
            if is_delete {
                let old = fields.get("oldObject").cloned().unwrap_or_default();
                fields.insert("object".into(), old);
            }
        }
        Self {
            request,
            namespace: None,
        }
    }

    /// Reads YAML: an `AdmissionReview`, or an object.
    pub fn from_yaml(path: &str, text: &str) -> Result<Self, FileDiagnostic> {
        let document = Document::parse(text);
        let mut problems = document.diagnostics.iter();
        if let Some(problem) = problems.find(|problem| problem.is_error()) {
            return Err(FileDiagnostic::new(path, problem.clone()));
        }
        let object = document.root.as_ref().map(to_json).unwrap_or_default();
        let is_review = object.get("kind").and_then(Json::as_str) == Some("AdmissionReview");
        match object.get("request").filter(|_| is_review) {
            Some(request) => Ok(Self::of_request(request.clone())),
            None => Ok(Self::of_object(object)),
        }
    }

    /// With the namespace that the object is in.
    #[must_use]
    pub fn within(mut self, namespace: Json) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// What templates see as `input.review`.
    pub(super) fn input(&self) -> Json {
        let mut review = self.request.clone();
        if let (Some(namespace), Some(fields)) = (&self.namespace, review.as_object_mut()) {
            fields.insert("namespaceObject".into(), namespace.clone());
            // Before Gatekeeper 3.23.
            fields.insert("_unstable".into(), json!({"namespace": namespace}));
        }
        review
    }

    /// The new and the old object, as far as there are such.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Json> {
        ["object", "oldObject"]
            .into_iter()
            .filter_map(|key| self.request.get(key))
            .filter(|object| object.is_object())
    }
}

/// Adds what every request has and takes away what says nothing.
fn complete(fields: &mut Map<String, Json>) {
    let always = [
        ("uid", json!("")),
        ("kind", json!({"group": "", "version": "", "kind": ""})),
        (
            "resource",
            json!({"group": "", "version": "", "resource": ""}),
        ),
        ("operation", json!("")),
        ("userInfo", json!({})),
        ("object", Json::Null),
        ("oldObject", Json::Null),
        ("options", Json::Null),
    ];
    for (key, zero) in always {
        match (fields.get_mut(key), zero) {
            (None | Some(Json::Null), zero) => drop(fields.insert(key.into(), zero)),
            (Some(Json::Object(given)), Json::Object(zero)) => {
                for (key, zero) in zero {
                    given.entry(key).or_insert(zero);
                }
            }
            _ => {}
        }
    }
    for key in ["name", "namespace", "subResource", "requestSubResource"] {
        if matches!(fields.get(key), Some(Json::Null)) || fields.get(key) == Some(&json!("")) {
            fields.remove(key);
        }
    }
}

/// A YAML node as JSON.
pub(super) fn to_json(node: &tierwalk_yaml::Node) -> Json {
    serde_json::to_value(node.to_value()).unwrap_or_default()
}

pub(super) fn text<'a>(object: &'a Json, pointer: &str) -> &'a str {
    object
        .pointer(pointer)
        .and_then(Json::as_str)
        .unwrap_or_default()
}

/// Group and version of an object.
pub(super) fn group_version(object: &Json) -> (&str, &str) {
    let version = text(object, "/apiVersion");
    version.split_once('/').unwrap_or(("", version))
}

/// `data.inventory`: objects by scope, version, kind and name.
pub(super) fn inventory(objects: &[Json]) -> Json {
    let mut cluster = Json::Object(Map::new());
    let mut namespaces = Json::Object(Map::new());
    for object in objects {
        let namespace = text(object, "/metadata/namespace");
        let mut place = match namespace {
            "" => &mut cluster,
            namespace => below(&mut namespaces, namespace),
        };
        for key in ["/apiVersion", "/kind", "/metadata/name"] {
            place = below(place, text(object, key));
        }
        *place = object.clone();
    }
    json!({"inventory": {"cluster": cluster, "namespace": namespaces}})
}

fn below<'a>(place: &'a mut Json, key: &str) -> &'a mut Json {
    if !place.is_object() {
        *place = Json::Object(Map::new());
    }
    &mut place[key]
}
