//! What the form and the gallery do to the text.

use tierwalk_protocol::{Analysis, CompiledLine, FileSummary, Form, LineOrigin, Starter, Write};

use super::*;
use crate::engine::Event;

const PATH: &str = "templates/api.yaml";
const TEXT: &str = "# the api\nPolicyName: api # a name\n";

fn place(from: u32, to: u32) -> Place {
    Place {
        file: PATH.to_owned(),
        line: 2,
        column: 1,
        from,
        to,
    }
}

fn name_field() -> FormField {
    FormField {
        path: "0.PolicyName".to_owned(),
        label: "Name".to_owned(),
        input: Input::Text,
        required: true,
        default: None,
        help: String::new(),
        value: Some("api".to_owned()),
        line: Some(2),
        write: Some(Write {
            place: place(22, 25),
            before: String::new(),
        }),
        remove: None,
        add: None,
        fields: Vec::new(),
    }
}

fn analysis() -> Analysis {
    let line = CompiledLine {
        text: "kind: NetworkPolicy".to_owned(),
        line: None,
        origin: LineOrigin::None,
    };
    Analysis {
        files: vec![FileSummary {
            path: PATH.to_owned(),
            template: true,
            ..FileSummary::default()
        }],
        template: Some(TemplateFile {
            file: PATH.to_owned(),
            objects: vec![CompiledObject {
                kind: "NetworkPolicy".to_owned(),
                namespace: None,
                name: "api".to_owned(),
                file_name: "networkpolicy.api.yaml".to_owned(),
                lines: vec![line],
                clusters: Vec::new(),
            }],
            forms: vec![Form {
                template: "policy-generator".to_owned(),
                description: String::new(),
                line: 1,
                fields: vec![name_field()],
            }],
            detachable: true,
        }),
        starters: vec![Starter {
            name: "web-service".to_owned(),
            description: String::new(),
            shipped: true,
            example: "# a service\ntemplate: web-service\n".to_owned(),
        }],
        ..Analysis::default()
    }
}

fn answer(model: &mut Model, analysis: Analysis) -> Vec<Effect> {
    let revision = model.asked;
    model.update(Msg::Engine(Event::Analysis {
        revision,
        analysis: Rc::new(analysis),
    }))
}

fn opened() -> Model {
    let mut model = Model {
        files: super::super::files::Files::default()
            .with("flows/a.flows", "")
            .with(PATH, TEXT),
        ..Model::default()
    };
    answer(&mut model, analysis());
    model.update(Msg::Open(PATH.into()));
    model
}

fn fill(model: &mut Model, value: &str) -> Vec<Effect> {
    model.update(Msg::Fill {
        path: "0.PolicyName".to_owned(),
        value: value.to_owned(),
        at: 0.0,
    })
}

#[test]
fn a_chosen_template_is_shown_compiled_with_its_form() {
    let mut model = opened();
    assert_eq!(model.middle(), Middle::Compiled);
    assert!(model.shows_form());
    model.update(Msg::Open("flows/a.flows".into()));
    assert_eq!(model.middle(), Middle::Board);
    assert!(!model.shows_form());
    let effects = model.update(Msg::Middle(Middle::Compiled));
    assert_eq!(&*model.open, PATH);
    assert!(effects.contains(&Effect::Tell(Difference::default())));
}

#[test]
fn the_walk_chosen_before_the_first_analysis_stays() {
    let mut model = Model {
        files: super::super::files::Files::default().with(PATH, TEXT),
        open: PATH.into(),
        ..Model::default()
    };
    model.update(Msg::ShowForm(false));
    answer(&mut model, analysis());
    assert!(model.is_template(&model.open));
    assert!(!model.shows_form());
}

#[test]
fn a_field_changes_its_place_in_the_text_and_nothing_else() {
    let mut model = opened();
    fill(&mut model, "cart");
    let text = model.files.text(PATH).unwrap();
    assert_eq!(&**text, "# the api\nPolicyName: cart # a name\n");
    model.update(Msg::Undo);
    assert_eq!(&**model.files.text(PATH).unwrap(), TEXT);
}

#[test]
fn what_is_typed_while_the_engine_is_busy_is_written_when_it_answers() {
    let mut model = opened();
    fill(&mut model, "c");
    assert!(fill(&mut model, "ca").is_empty());
    let mut next = analysis();
    let fields = &mut next.template.as_mut().unwrap().forms[0].fields;
    fields[0].write.as_mut().unwrap().place = place(22, 23);
    answer(&mut model, next);
    let text = model.files.text(PATH).unwrap();
    assert_eq!(&**text, "# the api\nPolicyName: ca # a name\n");
}

#[test]
fn values_are_written_as_yaml_reads_them() {
    let numbers = Input::List { numbers: true };
    assert_eq!(written(&numbers, "80, 8000:8080,"), "[80, \"8000:8080\"]");
    assert_eq!(written(&Input::Labels, "a=b, c=1"), "{a: b, c: \"1\"}");
    assert_eq!(written(&Input::Text, "yes"), "\"yes\"");
    assert_eq!(written(&Input::Number, "500"), "500");
}

#[test]
fn detaching_puts_the_objects_in_place_of_the_template() {
    let mut model = opened();
    model.update(Msg::Detach);
    assert!(!model.files.contains(PATH));
    let text = model.files.text("policies/networkpolicy.api.yaml").unwrap();
    assert_eq!(&**text, "kind: NetworkPolicy\n");
    model.update(Msg::Undo);
    assert!(model.files.contains(PATH));
}

#[test]
fn the_gallery_adds_a_file_with_an_example() {
    let mut model = opened();
    model.update(Msg::Start("web-service".to_owned()));
    assert_eq!(&*model.open, "templates/web-service.yaml");
    let text = model.files.text("templates/web-service.yaml").unwrap();
    assert!(text.starts_with("# a service\n"));
}
