//! The sentences, on the storefront example and on small worlds.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;

use tierwalk_resources::model::Protocol;
use tierwalk_tiers::{End, Engine, Flow, Piece, PieceStyle, Reason};

/// The text of a folder's YAML files.
fn folder(path: &Path, text: &mut String) {
    for entry in fs::read_dir(path).expect("the example is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            folder(&path, text);
        } else if path.extension().is_some_and(|it| it == "yaml") {
            text.push_str("\n---\n");
            text.push_str(&fs::read_to_string(path).expect("a text"));
        }
    }
}

fn example(name: &str) -> Engine {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut text = String::new();
    folder(&root.join(name), &mut text);
    common::engine(&text)
}

fn end(name: &str) -> End {
    match (name.parse(), name.split_once('/')) {
        (Ok(address), _) => End::Address(address),
        (_, Some((namespace, name))) => End::Pod {
            namespace: namespace.into(),
            name: name.into(),
        },
        _ => End::Domain(name.into()),
    }
}

fn reason(
    engine: &Engine,
    source: &str,
    destination: &str,
    protocol: Protocol,
    port: u16,
) -> Reason {
    let flow = Flow::to_port(end(source), end(destination), protocol, port);
    engine.reason(&engine.walk(&flow).expect("the ends are there"))
}

/// `**strong**`, `` `code` ``.
fn marked(pieces: &[Piece]) -> String {
    let mark = |piece: &Piece| match piece.style {
        PieceStyle::Plain => piece.text.clone(),
        PieceStyle::Strong => format!("**{}**", piece.text),
        PieceStyle::Code => format!("`{}`", piece.text),
    };
    pieces.iter().map(mark).collect()
}

fn storefront(source: &str, destination: &str, protocol: Protocol, port: u16) -> (String, String) {
    let reason = reason(&example("storefront"), source, destination, protocol, port);
    (marked(&reason.what), marked(&reason.more))
}

#[test]
fn a_rule_allows_at_the_destination() {
    let (what, more) = storefront(
        "storefront/microservice1",
        "storefront/backend",
        Protocol::TCP,
        8080,
    );
    assert_eq!(
        what,
        "**microservice1** may send this and **backend** may receive it. `ingress[0]` of `storefront/backend` matched on all 3 clauses and allows it."
    );
    assert_eq!(more, "");
}

#[test]
fn rules_allow_at_both_ends() {
    let (what, _) = storefront(
        "storefront/frontend",
        "storefront/microservice2",
        Protocol::TCP,
        8080,
    );
    assert_eq!(
        what,
        "**frontend** may send this and **microservice2** may receive it. `egress[0]` of `storefront/frontend` allows it out, and `ingress[0]` of `storefront/microservice2` matched on all 3 clauses and allows it."
    );
}

#[test]
fn a_rule_denies_what_is_in_a_network_set() {
    let (what, _) = storefront("dev/toolbox", "198.51.100.7", Protocol::TCP, 443);
    assert_eq!(
        what,
        "**toolbox** may not send this. `egress[0]` of `block-embargo` matched: 198.51.100.7 is in network set `embargo`, and the rule denies it."
    );
}

#[test]
fn a_tier_ends_and_one_rule_came_near() {
    let (what, more) = storefront(
        "storefront/frontend",
        "storefront/backend",
        Protocol::TCP,
        8080,
    );
    assert_eq!(
        what,
        "**frontend** may send this; **backend** may not receive it. No ingress rule of `storefront/backend` matched, so tier `default` ended with Deny."
    );
    assert_eq!(
        more,
        "Nearest: `ingress[0]` missed by one clause, the source label `app`."
    );
}

#[test]
fn names_have_their_namespace_where_the_ends_do_not_share_it() {
    let (what, more) = storefront("dev/toolbox", "storefront/backend", Protocol::TCP, 8080);
    assert!(
        what.starts_with(
            "**dev/toolbox** may send this; **storefront/backend** may not receive it."
        ),
        "{what}"
    );
    assert_eq!(
        more,
        "Nearest: `ingress[0]` missed by 2 clauses, the source namespace and the source label `app`."
    );
}

#[test]
fn profiles_allow_and_a_staged_policy_would_not() {
    let (what, more) = storefront(
        "storefront/logging",
        "storefront/microservice1",
        Protocol::TCP,
        9200,
    );
    assert_eq!(
        what,
        "**logging** reaches **microservice1** because nothing enforced says otherwise: no enforced policy in tier `default` selects either pod, and profile `kns.storefront` allows."
    );
    assert_eq!(
        more,
        "Once `storefront/microservice1` is enforced, its ingress rules take only `frontend`, so tier `default` would end with Deny."
    );
}

#[test]
fn the_address_of_a_domain_is_assumed_and_that_is_said() {
    let (what, more) = storefront(
        "storefront/microservice2",
        "api.twilio.com",
        Protocol::TCP,
        443,
    );
    assert_eq!(
        what,
        "**microservice2** may send this. `egress[0]` of `twilio-integration` matched on all 3 clauses and allows it."
    );
    assert_eq!(
        more,
        "api.twilio.com is outside the cluster: no policy applies at that end. The address of api.twilio.com is not known; 93.184.216.34 is assumed."
    );
}

#[test]
fn where_egress_denies_ingress_is_told_as_not_reached() {
    let engine = common::engine(
        "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
spec: {containers: [{name: c, image: x}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cli, namespace: prod, labels: {app: cli}}
spec: {containers: [{name: c, image: x}]}
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: silent, namespace: prod}
spec: {selector: app == 'cli', egress: [{action: Deny}]}
",
    );
    let reason = reason(&engine, "prod/cli", "prod/web", Protocol::TCP, 80);
    assert_eq!(
        marked(&reason.what),
        "**cli** may not send this. `egress[0]` of `prod/silent` has no criteria, so it matched and denies it."
    );
    assert_eq!(
        marked(&reason.more),
        "Not reached: egress denied first. If it had arrived, ingress would allow it."
    );
}

const SMALL: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: prod, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: c, image: x}]}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: prod}
spec: {nodeName: n1, containers: [{name: c, image: x}]}
status: {phase: Succeeded, podIP: 10.9.9.9}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}
---
apiVersion: v1
kind: Node
metadata: {name: n2}
status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}
---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: {name: n2-eth0}
spec: {node: n2, interfaceName: eth0}
---
apiVersion: projectcalico.org/v3
kind: StagedNetworkPolicy
metadata: {name: soon, namespace: prod}
spec: {selector: app == 'web', order: 1, ingress: [{action: Allow, source: {nets: [203.0.113.0/24]}}]}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: guard}
spec: {selector: app == 'web', order: 2, ingress: [{action: Log}, {action: Allow, source: {nets: [198.51.100.0/24]}}]}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: way-out}
spec: {selector: app == 'web', order: 3, egress: [{action: Pass}]}
";

fn small(source: &str, destination: &str, protocol: Protocol, port: u16) -> (String, String) {
    let reason = reason(&common::engine(SMALL), source, destination, protocol, port);
    (marked(&reason.what), marked(&reason.more))
}

#[test]
fn both_the_nearest_rule_and_what_is_staged_are_told() {
    let (what, more) = small("203.0.113.9", "prod/web", Protocol::TCP, 80);
    assert_eq!(
        what,
        "**web** may not receive this. No ingress rule of `guard` matched, so tier `default` ended with Deny."
    );
    assert_eq!(
        more,
        "Nearest: `ingress[1]` missed by one clause, the source address. Once `prod/soon` is enforced, `ingress[0]` would allow it."
    );
}

#[test]
fn an_outside_end_has_no_policy() {
    let (what, more) = small("198.51.100.1", "prod/web", Protocol::TCP, 80);
    assert_eq!(
        what,
        "**web** may receive this. `ingress[1]` of `guard` matched on its one clause and allows it."
    );
    assert_eq!(
        more,
        "198.51.100.1 is outside the cluster: no policy applies at that end."
    );
}

#[test]
fn everything_passes() {
    let (what, _) = small("prod/web", "8.8.8.8", Protocol::TCP, 80);
    assert_eq!(
        what,
        "**web** reaches **8.8.8.8** because nothing enforced says otherwise: every tier that takes part passes, and profile `kns.prod` allows."
    );
}

#[test]
fn the_dataplane_decides() {
    let (what, _) = small("prod/web", "8.8.8.8", Protocol::UDP, 4789);
    assert_eq!(
        what,
        "**web** may not send this. Pods may not send to the VXLAN port, udp/4789, whatever policy says (unless AllowVXLANPacketsFromWorkloads is set)."
    );
    let (what, more) = small("192.0.2.1", "prod/web", Protocol::TCP, 80);
    assert_eq!(
        what,
        "**n1** reaches **web**. A node always reaches itself and the pods that it runs: no policy is looked at."
    );
    assert_eq!(more, "");
}

#[test]
fn a_host_endpoint_without_profiles() {
    let (what, _) = small("8.8.8.8", "192.0.2.2", Protocol::TCP, 80);
    assert_eq!(
        what,
        "**n2** may not receive this. No enforced policy decides it, and no profile allows it."
    );
    let (what, _) = small("8.8.8.8", "192.0.2.2", Protocol::TCP, 22);
    assert_eq!(
        what,
        "**8.8.8.8** reaches **n2**. A failsafe port of the host endpoint: policy cannot close it."
    );
}

#[test]
fn no_policy_at_either_end() {
    let (what, more) = small("prod/job", "192.0.2.1", Protocol::TCP, 80);
    assert_eq!(
        what,
        "**job** reaches **n1**: no policy applies at either end."
    );
    assert_eq!(
        more,
        "prod/job has finished: its address is nobody's, and no policy applies at that end. n1 is a node without a host endpoint: no policy applies at that end."
    );
}
