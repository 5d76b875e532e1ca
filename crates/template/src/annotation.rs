//! The policy annotation of Calico's first Kubernetes plugin, `projectcalico.org/policy` on a pod, as a
//! NetworkPolicy with the same meaning (`calico_cni/policy_drivers.py`).

#[cfg(test)]
mod tests;

use tierwalk_source::{Diagnostic, Severity, Span};
use tierwalk_yaml::{Entry, Node};

use crate::emit::{Entries, Item, Value, emit};
use crate::generator::rule_error;
use crate::manifest::{Draft, Manifest, ObjectId};
use crate::names;
use crate::oneline::{lower, parse_rule, split_rules};
use crate::scope::{Scope, content_span};
use crate::source_map::{PlaceId, SourceMap};

/// The annotation's key.
pub const POLICY_ANNOTATION: &str = "projectcalico.org/policy";

/// The namespace that the plugin leaves open.
const OPEN_NAMESPACE: &str = "kube-system";
const ORDER: i64 = 1000;

/// Pods as the plugin sees them: those of a Pod, or of the template of a workload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotatedPods {
    /// Their namespace.
    pub namespace: String,
    /// The selector of their labels; none without labels.
    pub selector: Option<String>,
    /// Whether they carry the annotation.
    pub annotated: bool,
}

/// Where a document describes pods, and what of it.
struct PodTemplate<'a> {
    root: &'a Node,
    metadata: Option<&'a Node>,
}

impl<'a> PodTemplate<'a> {
    fn of(root: &'a Node) -> Option<Self> {
        let template = |path: &[&str]| path.iter().try_fold(root, |node, key| node.get(key));
        let pod = match root.get("kind").and_then(Node::as_str)? {
            "Pod" => root,
            "Deployment"
            | "StatefulSet"
            | "DaemonSet"
            | "ReplicaSet"
            | "ReplicationController"
            | "Job" => template(&["spec", "template"])?,
            "CronJob" => template(&["spec", "jobTemplate", "spec", "template"])?,
            _ => return None,
        };
        Some(Self {
            root,
            metadata: pod.get("metadata"),
        })
    }

    fn annotation(&self) -> Option<&'a Entry> {
        let entry = self
            .metadata?
            .get("annotations")?
            .entry(POLICY_ANNOTATION)?;
        Some(entry).filter(|entry| !entry.value.is_null())
    }

    fn of_root(&self, key: &str) -> Option<&'a Node> {
        self.root.get("metadata")?.get(key)
    }

    fn namespace(&self) -> &'a str {
        self.of_root("namespace")
            .and_then(Node::as_str)
            .unwrap_or("default")
    }

    fn labels(&self) -> &'a [Entry] {
        self.metadata
            .and_then(|metadata| metadata.get("labels"))
            .map_or(&[], Node::entries)
    }

    /// All labels of the pods, which is as near as a selector comes to one pod.
    fn selector(&self) -> Option<String> {
        let part = |entry: &Entry| Some(format!("{} == \"{}\"", entry.key, entry.value.as_str()?));
        let parts: Vec<_> = self.labels().iter().filter_map(part).collect();
        (!parts.is_empty()).then(|| parts.join(" && "))
    }
}

/// The pods that a document describes, if it describes any.
pub(crate) fn pods(root: &Node) -> Option<AnnotatedPods> {
    let pods = PodTemplate::of(root)?;
    Some(AnnotatedPods {
        namespace: pods.namespace().to_owned(),
        selector: pods.selector(),
        annotated: pods.annotation().is_some(),
    })
}

/// The NetworkPolicy of the annotation in a document; nothing if there is none.
pub(crate) fn compile(scope: &mut Scope<'_>, root: &Node) -> Option<Draft> {
    let pods = PodTemplate::of(root)?;
    let annotation = pods.annotation()?;
    if pods.namespace() == OPEN_NAMESPACE {
        scope.report(left_open(annotation));
        return None;
    }
    let rules = rules(scope, &annotation.value)?;
    let Some(selector) = pods.selector() else {
        scope.report(no_labels(annotation.key_span));
        return None;
    };
    let name = pods.of_root("name").and_then(Node::as_str);
    let name = format!("annotation-{}", name.unwrap_or_default());
    if !names::is_policy_name(&name) {
        scope.report(no_name(&name, annotation.key_span));
        return None;
    }
    let whole = scope.written(
        POLICY_ANNOTATION,
        annotation.key_span.to(annotation.value.span),
    );
    let labels = pods
        .labels()
        .iter()
        .map(|entry| entry.key_span.to(entry.value.span));
    let labels = labels.reduce(Span::to).unwrap_or_default();
    let policy = Policy {
        name: &name,
        namespace: pods.namespace(),
        selector: Item::text(selector, scope.written("metadata.labels", labels)),
        ingress: Item::list(rules, Some(whole)),
    };
    let frame = scope.structure(POLICY_ANNOTATION, annotation.key_span);
    Some(Draft {
        item: policy.item(Some(frame)),
        kind: "NetworkPolicy".to_owned(),
        namespace: Some(pods.namespace().to_owned()),
        name,
        clusters: None,
    })
}

fn no_name(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is not the name of a policy");
    Diagnostic::error("template/annotation", span, message)
        .help("give the pod a name of lower case letters, digits and `-`")
}

fn left_open(annotation: &Entry) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        "template/annotation",
        annotation.key_span,
        "this annotation has no effect: the plugin leaves `kube-system` open",
    )
    .help("write a NetworkPolicy for these pods if they are to be protected")
}

fn no_labels(span: Span) -> Diagnostic {
    Diagnostic::error(
        "template/annotation",
        span,
        "no policy can select these pods: they have no labels",
    )
    .help("give them a label of their own")
}

fn rules(scope: &mut Scope<'_>, node: &Node) -> Option<Vec<Item>> {
    let Some(text) = node.as_str() else {
        scope.report(
            Diagnostic::error("template/annotation", node.span, "an annotation is text")
                .help("write `allow tcp to ports 80`, several rules separated by `;`"),
        );
        return None;
    };
    let mut items = Vec::new();
    for (number, (offset, rule)) in split_rules(text).into_iter().enumerate() {
        match parse_rule(rule) {
            Ok(rule) => {
                let field = format!("{POLICY_ANNOTATION}[{number}]");
                items.push(lower(&rule, &mut |span| {
                    let span = content_span(scope.text, node, span.shifted(offset));
                    scope.written(field.clone(), span)
                }));
            }
            Err(error) => {
                let span = content_span(scope.text, node, error.span.shifted(offset));
                scope.report(rule_error(span, &error));
            }
        }
    }
    (!scope.has_errors()).then_some(items)
}

struct Policy<'a> {
    name: &'a str,
    namespace: &'a str,
    selector: Item,
    ingress: Item,
}

impl Policy<'_> {
    /// Its rules for ingress, and all egress allowed.
    fn item(self, place: Option<PlaceId>) -> Item {
        let of = |value| Item { value, place };
        let text = |text: &str| of(Value::Text(text.to_owned()));
        let mut metadata = Entries::default();
        metadata
            .put("name", Some(text(self.name)))
            .put("namespace", Some(text(self.namespace)));
        let mut allow = Entries::default();
        allow.put("action", Some(text("Allow")));
        let types = vec![text("Ingress"), text("Egress")];
        let mut spec = Entries::default();
        spec.put("tier", Some(text("default")))
            .put("order", Some(of(Value::Int(ORDER))))
            .put("selector", Some(self.selector))
            .put("types", Some(Item::list(types, place)))
            .put("ingress", Some(self.ingress))
            .put(
                "egress",
                Some(Item::list(vec![allow.into_map(place)], place)),
            );
        let mut object = Entries::default();
        object
            .put("apiVersion", Some(text("projectcalico.org/v3")))
            .put("kind", Some(text("NetworkPolicy")))
            .put("metadata", Some(metadata.into_map(place)))
            .put("spec", Some(spec.into_map(place)));
        object.into_map(place)
    }
}

/// The plugin's namespace isolation: pods without the annotation take traffic from their own namespace only.
/// One NetworkPolicy for each namespace that has such pods, but for `kube-system`. No template line makes
/// these policies, so their source maps lead nowhere.
pub fn isolation(pods: &[AnnotatedPods]) -> Vec<Manifest> {
    let mut namespaces: Vec<&str> = pods
        .iter()
        .filter(|pods| !pods.annotated && pods.namespace != OPEN_NAMESPACE)
        .map(|pods| pods.namespace.as_str())
        .collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    namespaces
        .into_iter()
        .map(|namespace| isolate(namespace, pods))
        .collect()
}

/// Selects the pods of a namespace that have no policy by an annotation.
fn all_others(namespace: &str, pods: &[AnnotatedPods]) -> String {
    let annotated = pods
        .iter()
        .filter(|pods| pods.annotated && pods.namespace == namespace);
    let mut others: Vec<_> = annotated
        .filter_map(|pods| pods.selector.as_ref())
        .map(|it| format!("!({it})"))
        .collect();
    others.sort_unstable();
    others.dedup();
    match others.is_empty() {
        true => "all()".to_owned(),
        false => others.join(" && "),
    }
}

fn isolate(namespace: &str, pods: &[AnnotatedPods]) -> Manifest {
    let of = |value| Item { value, place: None };
    let text = |text: &str| of(Value::Text(text.to_owned()));
    let source = Item::map(vec![("selector".to_owned(), text("all()"))], None);
    let rule = Item::map(
        vec![
            ("action".to_owned(), text("Allow")),
            ("source".to_owned(), source),
        ],
        None,
    );
    let name = "namespace-isolation";
    let policy = Policy {
        name,
        namespace,
        selector: text(&all_others(namespace, pods)),
        ingress: Item::list(vec![rule], None),
    };
    let (text, lines) = emit(&policy.item(None));
    Manifest {
        object: ObjectId {
            kind: "NetworkPolicy".to_owned(),
            kubernetes: false,
            namespace: Some(namespace.to_owned()),
            name: name.to_owned(),
        },
        text,
        map: SourceMap::new(&[], lines),
        clusters: None,
    }
}
