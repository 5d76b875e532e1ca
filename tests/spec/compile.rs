//! `tierwalk compile`: files, clusters, and nothing on errors.

use std::fs;

use tierwalk_tests::command::{Run, Scratch, tierwalk, tierwalk_with};

const POLICY: &str = "\
PolicyName: web
PolicyOrder: 500
ObjectType: NetworkPolicy
PolicyNamespace: shop
AppliesToSelector: app == \"web\"
Direction: [Ingress]
INGRESS:
- allow tcp from label app=frontend to port 8080
";

const CLUSTERS: &str = "\
apiVersion: tierwalk.dev/v1
kind: Clusters
clusters:
- name: prod-eu
  labels: {env: prod}
- name: test
  labels: {env: test}
";

/// A directory with templates, and where to write.
struct Place(Scratch);

impl Place {
    fn with(files: &[(&str, &str)]) -> Self {
        let place = Self(Scratch::new());
        for (name, text) in files {
            place.write(name, text);
        }
        place
    }

    fn write(&self, name: &str, text: &str) {
        let written = fs::write(self.0.path().join(name), text);
        assert!(written.is_ok(), "{name}: {written:?}");
    }

    fn compile(&self, more: &[&str]) -> Run {
        let input = self.0.path().display().to_string();
        let output = self.0.path().join("out").display().to_string();
        let arguments = [&["compile", &input, "-o", &output], more].concat();
        tierwalk(&arguments)
    }

    /// The files that are there, with their texts.
    fn files(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let out = self.0.path().join("out");
        let mut folders = vec![out.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(name) = path.strip_prefix(&out) {
                    let text = fs::read_to_string(&path).unwrap_or_default();
                    found.push((name.display().to_string(), text));
                }
            }
        }
        found.sort();
        found
    }

    fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(name, _)| name).collect()
    }
}

#[test]
fn objects_are_printed_without_a_directory() {
    let run = tierwalk_with(&["compile", "-"], POLICY.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out
            .starts_with("apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\n"),
        "{}",
        run.out
    );
    let compat = tierwalk_with(&["compile", "--compat", "-"], POLICY.as_bytes());
    assert!(
        compat
            .out
            .starts_with("apiVersion: crd.projectcalico.org/v1\n"),
        "{}",
        compat.out
    );
}

#[test]
fn printed_objects_say_which_cluster_they_are_for_and_why() {
    let text = format!("{CLUSTERS}---\n{POLICY}Clusters: env in {{prod}}\n");
    let run = tierwalk_with(&["compile", "-"], text.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out
            .starts_with("# cluster prod-eu: `env in {prod}` holds: env is `prod`\napiVersion: "),
        "{}",
        run.out
    );
    let other = "# not for cluster test: NetworkPolicy shop/web, since `env in {prod}` does not hold: env is `test`\n";
    assert!(run.out.ends_with(other), "{}", run.out);
}

#[test]
fn one_file_for_each_object_and_a_second_run_changes_nothing() {
    let set = "---\nObjectType: GlobalNetworkSet\nNetworkSetName: saas\nCIDR: [203.0.113.0/24]\n";
    let place = Place::with(&[("shop.yaml", &format!("{POLICY}{set}"))]);
    let run = place.compile(&[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out
            .ends_with("2 documents → 2 objects → 2 files: 2 written, 0 removed\n"),
        "{}",
        run.out
    );
    assert_eq!(
        place.names(),
        ["globalnetworkset.saas.yaml", "networkpolicy.shop.web.yaml"]
    );
    let before = place.files();
    assert!(
        before[0]
            .1
            .starts_with("# Compiled by tierwalk from shop.yaml\napiVersion: ")
    );
    let run = place.compile(&[]);
    assert!(run.out.ends_with("2 files, up to date\n"), "{}", run.out);
    assert_eq!(place.files(), before);
}

#[test]
fn check_compares_and_writes_nothing() {
    let place = Place::with(&[("shop.yaml", POLICY)]);
    let run = place.compile(&["--check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("missing ") && place.names().is_empty(),
        "{}",
        run.out
    );
    place.compile(&[]);
    assert_eq!(place.compile(&["--check"]).code, 0);
    place.write("shop.yaml", &POLICY.replace("8080", "9090"));
    let run = place.compile(&["--check"]);
    assert!(run.code == 1 && run.out.contains("differs "), "{}", run.out);
    assert!(place.files()[0].1.contains("8080"));
}

#[test]
fn what_no_template_makes_any_more_is_removed_and_other_files_are_left_alone() {
    let place = Place::with(&[("shop.yaml", POLICY)]);
    place.compile(&[]);
    place.write("out/notes.yaml", "mine: true\n");
    place.write(
        "shop.yaml",
        &POLICY.replace("PolicyName: web", "PolicyName: api"),
    );
    let run = place.compile(&[]);
    assert!(run.out.contains("removed "), "{}", run.out);
    assert_eq!(place.names(), ["networkpolicy.shop.api.yaml", "notes.yaml"]);
}

#[test]
fn with_an_error_nothing_is_written() {
    let place = Place::with(&[
        ("good.yaml", POLICY),
        ("bad.yaml", "PolicyName: x\nObjectType: NetworkPolicy\n"),
    ]);
    let run = place.compile(&[]);
    assert_eq!(run.code, 1);
    assert!(
        run.err
            .contains("error[template/missing-key]: missing `PolicyOrder`"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("bad.yaml:1:1") && run.err.ends_with("errors; nothing is compiled\n"),
        "{}",
        run.err
    );
    assert!(
        place.names().is_empty() && run.out.is_empty(),
        "{}",
        run.out
    );
}

#[test]
fn each_cluster_has_its_folder_and_its_reasons() {
    let place = Place::with(&[
        ("clusters.yaml", CLUSTERS),
        ("shop.yaml", &format!("{POLICY}Clusters: env in {{prod}}\n")),
        (
            "dev.yaml",
            &format!(
                "{}Clusters: env in {{dev}}\n",
                POLICY.replace("shop", "dev")
            ),
        ),
    ]);
    let run = place.compile(&[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(place.names(), ["prod-eu/networkpolicy.shop.web.yaml"]);
    for line in [
        "cluster test\n",
        "  ✓ NetworkPolicy shop/web  `env in {prod}` holds: env is `prod`\n",
        "  ✕ NetworkPolicy shop/web  `env in {prod}` does not hold: env is `test`\n",
        "goes nowhere: NetworkPolicy dev/web, since no cluster has `env in {dev}`\n",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let one = place.compile(&["--cluster", "test"]);
    assert!(!one.out.contains("cluster prod-eu"), "{}", one.out);
    assert_eq!(
        place.names().len(),
        1,
        "the folder of another cluster is left alone"
    );
    let none = place.compile(&["--cluster", "prod"]);
    assert_eq!(
        (none.code, none.err.as_str()),
        (
            2,
            "error: there is no cluster `prod`; listed are prod-eu, test\n"
        )
    );
}

#[test]
fn a_problem_of_the_compiled_object_is_told_at_the_template() {
    let text = "template: egress-api\nvalues:\n  name: a\n  namespace: b\n  applies_to: app=web\n  domains: [api.example.com]\n  ports: [80, http]\n";
    let run = tierwalk_with(&["compile", "-"], text.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    let long = format!(
        "{}{}",
        POLICY,
        "- IngressAction: Allow\n  IngressSourceSelector: ''\n".repeat(1100)
    );
    let run = tierwalk_with(&["compile", "-"], long.as_bytes());
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("<stdin>:7:1"), "{}", run.err);
}

#[test]
fn the_annotation_of_pods_and_namespace_isolation() {
    let pods = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: db-0\n  namespace: shop\n  labels: {app: db}\n  annotations:\n    \
                projectcalico.org/policy: allow tcp from label app=web to port 5432\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  \
                name: web-0\n  namespace: shop\n  labels: {app: web}\n";
    let place = Place::with(&[("pods.yaml", pods)]);
    assert_eq!(place.compile(&[]).code, 0);
    assert_eq!(place.names(), ["networkpolicy.shop.annotation-db-0.yaml"]);
    place.compile(&["--isolation"]);
    assert_eq!(
        place.names(),
        [
            "networkpolicy.shop.annotation-db-0.yaml",
            "networkpolicy.shop.namespace-isolation.yaml"
        ]
    );
}
