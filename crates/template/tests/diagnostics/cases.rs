//! Documents with one problem each.

/// A policy with one line more or another line.
pub(super) fn policy(change: &str) -> String {
    let base = [
        "PolicyName: web",
        "PolicyOrder: 500",
        "ObjectType: NetworkPolicy",
        "PolicyNamespace: shop",
        "AppliesToSelector: app == \"web\"",
        "Direction: [Ingress]",
    ];
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let changed: Vec<_> = change.lines().map(key).collect();
    let mut lines: Vec<_> = base
        .into_iter()
        .filter(|line| !changed.contains(&key(line)))
        .collect();
    lines.extend(change.lines());
    lines.join("\n") + "\n"
}

fn without(left_out: &str) -> String {
    let text = policy("");
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with(left_out))
        .collect();
    lines.join("\n") + "\n"
}

fn definition(fields: &str, output: &str) -> String {
    let fields: String = fields.lines().map(|line| format!("  {line}\n")).collect();
    let output: String = output.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "apiVersion: tierwalk.dev/v1\nkind: PolicyTemplate\nmetadata:\n  name: mine\nspec:\n  fields:\n{fields}  output: |\n{output}"
    )
}

const TIER: &str = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: mine";

/// Code, document, and the words that it is told at.
pub(super) fn cases() -> Vec<(&'static str, String, &'static str)> {
    let set =
        |lines: &str| format!("ObjectType: GlobalNetworkSet\nNetworkSetName: saas\n{lines}\n");
    let pod = |metadata: &str| {
        format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\n  namespace: {metadata}\n")
    };
    vec![
        (
            "annotation",
            pod("shop\n  annotations:\n    projectcalico.org/policy: allow"),
            "projectcalico.org/policy",
        ),
        (
            "annotation",
            pod("kube-system\n  annotations:\n    projectcalico.org/policy: allow"),
            "projectcalico.org/policy",
        ),
        ("cidr", set("CIDR: [10.0.0.0/33]"), "10.0.0.0/33"),
        ("clusters", policy("Clusters: env is prod"), "env is prod"),
        (
            "clusters",
            "apiVersion: tierwalk.dev/v1\nkind: Clusters\n".to_owned(),
            "apiVersion",
        ),
        (
            "definition",
            definition("- name: port\n  type: portnumber", TIER),
            "portnumber",
        ),
        (
            "definition",
            definition("- name: port\n  type: port\n  hlep: x", TIER),
            "hlep",
        ),
        (
            "definition",
            definition(
                "- name: x\n  type: string\n  pattern: '['\n  example: y",
                TIER,
            ),
            "'['",
        ),
        (
            "value",
            definition("- name: x\n  type: integer\n  default: five", TIER),
            "five",
        ),
        (
            "domain",
            set("Domains: ['https://api.example.com/v1']"),
            "'https://api.example.com/v1'",
        ),
        (
            "duplicate-object",
            format!("{}---\n{}", policy(""), policy("PolicyOrder: 7")),
            "PolicyName: web",
        ),
        (
            "duplicate-template",
            format!(
                "{0}---\n{0}",
                definition("[]", TIER)
                    .replace("  []\n", "  - {name: a, type: string}\n")
                    .replace("name: mine", "name: {{ a }}")
                    .replacen("name: {{ a }}", "name: mine", 1)
            ),
            "mine",
        ),
        (
            "ignored-key",
            policy("AppliesToNamespaceSelector: env == \"prod\""),
            "AppliesToNamespaceSelector",
        ),
        ("ignored-key", set("kind: NetworkSet\nCIDR: []"), "kind"),
        (
            "invalid-output",
            definition(
                "- name: port\n  type: integer",
                &format!(
                    "{}\n  namespace: x\nspec:\n  types: [Egress]\n  egress:\n  - action: Allow\n    protocol: TCP\n    destination:\n      ports: [{{{{ port }}}}]",
                    TIER.replace("Tier", "NetworkPolicy")
                ),
            ),
            "ports: [{{ port }}]",
        ),
        (
            "label",
            set("CIDR: []\nLabels: {role: saas provider}"),
            "role: saas provider",
        ),
        (
            "missing-field",
            "template: namespace-isolation\nvalues:\n  dns: true\n".to_owned(),
            "dns",
        ),
        ("missing-key", without("PolicyOrder"), "PolicyName"),
        ("missing-key", without("PolicyNamespace"), "PolicyName"),
        ("missing-key", without("ObjectType"), "PolicyName"),
        ("missing-key", without("Direction"), "PolicyName"),
        ("missing-key", policy("PolicyName:"), "PolicyName"),
        (
            "missing-key",
            policy("INGRESS:\n- IngressProtocol: TCP"),
            "IngressProtocol",
        ),
        ("missing-key", set(""), "ObjectType"),
        (
            "misspelt-key",
            without("AppliesToSelector") + "AppliesToSelecter: all()\n",
            "AppliesToSelecter",
        ),
        (
            "misspelt-key",
            without("Direction") + "direction: [Ingress]\n",
            "direction",
        ),
        ("name", policy("PolicyName: Allow_Web"), "Allow_Web"),
        (
            "no-clusters",
            policy("Clusters: env in {prod}"),
            "env in {prod}",
        ),
        ("no-direction", policy("Direction: []"), "Direction"),
        (
            "no-namespace",
            policy("PolicyNamespace: ''"),
            "PolicyNamespace",
        ),
        ("no-order", policy("PolicyOrder: ''"), "PolicyOrder"),
        (
            "open-rule",
            policy("INGRESS:\n- IngressAction: Allow"),
            "Allow",
        ),
        (
            "port",
            policy(
                "INGRESS:\n- IngressAction: Allow\n  IngressProtocol: TCP\n  IngressPort: [9000:8000]",
            ),
            "9000:8000",
        ),
        (
            "ports-need-protocol",
            policy("INGRESS:\n- IngressAction: Allow\n  IngressPort: [80]"),
            "IngressPort: [80]",
        ),
        (
            "ports-need-protocol",
            policy(
                "INGRESS:\n- IngressAction: Allow\n  IngressPort: [http]\n  IngressProtocol: ICMP",
            ),
            "IngressProtocol: ICMP",
        ),
        (
            "rule",
            policy("INGRESS:\n- allow tcp from label test_label to ports 80"),
            "test_label",
        ),
        (
            "rule-without-direction",
            policy("Rules:\n- allow tcp to ports 80"),
            "allow tcp to ports 80",
        ),
        ("selector", policy("AppliesToSelector: app = 'web'"), "="),
        (
            "selector",
            policy("AppliesToSelector: global()"),
            "global()",
        ),
        (
            "selector",
            policy("INGRESS:\n- IngressAction: Deny\n  IngressSourceNamespace: global() || has(a)"),
            "global() || has(a)",
        ),
        (
            "short-form",
            policy("") + "- IngressAction: Deny\n  IngressProtocol: TCP\n",
            "IngressAction",
        ),
        (
            "skeleton",
            definition(
                "- name: a\n  type: cidrs\n  required: true",
                &format!("{TIER}\n  x: \"nets {{{{ a }}}}\""),
            ),
            "x: \"nets {{ a }}\"",
        ),
        (
            "skeleton",
            definition("- name: a\n  type: name", &format!("{TIER}\n{{% if a %}}")),
            "{% if a %}",
        ),
        (
            "skeleton",
            definition(
                "- name: a\n  type: boolean",
                &format!("{TIER}\n{{% if a %}}\n x: 1\n{{% endif %}}"),
            ),
            "x: 1",
        ),
        ("type-slip", policy("PolicyOrder: '700'"), "'700'"),
        ("type-slip", policy("PolicyName: 42"), "42"),
        ("type-slip", policy("AppliesToSelector: all"), "all"),
        ("type-slip", policy("Direction: Ingress"), "Ingress"),
        ("type-slip", policy("Direction: [ingress]"), "ingress"),
        (
            "type-slip",
            policy("INGRESS:\n- IngressAction: allow\n  IngressSourceSelector: ''"),
            "allow",
        ),
        (
            "type-slip",
            policy("INGRESS:\n- IngressAction: Deny\n  IngressProtocol: tcp"),
            "tcp",
        ),
        (
            "type-slip",
            policy("INGRESS:\n- IngressAction: Deny\n  IngressProtocol: TCP\n  IngressPort: 8080"),
            "8080",
        ),
        (
            "type-slip",
            policy(
                "INGRESS:\n- IngressAction: Deny\n  IngressProtocol: TCP\n  IngressPort: 80, 443",
            ),
            "80, 443",
        ),
        (
            "type-slip",
            policy(
                "INGRESS:\n- IngressAction: Deny\n  IngressProtocol: TCP\n  IngressPort: [8000-9000]",
            ),
            "8000-9000",
        ),
        (
            "type-slip",
            policy("INGRESS:\n- IngressAction: Deny\n  IngressSourceNamespace: web"),
            "web",
        ),
        (
            "type-slip",
            policy("INGRESS:\n  IngressAction: Deny"),
            "INGRESS",
        ),
        ("type-slip", set("CIDR: 10.0.0.0/8"), "10.0.0.0/8"),
        (
            "type-slip",
            "template: namespace-isolation\nvalues: {namespace: shop, order: '1000'}\n".to_owned(),
            "'1000'",
        ),
        (
            "unknown-field",
            "template: namespace-isolation\nvalues: {namespace: shop, caller: [web]}\n".to_owned(),
            "caller",
        ),
        (
            "unknown-field",
            definition(
                "- name: port\n  type: port",
                &format!("{TIER}\n  x: {{{{ prot }}}}"),
            ),
            "prot",
        ),
        ("unknown-key", policy("Comment: for the shop"), "Comment"),
        (
            "unknown-key",
            "template: web-service\nvals: {}\n".to_owned(),
            "vals",
        ),
        (
            "unknown-template",
            "template: webservice\nvalues: {name: a, namespace: b}\n".to_owned(),
            "webservice",
        ),
        (
            "unknown-value",
            policy("ObjectType: NetworkPolicies"),
            "NetworkPolicies",
        ),
        (
            "unknown-value",
            policy("INGRESS:\n- IngressAction: Drop"),
            "Drop",
        ),
        (
            "unlisted-direction",
            policy("EGRESS:\n- allow tcp to ports 443"),
            "EGRESS",
        ),
        (
            "unused-field",
            definition("- name: owner\n  type: string", TIER),
            "owner",
        ),
        (
            "value",
            "template: web-service\nvalues: {name: a, namespace: b, order: 5}\n".to_owned(),
            "5",
        ),
        (
            "wrong-direction",
            policy("INGRESS:\n- EgressAction: Allow"),
            "EgressAction",
        ),
        (
            "wrong-type",
            policy("Direction: {Ingress: true}"),
            "{Ingress: true}",
        ),
        ("wrong-type", policy("PolicyName: [web]"), "[web]"),
        ("wrong-type", policy("PolicyOrder: soon"), "soon"),
        ("wrong-type", policy("INGRESS: none"), "none"),
        (
            "wrong-type",
            "template: web-service\nvalues: []\n".to_owned(),
            "[]",
        ),
    ]
}
