use super::*;

const CLUSTERS: &str = "apiVersion: tierwalk.dev/v1\nkind: Clusters\nclusters:\n\
    - {name: prod-eu, labels: {env: prod}}\n- {name: test, labels: {env: test}}\n";

fn policy(name: &str, clusters: &str) -> String {
    format!(
        "PolicyName: {name}\nPolicyOrder: 1\nObjectType: NetworkPolicy\nPolicyNamespace: shop\n\
         AppliesToSelector: all()\nDirection: [Ingress]\nINGRESS: []\n{clusters}"
    )
}

fn project(files: &[(&str, &str)]) -> Project {
    compile_project(files, ProjectOptions::default())
}

fn names(project: &Project, cluster: &str) -> Vec<String> {
    let cluster = project
        .clusters
        .iter()
        .find(|listed| listed.name == cluster);
    project
        .set(cluster)
        .iter()
        .map(|object| object.manifest.object.to_string())
        .collect()
}

#[test]
fn each_cluster_gets_its_own_set() {
    let templates = [
        policy("everywhere", ""),
        policy("only-prod", "Clusters: env in {prod}\n"),
        policy("nowhere", "Clusters: env in {dev}\n"),
    ]
    .join("---\n");
    let written = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: hand\n  \
                   annotations: {tierwalk.dev/clusters: env == test}\nspec: {}\n";
    let project = project(&[
        ("c.yaml", CLUSTERS),
        ("p.yaml", written),
        ("t.yaml", &templates),
    ]);
    assert!(project.diagnostics.is_empty(), "{:?}", project.diagnostics);
    assert_eq!(
        names(&project, "prod-eu"),
        [
            "NetworkPolicy shop/everywhere",
            "NetworkPolicy shop/only-prod"
        ]
    );
    assert_eq!(
        names(&project, "test"),
        ["GlobalNetworkPolicy hand", "NetworkPolicy shop/everywhere"]
    );
    let reasons: Vec<_> = project
        .placements(&project.clusters[1])
        .into_iter()
        .map(|p| p.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "`env == test` holds: env is `test`",
            "it names no clusters, so it goes to all",
            "`env in {prod}` does not hold: env is `test`",
            "`env in {dev}` does not hold: env is `test`"
        ]
    );
}

fn messages(project: &Project) -> Vec<&str> {
    project
        .diagnostics
        .iter()
        .map(|(_, problem)| problem.message.as_str())
        .collect()
}

#[test]
fn an_object_is_made_once_for_a_cluster() {
    let twice = project(&[
        ("a.yaml", &policy("web", "")),
        ("b.yaml", &policy("web", "")),
    ]);
    assert_eq!(
        messages(&twice),
        ["`NetworkPolicy shop/web` is made twice; first by a.yaml, line 1"]
    );
    assert_eq!(twice.objects.len(), 1);
    let apart = project(&[
        ("c.yaml", CLUSTERS),
        ("a.yaml", &policy("web", "Clusters: env == prod\n")),
        ("b.yaml", &policy("web", "Clusters: env == test\n")),
    ]);
    assert!(apart.diagnostics.is_empty() && apart.objects.len() == 2);
}

#[test]
fn clusters_that_are_named_have_to_be_listed() {
    let project = project(&[("a.yaml", &policy("web", "Clusters: env == prod\n"))]);
    assert_eq!(
        messages(&project),
        ["`env == prod` has no effect: no clusters are listed"]
    );
    assert_eq!(project.objects.len(), 1);
}

#[test]
fn places_are_those_of_the_whole_file() {
    let text = format!("{}---\n{}", policy("a", ""), policy("b", ""));
    let project = project(&[("a.yaml", &text)]);
    let place = project.objects[1].manifest.map.origin(4).expect("a place");
    assert_eq!((place.span.of(&text), place.line), ("PolicyName: b", 9));
}

#[test]
fn definitions_may_stand_after_their_instances_and_win_over_shipped_ones() {
    let definition = "apiVersion: tierwalk.dev/v1\nkind: PolicyTemplate\nmetadata: {name: web-service}\nspec:\n  fields: []\n  \
                      output: |\n    apiVersion: projectcalico.org/v3\n    kind: Tier\n    metadata: {name: ours}\n";
    let one = project(&[
        ("a.yaml", "template: web-service\n"),
        ("z.yaml", definition),
    ]);
    assert_eq!(names(&one, ""), ["Tier ours"]);
    let two = project(&[("y.yaml", definition), ("z.yaml", definition)]);
    assert_eq!(messages(&two), ["template `web-service` is defined twice"]);
}

#[test]
fn isolation_is_for_namespaces_with_pods_that_have_no_policy() {
    let pods =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop, labels: {app: a}}\n";
    let options = ProjectOptions {
        isolation: true,
        ..ProjectOptions::default()
    };
    let project = compile_project(&[("pods.yaml", pods)], options);
    assert_eq!(
        names(&project, ""),
        ["NetworkPolicy shop/namespace-isolation"]
    );
}

#[test]
fn hand_written_objects_are_taken_as_they_are() {
    let text = "# first\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy # a comment\nmetadata: {name: web}\n...\n";
    assert!(project(&[("a.yaml", text)]).objects.is_empty());
    let project = project(&[("a.yaml", text), ("c.yaml", CLUSTERS)]);
    let manifest = &project.objects[0].manifest;
    assert_eq!(
        manifest.text,
        "# first\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy # a comment\nmetadata: {name: web}\n"
    );
    assert_eq!(manifest.object.file_name(), "k8s-networkpolicy.web.yaml");
}
