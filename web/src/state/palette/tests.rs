use super::*;

const TEXT: &str = "# pods\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  labels:\n    name: no\n---\nkind: Tier\nmetadata:\n  name: \"ops\"\nspec:\n  order: 1\n";

fn opened() -> Model {
    let mut model = Model {
        files: Files::default().with("cluster/pods.yaml", TEXT),
        open: "cluster/pods.yaml".into(),
        ..Model::default()
    };
    model.update_palette(Msg::Open);
    model
}

fn names(model: &Model) -> Vec<(String, String)> {
    let name = |entry: &&Entry| (entry.kind.to_string(), entry.name.clone());
    model.found().iter().map(name).collect()
}

#[test]
fn objects_are_found_with_their_kind_and_namespace() {
    let mut model = opened();
    model.update_palette(Msg::Typed("shopweb".to_owned()));
    assert_eq!(names(&model), [("Pod".to_owned(), "shop/web".to_owned())]);
    model.update_palette(Msg::Typed("ops".to_owned()));
    assert!(names(&model).contains(&("Tier".to_owned(), "ops".to_owned())));
}

#[test]
fn taking_an_object_goes_to_its_name() {
    let mut model = opened();
    model.update_palette(Msg::Typed("shop/web".to_owned()));
    model.update_palette(Msg::Take);
    let target = model.target.expect("a place");
    assert_eq!((target.line, model.panel), (4, None));
    assert_eq!(
        TEXT.get(target.from as usize..target.to as usize),
        Some("  name: web")
    );
}

#[test]
fn the_entry_at_hand_stays_inside_what_was_found() {
    let mut model = opened();
    model.update_palette(Msg::Typed("shop/web".to_owned()));
    model.update_palette(Msg::Move(5));
    assert_eq!(model.palette.at, 0);
    model.update_palette(Msg::Move(-5));
    assert_eq!(model.palette.at, 0);
}

#[test]
fn a_command_is_run_by_name() {
    let mut model = opened();
    model.update_palette(Msg::Typed("theme dark".to_owned()));
    model.update_palette(Msg::Take);
    assert_eq!(model.preferences.theme, Some(Theme::Dark));
}

#[test]
fn objects_of_a_dump_are_found() {
    let dump = "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    labels:\n      name: no\n    name: cart\n    namespace: shop\n  spec: {}\n- kind: Namespace\n  metadata:\n    name: shop\nkind: List\nmetadata:\n  resourceVersion: \"\"\n";
    let mut model = Model {
        files: Files::default().with("dump.yaml", dump),
        ..Model::default()
    };
    model.update_palette(Msg::Open);
    for (typed, kind, name) in [
        ("shop/cart", "Pod", "shop/cart"),
        ("shop", "Namespace", "shop"),
    ] {
        model.update_palette(Msg::Typed(typed.to_owned()));
        let wanted = (kind.to_owned(), name.to_owned());
        assert!(names(&model).contains(&wanted), "{:?}", names(&model));
    }
}

#[test]
fn leaving_it_goes_back_to_where_it_was_called_from_and_forgets_what_was_typed() {
    let mut model = opened();
    model.update(Outside::Key(Command::Escape, Pane::More));
    model.update(Outside::Key(Command::Find, Pane::Board));
    model.update(Outside::Palette(Msg::Open));
    model.update(Outside::Palette(Msg::Typed("we".to_owned())));
    let effects = model.update(Outside::Key(Command::Escape, Pane::More));
    assert_eq!(effects, [Effect::Focus(Focus::Pane(Pane::Board))]);
    assert_eq!((model.panel, &*model.palette.query), (None, ""));
}

#[test]
fn views_are_found_with_their_keys() {
    let mut model = opened();
    model.update_palette(Msg::Typed("view matrix".to_owned()));
    model.update_palette(Msg::Take);
    assert_eq!(model.middle(), crate::state::Middle::Matrix);
}
