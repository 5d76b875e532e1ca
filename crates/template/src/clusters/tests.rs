use tierwalk_yaml::Document;

use super::*;

fn named(text: &str) -> Option<ClusterSelector> {
    let quoted = text.replace('\'', "''");
    let node = Document::parse(&format!("c: '{quoted}'"))
        .root
        .and_then(|root| root.get("c").cloned());
    selector(&node.expect("a node")).expect(text)
}

fn prod() -> Cluster {
    Cluster {
        name: "prod-eu".to_owned(),
        labels: [("env", "prod"), ("region", "eu")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        span: Span::default(),
    }
}

#[test]
fn values_may_stand_without_quotes() {
    for text in [
        "env in {prod}",
        "env in { staging , \"prod\" }",
        "env == prod && region=='eu'",
        "region != us && has(env)",
        "env starts with pro",
        "name == prod-eu",
        "all()",
        "!(env == dev)",
    ] {
        let selector = named(text);
        assert!(placement(selector.as_ref(), &prod()).goes, "{text}");
    }
    for text in [
        "env in {dev, staging}",
        "env == 'staging'",
        "!has(env)",
        "env not in {prod}",
    ] {
        let selector = named(text);
        assert!(!placement(selector.as_ref(), &prod()).goes, "{text}");
    }
}

#[test]
fn the_reason_names_the_labels() {
    let reason = |text| placement(named(text).as_ref(), &prod()).reason;
    assert_eq!(
        reason("env in {prod}"),
        "`env in {prod}` holds: env is `prod`"
    );
    assert_eq!(
        reason("team == web"),
        "`team == web` does not hold: it has no label team"
    );
    assert_eq!(
        placement(None, &prod()).reason,
        "it names no clusters, so it goes to all"
    );
}

#[test]
fn nothing_named_means_all_clusters() {
    assert_eq!(named("").map(|selector| selector.text), None);
}

#[test]
fn a_selector_that_cannot_be_read_is_refused() {
    let root = Document::parse("c: env is prod").root.expect("a root");
    let error = selector(root.get("c").expect("c")).expect_err("no selector");
    assert_eq!(error.code, "template/clusters");
}

#[test]
fn a_list_of_clusters() {
    let text = "apiVersion: tierwalk.dev/v1\nkind: Clusters\nclusters:\n\
                - name: prod\n  labels: {env: prod}\n- name: prod\n- name: Bad\n- {name: x, lables: {}}\n";
    let root = Document::parse(text).root.expect("a root");
    let (clusters, diagnostics) = read_clusters(&root);
    assert_eq!(clusters.len(), 1);
    let messages: Vec<_> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "cluster `prod` is listed twice",
            "`Bad` is not the name of a cluster",
            "unknown key `lables`"
        ]
    );
}
