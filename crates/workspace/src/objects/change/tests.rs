use tierwalk_protocol::File;

use super::*;

const POLICY: &str = "# who may call
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: backend # the name
  namespace: shop
spec:
  selector: app == 'backend'
  types: [Ingress]
  ingress:
  # web
  - action: Allow
    source:
      selector: app == 'web'
  # rest
  - action: Deny
";

fn changed(text: &str, path: &str, what: FieldEdit) -> String {
    let file = File {
        path: "p.yaml".to_owned(),
        text: text.to_owned(),
    };
    let at = ObjectAt {
        file: "p.yaml".to_owned(),
        line: 1,
        key: None,
    };
    let change = FieldChange {
        path: path.to_owned(),
        what,
    };
    let changed = plan(&Workspace::open(vec![file]), &at, &change).unwrap();
    changed
        .edits
        .iter()
        .rev()
        .fold(text.to_owned(), |text, edit| {
            format!(
                "{}{}{}",
                &text[..edit.place.from as usize],
                edit.text,
                &text[edit.place.to as usize..]
            )
        })
}

fn set(path: &str, value: &str) -> String {
    changed(POLICY, path, FieldEdit::Set(value.to_owned()))
}

fn term(key: &str, operator: &str, value: &str) -> Term {
    Term {
        key: key.to_owned(),
        operator: operator.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn fields_are_written_where_they_belong_and_taken_out_when_empty() {
    assert_eq!(
        set("metadata.name", "api"),
        POLICY.replace("name: backend", "name: api")
    );
    assert_eq!(
        set("spec.order", "20"),
        POLICY.replace("spec:\n", "spec:\n  order: 20\n")
    );
    assert_eq!(
        set("spec.types", "Ingress, Egress"),
        POLICY.replace("[Ingress]", "[Ingress, Egress]")
    );
    assert_eq!(
        set("spec.ingress[1].destination.ports", "80, 8000:8100, http"),
        format!("{POLICY}    destination:\n      ports: [80, 8000:8100, http]\n")
    );
    assert_eq!(
        set("spec.ingress[0].source.selector", ""),
        POLICY.replace("    source:\n      selector: app == 'web'\n", "")
    );
    assert_eq!(
        set("spec.ingress[1].protocol", "TCP"),
        format!("{POLICY}    protocol: TCP\n")
    );
}

#[test]
fn selectors_are_written_from_their_conditions() {
    let terms = vec![term("app", "==", "backend"), term("role", "in", "a, b")];
    assert_eq!(
        changed(POLICY, "spec.selector", FieldEdit::Terms(terms)),
        POLICY.replace("app == 'backend'", "app == 'backend' && role in {'a', 'b'}")
    );
}

#[test]
fn rules_are_added_copied_moved_and_taken_out_with_their_comments() {
    let list = "spec.ingress";
    assert_eq!(
        changed(POLICY, list, FieldEdit::Add),
        format!("{POLICY}  - action: Allow\n")
    );
    assert!(
        changed(POLICY, "spec.egress", FieldEdit::Add).ends_with("  egress:\n  - action: Allow\n")
    );
    let moved = changed(POLICY, "spec.ingress[1]", FieldEdit::Move(0));
    assert!(
        moved.contains("  ingress:\n  # rest\n  - action: Deny\n  # web\n"),
        "{moved}"
    );
    let copied = changed(POLICY, "spec.ingress[0]", FieldEdit::Copy);
    assert_eq!(copied.matches("selector: app == 'web'").count(), 2);
    let removed = changed(POLICY, "spec.ingress[0]", FieldEdit::Remove);
    assert!(!removed.contains("web") && removed.contains("# rest\n  - action: Deny"));
}

#[test]
fn kubernetes_policies_have_peers_and_ports() {
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  podSelector: {}\n";
    let one = changed(text, "spec.ingress", FieldEdit::Add);
    assert_eq!(one, format!("{text}  ingress:\n  - {{}}\n"));
    let two = changed(&one, "spec.ingress[0].from", FieldEdit::Add);
    let three = changed(
        &two,
        "spec.ingress[0].from[0].podSelector",
        FieldEdit::Terms(vec![term("app", "==", "web")]),
    );
    assert!(
        three
            .ends_with("  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n"),
        "{three}"
    );
    let four = changed(
        &three,
        "spec.podSelector",
        FieldEdit::Terms(vec![term("app", "has", "")]),
    );
    assert!(
        four.contains(
            "  podSelector:\n    matchExpressions:\n    - key: app\n      operator: Exists\n"
        ),
        "{four}"
    );
}

#[test]
fn labels_and_members_of_a_network_set() {
    let text = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: public\nspec:\n  nets:\n  - 10.0.0.0/8 # ours\n";
    let labelled = changed(
        text,
        "metadata.labels",
        FieldEdit::Terms(vec![term("type", "=", "public")]),
    );
    assert!(
        labelled.contains("  name: public\n  labels:\n    type: public\nspec:"),
        "{labelled}"
    );
    let more = changed(
        text,
        "spec.nets",
        FieldEdit::Set("10.0.0.0/8, 203.0.113.0/24".to_owned()),
    );
    assert_eq!(more, format!("{text}  - 203.0.113.0/24\n"));
}

const CLUSTER: &str = "# the admins' word
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: guard # a name
spec:
  tier: Admin
  priority: 10
  # all of them
  subject:
    namespaces: {}
  egress:
  # inside
  - name: inside
    action: Accept
    to:
    - namespaces: {} # everywhere
    protocols:
    - tcp:
        destinationPort: {number: 80}
";

fn terms(key: &str, value: &str) -> FieldEdit {
    FieldEdit::Terms(vec![term(key, "==", value)])
}

#[test]
fn cluster_policies_are_for_pods_or_for_namespaces() {
    let pods = changed(
        CLUSTER,
        "spec.subject.pods.podSelector",
        terms("app", "web"),
    );
    assert_eq!(
        pods,
        CLUSTER.replace(
            "    namespaces: {}\n  egress",
            "    pods:\n      namespaceSelector: {}\n      podSelector:\n        matchLabels:\n          app: web\n  egress"
        )
    );
    let back = changed(
        &pods,
        "spec.subject.namespaces",
        FieldEdit::Terms(Vec::new()),
    );
    assert_eq!(back, CLUSTER);
    let without = changed(&pods, "spec.subject.pods.podSelector", FieldEdit::Remove);
    assert!(!without.contains("pods:"), "{without}");
}

#[test]
fn peers_and_ports_of_cluster_policies_are_one_thing_each() {
    assert_eq!(
        changed(
            CLUSTER,
            "spec.egress[0].to[0].networks",
            FieldEdit::Set("10.0.0.0/8".to_owned())
        ),
        CLUSTER.replace("- namespaces: {} # everywhere", "- networks: [10.0.0.0/8]")
    );
    let udp = changed(
        CLUSTER,
        "spec.egress[0].protocols[0].udp.destinationPort.number",
        FieldEdit::Set("53".to_owned()),
    );
    assert_eq!(
        udp,
        CLUSTER.replace(
            "    - tcp:\n        destinationPort: {number: 80}\n",
            "    - udp:\n        destinationPort:\n          number: 53\n"
        )
    );
    let range = changed(
        CLUSTER,
        "spec.egress[0].protocols[0].tcp.destinationPort.range.start",
        FieldEdit::Set("8000".to_owned()),
    );
    assert_eq!(
        range,
        CLUSTER.replace("{number: 80}", "{range: {start: 8000}}")
    );
    let added = changed(CLUSTER, "spec.ingress", FieldEdit::Add);
    assert_eq!(
        added,
        CLUSTER.replace(
            "  egress:\n",
            "  ingress:\n  - action: Deny\n    from:\n    - namespaces: {}\n  egress:\n"
        )
    );
    let action = changed(
        CLUSTER,
        "spec.egress[0].action",
        FieldEdit::Set("Pass".to_owned()),
    );
    assert_eq!(action, CLUSTER.replace("Accept", "Pass"));
}

#[test]
fn older_cluster_policies_have_ports_of_their_own() {
    let text = CLUSTER
        .replace("v1alpha2", "v1alpha1")
        .replace("ClusterNetworkPolicy", "BaselineAdminNetworkPolicy")
        .replace(
            "    protocols:\n    - tcp:\n        destinationPort: {number: 80}\n",
            "",
        );
    let one = changed(&text, "spec.egress[0].ports", FieldEdit::Add);
    assert_eq!(
        one,
        format!("{text}    ports:\n    - portNumber:\n        protocol: TCP\n        port: 80\n")
    );
    let two = changed(
        &one,
        "spec.egress[0].ports[0].portNumber.port",
        FieldEdit::Set("443".to_owned()),
    );
    assert_eq!(two, one.replace("port: 80", "port: 443"));
}

#[test]
fn a_network_of_kubernetes_takes_the_place_of_pods() {
    let text = "apiVersion: projectcalico.org/v3\nkind: StagedKubernetesNetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  ingress:\n  - from:\n    # who\n    - podSelector: {} # all\n      namespaceSelector: {}\n";
    let net = changed(
        text,
        "spec.ingress[0].from[0].ipBlock.cidr",
        FieldEdit::Set("10.0.0.0/8".to_owned()),
    );
    assert_eq!(
        net,
        text.replace(
            "podSelector: {} # all\n      namespaceSelector: {}",
            "ipBlock:\n        cidr: 10.0.0.0/8"
        )
    );
    let both = changed(
        text,
        "spec.ingress[0].from[0].namespaceSelector",
        terms("team", "a"),
    );
    assert!(both.contains("podSelector: {} # all\n"), "{both}");
    let staged = changed(
        text,
        "spec.stagedAction",
        FieldEdit::Set("Delete".to_owned()),
    );
    assert_eq!(
        staged,
        text.replace("spec:\n", "spec:\n  stagedAction: Delete\n")
    );
}

#[test]
fn seldom_fields_of_rules_and_of_host_endpoints() {
    let global = POLICY
        .replace("kind: Net", "kind: GlobalNet")
        .replace("  namespace: shop\n", "");
    let set = |path: &str, value: &str| changed(&global, path, FieldEdit::Set(value.to_owned()));
    assert_eq!(
        set("spec.applyOnForward", "true"),
        global.replace("  ingress:\n", "  applyOnForward: true\n  ingress:\n")
    );
    assert_eq!(
        set("spec.doNotTrack", "true"),
        global.replace("  ingress:\n", "  doNotTrack: true\n  ingress:\n")
    );
    assert_eq!(
        set("spec.ingress[1].icmp.type", "8"),
        format!("{global}    icmp:\n      type: 8\n")
    );
    assert_eq!(
        set("spec.ingress[1].http.methods", "GET, POST"),
        format!("{global}    http:\n      methods: [GET, POST]\n")
    );
    assert_eq!(
        set("spec.ingress[1].source.notNets", "10.0.0.0/8"),
        format!("{global}    source:\n      notNets: [10.0.0.0/8]\n")
    );
    assert_eq!(
        set("spec.performanceHints", "AssumeNeededOnEveryNode"),
        global.replace(
            "  ingress:\n",
            "  performanceHints: [AssumeNeededOnEveryNode]\n  ingress:\n"
        )
    );
    let paths = changed(&global, "spec.ingress[1].http.paths", FieldEdit::Add);
    assert_eq!(
        paths,
        format!("{global}    http:\n      paths:\n      - prefix: /\n")
    );
    let exact = changed(
        &paths,
        "spec.ingress[1].http.paths[0].exact",
        FieldEdit::Set("/pay".to_owned()),
    );
    assert_eq!(exact, paths.replace("prefix: /", "exact: /pay"));
}
