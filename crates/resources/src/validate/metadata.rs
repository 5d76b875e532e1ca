//! Names, labels and annotations.

use tierwalk_source::{Diagnostic, Fix};

use super::names::{
    LABEL, SUBDOMAIN, is_label, is_subdomain, label_value_problem, mended, qualified_name_problem,
};
use crate::Mode;
use crate::codes;
use crate::kinds::{Kind, Labels, ObjectMeta};
use crate::problem::{At, Problems};

const MAX_NAME: usize = 253;
const MAX_TIER_NAME: usize = 63;
const MAX_ANNOTATIONS: usize = 256 * 1024;

pub(super) fn check(metadata: &ObjectMeta, kind: Kind, root: &At<'_>, problems: &mut Problems<'_>) {
    if !kind.is_strict() {
        return;
    }
    let at = root.key("metadata");
    if kind.is_calico() {
        check_name(metadata, kind, &at, problems);
        check_reserved(&metadata.name, kind, &at, problems);
    } else {
        check_kubernetes_names(metadata, kind, &at, problems);
    }
    check_scope(metadata, kind, &at, problems);
    check_labels(&metadata.labels, &at.key("labels"), problems);
    check_annotations(&metadata.annotations, &at.key("annotations"), problems);
    check_bookkeeping(metadata, kind, &at, problems);
}

fn check_name(metadata: &ObjectMeta, kind: Kind, at: &At<'_>, problems: &mut Problems<'_>) {
    let name = metadata.name.as_str();
    let max = if kind == Kind::Tier {
        MAX_TIER_NAME
    } else {
        MAX_NAME
    };
    if name.len() > max {
        let message = format!("name is too long by {} bytes", name.len() - max);
        let help = format!("names may have {max} characters");
        problems.error(&at.key("name"), codes::NAME, message, help);
    } else if let Some(message) = name_problem(name, kind) {
        wrong_name(metadata, message, at, problems);
    }
}

/// Calico `validator.go`, validateObjectMeta and its kin.
fn name_problem(name: &str, kind: Kind) -> Option<&'static str> {
    if !is_subdomain(name) {
        return Some(SUBDOMAIN);
    }
    let labels = name.split('.').count();
    let is_legacy = || {
        let rest = name
            .strip_prefix("knp.default.")
            .or_else(|| name.strip_prefix("ossg.default."));
        rest.is_some_and(is_subdomain)
    };
    let fits = match kind {
        Kind::Tier => labels == 1,
        Kind::GlobalNetworkPolicy | Kind::StagedGlobalNetworkPolicy => labels <= 2,
        Kind::NetworkPolicy | Kind::StagedNetworkPolicy => labels <= 2 || is_legacy(),
        _ => true,
    };
    (!fits).then_some(LABEL)
}

fn wrong_name(metadata: &ObjectMeta, message: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    let at = at.key("name");
    let name = &metadata.name;
    let span = problems.span(&at);
    if name.is_empty() {
        let help = if metadata.generate_name.is_empty() {
            "every resource needs a name"
        } else {
            "Calico wants a `name`, not a `generateName`"
        };
        let message = format!("`metadata.name` is missing: {message}");
        return problems.error(&at, codes::NAME, message, help);
    }
    let mut diagnostic = Diagnostic::error(codes::NAME, span, format!("`{name}`: {message}"));
    if name.split('.').count() > 2 {
        diagnostic = diagnostic.help("the name of a policy is a word, or two joined by a dot");
        diagnostic = crate::problem::ignored_by_native_clusters(diagnostic);
    } else if let Some(mended) = mended(name) {
        let title = format!("Replace by `{mended}`");
        let fix = Fix {
            safe: false,
            ..Fix::replace(title, span, mended.clone())
        };
        diagnostic = diagnostic
            .help(format!("did you mean `{mended}`?"))
            .fix(fix);
    }
    problems.add(&at, diagnostic);
}

fn check_reserved(name: &str, kind: Kind, at: &At<'_>, problems: &mut Problems<'_>) {
    let at = at.key("name");
    let create = problems.mode() == Mode::Create;
    if kind == Kind::NetworkPolicy && name.starts_with("knp.default.") {
        let message = "kubernetes network policies must be managed through the kubernetes API";
        let span = problems.span(&at);
        let diagnostic = if create {
            Diagnostic::error(codes::RESERVED_NAME, span, message)
        } else {
            Diagnostic::warning(codes::RESERVED_NAME, span, message)
        };
        problems.add(
            &at,
            diagnostic.help("calicoctl refuses this name; choose another"),
        );
    }
    if create && kind == Kind::Profile && name == "projectcalico-default-allow" {
        let message = "resource already exists: the profile `projectcalico-default-allow` is provided by Calico";
        problems.error(&at, codes::RESERVED_NAME, message, "choose another name");
    }
}

fn check_kubernetes_names(
    metadata: &ObjectMeta,
    kind: Kind,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    const RFC1123: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \
         '-' or '.', and must start and end with an alphanumeric character";
    let generated = metadata.name.is_empty() && !metadata.generate_name.is_empty();
    if !generated && !is_subdomain(&metadata.name) {
        wrong_name(metadata, RFC1123, at, problems);
    }
    if kind == Kind::BaselineAdminNetworkPolicy && metadata.name != "default" {
        let message =
            "only one baseline admin network policy with metadata.name=\"default\" can be created";
        problems.error(&at.key("name"), codes::NAME, message, "name it `default`");
    }
    if kind.is_namespaced() && !is_label(&metadata.namespace) {
        let message = format!(
            "`{}`: a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and \
             must start and end with an alphanumeric character",
            metadata.namespace
        );
        let help = "namespaces are written in lower case";
        problems.error(&at.key("namespace"), codes::NAMESPACE, message, help);
    }
}

fn check_scope(metadata: &ObjectMeta, kind: Kind, at: &At<'_>, problems: &mut Problems<'_>) {
    if kind.is_namespaced() || metadata.namespace.is_empty() {
        return;
    }
    let message = format!(
        "namespace should not be specified for a non-namespaced resource. {kind:?} is not a namespaced resource"
    );
    let help = match kind {
        Kind::GlobalNetworkPolicy => "remove it, or make this a `NetworkPolicy`",
        Kind::StagedGlobalNetworkPolicy => "remove it, or make this a `StagedNetworkPolicy`",
        Kind::GlobalNetworkSet => "remove it, or make this a `NetworkSet`",
        _ => "remove it",
    };
    problems.error(&at.key("namespace"), codes::NAMESPACE, message, help);
}

/// Labels of any object, or those that a profile hands out.
pub(super) fn check_labels(labels: &Labels, at: &At<'_>, problems: &mut Problems<'_>) {
    for (key, value) in labels {
        if let Some(problem) = qualified_name_problem(key) {
            problems.error(
                &at.key(key),
                codes::LABELS,
                format!("label name `{key}`: {problem}"),
                "label names look like `app` or `example.com/app`",
            );
        }
        if let Some(problem) = label_value_problem(value) {
            problems.error(
                &at.key(key),
                codes::LABELS,
                format!("label value `{value}`: {problem}"),
                "what does not fit into a label belongs in an annotation",
            );
        }
    }
}

/// Annotations of any object or rule.
pub(super) fn check_annotations(annotations: &Labels, at: &At<'_>, problems: &mut Problems<'_>) {
    for key in annotations.keys() {
        if let Some(problem) = qualified_name_problem(&key.to_lowercase()) {
            problems.error(
                &at.key(key),
                codes::LABELS,
                format!("annotation name `{key}`: {problem}"),
                "annotation names look like `note` or `example.com/note`",
            );
        }
    }
    let size: usize = annotations
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum();
    if size > MAX_ANNOTATIONS {
        let excess = size - MAX_ANNOTATIONS;
        let message = format!("total size of annotations is too large by {excess} bytes");
        problems.error(
            at,
            codes::LABELS,
            message,
            "annotations may have 256 KiB altogether",
        );
    }
}

fn check_bookkeeping(metadata: &ObjectMeta, kind: Kind, at: &At<'_>, problems: &mut Problems<'_>) {
    if let Some(time) = &metadata.creation_timestamp
        && !is_timestamp(time)
    {
        problems.error(
            &at.key("creationTimestamp"),
            codes::WRONG_TYPE,
            format!("`{time}` is not a time"),
            "the cluster sets this field: remove it",
        );
    }
    let create = problems.mode() == Mode::Create && kind.is_calico();
    if create && !metadata.resource_version.is_empty() {
        problems.error(
            &at.key("resourceVersion"),
            codes::RESOURCE_VERSION,
            "field must not be set for a Create request",
            "the cluster sets this field: remove it",
        );
    }
}

/// The shape of RFC 3339: `2026-01-02T03:04:05Z`.
fn is_timestamp(text: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00";
    let fits = |(shape, b): (&u8, u8)| {
        if *shape == b'0' {
            b.is_ascii_digit()
        } else {
            *shape == b
        }
    };
    text.len() > SHAPE.len() && SHAPE.iter().zip(text.bytes()).all(fits)
}
