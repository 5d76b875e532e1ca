use tierwalk_protocol::File;

use super::*;

/// Shipped example `storefront`.
fn storefront() -> Workspace {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../static/examples/storefront"
    );
    let mut files = Vec::new();
    for folder in ["cluster", "policies", "flows"] {
        for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path).unwrap();
            files.push(File {
                path: format!("{folder}/{name}"),
                text,
            });
        }
    }
    Workspace::open(files)
}

/// A file of this text beside the storefront, asked at `¦`.
fn with(path: &str, text: &str) -> (Workspace, u32) {
    let at = text.split('¦').next().unwrap().encode_utf16().count();
    let mut workspace = storefront();
    let text = text.replace('¦', "");
    workspace.edit(
        vec![File {
            path: path.to_owned(),
            text,
        }],
        &[],
    );
    (workspace, at as u32)
}

fn completions(path: &str, text: &str) -> Vec<String> {
    let (workspace, at) = with(path, text);
    let asked = LanguageAsked::Complete {
        file: path.to_owned(),
        at,
    };
    match answer(&workspace, &asked) {
        LanguageReply::Complete(found) => found.items.into_iter().map(|item| item.label).collect(),
        other => panic!("{other:?}"),
    }
}

const POLICY: &str = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: a\n  namespace: storefront\nspec:\n";

fn in_policy(rest: &str) -> Vec<String> {
    completions("policies/new.yaml", &format!("{POLICY}{rest}"))
}

#[test]
fn fields_of_the_place_are_offered_required_first() {
    let fields = in_policy("  ingress:\n  - ¦");
    assert_eq!(fields[..4], ["action", "protocol", "source", "destination"]);
    let fields = in_policy("  tier: platform\n  ¦\n  selector: all()\n");
    assert!(fields.contains(&"order".to_owned()) && !fields.contains(&"tier".to_owned()));
    assert!(
        !fields.contains(&"namespaceSelector".to_owned()),
        "{fields:?}"
    );
    assert_eq!(
        completions("a.yaml", "apiVersion: v1\nkind: Pod\n¦")[0],
        "metadata"
    );
}

#[test]
fn values_are_those_that_exist() {
    assert_eq!(in_policy("  tier: ¦")[..2], ["security", "platform"]);
    assert_eq!(
        in_policy("  ingress:\n  - action: ¦"),
        ["Allow", "Deny", "Pass", "Log"]
    );
    assert_eq!(in_policy("  types: [Ingress, ¦]"), ["Ingress", "Egress"]);
    assert!(
        in_policy("  ingress:\n  - source:\n      nets:\n      - ¦")
            .contains(&"203.0.113.0/24".to_owned())
    );
    let kinds = completions("a.yaml", "apiVersion: projectcalico.org/v3\nkind: ¦");
    assert!(kinds.contains(&"GlobalNetworkSet".to_owned()) && !kinds.contains(&"Pod".to_owned()));
    let namespaces = completions(
        "a.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: ¦",
    );
    assert!(namespaces.contains(&"storefront".to_owned()));
}

#[test]
fn selectors_are_offered_labels_in_use() {
    assert!(in_policy("  selector: ¦").contains(&"app".to_owned()));
    assert!(in_policy("  selector: app == ¦").contains(&"backend".to_owned()));
    assert!(in_policy("  selector: app in {\"backend\", \"¦").contains(&"frontend".to_owned()));
    assert_eq!(in_policy("  selector: app ¦")[..2], ["==", "!="]);
    let keys = in_policy("  ingress:\n  - source:\n      namespaceSelector: has(¦");
    assert!(
        keys.contains(&"projectcalico.org/name".to_owned()),
        "{keys:?}"
    );
}

#[test]
fn flow_lines_are_offered_ends_services_and_expectations() {
    assert!(completions("a.flows", "dev¦").contains(&"dev/toolbox".to_owned()));
    assert_eq!(completions("a.flows", "dev/toolbox ¦"), ["->"]);
    assert!(completions("a.flows", "dev/toolbox -> dev/web ¦").contains(&"tcp/8080".to_owned()));
    assert_eq!(
        completions("a.yaml", "flows:\n- dev/toolbox -> dev/web tcp/80 ¦"),
        ["allow", "deny"]
    );
    assert!(completions("a.yaml", "flows:\n- {from: ¦").contains(&"dev/web".to_owned()));
}

#[test]
fn an_empty_document_is_offered_whole_objects() {
    for text in [
        "¦",
        "kind: Tier\n---\n¦",
        "kind: Tier\n---\ndef¦\n---\nkind: Tier\n",
    ] {
        let items = completions("a.yaml", text);
        assert!(
            items.contains(&"default deny".to_owned()),
            "{text}: {items:?}"
        );
    }
}

#[test]
fn templates_are_offered_their_fields() {
    assert!(completions("a.yaml", "template: ¦").contains(&"web-service".to_owned()));
    let fields = completions("a.yaml", "template: web-service\nvalues:\n  ¦");
    assert!(fields.contains(&"ports".to_owned()), "{fields:?}");
    let keys = completions("a.yaml", "PolicyName: a\n¦");
    assert!(keys.contains(&"AppliesToSelector".to_owned()), "{keys:?}");
}

#[test]
fn rules_of_templates_are_offered_their_keys_and_words() {
    let keys = completions(
        "a.yaml",
        "PolicyName: a\nINGRESS:\n- IngressAction: Allow\n  ¦",
    );
    assert!(keys.contains(&"IngressPort".to_owned()), "{keys:?}");
    assert!(!keys.contains(&"IngressAction".to_owned()), "{keys:?}");
    assert!(!keys.contains(&"PolicyOrder".to_owned()), "{keys:?}");
    let words = completions("a.yaml", "PolicyName: a\nEGRESS:\n- EgressAction: ¦\n");
    assert_eq!(words, ["Allow", "Deny", "Log", "Pass"]);
    let labels = completions(
        "a.yaml",
        "PolicyName: a\nEGRESS:\n- EgressDestinationSelector: ¦\n",
    );
    assert!(labels.contains(&"app".to_owned()), "{labels:?}");
}

#[test]
fn fields_of_templates_are_explained() {
    let policy = "PolicyName: a\nObjectType: NetworkPolicy\n";
    let told = hover(
        "a.yaml",
        &format!("{policy}Applies¦ToSelector: app == 'x'\n"),
    );
    assert_eq!(told.title, "`AppliesToSelector`");
    assert_eq!(told.source, "template policy-generator");
    assert!(
        told.text[0].starts_with("The pods that the policy applies to"),
        "{:?}",
        told.text
    );
    let told = hover(
        "a.yaml",
        &format!("{policy}INGRESS:\n- Ingress¦Action: Allow\n"),
    );
    assert_eq!(told.text[1], "One of `Allow`, `Deny`, `Log`, `Pass`.");
    let told = hover(
        "a.yaml",
        &format!("{policy}EGRESS:\n- allow tcp to ports 9200 label¦ app=logging\n"),
    );
    assert!(
        told.text[0].starts_with("It allows TCP to pods labelled `app=logging`"),
        "{:?}",
        told.text
    );
    let told = hover("a.yaml", "template: web¦-service\nvalues: {}\n");
    assert_eq!(told.title, "Template `web-service`");
    let told = hover("a.yaml", "template: web-service\nvalues:\n  po¦rts: [80]\n");
    assert_eq!(
        (told.title.as_str(), told.source.as_str()),
        ("`ports`", "template web-service")
    );
}

fn hover(path: &str, text: &str) -> Hover {
    let (workspace, at) = with(path, text);
    let asked = LanguageAsked::Hover {
        file: path.to_owned(),
        at,
    };
    match answer(&workspace, &asked) {
        LanguageReply::Hover(Some(hover)) => hover,
        other => panic!("{other:?}"),
    }
}

#[test]
fn fields_words_and_names_are_explained() {
    let told = hover(
        "a.yaml",
        &format!("{POLICY}  types: [Ingress]\n  ord¦er: 5\n"),
    );
    assert_eq!(
        (told.title.as_str(), told.source.as_str()),
        ("`order`", "NetworkPolicySpec.order")
    );
    let told = hover(
        "a.yaml",
        &format!("{POLICY}  types: [Ingress]\n  ingress:\n  - action: Pa¦ss\n"),
    );
    assert!(told.text[0].starts_with("Leaves the tier"));
    let told = hover(
        "a.yaml",
        &format!("{POLICY}  tier: plat¦form\n  types: [Ingress]\n"),
    );
    assert_eq!(told.title, "Tier `platform`");
    assert!(
        told.text[0].starts_with("Order 700, default action Deny."),
        "{:?}",
        told.text
    );
    assert!(told.text[1].contains("`security`"));
}

#[test]
fn selectors_say_what_they_match() {
    let rules = "  types: [Ingress]\n  selector: app in {\"backend\",\"frontend\"}¦\n";
    let told = hover("a.yaml", &format!("{POLICY}{rules}"));
    assert_eq!(
        told.text[0],
        "The policy applies to 2 endpoints: `storefront/backend`, `storefront/frontend`."
    );
    assert_eq!(
        told.text[1],
        "Canonical form: `app in {\"backend\", \"frontend\"}`"
    );
    let rule = "  types: [Egress]\n  egress:\n  - action: Deny\n    destination:\n      namespaceSelector: global()\n      sel¦ector: type == \"public\"\n";
    let told = hover("a.yaml", &format!("{POLICY}{rule}"));
    assert!(
        told.text
            .iter()
            .any(|it| it == "Matches no endpoint and 1 network set: `public`."),
        "{:?}",
        told.text
    );
}

#[test]
fn addresses_say_whose_they_are() {
    let text = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: {name: a}\nspec:\n  nets:\n  - 203.0.¦113.9/32\n";
    let told = hover("a.yaml", text);
    assert_eq!(
        told.text,
        [
            "No pod has an address in it.",
            "Network sets: `a`, `public`."
        ]
    );
}
