//! Templates take part in a workspace as the objects they are compiled to.

use tierwalk_protocol::{Analysis, File, Severity, Verdict};
use tierwalk_workspace::Workspace;

const CLUSTER: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
";

const FLOWS: &str = "flows:\n- shop/web -> shop/api tcp/8080\n- shop/web -> shop/api tcp/9090\n";

const TEMPLATE: &str = "\
# who may call the api
PolicyName: api
PolicyOrder: 500
ObjectType: NetworkPolicy
PolicyNamespace: shop
AppliesToSelector: app == \"api\"
Direction: [Ingress]
INGRESS:
- IngressAction: Allow
  IngressProtocol: TCP
  IngressPort: [8080]
  IngressSourceSelector: app == \"web\"
";

fn file(path: &str, text: impl Into<String>) -> File {
    File {
        path: path.into(),
        text: text.into(),
    }
}

fn workspace(template: &str) -> Workspace {
    Workspace::open(vec![
        file("cluster/shop.yaml", CLUSTER),
        file("flows/shop.yaml", FLOWS),
        file("templates/api.yaml", template),
    ])
}

fn verdicts(analysis: &Analysis) -> Vec<Option<Verdict>> {
    analysis.flows.iter().map(|flow| flow.verdict).collect()
}

const ALLOW: Option<Verdict> = Some(Verdict::Allow);
const DENY: Option<Verdict> = Some(Verdict::Deny);

#[test]
fn a_template_decides_as_the_policy_it_makes() {
    let analysis = workspace(TEMPLATE).analysis(None);
    assert_eq!(analysis.diagnostics, []);
    assert_eq!(verdicts(&analysis), [ALLOW, DENY]);
}

#[test]
fn a_verdict_decided_by_a_generated_rule_points_at_the_template_line() {
    let workspace = workspace(TEMPLATE);
    let walk = workspace.walk("shop/web -> shop/api tcp/8080").unwrap();
    let decided = walk.reason.decided_at.unwrap();
    assert_eq!((&*decided.file, decided.line), ("templates/api.yaml", 9));
    let card = &workspace.analysis(None).board.tiers;
    let card = card.iter().flat_map(|tier| &tier.policies).next().unwrap();
    assert_eq!(
        (&*card.place.file, card.place.line),
        ("templates/api.yaml", 2)
    );
}

#[test]
fn a_problem_of_the_compiled_policy_is_told_at_the_template_line() {
    let text = TEMPLATE.replace("app == \"web\"", "app == \"wep\"");
    let analysis = workspace(&text).analysis(None);
    let problem = &analysis.diagnostics[0];
    assert_eq!(problem.code, "selector/matches-nothing");
    assert_eq!(problem.place.line, 12);
    // What the compiled text says is not the user's to change; the cluster is.
    let fixes = problem.fixes.iter();
    let changed = fixes
        .flat_map(|fix| &fix.edits)
        .map(|edit| &*edit.place.file);
    assert!(changed.eq(["cluster/shop.yaml"]), "{:?}", problem.fixes);
}

#[test]
fn a_template_with_an_error_makes_nothing() {
    let text = TEMPLATE.replace("PolicyNamespace: shop\n", "");
    let analysis = workspace(&text).analysis(None);
    assert_eq!(analysis.diagnostics[0].severity, Severity::Error);
    assert_eq!(verdicts(&analysis), [ALLOW, ALLOW]);
}

const DEFINITION: &str = "\
apiVersion: tierwalk.dev/v1
kind: PolicyTemplate
metadata: {name: only-from}
spec:
  description: One client.
  fields:
  - {name: client, type: name, required: true, example: web}
  output: |
    apiVersion: projectcalico.org/v3
    kind: NetworkPolicy
    metadata: {name: only-from, namespace: shop}
    spec:
      selector: app == \"api\"
      ingress:
      - action: Allow
        source:
          selector: {{ label_is(\"app\", client) }}
";

#[test]
fn an_instance_follows_its_definition_wherever_that_is() {
    let mut workspace = workspace("template: only-from\nvalues: {client: web}\n");
    assert_eq!(
        workspace.analysis(None).diagnostics[0].code,
        "template/unknown-template"
    );
    workspace.edit(vec![file("z/definition.yaml", DEFINITION)], &[]);
    assert_eq!(workspace.analysis(None).diagnostics, []);
    assert_eq!(verdicts(&workspace.analysis(None)), [ALLOW, ALLOW]);
    let other = DEFINITION.replace("action: Allow", "action: Deny");
    workspace.edit(vec![file("z/definition.yaml", other)], &[]);
    assert_eq!(verdicts(&workspace.analysis(None)), [DENY, DENY]);
    workspace.edit(vec![file("z/second.yaml", DEFINITION)], &[]);
    let problem = &workspace.analysis(None).diagnostics[0];
    assert_eq!(problem.code, "template/duplicate-template");
}
