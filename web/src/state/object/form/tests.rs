use tierwalk_protocol::{Edit, Place};

use super::*;
use crate::state::{Msg, object};

fn model() -> Model {
    let mut model = Model::default();
    model.update(Msg::Example(0));
    let path = model.files.first().unwrap();
    model.look_at_object(&path, 1);
    model
}

fn set(value: &str) -> object::Msg {
    let change = FieldChange {
        path: "spec.order".to_owned(),
        what: FieldEdit::Set(value.to_owned()),
    };
    object::Msg::Change(change, 0.0)
}

fn changed(model: &Model, text: &str) -> ObjectReply {
    let place = Place {
        file: model.files.first().unwrap().to_string(),
        line: 1,
        column: 1,
        from: 0,
        to: 0,
    };
    ObjectReply::Changed(Changed {
        edits: vec![Edit {
            place,
            text: text.to_owned(),
        }],
        said: String::new(),
        policy: None,
        file: None,
    })
}

#[test]
fn what_is_typed_while_a_change_is_made_waits_and_only_the_last_value_is_written() {
    let mut model = model();
    assert_eq!(model.update_object(set("1")).len(), 1);
    let first = model.questions;
    assert!(model.update_object(set("12")).is_empty());
    assert!(model.update_object(set("123")).is_empty());
    let reply = changed(&model, "# 1\n");
    let effects = model.object_replied(first, reply);
    let Some(Effect::Ask(_, Question::Object(ObjectAsked::Change(_, next)))) = effects.last()
    else {
        panic!("the next change is asked for: {effects:?}");
    };
    assert_eq!(next.what, FieldEdit::Set("123".to_owned()));
    assert!(matches!(effects.first(), Some(Effect::Tell(_))));
}

#[test]
fn broken_text_keeps_the_form_and_says_why() {
    let mut model = model();
    model.show_object(true);
    let form = ObjectForm::default();
    model.object_replied(model.questions, ObjectReply::Form(Box::new(form)));
    assert!(model.objects.form.form.is_some());
    model.objects.form.at = Some(ObjectAt::default());
    model.refresh_form();
    let broken = ObjectReply::NoForm {
        why: "not YAML".to_owned(),
        broken: true,
    };
    model.object_replied(model.questions, broken);
    assert!(model.objects.form.form.is_some());
    assert_eq!(model.objects.form.why.as_deref(), Some("not YAML"));
}

#[test]
fn a_new_policy_is_a_file_whose_form_opens() {
    let mut model = model();
    model.update_object(object::Msg::Add(NewPolicy::default()));
    let reply = ObjectReply::Changed(Changed {
        edits: Vec::new(),
        said: "added".to_owned(),
        policy: None,
        file: Some(tierwalk_protocol::File {
            path: "policies/new.yaml".to_owned(),
            text: "kind: X\n".to_owned(),
        }),
    });
    model.object_replied(model.questions, reply);
    assert_eq!(&*model.open, "policies/new.yaml");
    assert!(model.shows_object());
    assert_eq!(
        model.objects.form.at.as_ref().map(|at| at.file.as_str()),
        Some("policies/new.yaml")
    );
}
