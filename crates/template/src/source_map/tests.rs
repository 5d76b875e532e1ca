use super::*;

fn place(line: u32, field: &str) -> TemplatePlace {
    TemplatePlace {
        kind: PlaceKind::Written,
        field: field.to_owned(),
        span: Span::new(10 * line as usize, 10 * line as usize + 5),
        line,
        definition: None,
    }
}

fn map() -> SourceMap {
    SourceMap::new(
        &[place(3, "PolicyName"), place(9, "EGRESS[0].EgressPort")],
        vec![None, Some(0), Some(1), Some(1)],
    )
}

#[test]
fn output_lines_lead_to_template_lines() {
    let map = map();
    assert_eq!(map.origin(3).map(|place| place.line), Some(9));
    assert_eq!(map.origin(1), None);
    assert_eq!(map.origin(99), None);
    assert_eq!(map.origin(4).map(|place| place.line), Some(9));
}

#[test]
fn a_problem_in_the_output_is_told_at_the_template_line() {
    let problem = Diagnostic::error("resource/port", Span::new(16, 19), "port range invalid");
    let moved = map().to_template(3, &problem).map(|moved| moved.span);
    assert_eq!(moved, Some(Span::new(90, 95)));
    let unmapped = Diagnostic::error("resource/kind", Span::new(0, 4), "no such kind");
    assert_eq!(map().to_template(1, &unmapped), None);
}
