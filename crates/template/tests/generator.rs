//! The published generator's template: clean output, the forms that people write, and where each line comes from.

use tierwalk_source::{Diagnostic, Severity};
use tierwalk_template::{Library, Manifest, Options, PlaceKind, compile_document};

fn compile(text: &str) -> (Vec<Manifest>, Vec<Diagnostic>) {
    let compiled = compile_document(text, &Library::empty(), Options::default());
    (compiled.manifests, compiled.diagnostics)
}

fn one(text: &str) -> Manifest {
    let (mut manifests, diagnostics) = compile(text);
    assert!(
        !diagnostics.iter().any(Diagnostic::is_error),
        "{diagnostics:#?}"
    );
    assert_eq!(manifests.len(), 1);
    manifests.remove(0)
}

const MICROSERVICE: &str = "\
PolicyName: microservice1
PolicyOrder: 510
ObjectType: NetworkPolicy
PolicyNamespace: storefront
AppliesToSelector: app == \"microservice1\"
Direction: ['Ingress', 'Egress']

INGRESS:
- IngressAction: Allow
  IngressPort: [8080]
  IngressProtocol: TCP
  IngressSourceSelector: app == \"frontend\"

EGRESS:
- EgressAction: Allow
  EgressPort: [8080]
  EgressProtocol: TCP
  EgressDestinationSelector: app == \"backend\"
- allow tcp to ports 9200 label app=logging
";

/// Each line of output after the template line that made it; `-` for structure.
fn margin(manifest: &Manifest) -> String {
    let mut shown = String::new();
    for (index, line) in manifest.text.lines().enumerate() {
        let place = manifest.map.origin(index as u32 + 1);
        let margin = match place {
            None => "?".to_owned(),
            Some(place) => match place.kind {
                PlaceKind::Written => place.line.to_string(),
                PlaceKind::Default => "default".to_owned(),
                PlaceKind::Structure => "-".to_owned(),
            },
        };
        shown.push_str(&format!("{margin:7} {line}\n"));
    }
    shown
}

#[test]
fn every_line_of_output_has_its_line_of_template() {
    assert_eq!(
        margin(&one(MICROSERVICE)),
        "\
-       apiVersion: projectcalico.org/v3
3       kind: NetworkPolicy
-       metadata:
1         name: microservice1
4         namespace: storefront
-       spec:
default   tier: default
2         order: 510
5         selector: app == \"microservice1\"
6         types:
6         - Ingress
6         - Egress
8         ingress:
9         - action: Allow
11          protocol: TCP
12          source:
12            selector: app == \"frontend\"
10          destination:
10            ports: [8080]
14        egress:
15        - action: Allow
17          protocol: TCP
18          destination:
18            selector: app == \"backend\"
16            ports: [8080]
19        - action: Allow
19          protocol: TCP
19          destination:
19            selector: app == \"logging\"
19            ports: [9200]
"
    );
}

#[test]
fn a_place_names_its_field_and_its_words() {
    let manifest = one(MICROSERVICE);
    let at = |line| {
        let place = manifest
            .map
            .origin(line)
            .map(|place| (place.field.as_str(), place.span.of(MICROSERVICE)));
        place.unwrap_or_default()
    };
    assert_eq!(at(4), ("PolicyName", "PolicyName: microservice1"));
    assert_eq!(at(25), ("EGRESS[0].EgressPort", "EgressPort: [8080]"));
    assert_eq!(at(29), ("EGRESS[1]", "label app=logging"));
    let line = |at| manifest.map.origin(at).map(|place| place.line);
    assert_eq!((25..=31).map(line).collect::<Vec<_>>()[1..6], [Some(19); 5]);
}

#[test]
fn only_the_listed_directions_are_written() {
    let text = MICROSERVICE.replace("['Ingress', 'Egress']", "[Egress]");
    let (manifests, diagnostics) = compile(&text);
    assert!(!manifests[0].text.contains("ingress:"));
    assert!(manifests[0].text.contains("types:\n  - Egress\n"));
    assert_eq!(diagnostics[0].code, "template/unlisted-direction");
}

#[test]
fn without_direction_the_lists_tell_it() {
    let text = MICROSERVICE.replace("Direction: ['Ingress', 'Egress']\n", "");
    let manifest = one(&text);
    assert!(manifest.text.contains("types:\n  - Ingress\n  - Egress\n"));
    let deny = "PolicyName: deny\nPolicyOrder: 1\nObjectType: GlobalNetworkPolicy\nINGRESS: []\n";
    assert!(
        one(deny)
            .text
            .contains("types:\n  - Ingress\n  ingress: []\n")
    );
}

/// `''`, nothing and a missing key all mean that an optional field is not set.
#[test]
fn fields_that_are_not_set_are_left_out() {
    let bare =
        "PolicyName: a\nPolicyOrder: 1\nObjectType: GlobalNetworkPolicy\nDirection: [Ingress]\n";
    let empty = "AppliesToSelector: ''\nAppliesToNamespaceSelector: ''\nAppliesToSvcActSelector:\nPolicyNamespace: ''\nINGRESS:\nEGRESS: []\n";
    assert_eq!(one(bare).text, one(&format!("{bare}{empty}")).text);
    assert!(!one(bare).text.contains("elector"));
}

#[test]
fn service_accounts_and_namespaces_become_selectors() {
    let text = "PolicyName: a\nPolicyOrder: 1\nObjectType: GlobalNetworkPolicy\nAppliesToNamespaceSelector: env == 'prod'\n\
        AppliesToSvcActSelector: role == 'api'\nDirection: [Ingress]\nINGRESS:\n- IngressAction: Pass\n  \
        IngressSourceNamespace: zone == 'dmz'\n  IngressSourceServiceAccount: all()\n";
    let text = one(text).text;
    assert!(
        text.contains(
            "namespaceSelector: env == 'prod'\n  serviceAccountSelector: role == 'api'\n"
        )
    );
    assert!(text.contains(
        "source:\n      namespaceSelector: zone == 'dmz'\n      serviceAccounts:\n        selector: all()\n"
    ));
}

#[test]
fn sets_have_networks_and_domains() {
    let text = "ObjectType: GlobalNetworkSet\nNetworkSetName: saas\nkind: global\nLabels: {role: saas}\n\
        CIDR: [203.0.113.0/24, 192.0.2.7]\nDomains: ['*.example.com']\n";
    assert_eq!(
        one(text).text,
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: saas\n  labels:\n    role: saas\n\
         spec:\n  nets:\n  - 203.0.113.0/24\n  - 192.0.2.7\n  allowedEgressDomains:\n  - \"*.example.com\"\n"
    );
}

const HEAD: &str = "PolicyName: a\nPolicyOrder: 1\nObjectType: NetworkPolicy\nPolicyNamespace: b\n";
const RULES: &str = "- IngressAction: Allow\n  IngressSourceSelector: app == 'c'\n- EgressAction: Deny\n  EgressProtocol: UDP\n\
    - deny from label app=d\n";

#[test]
fn the_shorter_form_is_taken_apart_by_direction() {
    let long = format!(
        "{HEAD}Direction: [Ingress, Egress]\nINGRESS:\n- IngressAction: Allow\n  IngressSourceSelector: app == 'c'\n\
         - deny from label app=d\nEGRESS:\n- EgressAction: Deny\n  EgressProtocol: UDP\n"
    );
    let indented: String = RULES.lines().map(|line| format!("  {line}\n")).collect();
    for short in [
        format!("{HEAD}Direction: [Ingress, Egress]\n{RULES}"),
        format!("{HEAD}Direction: [Ingress, Egress]\n\n# the rules\n{indented}"),
        format!("{HEAD}Direction: [Ingress, Egress]\nRules:\n{RULES}"),
        format!("{HEAD}Direction:\n{RULES}"),
    ] {
        let (manifests, diagnostics) = compile(&short);
        assert_eq!(manifests.len(), 1, "{short}\n{diagnostics:#?}");
        assert_eq!(manifests[0].text, one(&long).text, "{short}");
        let codes: Vec<_> = diagnostics.iter().map(|d| (d.code, d.severity)).collect();
        assert_eq!(codes, [("template/short-form", Severity::Info)], "{short}");
    }
}

#[test]
fn places_of_the_shorter_form_are_those_of_the_document() {
    let text = format!("{HEAD}Direction: [Ingress, Egress]\n{RULES}");
    let manifest = one(&text);
    let line = manifest
        .text
        .lines()
        .position(|line| line.contains("app == 'c'"))
        .unwrap_or_default();
    let place = manifest
        .map
        .origin(line as u32 + 1)
        .map(|place| (place.line, place.span.of(&text)));
    assert_eq!(place, Some((7, "IngressSourceSelector: app == 'c'")));
}

#[test]
fn a_document_that_is_no_template_is_left_alone() {
    for text in [
        "",
        "- a\n- b\n",
        "kind: Pod\n",
        "flows: []\n",
        "just words",
        "a: [",
        "apiVersion: v1\nkind: List\n",
    ] {
        let (manifests, _) = compile(text);
        assert!(manifests.is_empty(), "{text}");
    }
}
