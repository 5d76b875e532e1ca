use super::{Found, check, global, policy, resource, rule};

/// Applying the fix leaves nothing to be said.
#[track_caller]
fn mends(found: Found, expected: &str) {
    let fixed = found.fixed();
    assert!(fixed.contains(expected), "{fixed}");
    let left = check(fixed).diagnostics;
    assert!(
        !left.iter().any(tierwalk_source::Diagnostic::is_error),
        "{left:#?}"
    );
}

#[test]
fn slips_of_case_are_mended() {
    mends(policy("{ingress: [{action: allow}]}"), "action: Allow");
    mends(rule("protocol: tcp"), "protocol: TCP");
    mends(policy("{types: [egress]}"), "[Egress]");
    mends(
        resource("Tier", "t", "{defaultAction: pass}"),
        "defaultAction: Pass",
    );
    mends(policy("{Selector: all()}"), "{selector: all()}");
}

#[test]
fn slips_of_the_keyboard_are_mended() {
    mends(policy("{selectr: all()}"), "{selector: all()}");
    let text = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicyy\nmetadata: {name: p}\n";
    mends(check(text), "kind: NetworkPolicy\n");
}

#[test]
fn forms_from_elsewhere_are_mended() {
    mends(
        rule("protocol: TCP, destination: {ports: [80-90]}"),
        "[\"80:90\"]",
    );
    mends(rule("protocol: gre"), "protocol: 47");
    mends(rule("source: {nets: [10.0.0.1]}"), "[10.0.0.1/32]");
    mends(rule("source: {nets: ['fd00::1']}"), "[\"fd00::1/128\"]");
    mends(rule("source: {nets: [10.0.0.1/8]}"), "[10.0.0.0/8]");
    mends(rule("source: {nets: 10.0.0.0/8}"), "nets: [10.0.0.0/8]");
    mends(rule("ipVersion: \"4\""), "ipVersion: 4");
    mends(global("{doNotTrack: \"false\"}"), "doNotTrack: false");
    mends(resource("GlobalNetworkSet", "a_b", "{}"), "name: a-b");
}

/// The selector's own fix, in the quotes that YAML wants.
#[test]
fn selectors_are_mended_in_their_quotes() {
    mends(policy("{selector: \"app == web\"}"), "\"app == 'web'\"");
    mends(policy("{selector: 'app == web'}"), "'app == ''web'''");
    mends(policy("\n  selector: app == web"), "selector: app == 'web'");
    mends(policy("{selector: \"a = 'b'\"}"), "\"a == 'b'\"");
}

#[test]
fn block_scalars_are_folded() {
    mends(
        policy("\n  selector: |\n    all()\n"),
        "selector: >-\n    all()",
    );
    mends(
        policy("\n  selector: >\n    all()\n"),
        "selector: >-\n    all()",
    );
    mends(
        policy("\n  selector: |+2\n    has(a) ||\n    has(b)\n\n  types: [Ingress]\n"),
        "selector: >2-\n    has(a) ||\n    has(b)",
    );
    let two_mistakes = policy("\n  selector: |\n    a = 'b'\n");
    assert_eq!(two_mistakes.diagnostics[0].fixes, []);
}

#[test]
fn words_that_yaml_takes_for_something_else_are_quoted() {
    let found = resource("GlobalNetworkPolicy", "yes", "{}");
    assert!(found.fixed().contains("name: \"yes\""));
    assert!(
        found.diagnostics[0]
            .message
            .contains("YAML reads `yes` as the boolean `true`")
    );
}
