//! Laws that hold for every template and instance.

use proptest::prelude::*;
use tierwalk_resources::{Mode, read};
use tierwalk_source::Diagnostic;
use tierwalk_template::{CompiledDocument, Library, Options, compile_document};
use tierwalk_yaml::{Document, Kind, Node};

fn compile(text: &str) -> CompiledDocument {
    thread_local! {
        static LIBRARY: Library = Library::shipped();
    }
    LIBRARY.with(|library| compile_document(text, library, Options::default()))
}

fn has_errors(compiled: &CompiledDocument) -> bool {
    compiled.diagnostics.iter().any(Diagnostic::is_error)
}

/// Every object of a document without errors is one that the rest of Tierwalk takes, and each of its lines
/// has a place in the document.
fn check(text: &str, compiled: &CompiledDocument) -> Result<(), TestCaseError> {
    for manifest in &compiled.manifests {
        let read = read(&Document::parse(&manifest.text), Mode::Load);
        let errors: Vec<_> = read
            .diagnostics
            .iter()
            .filter(|problem| problem.is_error())
            .collect();
        prop_assert!(
            errors.is_empty(),
            "{errors:?}\n{}\nfrom\n{text}",
            manifest.text
        );
        prop_assert_eq!(read.value.len(), 1);
        prop_assert_eq!(manifest.map.len(), manifest.text.lines().count());
        for line in 1..=manifest.map.len() as u32 {
            let place = manifest.map.origin(line);
            prop_assert!(place.is_some(), "line {line} of\n{}", manifest.text);
            prop_assert!(place.is_some_and(|place| place.span.end as usize <= text.len()));
        }
    }
    Ok(())
}

/// Mostly what is right, sometimes what is not.
fn mostly(
    right: &'static [&'static str],
    wrong: &'static [&'static str],
) -> impl Strategy<Value = &'static str> {
    prop_oneof![
        19 => prop::sample::select(right.to_vec()),
        1 => prop::sample::select(wrong.to_vec()),
    ]
}

fn selector() -> impl Strategy<Value = &'static str> {
    mostly(
        &[
            "''",
            "all()",
            "app == 'web'",
            "has(role) && !has(quarantine)",
            "zone in {'a', 'b'}",
            "all",
        ],
        &["app = 'x'"],
    )
}

fn rule(direction: &'static str, peer: &'static str) -> impl Strategy<Value = String> {
    let action = mostly(&["Allow", "Deny", "Pass", "Log", "allow"], &["Drop"]);
    let protocol = mostly(&["TCP", "UDP", "SCTP", "tcp", "17"], &["ICMP", "GRE", "''"]);
    let port = mostly(
        &["''", "[80]", "[http, '8000:9000']", "443", "[]"],
        &["[0]"],
    );
    let one_line = mostly(
        &[
            "- allow tcp from label a=b to ports 80",
            "- deny to cidr 10.0.0.0/8",
            "- allow icmp type 8",
        ],
        &["- allow to ports 80"],
    );
    let keys = (
        action,
        protocol,
        port,
        selector(),
        selector(),
        selector(),
        0..7usize,
    );
    let keys = keys.prop_map(
        move |(action, protocol, port, endpoints, namespaces, accounts, left_out)| {
            let mut lines = vec![
                format!("{direction}Action: {action}"),
                format!("{direction}Protocol: {protocol}"),
                format!("{direction}Port: {port}"),
                format!("{direction}{peer}Selector: {endpoints}"),
                format!("{direction}{peer}Namespace: {namespaces}"),
                format!("{direction}{peer}ServiceAccount: {accounts}"),
            ];
            if left_out > 2 && left_out < lines.len() {
                lines.remove(left_out);
            }
            format!("- {}", lines.join("\n  "))
        },
    );
    prop_oneof![4 => keys, 1 => one_line.prop_map(str::to_owned)]
}

fn policy() -> impl Strategy<Value = String> {
    let order = mostly(&["0", "500", "1.5", "'700'", "''"], &["soon"]);
    let kind = prop::sample::select(vec![
        "NetworkPolicy",
        "GlobalNetworkPolicy",
        "networkpolicy",
    ]);
    let namespace = mostly(&["shop", "''", "1"], &["Shop"]);
    let direction =
        prop::sample::select(vec!["[Ingress]", "[Egress, Ingress]", "[]", "Egress", "''"]);
    let ingress = prop::collection::vec(rule("Ingress", "Source"), 0..3);
    let egress = prop::collection::vec(rule("Egress", "Destination"), 0..3);
    let parts = (
        order,
        kind,
        namespace,
        direction,
        selector(),
        selector(),
        ingress,
        egress,
        0..8usize,
    );
    parts.prop_map(
        |(order, kind, namespace, direction, a, b, ingress, egress, left_out)| {
            let list = |name: &str, rules: Vec<String>| match rules.is_empty() {
                true => format!("{name}: []"),
                false => format!("{name}:\n{}", rules.join("\n")),
            };
            let mut lines = vec![
                "PolicyName: web-1".to_owned(),
                format!("PolicyOrder: {order}"),
                format!("ObjectType: {kind}"),
                format!("PolicyNamespace: {namespace}"),
                format!("AppliesToSelector: {a}"),
                format!("AppliesToNamespaceSelector: {b}"),
                format!("Direction: {direction}"),
                list("INGRESS", ingress),
                list("EGRESS", egress),
            ];
            if left_out > 2 {
                lines.remove(left_out);
            }
            lines.join("\n") + "\n"
        },
    )
}

/// Text that means something to YAML, to selectors or to templates.
fn nasty() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a",
        "\"",
        "'",
        "\n",
        ": ",
        " #",
        "- ",
        "{{ x }}",
        "{% if %}",
        "\\",
        "&x",
        "*x",
        "!t",
        "|",
        ">",
        "---",
        "\u{e0f1}0\u{e0f2}",
        "]",
        "}",
        ",",
        "ä",
        "\t",
        "%",
        "@",
        "`",
        "1",
        "true",
        "~",
        " ",
        "\u{2028}",
        "\u{0}",
    ]);
    prop::collection::vec(parts, 0..6).prop_map(|parts| parts.concat())
}

const ANY_TEXT: &str = "\
apiVersion: tierwalk.dev/v1
kind: PolicyTemplate
metadata:
  name: notes
spec:
  fields:
  - name: alone
    type: string
  - name: inside
    type: string
  - name: many
    type: list
    items: {type: string}
  output: |
    apiVersion: projectcalico.org/v3
    kind: GlobalNetworkSet
    metadata:
      name: notes
      annotations:
        alone: {{ alone }}
        inside: before {{ inside }} after
        upper: {{ alone | upper }}
        {% for one in many or [] %}
        many-{{ loop.index }}: {{ one }}
        {% endfor %}
    spec:
      nets: [{{ \"10.0.0.0/8\" }}]
";

fn strings(node: &Node, found: &mut Vec<String>) {
    match &node.kind {
        Kind::Map(entries) => entries
            .iter()
            .for_each(|entry| strings(&entry.value, found)),
        Kind::Seq(items) => items.iter().for_each(|item| strings(item, found)),
        Kind::Str(text) => found.push(text.to_string()),
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_policy_that_compiles_is_valid(text in policy()) {
        let compiled = compile(&text);
        prop_assert_eq!(compiled.manifests.is_empty(), has_errors(&compiled), "{}\n{:?}", text, compiled.diagnostics);
        check(&text, &compiled)?;
    }

    #[test]
    fn a_web_service_that_compiles_is_valid(
        order in 90..1010i32,
        ports in prop::collection::vec(mostly(&["80", "'8000:9000'", "http"], &["0"]), 1..3),
        clients in prop::collection::vec(mostly(&["web", "a-1"], &["Web", "a-"]), 0..3),
        dependencies in prop::collection::vec(("[a-z]{1,5}", mostly(&["TCP", "UDP"], &["ICMP"])), 0..3),
        dns in any::<bool>(),
    ) {
        let clients: Vec<_> = clients.iter().map(|app| format!("{{app: {app}}}")).collect();
        let dependencies: Vec<_> =
            dependencies.iter().map(|(app, protocol)| format!("{{app: {app}, protocol: {protocol}, ports: [53]}}")).collect();
        let text = format!(
            "template: web-service\nvalues:\n  name: web\n  namespace: shop\n  order: {order}\n  ports: [{}]\n  clients: [{}]\n  \
             dependencies: [{}]\n  dns: {dns}\n",
            ports.join(", "), clients.join(", "), dependencies.join(", "),
        );
        let compiled = compile(&text);
        prop_assert_eq!(compiled.manifests.is_empty(), has_errors(&compiled), "{}\n{:?}", text, compiled.diagnostics);
        check(&text, &compiled)?;
    }

    #[test]
    fn no_value_changes_the_shape_of_the_output(alone in nasty(), inside in nasty(), many in prop::collection::vec(nasty(), 0..3)) {
        let mut library = Library::empty();
        library.add(tierwalk_template::read_definition(ANY_TEXT).expect("a definition"));
        let json = serde_json::json!({"template": "notes", "values": {"alone": alone, "inside": inside, "many": many}});
        let text = json.to_string();
        let compiled = compile_document(&text, &library, Options::default());
        if has_errors(&compiled) {
            return Ok(());
        }
        let document = Document::parse(&compiled.manifests[0].text);
        let annotations = document.root.as_ref().and_then(|root| root.get("metadata")?.get("annotations"));
        let mut found = Vec::new();
        strings(annotations.expect("annotations"), &mut found);
        let mut wanted = vec![alone.clone(), format!("before {inside} after"), alone.to_uppercase()];
        wanted.extend(many);
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn nothing_makes_it_panic(text in "[ -~\n]{0,80}", nasty in nasty()) {
        for text in [
            text.clone(),
            format!("ObjectType: {text}"),
            format!("PolicyName: a\nDirection: {nasty}\nINGRESS:\n- {text}"),
            format!("template: web-service\nvalues: {text}"),
            format!(
                "apiVersion: tierwalk.dev/v1\nkind: PolicyTemplate\nmetadata: {{name: x}}\nspec:\n  output: |\n    \
                 a: {{{{ \"{}{nasty}\" }}}}\n",
                "\u{e0f1}0\u{e0f2}"
            ),
            format!("apiVersion: tierwalk.dev/v1\nkind: PolicyTemplate\nmetadata: {{name: x}}\nspec:\n  fields: [{{name: x, type: string}}]\n  output: |\n    {nasty}{text}"),
        ] {
            compile(&text);
        }
    }
}
