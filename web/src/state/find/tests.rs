use tierwalk_protocol::File;

use super::*;

fn files() -> Files {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Files::from(vec![
        file("a.yaml", "name: 𝛼 web\n  Web: web-2\n"),
        file("b.yaml", "website\n"),
    ])
}

fn found(text: &str, case: bool, word: bool) -> Vec<String> {
    let query = Query {
        text: text.to_owned(),
        case,
        word,
    };
    let shown = |hit: Hit| {
        let Place {
            file, line, from, ..
        } = hit.place;
        format!("{file}:{line} {from} {}", hit.line.join("|"))
    };
    hits(&files(), &query).into_iter().map(shown).collect()
}

#[test]
fn places_are_counted_as_the_editor_counts_them() {
    assert_eq!(found("web", true, true), ["a.yaml:1 9 name: 𝛼 |web|"]);
    assert_eq!(found("web-2", true, true), ["a.yaml:2 20 Web: |web-2|"]);
    assert_eq!(found("web", false, false).len(), 4);
    assert_eq!(found("", false, false).len(), 0);
}

#[test]
fn replacing_changes_all_files_and_is_one_step_to_undo() {
    let mut model = Model {
        files: files(),
        ..Model::default()
    };
    model.update_find(Msg::Text("web".to_owned()));
    model.update_find(Msg::Case(true));
    model.update_find(Msg::Replacement("shop".to_owned()));
    model.update_find(Msg::ReplaceAll);
    assert_eq!(
        &**model.files.text("a.yaml").unwrap(),
        "name: 𝛼 shop\n  Web: shop-2\n"
    );
    assert_eq!(&**model.files.text("b.yaml").unwrap(), "shopsite\n");
    assert_eq!(
        model.notice.as_deref(),
        Some("`web` is now `shop`, at 3 places in 2 files.")
    );
    model.undo();
    assert_eq!(&**model.files.text("b.yaml").unwrap(), "website\n");
    assert_eq!(
        &**model.files.text("a.yaml").unwrap(),
        "name: 𝛼 web\n  Web: web-2\n"
    );
}
