use super::{check, resource};

/// Reference §6.2.
#[test]
fn names() {
    let general = "name must consist of lower case alphanumeric characters, '-' or '.'";
    let label = "name must consist of lower case alphanumeric characters or '-'";
    let name = |kind: &str, name: &str| resource(kind, name, "{}");
    name("GlobalNetworkPolicy", "Web").is("metadata/name", general, "Web");
    name("GlobalNetworkPolicy", "a_b").is("metadata/name", general, "a_b");
    name("GlobalNetworkPolicy", "a.b.c").is("metadata/name", label, "a.b.c");
    name("NetworkPolicy", "knp.other.a").is("metadata/name", label, "knp.other.a");
    name("Tier", "a.b").is("metadata/name", label, "a.b");
    name("Tier", &"a".repeat(64)).is(
        "metadata/name",
        "name is too long by 1 bytes",
        &"a".repeat(64),
    );
    for (kind, fine) in [
        ("NetworkPolicy", "ossg.default.a.b"),
        ("StagedNetworkPolicy", "knp.default.a.b"),
        ("GlobalNetworkSet", "a.b.c"),
        ("GlobalNetworkPolicy", "tier.web"),
    ] {
        name(kind, fine).is_fine();
    }
}

#[test]
fn a_missing_name_is_said_at_the_metadata() {
    let text = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {generateName: a}\n";
    check(text).is("metadata/name", "`metadata.name` is missing", "metadata");
    let text = "apiVersion: projectcalico.org/v3\nkind: Tier\nspec: {}\n";
    check(text).is("metadata/name", "`metadata.name` is missing", "apiVersion");
}

/// Reference §6.2: calicoctl refuses it, the API server does not.
#[test]
fn names_of_converted_policies_are_warned_of() {
    let found = resource("NetworkPolicy", "knp.default.web", "{}");
    found.is(
        "metadata/reserved-name",
        "kubernetes network policies must be managed through the kubernetes API",
        "knp.default.web",
    );
    assert!(!found.diagnostics[0].is_error());
}

fn with_metadata(kind: &str, metadata: &str) -> super::Found {
    check(format!(
        "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: p, {metadata}}}\nspec: {{}}\n"
    ))
}

/// Reference §1.1.
#[test]
fn cluster_kinds_have_no_namespace() {
    with_metadata("GlobalNetworkPolicy", "namespace: prod").is(
        "metadata/namespace",
        "GlobalNetworkPolicy is not a namespaced resource",
        "prod",
    );
    with_metadata("NetworkPolicy", "namespace: Prod").is_fine();
}

/// Reference §6.2.
#[test]
fn labels_and_annotations() {
    let label = |label: &str| with_metadata("Tier", &format!("labels: {{{label}}}"));
    label("a: x-").is(
        "metadata/labels",
        "a valid label must be an empty string",
        "x-",
    );
    label("a/b/c: x").is("metadata/labels", "a valid label key", "x");
    label("Example.com/a: x").is(
        "metadata/labels",
        "prefix part a lowercase RFC 1123 subdomain",
        "x",
    );
    label("'': x").is("metadata/labels", "name part must be non-empty", "x");
    label("app.kubernetes.io/name: web").is_fine();
    with_metadata("Tier", "annotations: {a b: x}").is(
        "metadata/labels",
        "name part must consist",
        "x",
    );
    with_metadata("Tier", "annotations: {Example.COM/Key: any text}").is_fine();
    with_metadata("NetworkSet", "labels: {projectcalico.org/namespace: prod}").is(
        "metadata/labels",
        "projectcalico.org/namespace is not a valid label name",
        "prod",
    );
}

/// A dump of a cluster loads; only creating refuses a resource version.
#[test]
fn versions_of_a_cluster_are_fine_to_load() {
    with_metadata(
        "Tier",
        "resourceVersion: '12', creationTimestamp: 2026-01-02T03:04:05Z",
    )
    .is_fine();
    with_metadata("Tier", "creationTimestamp: yesterday").is(
        "document/wrong-type",
        "is not a time",
        "yesterday",
    );
}
