//! Which files are read, and how.

use tierwalk_protocol::{Severity, Verdict};
use tierwalk_workspace::Workspace;

use super::{file, storefront};

#[test]
fn other_files_and_other_kinds_are_left_alone() {
    let files = vec![
        file("README.md", "# kind: ["),
        file("checks/order.rego", "package main\n"),
        file(
            "extra.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\nflows: []\n",
        ),
    ];
    let analysis = Workspace::open(files).analysis(None);
    assert_eq!(analysis.diagnostics, []);
    let ignored = &analysis.files[2].ignored;
    assert_eq!(
        (
            ignored[0].kind.as_str(),
            ignored[0].name.as_str(),
            ignored[0].line
        ),
        ("v1 ConfigMap", "c", 1)
    );
}

#[test]
fn files_are_read_as_tools_write_them() {
    let files = vec![
        file(
            "bom.yaml",
            "\u{feff}apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n",
        ),
        file(
            "kubectl.json",
            "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"List\",\n\t\"items\": [\n\t\t{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"b\", \"namespace\": \"x\", \"managedFields\": [{}]}}\n\t]\n}\n",
        ),
        file(
            "windows.flows",
            "# both\r\nx/a -> b tcp/80\r\nx/b -> a tcp/80\r\n",
        ),
        file("empty.yaml", ""),
        file("comments.yaml", "# nothing yet\n"),
    ];
    let analysis = Workspace::open(files).analysis(None);
    let verdicts: Vec<_> = analysis.flows.iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Some(Verdict::Allow), Some(Verdict::Allow)]);
    assert!(
        analysis
            .diagnostics
            .iter()
            .all(|problem| problem.severity > Severity::Warning)
    );
}

#[test]
fn a_file_of_staged_policies_only_is_marked() {
    let analysis = Workspace::open(storefront()).analysis(None);
    let staged: Vec<_> = analysis
        .files
        .iter()
        .filter(|file| file.staged)
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(staged, ["policies/microservice1.yaml"]);
}
