//! What pictures, report and the one YAML file say.

use std::sync::Arc;

use tierwalk_protocol::Verdict;

use super::*;
use crate::{
    fixture,
    shared::Shared,
    state::{Msg as Message, board_filter, files::Files, model::Shown},
};

fn model() -> Model {
    let mut analysis = fixture::analysis();
    analysis.flows = vec![Arc::new(fixture::flow("denied", Some(Verdict::Deny)))];
    let files = Files::default()
        .with("policies/a.yaml", "kind: A\n")
        .with("policies/b.yml", "---\nkind: B <&>\n")
        .with("notes.md", "not YAML");
    Model {
        name: "shop".into(),
        files,
        analysis: Shared::from(analysis),
        shown: Some(Shown {
            flow: "denied".to_owned(),
            walk: Some(Shared::from(fixture::denied_walk())),
        }),
        ..Model::default()
    }
}

fn handed_out(model: &mut Model, msg: Msg) -> (String, String) {
    let effects = model.update(Message::Exports(msg));
    match effects.as_slice() {
        [Effect::HandOut { name, text, .. }] => (name.clone(), text.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_board_is_drawn_as_it_is_shown_with_text_as_text() {
    let mut model = model();
    let (name, svg) = handed_out(&mut model, Msg::Board(Format::Svg, Shade::Light));
    assert_eq!(name, "shop-board.svg");
    for part in [
        ">security-pass<",
        ">backend<",
        ">End of tier<",
        ">skipped: no Ingress here<",
        "Profile · kns.* allows",
    ] {
        assert!(svg.contains(part), "`{part}` is missing in {svg}");
    }
    assert!(svg.contains("#FAFAFB") && !svg.contains("var("));
    model.update(Message::Board(board_filter::Msg::Text(
        "backend".to_owned(),
    )));
    let (_, filtered) = handed_out(&mut model, Msg::Board(Format::Svg, Shade::Dark));
    assert!(filtered.contains(">backend<") && !filtered.contains(">security-pass<"));
    assert!(filtered.contains("#0C0D0F"));
}

#[test]
fn the_walk_is_drawn_with_its_verdict_and_steps() {
    let (name, svg) = handed_out(&mut model(), Msg::Walk(Format::Svg, Shade::Light));
    assert_eq!(name, "shop-walk.svg");
    for part in [">Deny<", ">Ingress at storefront/backend<", ">skipped<"] {
        assert!(svg.contains(part), "`{part}` is missing in {svg}");
    }
}

#[test]
fn pixels_are_drawn_from_the_same_picture() {
    let mut model = model();
    let (_, drawn) = handed_out(&mut model, Msg::Walk(Format::Svg, Shade::Light));
    let effects = model.update(Message::Exports(Msg::Walk(Format::Png, Shade::Light)));
    assert!(
        matches!(effects.as_slice(), [Effect::Rasterise { name, svg, .. }] if name == "shop-walk.png" && *svg == drawn)
    );
}

#[test]
fn the_report_has_flows_policies_and_problems() {
    let (name, report) = handed_out(&mut model(), Msg::Report);
    assert_eq!(name, "shop.md");
    for part in [
        "# shop",
        "| Deny | storefront/frontend | storefront/backend | tcp/8080 |",
        "### Tier security, order 500, ends in Deny",
        "| 530 | storefront/backend | np |",
        "## Problems",
    ] {
        assert!(report.contains(part), "`{part}` is missing in {report}");
    }
}

#[test]
fn all_yaml_is_one_file_that_reads_as_the_files_did() {
    let (name, text) = handed_out(&mut model(), Msg::Yaml);
    assert_eq!(name, "shop.yaml");
    assert_eq!(
        text,
        "# policies/a.yaml\nkind: A\n---\n# policies/b.yml\nkind: B <&>\n"
    );
}
