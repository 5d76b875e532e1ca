//! Cases 21–26: how the criteria of a rule combine.

use crate::world::{ALLOW, DENY, gnp, np, with_web, world};

const DUAL_STACK_WEB: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
spec:
  nodeName: n1
  containers: [{name: c, image: x, ports: [{name: http, containerPort: 8080, protocol: TCP}]}]
status: {phase: Running, podIPs: [{ip: 10.0.1.10}, {ip: 'fd00::10'}]}
";

#[test]
fn case_21_fields_of_one_side_must_all_hold() {
    let spec = "selector: app == 'web', ingress: [{action: Allow, source: {selector: app == 'db', nets: [10.0.2.0/24]}}]";
    world(&[np("prod/p", spec)]).check(&[("db -> web", DENY)]);
}

#[test]
fn case_22_a_list_of_one_family_removes_the_rule_for_the_other() {
    let spec =
        "selector: app == 'web', ingress: [{action: Allow, source: {notNets: [10.0.0.0/8]}}]";
    with_web(DUAL_STACK_WEB, &[gnp("g", spec)])
        .check(&[("2001:db8::1 -> web", DENY), ("E -> web", ALLOW)]);
}

#[test]
fn case_23_the_name_icmp_implies_ipv4() {
    let spec = "selector: app == 'web', ingress: [{action: Allow, protocol: ICMP}]";
    with_web(DUAL_STACK_WEB, &[gnp("g", spec)]).check(&[
        ("2001:db8::1 -> web icmp6/128", DENY),
        ("E -> web icmp/8", ALLOW),
    ]);
}

#[test]
fn case_24_a_named_port_matches_at_pods_that_declare_it() {
    let spec = "selector: \"app in {'web','db'}\", ingress: [{action: Allow, protocol: TCP, destination: {ports: [http]}}]";
    world(&[gnp("g", spec)]).check(&[("cli -> web", ALLOW), ("cli -> db", DENY)]);
}

#[test]
fn case_25_an_outside_address_has_no_named_ports() {
    let spec = "selector: app == 'cli', egress: [{action: Allow, protocol: TCP, destination: {ports: [http]}}]";
    world(&[np("dev/p", spec)]).check(&[("cli -> E", DENY), ("cli -> web", ALLOW)]);
}

#[test]
fn case_26_the_selector_restricts_named_ports_as_well() {
    let spec = "selector: app == 'cli', egress: [{action: Allow, protocol: TCP, destination: {namespaceSelector: all(), selector: app == 'db', ports: [http, 5432]}}]";
    world(&[np("dev/p", spec)]).check(&[("cli -> db tcp/5432", ALLOW), ("cli -> web", DENY)]);
}
