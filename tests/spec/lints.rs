//! Each lint where it has something to say, at the exact place, and where it has not.

use tierwalk_protocol::{Diagnostic, File, Flag};
use tierwalk_workspace::Workspace;

const CLUSTER: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: Namespace
metadata: {name: ops, labels: {team: sre}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {containers: [{name: c, ports: [{name: pg, containerPort: 5432}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: prom, namespace: ops, labels: {app: prometheus}}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: partners, labels: {zone: partner}}
spec: {nets: [192.0.2.0/24]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.1.1.1]}]
ports: [{port: 8080}]
---
apiVersion: projectcalico.org/v3
kind: Tier
metadata: {name: guard}
spec: {order: 10}
";

fn open(policies: &str) -> Workspace {
    let files = [("cluster.yaml", CLUSTER), ("policy.yaml", policies)];
    let files = files.map(|(path, text)| File {
        path: path.into(),
        text: text.into(),
    });
    Workspace::open(files.into())
}

fn problems(policies: &str) -> Vec<Diagnostic> {
    open(policies).analysis(None).diagnostics
}

/// What lies at a problem's place, with the line it is in.
fn marked<'a>(text: &'a str, problem: &Diagnostic) -> (u32, &'a str) {
    let place = &problem.place;
    assert_eq!(place.file, "policy.yaml", "{problem:?}");
    (place.line, &text[place.from as usize..place.to as usize])
}

/// Exactly these problems: code, line, marked text, words of the message.
#[track_caller]
fn finds(policies: &str, expected: &[(&str, u32, &str, &str)]) {
    let problems = problems(policies);
    let found: Vec<_> = problems
        .iter()
        .map(|problem| {
            let (line, text) = marked(policies, problem);
            (problem.code.as_str(), line, text, problem.message.as_str())
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(
            (found.0, found.1, found.2),
            (expected.0, expected.1, expected.2),
            "{found:#?}"
        );
        assert!(found.3.contains(expected.3), "{found:#?}");
    }
}

#[track_caller]
fn is_fine(policies: &str) {
    finds(policies, &[]);
}

/// The policies after the first fix of the only problem, which leaves nothing to say.
#[track_caller]
fn mended(policies: &str) -> String {
    let problems = problems(policies);
    let [problem] = problems.as_slice() else {
        panic!("{problems:#?}");
    };
    let mut text = policies.to_owned();
    for edit in problem.fixes[0].edits.iter().rev() {
        text.replace_range(edit.place.from as usize..edit.place.to as usize, &edit.text);
    }
    let left = self::problems(&text);
    assert!(left.is_empty(), "{text}\n{left:#?}");
    text
}

/// A namespaced policy on `app == 'web'`, from line 1, with its rules from line 8.
fn policy(rest: &str) -> String {
    named("p", rest)
}

fn named(name: &str, rest: &str) -> String {
    format!(
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: {name}\n  namespace: shop\nspec:\n  selector: app == 'web'\n{rest}"
    )
}

fn staged(name: &str, rest: &str) -> String {
    named(name, rest).replace("kind: Network", "kind: StagedNetwork")
}

/// A global policy, from line 1, with its spec from line 6.
fn global(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: {name}\nspec:\n{spec}"
    )
}

fn both(one: &str, other: &str) -> String {
    format!("{one}---\n{other}")
}

const INGRESS: &str = "  types: [Ingress]\n  ingress:\n";

/// Reference §4.4: the first rule that matches decides.
#[test]
fn a_rule_that_an_earlier_one_covers_is_unreachable() {
    let rules = "  - {action: Allow, protocol: TCP, destination: {ports: ['80:90']}}\n  - {action: Deny, protocol: TCP, destination: {ports: [85]}}\n";
    finds(
        &policy(&format!("{INGRESS}{rules}")),
        &[(
            "rule/unreachable",
            11,
            "Deny",
            "`ingress[0]` before it matches all that it matches",
        )],
    );
    let rules = "  - action: Allow\n  - {action: Deny, source: {selector: app == 'db'}}\n";
    finds(
        &policy(&format!("{INGRESS}{rules}")),
        &[(
            "rule/unreachable",
            11,
            "Deny",
            "`ingress[0]` before it matches everything",
        )],
    );
}

#[test]
fn several_rules_may_cover_one() {
    let rules = "  - {action: Allow, source: {selector: app == 'db'}}\n  - {action: Allow, source: {selector: app == 'web'}}\n  - {action: Deny, source: {selector: has(app)}}\n";
    let policy = policy(&format!("{INGRESS}{rules}"));
    finds(
        &policy,
        &[(
            "rule/unreachable",
            12,
            "Deny",
            "2 rules before it match all that it matches",
        )],
    );
    let related = &problems(&policy)[0].related;
    let lines: Vec<u32> = related.iter().map(|related| related.place.line).collect();
    assert_eq!(lines, [10, 11]);
    assert_eq!(related[0].message, "this matches first, and allows");
}

#[test]
fn a_rule_with_one_packet_of_its_own_is_reached() {
    for rules in [
        "  - {action: Allow, protocol: TCP, destination: {ports: ['80:90']}}\n  - {action: Deny, protocol: TCP, destination: {ports: ['85:91']}}\n",
        "  - {action: Allow, source: {selector: app == 'db'}}\n  - {action: Deny, source: {namespaceSelector: all()}}\n",
        "  - {action: Log}\n  - {action: Deny}\n",
        "  - {action: Allow, source: {notSelector: app == 'db'}}\n  - {action: Deny}\n",
        // Only IPv4 (reference §3.6).
        "  - {action: Allow, source: {nets: [0.0.0.0/0]}}\n  - {action: Deny}\n",
        // A packet is not all there is to a request.
        "  - {action: Allow, http: {methods: [GET]}}\n  - {action: Allow}\n",
    ] {
        is_fine(&policy(&format!("{INGRESS}{rules}")));
    }
}

/// What the selectors say is different; whom they match is not.
#[test]
fn covered_may_depend_on_the_pods() {
    let rules = "  - {action: Allow, source: {selector: app != 'nobody'}}\n  - {action: Deny, source: {selector: app == 'db'}}\n";
    let policy = policy(&format!("{INGRESS}{rules}"));
    finds(
        &policy,
        &[(
            "rule/unreachable",
            11,
            "Deny",
            "`ingress[0]` before it matches all",
        )],
    );
    let help = problems(&policy)[0].help.clone().unwrap();
    assert!(
        help.ends_with("so it is with the pods and network sets of this workspace"),
        "{help}"
    );
}

/// Reference §4.2: policies of a tier are tried in their order.
#[test]
fn another_policy_of_the_tier_may_cover_a_rule() {
    let first = global(
        "a",
        "  order: 1\n  namespaceSelector: team == 'shop'\n  types: [Ingress]\n  ingress:\n  - action: Deny\n",
    );
    let second = policy(&format!("  order: 2\n{INGRESS}  - action: Allow\n"));
    let policies = both(&first, &second);
    finds(
        &policies,
        &[(
            "rule/unreachable",
            22,
            "Allow",
            "`ingress[0]` of `a` comes first and matches everything",
        )],
    );
    let board = open(&policies).analysis(None).board;
    let cards = board.tiers.iter().flat_map(|tier| &tier.policies);
    let flags: Vec<_> = cards
        .map(|card| (card.policy.name.as_str(), card.flags.as_slice()))
        .collect();
    assert_eq!(flags, [("a", &[][..]), ("p", &[Flag::Shadowed][..])]);
    // The other policy leaves one of the endpoints alone.
    let first = first.replace("team == 'shop'", "team == 'sre'");
    is_fine(&both(&first, &second));
}

/// Reference §4.4: a tier that applies and does not decide ends in its default action.
#[test]
fn an_earlier_tier_may_cover_a_rule() {
    let guard = global(
        "a",
        "  tier: guard\n  types: [Ingress]\n  ingress:\n  - {action: Pass, source: {selector: app == 'db'}}\n",
    );
    let web = policy(&format!(
        "{INGRESS}  - {{action: Allow, source: {{selector: app == 'web'}}}}\n"
    ));
    let policies = both(&guard, &web);
    finds(
        &policies,
        &[(
            "rule/unreachable",
            20,
            "Allow",
            "tier `guard` comes first, and its end denies all that it matches",
        )],
    );
    let related = &problems(&policies)[0].related[0];
    assert_eq!(
        (related.place.file.as_str(), related.place.line),
        ("cluster.yaml", 37)
    );
    is_fine(&both(&guard, &web.replace("app == 'web'}", "app == 'db'}")));
}

/// What a staged policy would let through is not given up.
#[test]
fn staged_policies_are_taken_both_ways() {
    let deny = policy(&format!("  order: 1\n{INGRESS}  - action: Deny\n"));
    let later = staged("s", &format!("  order: 2\n{INGRESS}  - action: Allow\n"));
    finds(
        &both(&deny, &later),
        &[("rule/unreachable", 23, "Allow", "`ingress[0]` of `shop/p`")],
    );
    let earlier = later.replace("order: 2", "order: 0");
    is_fine(&both(&deny, &earlier));
}

/// Kubernetes rules become several; the written one is told, or the peer.
#[test]
fn kubernetes_rules_are_told_as_they_are_written() {
    let policy = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: k, namespace: shop}
spec:
  podSelector: {}
  ingress:
  - from:
    - namespaceSelector: {}
    ports: [{port: 80}, {port: 53, protocol: UDP}]
  - from:
    - podSelector: {matchLabels: {app: db}}
    - ipBlock: {cidr: 192.0.2.0/24}
    ports: [{port: 80}]
";
    let told = "`ingress[0].from[0]` before it matches all that it matches";
    finds(policy, &[("rule/unreachable", 11, "podSelector", told)]);
    let both_peers = policy.replace("    - ipBlock: {cidr: 192.0.2.0/24}\n", "");
    finds(&both_peers, &[("rule/unreachable", 10, "from", told)]);
    let two = both(
        policy.split("  - from:\n    - podSelector").next().unwrap(),
        &policy.replace("name: k", "name: l"),
    );
    let severities: Vec<_> = problems(&two).into_iter().map(|it| it.severity).collect();
    assert_eq!(severities.len(), 2, "of each rule of the second policy");
}

#[test]
fn a_rule_that_no_packet_can_match_is_told() {
    let rule = |rule: &str| policy(&format!("{INGRESS}  - {{action: Allow, {rule}}}\n"));
    let never = |line, why| [("rule/never-applies", line, "Allow", why)];
    finds(
        &rule("destination: {selector: app == 'db'}"),
        &never(
            10,
            "no endpoint that the policy selects is what its `destination` asks for",
        ),
    );
    finds(
        &rule("protocol: TCP, notProtocol: TCP"),
        &never(
            10,
            "its protocol, ports, ICMP type and IP version exclude each other",
        ),
    );
    finds(
        &rule(
            "source: {selector: zone == 'partner', namespaceSelector: global(), nets: [198.51.100.0/24]}",
        ),
        &never(
            10,
            "no address that the selectors of its `source` match is in its networks",
        ),
    );
    finds(
        &rule("source: {services: {name: wbe, namespace: shop}}"),
        &never(10, "service `shop/wbe` has no endpoints"),
    );
    is_fine(&rule("destination: {selector: app == 'web'}"));
    is_fine(&rule("source: {services: {name: web, namespace: shop}}"));
}

/// Reference §3.5.
#[test]
fn a_port_that_nobody_declares_is_told() {
    let to = |rule: &str| policy(&format!("{INGRESS}  - {{action: Allow, {rule}}}\n"));
    let typo = to("protocol: TCP, destination: {ports: [80, htp]}");
    finds(
        &typo,
        &[(
            "rule/undeclared-port",
            10,
            "htp",
            "no endpoint that the policy selects declares a port `htp` over TCP",
        )],
    );
    assert!(mended(&typo).contains("ports: [80, http]"));
    finds(
        &to("protocol: TCP, destination: {ports: [dns]}"),
        &[(
            "rule/undeclared-port",
            10,
            "dns",
            "declares a port `dns` over TCP",
        )],
    );
    finds(
        &to("protocol: TCP, destination: {ports: [pg]}"),
        &[(
            "rule/undeclared-port",
            10,
            "pg",
            "no endpoint that the policy selects",
        )],
    );
    is_fine(&to("protocol: TCP, destination: {ports: [http]}"));
    let out = |port: &str| {
        policy(&format!(
            "  types: [Egress]\n  egress:\n  - {{action: Allow, protocol: TCP, destination: {{selector: app == 'db', ports: [{port}]}}}}\n"
        ))
    };
    is_fine(&out("pg"));
    finds(
        &out("http"),
        &[(
            "rule/undeclared-port",
            10,
            "http",
            "no endpoint that the rule's selectors match",
        )],
    );
}

/// Reference §4.3 and edge case 7.
#[test]
fn rules_in_a_direction_that_types_leave_out_are_told() {
    let rules = "  ingress:\n  - action: Allow\n  egress:\n  - action: Deny\n";
    finds(
        &policy(&format!("  types: [Ingress]\n{rules}")),
        &[(
            "policy/types-disagree",
            11,
            "egress",
            "`types` does not list Egress",
        )],
    );
    finds(
        &policy(&format!("  types: [Egress]\n{rules}")),
        &[(
            "policy/types-disagree",
            9,
            "ingress",
            "`types` does not list Ingress",
        )],
    );
    is_fine(&policy(rules));
    is_fine(&policy(
        "  types: [Ingress, Egress]\n  ingress:\n  - action: Allow\n",
    ));
    let kubernetes = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: k, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  egress:\n  - {}\n";
    finds(
        kubernetes,
        &[(
            "policy/types-disagree",
            7,
            "egress",
            "`policyTypes` does not list Egress",
        )],
    );
}

/// Reference §4.4: Pass in the last tier leads to the profiles, edge case 41.
#[test]
fn a_pass_that_nothing_follows_is_told() {
    let pass = policy(&format!("{INGRESS}  - action: Pass\n"));
    finds(
        &pass,
        &[(
            "rule/pass-in-last-tier",
            10,
            "Pass",
            "no policy comes after tier `default`",
        )],
    );
    is_fine(&global(
        "g",
        "  tier: guard\n  types: [Ingress]\n  ingress:\n  - action: Pass\n",
    ));
    let baseline = "\
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: base}
spec:
  tier: Baseline
  priority: 10
  subject: {namespaces: {}}
  ingress:
  - action: Deny
    from: [{namespaces: {}}]
";
    is_fine(&both(&pass, baseline));
}

/// Reference §4.9, edge case 40.
#[test]
fn a_log_rule_alone_is_told() {
    let log = policy(&format!("  order: 1\n{INGRESS}  - action: Log\n"));
    finds(
        &log,
        &[(
            "rule/log-alone",
            11,
            "Log",
            "is then denied by the end of tier `default`",
        )],
    );
    let followed = both(
        &log,
        &named("q", &format!("  order: 2\n{INGRESS}  - action: Allow\n")),
    );
    finds(
        &followed,
        &[("rule/log-alone", 11, "Log", "no rule follows it that does")],
    );
    assert_eq!(
        problems(&followed)[0].severity,
        tierwalk_protocol::Severity::Hint
    );
    is_fine(&policy(&format!(
        "{INGRESS}  - action: Log\n  - action: Deny\n"
    )));
}

/// Reference §4.2: ties are broken by name.
#[test]
fn a_tie_that_names_decide_is_told() {
    let allow = named(
        "allow",
        &format!("  order: 5\n{INGRESS}  - {{action: Allow, protocol: TCP}}\n"),
    );
    let deny = named(
        "deny",
        &format!("  order: 5\n{INGRESS}  - {{action: Deny, source: {{selector: app == 'db'}}}}\n"),
    );
    finds(
        &both(&allow, &deny),
        &[(
            "policy/order-tie",
            20,
            "5",
            "order 5 is that of `shop/allow`, too, and they disagree",
        )],
    );
    is_fine(&both(&allow, &deny.replace("order: 5", "order: 6")));
    is_fine(&both(
        &allow,
        &deny.replace("action: Deny", "protocol: UDP, action: Deny"),
    ));
    is_fine(&both(
        &allow,
        &deny.replace("selector: app == 'web'", "selector: app == 'db'"),
    ));
    is_fine(&both(
        &allow,
        &deny
            .replace("{action: Deny", "{protocol: TCP, action: Allow")
            .replace("order: 5", "order: 4"),
    ));
    let unordered = both(&allow, &deny).replace("  order: 5\n", "");
    finds(
        &unordered,
        &[(
            "policy/order-tie",
            15,
            "deny",
            "like `shop/allow`, this policy has no order",
        )],
    );
}

#[test]
fn a_staged_policy_that_stages_nothing_is_told() {
    let rules =
        format!("  order: 5\n{INGRESS}  - {{action: Allow, source: {{selector: app == 'db'}}}}\n");
    let twin = staged("p", &rules.replace("app == 'db'", "app=='db'"));
    let both_of = both(&policy(&rules), &twin);
    let told: Vec<_> = problems(&both_of).into_iter().map(|it| it.code).collect();
    assert!(told.contains(&"policy/staged-twin".to_owned()), "{told:?}");
    let other = staged("p", &rules.replace("app == 'db'", "app == 'web'"));
    is_fine(&both(&policy(&rules), &other));
}

/// Reference §3.7, edge case 55.
#[test]
fn a_service_without_a_namespace_is_told() {
    let rule = |services: &str| {
        policy(&format!(
            "  types: [Egress]\n  egress:\n  - action: Allow\n    destination:\n      services{services}\n"
        ))
    };
    let block = rule(":\n        name: web # our own");
    finds(
        &block,
        &[(
            "rule/services-namespace",
            13,
            "web",
            "service `web` has no `namespace` here",
        )],
    );
    assert!(mended(&block).contains("        name: web # our own\n        namespace: shop\n"));
    assert!(mended(&rule(": {name: web}")).contains("{name: web, namespace: shop}"));
    is_fine(&rule(": {name: web, namespace: shop}"));
}

/// Reference §3.6.
#[test]
fn not_icmp_without_icmp_is_told() {
    let rule = |rule: &str| policy(&format!("{INGRESS}  - {{action: Allow, {rule}}}\n"));
    finds(
        &rule("notICMP: {type: 8}"),
        &[(
            "rule/not-icmp",
            10,
            "notICMP",
            "`notICMP` without a protocol",
        )],
    );
    finds(
        &rule("protocol: TCP, notICMP: {type: 8}"),
        &[(
            "rule/not-icmp",
            10,
            "notICMP",
            "`notICMP` beside protocol TCP",
        )],
    );
    is_fine(&rule("protocol: ICMP, notICMP: {type: 8}"));
}

#[test]
fn a_policy_for_nothing_is_only_hinted_at() {
    let policy = global(
        "q",
        "  selector: quarantine == 'true'\n  types: [Ingress]\n  ingress:\n  - action: Deny\n",
    );
    finds(
        &policy,
        &[(
            "selector/matches-nothing",
            6,
            "'true'",
            "no pod has `quarantine` = `true`",
        )],
    );
    let problem = &problems(&policy)[0];
    assert_eq!(problem.severity, tierwalk_protocol::Severity::Hint);
    assert_eq!(
        problem.help.as_deref(),
        Some("the policy is valid and applies to nothing")
    );
    let elsewhere = named("p", INGRESS).replace("namespace: shop", "namespace: emty");
    let told: Vec<_> = problems(&elsewhere)
        .into_iter()
        .map(|it| (it.code, it.message))
        .collect();
    let none = "policy selects nothing: no pod is in namespace `emty`".to_owned();
    assert!(
        told.contains(&("selector/matches-nothing".to_owned(), none)),
        "{told:?}"
    );
}

#[test]
fn a_value_is_mended_in_whatever_quotes_it_stands() {
    for written in [
        "app == \"wbe\"",
        "'app == ''wbe'''",
        "\"app in {'nobody', 'wbe'}\"",
        ">-\n        app == 'wbe'",
    ] {
        let rule = format!("{INGRESS}  - action: Allow\n    source:\n      selector: {written}\n");
        let right = mended(&policy(&rule));
        assert!(right.contains("web") && !right.contains("wbe"), "{right}");
    }
}

#[test]
fn who_lacks_a_label_is_called_by_its_kind() {
    let rule = "{action: Allow, source: {namespaceSelector: global(), selector: zone == 'partnr'}}";
    finds(
        &policy(&format!("{INGRESS}  - {rule}\n")),
        &[(
            "selector/matches-nothing",
            10,
            "'partnr'",
            "no network set has `zone` = `partnr`",
        )],
    );
}
