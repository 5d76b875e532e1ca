use tierwalk_protocol::{File, Found, Place};

use super::*;

fn model() -> Model {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Model {
        files: vec![file("a.yaml", "name: old\n"), file("b.yaml", "tier: old\n")].into(),
        open: "a.yaml".into(),
        ..Model::default()
    }
}

fn place(file: &str) -> Place {
    Place {
        file: file.to_owned(),
        line: 1,
        column: 7,
        from: 6,
        to: 9,
    }
}

fn named() -> Named {
    let found = |file| Found {
        place: place(file),
        line: String::new(),
    };
    Named {
        what: "tier".to_owned(),
        name: "old".to_owned(),
        declared: vec![found("a.yaml")],
        found: vec![found("a.yaml"), found("b.yaml")],
        renames: true,
    }
}

fn wanted(what: &str) -> Msg {
    Msg::Wanted(Wanted {
        what: what.to_owned(),
        path: "b.yaml".to_owned(),
        at: 7,
    })
}

/// The number under which something was asked.
fn id(effects: &[Effect]) -> u32 {
    match effects {
        [Effect::Ask(id, _)] => *id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn renaming_changes_all_files_and_is_one_step_to_undo() {
    let mut model = model();
    let asked = id(&model.update_language(wanted("rename")));
    model.language_replied(asked, LanguageReply::Name(Some(named())));
    let renaming = model.language.renaming.as_ref().unwrap();
    assert_eq!(renaming.extent(), "2 places in 2 files");
    let asked = id(&model.update_language(Msg::Rename(" new ".to_owned())));
    let edit = |file| Edit {
        place: place(file),
        text: "new".to_owned(),
    };
    let edits = Renamed::Edits(vec![edit("a.yaml"), edit("b.yaml")]);
    model.language_replied(asked, LanguageReply::Rename(edits));
    assert_eq!(&**model.files.text("b.yaml").unwrap(), "tier: new\n");
    assert_eq!(
        model.notice.as_deref(),
        Some("Tier `old` is now `new`, at 2 places in 2 files.")
    );
    model.undo();
    assert_eq!(&**model.files.text("a.yaml").unwrap(), "name: old\n");
    assert_eq!(&**model.files.text("b.yaml").unwrap(), "tier: old\n");
}

#[test]
fn a_refused_name_can_be_tried_again() {
    let mut model = model();
    let asked = id(&model.update_language(wanted("rename")));
    model.language_replied(asked, LanguageReply::Name(Some(named())));
    let asked = id(&model.update_language(Msg::Rename("X".to_owned())));
    let refused = Renamed::Refused("no".to_owned());
    model.language_replied(asked, LanguageReply::Rename(refused));
    let renaming = model.language.renaming.as_ref().unwrap();
    assert_eq!(renaming.refused.as_deref(), Some("no"));
}

#[test]
fn a_form_of_a_text_that_was_changed_since_is_of_no_use() {
    let mut model = model();
    let asked = id(&model.update_language(Msg::Format));
    model.typed(&"a.yaml".into(), "name: mine\n".into(), 0.0);
    let formatted = Formatted::Text("name: other\n".to_owned());
    model.language_replied(asked, LanguageReply::Format(formatted));
    assert_eq!(&**model.files.text("a.yaml").unwrap(), "name: mine\n");
}

#[test]
fn answers_reach_the_editor_by_the_number_of_its_question() {
    let mut model = model();
    let before = model.language.answers.clone();
    for number in [7, 8] {
        let asked = Asked {
            number,
            complete: false,
            path: "a.yaml".to_owned(),
            at: 0,
        };
        let asked = id(&model.update_language(Msg::Asked(asked)));
        model.language_replied(asked, LanguageReply::Hover(None));
    }
    let answers = &model.language.answers;
    let numbers: Vec<_> = answers.since(&before).map(|(number, _)| *number).collect();
    assert_eq!(numbers, [7, 8]);
    assert_eq!(answers.since(answers).count(), 0);
}
