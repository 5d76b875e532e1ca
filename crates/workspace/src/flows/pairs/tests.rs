use tierwalk_protocol::File;

use super::*;

fn workspace(pods: &[(&str, usize)]) -> Workspace {
    let pod = |namespace: &str, number: usize| {
        format!(
            "---\n{{apiVersion: v1, kind: Pod, metadata: {{name: p{number}, namespace: {namespace}}}}}\n"
        )
    };
    let all = pods
        .iter()
        .flat_map(|(namespace, count)| (0..*count).map(move |number| pod(namespace, number)));
    Workspace::open(vec![File {
        path: "pods.yaml".into(),
        text: all.collect(),
    }])
}

#[test]
fn every_pod_of_a_namespace_is_paired_with_every_other() {
    let workspace = workspace(&[("shop", 3), ("dev", 1)]);
    let lines = pairs(&workspace, "shop", "shop", "tcp/80").unwrap();
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[0], "shop/p0 -> shop/p1 tcp/80");
    let lines = pairs(&workspace, "shop", "dev", "udp/53").unwrap();
    assert_eq!(
        lines,
        [
            "shop/p0 -> dev/p0 udp/53",
            "shop/p1 -> dev/p0 udp/53",
            "shop/p2 -> dev/p0 udp/53"
        ]
    );
    assert_eq!(
        namespaces(&workspace),
        [("dev".to_owned(), 1), ("shop".to_owned(), 3)]
    );
}

#[test]
fn too_many_pairs_and_bad_ports_are_said() {
    let workspace = workspace(&[("big", 80), ("dev", 1)]);
    let refused = |from, to, port| pairs(&workspace, from, to, port).unwrap_err();
    assert!(refused("big", "big", "tcp/80").starts_with("6320 flows are more than the 5000"));
    assert!(refused("big", "dev", "http").contains("protocol `http` is unknown"));
    assert!(refused("dev", "dev", "tcp/1").contains("only one pod"));
    assert!(refused("dev", "none", "tcp/1").contains("`none`"));
}
