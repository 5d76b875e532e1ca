use tierwalk_protocol::{File, Verdict};

use super::*;

const CLUSTER: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop}
spec:
  containers:
  - name: db
    image: db
    ports: [{name: sql, containerPort: 5432}]
---
apiVersion: v1
kind: Pod
metadata: {name: dns, namespace: kube-system}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: partners}
spec: {nets: [198.51.100.0/24], allowedEgressDomains: ['*.example.com', api.example.com]}
";

fn workspace() -> Workspace {
    let file = |path: &str, text: &str| File {
        path: path.into(),
        text: text.into(),
    };
    Workspace::open(vec![
        file("cluster.yaml", CLUSTER),
        file("f.flows", "shop/web -> 203.0.113.9 udp/53\n"),
    ])
}

/// Completes where `|` stands, and gives what may be written there.
fn at_cursor(text: &str) -> Vec<String> {
    let at = text.find('|').unwrap();
    let line = text.replace('|', "");
    let completion = complete(&workspace(), line, at as u32);
    completion
        .choices
        .into_iter()
        .map(|choice| choice.insert)
        .collect()
}

#[test]
fn the_source_is_a_pod_an_address_or_a_domain() {
    let all = at_cursor("|");
    for end in [
        "shop/web ",
        "kube-system/dns ",
        "203.0.113.9 ",
        "198.51.100.1 ",
        "api.example.com ",
    ] {
        assert!(all.iter().any(|insert| insert == end), "{end} {all:?}");
    }
}

#[test]
fn the_name_of_a_pod_is_enough_and_a_set_finds_its_members() {
    assert_eq!(at_cursor("d|"), ["kube-system/dns ", "shop/db "]);
    assert_eq!(at_cursor("part|"), ["198.51.100.1 ", "api.example.com "]);
}

#[test]
fn after_the_source_comes_the_arrow_then_pods_of_its_namespace_first() {
    assert_eq!(at_cursor("shop/web |"), ["-> "]);
    assert_eq!(
        at_cursor("kube-system/x -> d|"),
        ["kube-system/dns ", "shop/db "]
    );
    assert_eq!(at_cursor("shop/web->d|"), ["shop/db ", "kube-system/dns "]);
}

#[test]
fn ports_are_those_that_the_destination_declares_by_number_and_name() {
    assert_eq!(at_cursor("shop/web -> db |")[..2], ["tcp/5432 ", "tcp/"]);
    assert_eq!(at_cursor("shop/web -> db sq|"), ["tcp/5432 "]);
    assert_eq!(at_cursor("shop/db -> 203.0.113.9 u|")[0], "udp/53 ");
}

#[test]
fn last_comes_what_is_expected() {
    assert_eq!(at_cursor("a -> b tcp/80 |"), ["allow", "deny", "ipv6 "]);
    assert_eq!(at_cursor("a -> b tcp/80 d|"), ["deny"]);
    assert!(at_cursor("a -> b tcp/80 allow |").is_empty());
}

#[test]
fn a_choice_replaces_the_word_that_the_cursor_is_in() {
    let completion = complete(&workspace(), "“x” -> shop/wob tcp/80".into(), 14);
    assert_eq!((completion.from, completion.to), (7, 15));
}

#[test]
fn a_whole_line_has_a_verdict() {
    let verdict = |line: &str| complete(&workspace(), line.into(), 0).verdict;
    assert_eq!(verdict("shop/web -> db tcp/5432"), Some(Verdict::Allow));
    assert_eq!(verdict("shop/web -> dv tcp/5432"), None);
    assert_eq!(verdict("shop/web -> db"), None);
}
