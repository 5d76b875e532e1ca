use tierwalk_protocol::{Edit, File, Form, FormField, Input, View};

use crate::{Workspace, template_view};

const TEMPLATE: &str = "\
# who may call the api
PolicyName: api # its name
PolicyOrder: 500
ObjectType: NetworkPolicy
PolicyNamespace: shop
Direction: ['Ingress']
INGRESS:
# the shop
- IngressAction: Allow
  IngressPort: [8080]
- allow tcp from label app=web to ports 80
";

const INSTANCE: &str = "\
template: web-service
values:
  name: checkout  # the service
  namespace: shop
  ports:
  - 8080
  dependencies:
  - app: payments # cards
    ports: [8443]
";

fn form(text: &str) -> Form {
    let workspace = Workspace::open(vec![File {
        path: "t.yaml".into(),
        text: text.into(),
    }]);
    template_view::file(&workspace, "t.yaml")
        .unwrap()
        .forms
        .remove(0)
}

fn field<'a>(fields: &'a [FormField], path: &str) -> &'a FormField {
    let all = |fields: &'a [FormField]| fields.iter();
    for it in all(fields) {
        if it.path.ends_with(path) {
            return it;
        }
        if let Some(found) = it.fields.iter().find(|inner| inner.path.ends_with(path)) {
            return found;
        }
        for inner in &it.fields {
            if let Some(found) = inner.fields.iter().find(|it| it.path.ends_with(path)) {
                return found;
            }
        }
    }
    panic!("no field {path}");
}

/// ASCII texts: UTF-16 offsets are byte offsets.
fn apply(text: &str, edit: &Edit) -> String {
    let (from, to) = (edit.place.from as usize, edit.place.to as usize);
    format!("{}{}{}", &text[..from], edit.text, &text[to..])
}

fn write(text: &str, path: &str, value: &str) -> String {
    let form = form(text);
    let write = field(&form.fields, path).write.clone().unwrap();
    let edit = Edit {
        place: write.place,
        text: format!("{}{value}", write.before),
    };
    apply(text, &edit)
}

fn errors(text: &str) -> usize {
    let file = File {
        path: "t.yaml".into(),
        text: text.into(),
    };
    let analysis = Workspace::open(vec![file]).analysis(None);
    let errors = analysis.files.iter().map(|file| file.errors as usize);
    errors.sum()
}

#[test]
fn a_value_is_replaced_where_it_stands_and_comments_stay() {
    let changed = write(TEMPLATE, ".PolicyName", "cart");
    assert_eq!(
        changed,
        TEMPLATE.replace("PolicyName: api #", "PolicyName: cart #")
    );
    let changed = write(INSTANCE, "dependencies.0.app", "cards");
    assert_eq!(changed, INSTANCE.replace("app: payments #", "app: cards #"));
    let changed = write(INSTANCE, "ports.0", "9090");
    assert_eq!(changed, INSTANCE.replace("- 8080", "- 9090"));
}

#[test]
fn a_field_that_is_not_written_gets_a_line_behind_the_one_before_it() {
    let changed = write(TEMPLATE, ".AppliesToSelector", "app == \"api\"");
    let expected = TEMPLATE.replace(
        "Namespace: shop\n",
        "Namespace: shop\nAppliesToSelector: app == \"api\"\n",
    );
    assert_eq!(changed, expected);
    let changed = write(INSTANCE, ".order", "600");
    assert_eq!(
        changed,
        INSTANCE.replace("space: shop\n", "space: shop\n  order: 600\n")
    );
    assert_eq!(
        write("template: web-service\n", ".name", "x"),
        "template: web-service\nvalues:\n  name: x\n"
    );
    assert_eq!(
        write("template: web-service\nvalues:\n", ".name", "x"),
        "template: web-service\nvalues:\n  name: x\n"
    );
}

#[test]
fn items_are_added_and_removed_with_their_lines() {
    let form = form(INSTANCE);
    let dependencies = field(&form.fields, ".dependencies");
    let added = apply(INSTANCE, dependencies.add.as_ref().unwrap());
    assert!(
        added.ends_with("    ports: [8443]\n  - app: payments\n    ports: [8443]\n"),
        "{added}"
    );
    let clients = field(&form.fields, ".clients");
    let added = apply(INSTANCE, clients.add.as_ref().unwrap());
    assert!(
        added.contains("  - 8080\n  clients:\n  - app: storefront\n  dependencies"),
        "{added}"
    );
    assert_eq!(errors(&added), 0);
    let removed = apply(INSTANCE, dependencies.fields[0].remove.as_ref().unwrap());
    assert!(removed.ends_with("  dependencies:\n"), "{removed}");
}

#[test]
fn rules_are_groups_of_fields_or_one_line() {
    let form = form(TEMPLATE);
    let rules = field(&form.fields, ".INGRESS");
    assert_eq!(
        field(&rules.fields, "0.IngressAction").value.as_deref(),
        Some("Allow")
    );
    assert_eq!(rules.fields[1].input, Input::Code);
    assert!(
        rules.fields[1].help.starts_with("It allows"),
        "{}",
        rules.fields[1].help
    );
    let changed = write(TEMPLATE, "0.IngressProtocol", "TCP");
    assert_eq!(
        changed,
        TEMPLATE.replace("Action: Allow\n", "Action: Allow\n  IngressProtocol: TCP\n")
    );
}

#[test]
fn choices_are_turned_over_in_the_style_of_the_list() {
    let form = form(TEMPLATE);
    let Input::Choices { options } = &field(&form.fields, ".Direction").input else {
        panic!("directions can be chosen");
    };
    let on: Vec<_> = options
        .iter()
        .map(|it| (it.value.as_str(), it.on))
        .collect();
    assert_eq!(on, [("Ingress", true), ("Egress", false)]);
    let changed = apply(TEMPLATE, options[1].edit.as_ref().unwrap());
    assert_eq!(
        changed,
        TEMPLATE.replace("['Ingress']", "[Ingress, Egress]")
    );
}

#[test]
fn every_starter_compiles_as_it_is() {
    let analysis = crate::analysis::analyse(&Workspace::default(), &View::default());
    assert_eq!(analysis.starters.len(), 5);
    for starter in analysis.starters {
        assert_eq!(errors(&starter.example), 0, "{}", starter.example);
    }
}
