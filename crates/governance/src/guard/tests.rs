use super::{Refusal, refusal};

#[test]
fn long_policies_of_short_expressions_pass() {
    let body = "\tinput.spec.order + 1 < 500 # 1 + 2 + 3\n\tx := [\"a + b\", `c + d`]\n";
    let text = format!("package main\n\nallow if {{\n{}}}\n", body.repeat(2000));
    assert_eq!(refusal(&text), None);
}

#[test]
fn long_lists_pass() {
    let text = format!("package main\nx := [{}]", "\"a.b\", 1 + 1,\n".repeat(5000));
    assert_eq!(refusal(&text), None);
}

#[test]
fn an_endless_sum_is_found() {
    let text = format!("package main\nx := 1{}", " + 1".repeat(1000));
    assert!(matches!(refusal(&text), Some(Refusal::Long(_))));
}

#[test]
fn an_endless_reference_is_found() {
    let text = format!("package main\nx := input{}", "[0]".repeat(1000));
    assert!(matches!(refusal(&text), Some(Refusal::Long(_))));
    let text = format!("package main\nx := input{}", ".a".repeat(1000));
    assert!(matches!(refusal(&text), Some(Refusal::Long(_))));
}

/// What a unit test of a check writes as its input.
#[test]
fn inputs_of_tests_pass() {
    let input = r#"{"spec": {"ingress": [{"source": {"nets": ["10.0.0.0/8"]}}]}}"#;
    let test = format!("test_a if {{ count(deny) == 1 with input as {input} }}\n");
    assert_eq!(refusal(&test.repeat(100)), None);
}

#[test]
fn brackets_within_brackets_are_found() {
    let text = format!("package main\nx := {}{}", "[".repeat(20), "]".repeat(20));
    assert!(matches!(refusal(&text), Some(Refusal::Deep(_))));
    let nested = format!("{}{},\n", "[".repeat(14), "]".repeat(14));
    let text = format!("package main\nx := [{}]", nested.repeat(100));
    assert!(matches!(refusal(&text), Some(Refusal::Deep(_))));
}
