//! Whatever was edited before, an answer says what opening the same files says: nothing that is kept from edit to edit
//! is ever out of date.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tierwalk_protocol::{Analysis, Answer, File, Request, View};
use tierwalk_workspace::Workspace;

const FLOWS: [&str; 3] = [
    "one/pod0 -> two/pod1 tcp/80",
    "two/pod1 -> one/pod0 udp/53",
    "one/pod2 -> 10.0.0.9 tcp/8080",
];

const SELECTORS: &[&str] = &[
    "app == 'x'",
    "app in {'x', 'y'}",
    "app != 'y'",
    "has(app)",
    "!has(app)",
    "all()",
    "app == 'nobody'",
];

/// A rule that reads a pool of selectors, networks and ports.
fn rule() -> impl Strategy<Value = String> {
    let action = select(&["Allow", "Deny", "Pass", "Log"][..]);
    let peer = prop_oneof![
        select(SELECTORS).prop_map(|selector| format!("selector: \"{selector}\"")),
        select(SELECTORS).prop_map(|selector| format!("notSelector: \"{selector}\"")),
        select(&["10.0.0.0/30", "10.0.0.8/29", "fd00::/64"][..])
            .prop_map(|net| format!("nets: [{net}]")),
        Just("namespaceSelector: env == 'prod'".to_owned()),
    ];
    let ports = option::of(select(&["80", "http", "\"8000:9000\""][..]));
    (action, peer, ports).prop_map(|(action, peer, ports)| {
        let ports = ports.map_or(String::new(), |it| {
            format!(", destination: {{ports: [{it}]}}")
        });
        format!("{{action: {action}, protocol: TCP, source: {{{peer}}}{ports}}}")
    })
}

fn policy() -> impl Strategy<Value = String> {
    let kind = select(
        &[
            "NetworkPolicy",
            "GlobalNetworkPolicy",
            "StagedNetworkPolicy",
        ][..],
    );
    let place = (select(&["one", "two"][..]), 0..4u8, 0..3u8);
    let tier = select(&["default", "early", "ghost"][..]);
    let rules = (vec(rule(), 0..3), vec(rule(), 0..2));
    (kind, place, tier, select(SELECTORS), rules).prop_map(
        |(kind, (namespace, name, order), tier, selector, (ingress, egress))| {
            let namespace = match kind {
                "GlobalNetworkPolicy" => String::new(),
                _ => format!(", namespace: {namespace}"),
            };
            let (ingress, egress) = (ingress.join(", "), egress.join(", "));
            format!(
                "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: policy{name}{namespace}}}\nspec:\n  \
                 tier: {tier}\n  order: {order}\n  selector: \"{selector}\"\n  types: [Ingress, Egress]\n  \
                 ingress: [{ingress}]\n  egress: [{egress}]\n"
            )
        },
    )
}

fn kubernetes_policy() -> impl Strategy<Value = String> {
    let app = select(&["x", "y", "z"][..]);
    (select(&["one", "two"][..]), app.clone(), app).prop_map(|(namespace, to, from)| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: kube, namespace: {namespace}}}\n\
             spec:\n  podSelector: {{matchLabels: {{app: {to}}}}}\n  ingress:\n  - from:\n    \
             - podSelector: {{matchLabels: {{app: {from}}}}}\n"
        )
    })
}

fn pod() -> impl Strategy<Value = String> {
    let labels = select(&["{app: x}", "{app: y}", "{app: z, env: prod}", "{}"][..]);
    (select(&["one", "two"][..]), 0..3u8, labels).prop_map(|(namespace, number, labels)| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: pod{number}, namespace: {namespace}, labels: {labels}}}\n\
             spec:\n  containers:\n  - {{name: main, ports: [{{name: http, containerPort: 80}}]}}\n\
             status: {{podIP: 10.0.0.{number}}}\n"
        )
    })
}

/// A document of any kind; some are broken.
fn document() -> impl Strategy<Value = String> {
    let fixed = select(
        &[
            "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: early}\nspec: {order: 10}\n",
            "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: early}\nspec: {order: 10, defaultAction: Pass}\n",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: one, labels: {env: prod}}\n",
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: {name: set, labels: {app: x}}\nspec: {nets: [10.0.0.8/30]}\n",
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: bad}\nspec: {selector: \"app ==\"}\n",
            "kind: [\n",
            "# nothing\n",
        ][..],
    );
    prop_oneof![
        4 => policy(),
        1 => kubernetes_policy(),
        3 => pod(),
        2 => fixed.prop_map(str::to_owned),
        1 => select(&FLOWS[..]).prop_map(|flow| format!("flows:\n- {flow}\n- {flow} allow\n")),
    ]
}

/// A file gets another text, or goes.
fn edit() -> impl Strategy<Value = (String, Option<String>)> {
    let path = (0..3u8).prop_map(|number| format!("file{number}.yaml"));
    let documents = vec(document(), 0..6).prop_map(|documents| documents.join("---\n"));
    (path, option::weighted(0.9, documents))
}

/// A workspace, and the page that asks it.
#[derive(Default)]
struct Page {
    workspace: Workspace,
    shown: Analysis,
}

impl Page {
    fn ask(&mut self, request: Request) {
        let Answer::Analysis {
            parts, analysis, ..
        } = self.workspace.answer(request)
        else {
            panic!("files are answered with an analysis");
        };
        let shown = parts.put(&self.shown, *analysis);
        assert!(shown.is_some(), "it is told by the analysis before");
        self.shown = shown.unwrap_or_default();
    }
}

fn view() -> View {
    View {
        flow: Some(FLOWS[0].to_owned()),
        ..View::default()
    }
}

/// What a page shows that opens these files.
fn afresh(files: &[File]) -> Analysis {
    let mut page = Page::default();
    page.ask(Request::Open {
        revision: 1,
        files: files.to_vec(),
        view: view(),
    });
    page.shown
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn edits_give_what_opening_afresh_gives(
        documents in vec(document(), 6..16),
        edits in vec(edit(), 1..8),
    ) {
        let start = |(number, documents): (usize, &[String])| File {
            path: format!("file{number}.yaml"),
            text: documents.join("---\n"),
        };
        let mut files: Vec<File> = documents.chunks(6).enumerate().map(start).collect();
        let flows = FLOWS.map(|flow| format!("- {flow}\n")).concat();
        files.push(File { path: "flows.yaml".into(), text: format!("flows:\n{flows}") });
        let mut page = Page::default();
        page.ask(Request::Open { revision: 1, files: files.clone(), view: view() });
        for (path, text) in edits {
            files.retain(|file| file.path != path);
            let changed = text.map(|text| File { path: path.clone(), text });
            files.extend(changed.clone());
            let removed = if changed.is_some() { Vec::new() } else { vec![path] };
            let changed = Vec::from_iter(changed);
            page.ask(Request::Edit { revision: 2, changed, removed, view: view() });
            prop_assert_eq!(&page.shown, &afresh(&files));
        }
    }
}
