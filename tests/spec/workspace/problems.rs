//! Problems: each at its place, and none in the way of the rest.

use tierwalk_protocol::{Severity, Verdict};
use tierwalk_workspace::Workspace;

use super::{at, file, text};

#[test]
fn a_broken_document_hides_nothing_else() {
    let good = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n";
    let text = format!(
        "{good}---\nkind: [\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: b, namespace: x}}\n---\nflows:\n- x/a -> x/b tcp/1\n"
    );
    let analysis = Workspace::open(vec![file("all.yaml", text)]).analysis(None);
    assert_eq!(analysis.flows[0].verdict, Some(Verdict::Allow));
    let errors: Vec<_> = analysis
        .diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect();
    assert_eq!(errors.len(), 1);
    assert!(
        (4..=6).contains(&errors[0].place.line),
        "{:?}",
        errors[0].place
    );
}

#[test]
fn places_count_utf16_and_survive_windows_line_ends() {
    let policy = "# größe 🙂\r\napiVersion: projectcalico.org/v3\r\nkind: NetworkPolicy\r\nmetadata: {name: \"p\", namespace: x}\r\nspec:\r\n  selector: a == '🙂' && b = 'c'\r\n";
    let text = format!("---\r\n{policy}");
    let analysis = Workspace::open(vec![file("p.yaml", text.clone())]).analysis(None);
    let problem = &analysis.diagnostics[0];
    assert_eq!(problem.code, "selector/syntax");
    assert_eq!(problem.place.line, 7);
    let line = text.lines().nth(6).unwrap();
    let before: String = line
        .encode_utf16()
        .take(problem.place.column as usize - 1)
        .map(|unit| unit as u8 as char)
        .collect();
    assert!(before.ends_with("b "), "{before:?}");
    assert_eq!(at(&text, &problem.place), "=");
}

#[test]
fn problems_that_only_documents_together_show_have_a_place() {
    let policy = |name: &str| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: {name}}}\nspec: {{tier: platfrom}}\n"
        )
    };
    let tier = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: platform}\n";
    let files = vec![
        file("a.yaml", policy("p")),
        file("b.yaml", policy("p")),
        file("t.yaml", tier),
    ];
    let analysis = Workspace::open(files.clone()).analysis(None);
    let told: Vec<_> = analysis
        .diagnostics
        .iter()
        .map(|problem| {
            let place = &problem.place;
            (
                place.file.as_str(),
                at(text(&files, &place.file), place),
                problem.severity,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("a.yaml", "p".to_owned(), Severity::Warning),
            ("b.yaml", "platfrom".to_owned(), Severity::Warning)
        ]
    );
    let undeclared = analysis.board.tiers.last().unwrap();
    assert_eq!(
        (undeclared.name.as_str(), undeclared.order),
        ("platfrom", None),
        "evaluated last"
    );
}

#[test]
fn an_unknown_pod_is_marked_in_its_line_with_a_fix() {
    let pods = "apiVersion: v1\nkind: Pod\nmetadata: {name: frontend, namespace: shop}\n";
    let flows = "flows:\n- shop/frontend -> frontnd tcp/80\n";
    let files = vec![file("c.yaml", pods), file("f.yaml", flows)];
    let analysis = Workspace::open(files).analysis(None);
    let problem = analysis
        .diagnostics
        .iter()
        .find(|it| it.code == "flow/cannot-evaluate")
        .unwrap();
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(at(flows, &problem.place), "frontnd");
    assert_eq!(problem.fixes[0].edits[0].text, "shop/frontend");
}
