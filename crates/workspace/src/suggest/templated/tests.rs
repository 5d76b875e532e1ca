use tierwalk_protocol::{File, Suggestions};

use crate::Workspace;

const PODS: &str = "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
";

const GENERATOR: &str = "# who calls the api
PolicyName: api
PolicyOrder: 500
ObjectType: NetworkPolicy
PolicyNamespace: shop
AppliesToSelector: app == \"api\"
Direction: [Ingress, Egress]
INGRESS:
# the pages
- IngressAction: Allow
  IngressPort: [8080]
  IngressProtocol: TCP
  IngressSourceSelector: app == \"web\" # shop
EGRESS:
- allow tcp to ports 9200 label app=web # logs
";

const INSTANCE: &str = "template: web-service
values:
  name: api
  namespace: shop
  ports: [8080]
  clients:
  # pages
  - app: web # shop
  dns: false
";

fn found(template: &str, flow: &str) -> (String, Suggestions) {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let workspace = Workspace::open(vec![file("pods.yaml", PODS), file("t.yaml", template)]);
    (template.to_owned(), workspace.suggest_for(flow))
}

/// The titles of the suggestions about the template, and what its text is after each.
fn edited(template: &str, flow: &str) -> Vec<(String, String)> {
    let (text, found) = found(template, flow);
    let about = found
        .list
        .iter()
        .filter(|it| it.edits.iter().all(|edit| edit.place.file == "t.yaml"));
    about
        .map(|it| {
            let title = it.title.iter().map(|piece| piece.text.as_str()).collect();
            let after = it.edits.iter().rev().fold(text.clone(), |text, edit| {
                let (from, to) = (edit.place.from as usize, edit.place.to as usize);
                [&text[..from], &edit.text, &text[to..]].concat()
            });
            (title, after)
        })
        .collect()
}

fn has(found: &[(String, String)], title: &str, text: &str) {
    let all: Vec<&str> = found.iter().map(|(title, _)| title.as_str()).collect();
    let (_, after) = found
        .iter()
        .find(|(it, _)| it == title)
        .unwrap_or_else(|| panic!("{title} in {all:?}"));
    assert_eq!(after, text);
}

#[test]
fn values_of_the_published_generator_take_one_more() {
    has(
        &edited(GENERATOR, "shop/db -> shop/api tcp/8080"),
        "Add \"db\" to INGRESS[0].IngressSourceSelector of the template",
        &GENERATOR.replace("app == \"web\" # shop", "app in {\"web\", \"db\"} # shop"),
    );
    has(
        &edited(GENERATOR, "shop/web -> shop/api tcp/9090"),
        "Add port 9090 to INGRESS[0].IngressPort of the template",
        &GENERATOR.replace("[8080]", "[8080, 9090]"),
    );
}

#[test]
fn rules_in_one_line_take_a_port_or_another_end() {
    has(
        &edited(GENERATOR, "shop/api -> shop/web tcp/9300"),
        "Add port 9300 to EGRESS[0] of the template",
        &GENERATOR.replace("ports 9200 label", "ports 9200,9300 label"),
    );
    has(
        &edited(GENERATOR, "shop/api -> shop/db tcp/9200"),
        "Add \"db\" to EGRESS of the template",
        &format!("{GENERATOR}- allow tcp to ports 9200 label app=db\n"),
    );
}

#[test]
fn a_rule_is_added_and_removed_as_the_template_writes_them() {
    has(
        &edited(GENERATOR, "shop/db -> shop/api udp/53"),
        "Add an Allow rule to INGRESS of template api",
        &GENERATOR.replace(
            "EGRESS:\n- allow",
            "- allow udp from label app=db to ports 53\nEGRESS:\n- allow",
        ),
    );
    has(
        &edited(GENERATOR, "shop/web -> shop/api tcp/8080"),
        "Let INGRESS[0].IngressAction deny",
        &GENERATOR.replace("IngressAction: Allow", "IngressAction: Deny"),
    );
}

#[test]
fn an_instance_gets_another_item_in_its_list() {
    has(
        &edited(INSTANCE, "shop/db -> shop/api tcp/8080"),
        "Add \"db\" to values.clients of the template",
        &INSTANCE.replace("  dns", "  - app: db\n  dns"),
    );
    has(
        &edited(INSTANCE, "shop/web -> shop/api tcp/9090"),
        "Add port 9090 to values.ports of the template",
        &INSTANCE.replace("[8080]", "[8080, 9090]"),
    );
    has(
        &edited(INSTANCE, "shop/web -> shop/api tcp/8080"),
        "Remove values.clients[0] of template api",
        &INSTANCE.replace("\n  # pages\n  - app: web", " []"),
    );
}

#[test]
fn where_no_edit_of_the_template_helps_its_line_is_named() {
    let (_, found) = found(INSTANCE, "shop/api -> shop/db tcp/9200");
    let note = found.template.unwrap();
    assert_eq!((note.place.file.as_str(), note.place.line), ("t.yaml", 1));
    assert!(
        note.why
            .starts_with("`api` is made by a template, and this is no field of it"),
        "{}",
        note.why
    );
}

#[test]
fn a_later_policy_gets_its_order_where_the_template_writes_it() {
    let deny = "---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {order: 100, selector: app == 'api', ingress: [{action: Deny}]}
";
    let template = format!("{GENERATOR}{deny}");
    has(
        &edited(&template, "shop/web -> shop/api tcp/8080"),
        "Lower the order of api to 90",
        &template.replace("PolicyOrder: 500", "PolicyOrder: 90"),
    );
}
