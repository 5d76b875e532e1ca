use super::{EngineError, read, span_at};

fn parse(text: &str) -> EngineError {
    let mut engine = regorus::Engine::new();
    let error = engine
        .add_policy("policy/x.rego".into(), text.into())
        .expect_err("broken");
    read(&error)
}

/// The engine's own rendering, which we take apart.
#[test]
fn the_form_of_engine_errors() {
    let error = parse("package main\n\ndeny[msg] {\n  msg := \"a\"\n}\n");
    assert_eq!(
        error,
        EngineError {
            path: "policy/x.rego".into(),
            line: 3,
            column: 11,
            message: "`if` keyword is required before rule body".into(),
        }
    );
}

#[test]
fn columns_count_a_tab_as_four() {
    let text = "package main\n\tinput.kind == kind\n";
    let span = span_at(text, 2, 19);
    assert_eq!(span.of(text), "kind");
    assert_eq!(span.start as usize, text.len() - 5);
}

#[test]
fn places_outside_the_text_are_its_end() {
    assert_eq!(span_at("a", 9, 1).range(), 1..1);
    assert_eq!(span_at("a", 0, 0).range(), 0..0);
}
