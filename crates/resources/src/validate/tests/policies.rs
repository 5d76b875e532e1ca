use super::{global, policy, resource};

/// Reference §6.4.
#[test]
fn types() {
    let values = "supported values: \"Ingress\", \"Egress\"";
    policy("{types: [ingress]}").is("policy/types", values, "ingress");
    policy("{types: [Ingress, Ingress]}").is(
        "policy/types",
        "'Ingress' type specified more than once",
        "Ingress",
    );
    policy("{types: []}").is_fine();
    policy("{types: [Ingress], egress: [{action: Allow}]}").is_fine();
}

/// Reference §4.3 and §6.8: native clusters look at presence, calicoctl at rules.
#[test]
fn types_that_depend_on_the_way_in_are_pointed_out() {
    policy("{ingress: [], egress: []}").is(
        "policy/types-default",
        "calicoctl makes it [Ingress]",
        "spec",
    );
    policy("{ingress: [], egress: [{action: Allow}]}").is(
        "policy/types-default",
        "calicoctl makes it [Egress]",
        "spec",
    );
    policy("{ingress: [], egress: [], types: [Ingress]}").is_fine();
    policy("{egress: [{action: Allow}]}").is_fine();
}

/// Reference §6.4.
#[test]
fn performance_hints() {
    let hint = "AssumeNeededOnEveryNode";
    policy("{performanceHints: [Fast]}").is("policy/performance-hints", hint, "Fast");
    policy(&format!("{{performanceHints: [{hint}, {hint}]}}")).is(
        "policy/performance-hints",
        "given twice",
        hint,
    );
}

/// Reference §6.4.
#[test]
fn host_phases() {
    let code = "policy/host-phases";
    let forward = "applyOnForward must be true if either preDNAT or doNotTrack is true";
    global("{doNotTrack: true}").is(code, forward, "true");
    global("{preDNAT: true, doNotTrack: true, applyOnForward: true}").is(
        code,
        "preDNAT and doNotTrack cannot both be true",
        "true",
    );
    global("{preDNAT: true, applyOnForward: true, types: [Ingress], egress: [{action: Deny}]}").is(
        code,
        "preDNAT policy cannot have any egress rules",
        "egress",
    );
    global("{preDNAT: true, applyOnForward: true, types: [Ingress, Egress]}").is(
        code,
        "preDNAT policy cannot have 'Egress' type",
        "types",
    );
    global("{doNotTrack: yes, applyOnForward: on}").is_fine();
}

/// Reference §6.4.
#[test]
fn staged_actions() {
    let staged = |spec: &str| resource("StagedNetworkPolicy", "p", spec);
    let values = "supported values: \"Set\", \"Delete\", \"Learn\", \"Ignore\"";
    staged("{stagedAction: set}").is("policy/staged-action", values, "set");
    staged("{stagedAction: ''}").is_fine();
    staged("{stagedAction: Delete, selector: all()}").is(
        "policy/staged-delete",
        "Spec fields, except Tier, should all be zero-value if stagedAction is Delete",
        "spec",
    );
    staged("{stagedAction: Delete, types: [Ingress]}").is_fine();
}

/// Reference §6.4: only what cannot be converted is refused.
#[test]
fn staged_kubernetes_policies() {
    let staged = |spec: &str| resource("StagedKubernetesNetworkPolicy", "p", spec);
    staged("{stagedAction: Delete, policyTypes: [Ingress]}").is(
        "policy/staged-delete",
        "Spec fields should all be zero-value if stagedAction is Delete",
        "spec",
    );
    staged("{ingress: [{ports: [{port: 90, endPort: 80}]}]}").is(
        "kubernetes/port",
        "conversion to stagednetworkpolicy failed",
        "80",
    );
    staged("{policyTypes: [Both], ingress: [{from: [{}, {ipBlock: {cidr: 10.0.0.0/33}}]}]}")
        .is_fine();
}

/// Reference §6.3.
#[test]
fn tiers() {
    let tier = |name: &str, spec: &str| resource("Tier", name, spec);
    tier("apps", "{defaultAction: Allow}").is(
        "tier/default-action",
        "supported values: \"Pass\", \"Deny\"",
        "Allow",
    );
    tier("default", "{defaultAction: Pass}").is(
        "tier/built-in",
        "The 'default' tier must have default action 'Deny'",
        "Pass",
    );
    tier("kube-admin", "{defaultAction: Pass, order: 1001}").is(
        "tier/built-in",
        "kube-admin tier order must be 1000",
        "1001",
    );
    tier("kube-baseline", "{defaultAction: Pass, order: 10000000}").is_fine();
    tier("apps", "{order: 1000000}").is_fine();
}
