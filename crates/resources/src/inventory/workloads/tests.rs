use crate::testing::model;

fn workload(api_version: &str, kind: &str, name: &str, spec: &str) -> String {
    format!(
        "{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: {name}, namespace: prod}}, spec: {spec}}}\n---\n"
    )
}

fn deployment(name: &str, replicas: i32) -> String {
    workload(
        "apps/v1",
        "Deployment",
        name,
        &format!("{{replicas: {replicas}, template: {TEMPLATE}}}"),
    )
}

const TEMPLATE: &str = "{metadata: {labels: {app: a}}, spec: {serviceAccountName: robot, containers: [{ports: [{name: web, containerPort: 80}]}]}}";

/// Names of the pods, with their owners.
fn pods(text: &str) -> Vec<String> {
    let pods = model(text).workloads.clone();
    pods.iter()
        .map(|pod| {
            format!(
                "{} of {}",
                pod.name,
                pod.owner.as_deref().unwrap_or("nobody")
            )
        })
        .collect()
}

#[test]
fn a_workload_stands_for_one_pod_per_replica_at_most_two() {
    assert_eq!(pods(&deployment("web", 0)), Vec::<String>::new());
    assert_eq!(pods(&deployment("web", 1)), ["web of web"]);
    assert_eq!(
        pods(&deployment("web", 2)),
        ["web-1 of web", "web-2 of web"]
    );
    assert_eq!(
        pods(&deployment("web", 50)),
        ["web-1 of web", "web-2 of web"]
    );
    assert_eq!(pods(&deployment("web", -1)), Vec::<String>::new());
}

#[test]
fn pods_of_every_kind_of_workload() {
    let spec = format!("{{template: {TEMPLATE}}}");
    for (api_version, kind, spec, names) in [
        ("apps/v1", "Deployment", &spec, "w of w"),
        ("apps/v1", "ReplicaSet", &spec, "w of w"),
        ("apps/v1", "DaemonSet", &spec, "w of w"),
        ("apps/v1", "StatefulSet", &spec, "w-0 of w"),
        ("batch/v1", "Job", &spec, "w of w"),
        (
            "batch/v1",
            "CronJob",
            &format!("{{jobTemplate: {{spec: {spec}}}}}"),
            "w of w",
        ),
    ] {
        assert_eq!(
            pods(&workload(api_version, kind, "w", spec)),
            [names],
            "{kind}"
        );
    }
    let two = format!("{{replicas: 2, template: {TEMPLATE}}}");
    assert_eq!(
        pods(&workload("apps/v1", "StatefulSet", "w", &two)),
        ["w-0 of w", "w-1 of w"]
    );
    let parallel = format!("{{parallelism: 2, template: {TEMPLATE}}}");
    assert_eq!(
        pods(&workload("batch/v1", "Job", "w", &parallel)),
        ["w-1 of w", "w-2 of w"]
    );
}

#[test]
fn they_are_like_the_template() {
    let model = model(&deployment("web", 1));
    let pod = &model.workloads[0];
    assert_eq!(pod.labels["app"], "a");
    assert_eq!(pod.labels["projectcalico.org/serviceaccount"], "robot");
    assert_eq!(pod.ports[0].port, 80);
    assert_eq!(pod.addresses.len(), 2);
    let set = crate::testing::model(&workload(
        "apps/v1",
        "StatefulSet",
        "w",
        &format!("{{template: {TEMPLATE}}}"),
    ));
    assert_eq!(
        set.workloads[0].labels["statefulset.kubernetes.io/pod-name"],
        "w-0"
    );
    let job = crate::testing::model(&workload(
        "batch/v1",
        "Job",
        "w",
        &format!("{{template: {TEMPLATE}}}"),
    ));
    assert_eq!(job.workloads[0].labels["job-name"], "w");
}

#[test]
fn host_networked_ones_are_no_endpoints() {
    let spec = "{template: {spec: {hostNetwork: true}}}";
    let model = model(&workload("apps/v1", "DaemonSet", "agent", spec));
    assert_eq!(model.workloads, []);
    assert_eq!(model.non_endpoints[0].name, "agent");
    assert_eq!(model.non_endpoints[0].owner.as_deref(), Some("agent"));
}

fn pod(metadata: &str) -> String {
    format!("{{apiVersion: v1, kind: Pod, metadata: {{namespace: prod, {metadata}}}}}\n---\n")
}

/// What `kubectl get -o yaml` prints of a Deployment, its ReplicaSet and its pods is its pods.
#[test]
fn a_workload_with_pods_stands_for_none() {
    let labels = "labels: {app: a, pod-template-hash: 7d9f}";
    let owned = "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-7d9f, uid: u, controller: true}]";
    let generated = "generateName: web-7d9f-";
    let set = format!(
        "{{apiVersion: apps/v1, kind: ReplicaSet, metadata: {{name: web-7d9f, namespace: prod, {labels}}}, spec: {{template: {TEMPLATE}}}}}\n---\n"
    );
    for says in [owned, generated] {
        let pod = pod(&format!("name: web-7d9f-x, {labels}, {says}"));
        let text = format!("{}{set}{pod}", deployment("web", 3));
        assert_eq!(pods(&text), ["web-7d9f-x of web"], "{says}");
    }
    let unscaled = format!("{}{set}", deployment("web", 1));
    assert_eq!(pods(&unscaled), ["web of web"]);
    assert_eq!(pods(&set), ["web-7d9f of web-7d9f"]);
}

#[test]
fn pods_of_jobs_and_stateful_sets_are_known() {
    let cron = workload("batch/v1", "CronJob", "tidy", "{jobTemplate: {spec: {}}}");
    let job = "ownerReferences: [{apiVersion: batch/v1, kind: Job, name: tidy-29123456, uid: u}]";
    let text = format!("{cron}{}", pod(&format!("name: tidy-29123456-x, {job}")));
    assert_eq!(pods(&text), ["tidy-29123456-x of tidy"]);
    let set = workload("apps/v1", "StatefulSet", "db", "{}");
    assert_eq!(
        pods(&format!("{set}{}", pod("name: db-0"))),
        ["db-0 of nobody"]
    );
}

#[test]
fn another_workloads_pods_are_not_its_own() {
    let exporter = "generateName: node-exporter-";
    let text = format!(
        "{}{}",
        deployment("node", 1),
        pod(&format!("name: node-exporter-x, {exporter}"))
    );
    assert_eq!(
        pods(&text),
        ["node of node", "node-exporter-x of node-exporter"]
    );
}

#[test]
fn names_that_are_taken_are_left_alone() {
    let text = format!("{}{}", deployment("web", 1), pod("name: web"));
    assert_eq!(pods(&text), ["web of nobody", "web-1 of web"]);
    let daemon = workload("apps/v1", "DaemonSet", "web", "{}");
    assert_eq!(
        pods(&format!("{}{daemon}", deployment("web", 1))),
        ["web of web", "web-1 of web"]
    );
}
