//! Every way to write a flow means the same.

use std::sync::Arc;

use tierwalk_protocol::{File, FlowRow};
use tierwalk_workspace::Workspace;

const CLUSTER: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
status: {podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
status: {podIPs: [{ip: 10.0.0.2}, {ip: 'fd00::2'}]}
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  selector: app == 'db'
  types: [Ingress]
  ingress:
  - {action: Allow, protocol: TCP, destination: {ports: [5432]}}
  - {action: Allow, protocol: ICMPv6, icmp: {type: 128}}
";

fn rows(path: &str, flows: &str) -> Vec<Arc<FlowRow>> {
    let files = [("cluster.yaml", CLUSTER), (path, flows)];
    let files = files.map(|(path, text)| File {
        path: path.into(),
        text: text.into(),
    });
    Workspace::open(files.into()).analysis(None).flows
}

fn told(rows: &[Arc<FlowRow>]) -> Vec<String> {
    rows.iter()
        .map(|row| format!("{:?} {:?} {}", row.verdict, row.expected, row.port))
        .collect()
}

#[test]
fn lines_lists_and_mappings_agree() {
    let lines = rows(
        "f.flows",
        "shop/web -> db tcp/5432 allow\nshop/web -> db tcp/1 deny # closed\n",
    );
    let list = rows(
        "f.yaml",
        "flows:\n- shop/web -> db tcp/5432 allow\n- shop/web -> db tcp/1 deny\n",
    );
    let mappings = rows(
        "f.json",
        r#"{"flows": [{"from": "shop/web", "to": "db", "port": 5432, "expect": "allow"},
                      {"from": "shop/web", "to": "shop/db", "protocol": "TCP", "port": "1", "expect": "deny"}]}"#,
    );
    assert_eq!(
        told(&lines),
        [
            "Some(Allow) Some(Allow) tcp/5432",
            "Some(Deny) Some(Deny) tcp/1"
        ]
    );
    assert_eq!(told(&lines), told(&list));
    assert_eq!(told(&lines), told(&mappings));
    assert_eq!(lines[0].place.line, 1);
    assert_eq!(list[0].place.line, 2);
}

#[test]
fn flows_over_ipv6_take_the_other_addresses_of_pods() {
    let rows = rows(
        "f.flows",
        "shop/web -> db icmpv6/128\nshop/web -> db icmp/8\nshop/web -> db tcp/5432 ipv6\n",
    );
    let verdicts: Vec<_> = told(&rows);
    assert_eq!(
        verdicts,
        [
            "Some(Allow) None icmpv6/128",
            "Some(Deny) None icmp/8",
            "Some(Allow) None tcp/5432"
        ]
    );
}

#[test]
fn repeated_flows_have_ids_of_their_own() {
    let rows = rows(
        "f.flows",
        "shop/web -> db tcp/1\nshop/web -> db tcp/1\nshop/web -> db tcp/1 deny\n",
    );
    let ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "shop/web -> db tcp/1",
            "shop/web -> db tcp/1 #2",
            "shop/web -> db tcp/1 #3"
        ]
    );
}

#[test]
fn unreadable_flows_keep_their_row() {
    let rows = rows(
        "f.flows",
        "shop/web => db tcp/1\nshop/web -> nobody tcp/1\n",
    );
    let errors: Vec<_> = rows.iter().filter_map(|row| row.error.as_deref()).collect();
    assert_eq!(
        errors,
        [
            "`->` is missing between source and destination, before `=>`",
            "there is no pod `shop/nobody`"
        ]
    );
    assert!(rows.iter().all(|row| row.verdict.is_none()));
}

const SERVICE: &str = "---
apiVersion: v1
kind: Service
metadata: {name: data, namespace: shop}
spec: {clusterIP: 10.96.0.7, selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}
";

/// Policy sees packets after destination NAT (reference section 9, case 54): a verdict at the address of a service
/// would be one that no packet meets.
#[test]
fn a_flow_to_a_service_says_where_its_packets_arrive() {
    let lines = [
        "shop/web -> shop/data tcp/80 allow",
        "shop/web -> 10.96.0.7 tcp/80",
        "shop/web -> shop/data tcp/81",
        "shop/web -> shop/db tcp/5432",
    ];
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };
    let flows = lines.join("\n");
    let workspace = Workspace::open(vec![
        file("cluster.yaml", format!("{CLUSTER}{SERVICE}")),
        file("a.flows", flows.clone()),
    ]);
    let analysis = workspace.analysis(None);
    let errors = analysis.flows.iter().map(|row| row.error.as_deref());
    let by_name = "`shop/data` is a service; policy sees the pod behind it";
    let by_address =
        "`10.96.0.7` is an address of service `shop/data`; policy sees the pod behind it";
    assert_eq!(
        errors.collect::<Vec<_>>(),
        [Some(by_name), Some(by_address), Some(by_name), None]
    );
    let of_flows = analysis.diagnostics.iter();
    let fixed = of_flows.filter(|it| it.place.file == "a.flows").map(|it| {
        let edit = &it.fixes.first()?.edits[0];
        let (from, to) = (edit.place.from as usize, edit.place.to as usize);
        Some((flows[from..to].to_owned(), edit.text.clone()))
    });
    let right = |written: &str| Some((written.to_owned(), "shop/db tcp/5432".to_owned()));
    assert_eq!(
        fixed.collect::<Vec<_>>(),
        [right("shop/data tcp/80"), right("10.96.0.7 tcp/80"), None]
    );
    assert!(
        workspace
            .analysis(Some("shop/web -> 10.96.0.7 tcp/80"))
            .walk
            .is_none()
    );
}
