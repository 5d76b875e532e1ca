use super::{Found, check};

fn policy(spec: &str) -> Found {
    check(format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p}}\nspec: {spec}\n"
    ))
}

/// Kubernetes `pkg/apis/networking/validation`.
#[test]
fn peers() {
    let peer = |peer: &str| policy(&format!("{{ingress: [{{from: [{{{peer}}}]}}]}}"));
    peer("").is("kubernetes/peer", "must specify a peer", "{}");
    peer("podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}").is(
        "kubernetes/peer",
        "may not specify both ipBlock and another peer",
        "ipBlock",
    );
    peer("podSelector: {}, namespaceSelector: {}").is_fine();
}

#[test]
fn ip_blocks() {
    let block = |block: &str| {
        policy(&format!(
            "{{ingress: [{{from: [{{ipBlock: {{{block}}}}}]}}]}}"
        ))
    };
    let code = "kubernetes/ip-block";
    block("").is(code, "required value", "ipBlock");
    block("cidr: 10.0.0.1").is(code, "must be a valid CIDR value", "10.0.0.1");
    block("cidr: 10.0.0.1/8").is(
        code,
        "must not have bits set beyond the prefix length",
        "10.0.0.1/8",
    );
    block("cidr: 010.0.0.0/8").is(code, "must not have leading 0s", "010.0.0.0/8");
    let inside = "must be a strict subset of `cidr`";
    block("cidr: 10.0.0.0/8, except: [11.0.0.0/16]").is(code, inside, "11.0.0.0/16");
    block("cidr: 10.0.0.0/8, except: [10.0.0.0/8]").is(code, inside, "10.0.0.0/8");
    block("cidr: 0.0.0.0/0, except: [10.0.0.0/8]").is_fine();
}

#[test]
fn ports() {
    let port = |port: &str| policy(&format!("{{egress: [{{ports: [{{{port}}}]}}]}}"));
    let code = "kubernetes/port";
    port("port: 0").is(code, "must be between 1 and 65535, inclusive", "0");
    port("protocol: tcp").is(code, "supported values: \"TCP\", \"UDP\", \"SCTP\"", "tcp");
    port("port: 90, endPort: 80").is(code, "must be greater than or equal to `port`", "80");
    port("port: http, endPort: 80").is(code, "when `port` is non-numeric", "80");
    port("endPort: 80").is(code, "when `port` is not specified", "80");
    port("port: '80'").is("rule/port-name", "must contain at least one letter", "'80'");
    port("port: 80, endPort: 90, protocol: SCTP").is_fine();
}

#[test]
fn label_selectors() {
    let expression = |it: &str| {
        policy(&format!(
            "{{podSelector: {{matchExpressions: [{{{it}}}]}}}}"
        ))
    };
    let code = "kubernetes/label-selector";
    expression("key: a, operator: exists").is(code, "\"Exists\"", "exists");
    expression("key: a, operator: In").is(code, "must be specified when `operator` is 'In'", "key");
    expression("key: a, operator: Exists, values: [b]").is(code, "may not be specified", "values");
    expression("key: a b, operator: Exists").is(code, "name part must consist", "a b");
    policy("{podSelector: {matchLabels: {a: x y}}}").is(code, "a valid label must", "x y");
}

#[test]
fn names_and_types() {
    policy("{policyTypes: [ingress]}").is("policy/types", "\"Ingress\", \"Egress\"", "ingress");
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: Prod}\n";
    check(text).is("metadata/namespace", "lowercase RFC 1123 label", "Prod");
}

fn cluster(spec: &str) -> Found {
    check(format!(
        "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {{name: p}}\nspec: {spec}\n"
    ))
}

fn cluster_rule(rule: &str) -> Found {
    cluster(&format!(
        "{{tier: Admin, priority: 1, subject: {{namespaces: {{}}}}, egress: [{{{rule}}}]}}"
    ))
}

/// Reference §5.2 and network-policy-api `apis/v1alpha2`.
#[test]
fn cluster_policies() {
    let code = "kubernetes/cluster-policy";
    let subject = "subject: {namespaces: {}}";
    cluster(&format!("{{tier: admin, priority: 1, {subject}}}")).is(
        code,
        "\"Admin\", \"Baseline\"",
        "admin",
    );
    cluster(&format!("{{tier: Admin, priority: 1001, {subject}}}")).is(
        code,
        "between 0 and 1000",
        "1001",
    );
    cluster("{tier: Admin, priority: 1, subject: {}}").is(
        code,
        "exactly one of `namespaces` and `pods`",
        "subject",
    );
    cluster_rule("action: Allow, to: [{namespaces: {}}]").is(
        "rule/action",
        "\"Accept\", \"Deny\", \"Pass\"",
        "Allow",
    );
    cluster_rule("action: Deny").is(code, "`to` must have at least 1 item", "action");
    cluster_rule("action: Deny, to: [{networks: [10.0.0.0]}]").is(
        code,
        "Invalid CIDR format",
        "10.0.0.0",
    );
    cluster_rule("action: Deny, to: [{}]").is(code, "exactly one field", "{}");
    let with = |protocol: &str| {
        cluster_rule(&format!(
            "action: Deny, to: [{{namespaces: {{}}}}], protocols: [{{{protocol}}}]"
        ))
    };
    with("udp: {}").is(code, "at least 1 property", "udp");
    with("tcp: {destinationPort: {number: 0}}").is(code, "between 1 and 65535", "0");
    with("tcp: {destinationPort: {range: {start: 9, end: 8}}}").is(
        code,
        "Start port must be less than End port",
        "8",
    );
    with("tcp: {destinationPort: {number: 80}}").is_fine();
}

/// Reference §5.3.
#[test]
fn admin_policies() {
    let admin = |kind: &str, name: &str, spec: &str| {
        check(format!(
            "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{subject: {{namespaces: {{}}}}, {spec}}}\n"
        ))
    };
    let rule =
        "ingress: [{action: Pass, from: [{namespaces: {}}], ports: [{portNumber: {port: 80}}]}]";
    admin("AdminNetworkPolicy", "p", &format!("priority: 5, {rule}")).is_fine();
    admin("BaselineAdminNetworkPolicy", "default", rule).is(
        "rule/action",
        "\"Allow\", \"Deny\"",
        "Pass",
    );
    admin("BaselineAdminNetworkPolicy", "p", "").is(
        "metadata/name",
        "metadata.name=\"default\"",
        "p",
    );
    admin("BaselineAdminNetworkPolicy", "default", "priority: 1").is(
        "document/unknown-field",
        "unknown field `priority`",
        "priority",
    );
}
