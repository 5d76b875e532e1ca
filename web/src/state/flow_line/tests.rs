use super::*;

fn appended(text: &str, line: &str) -> String {
    append("flows/a.yaml", Some(&text.into()), &[line])
}

#[test]
fn a_line_goes_to_the_end_of_the_list() {
    let text = appended("flows:\n- a/b -> c/d tcp/1\n", "x/y -> z/w tcp/2 allow");
    assert_eq!(
        text,
        "flows:\n- a/b -> c/d tcp/1\n- x/y -> z/w tcp/2 allow\n"
    );
}

#[test]
fn the_indentation_of_the_list_is_kept() {
    let text = appended("flows:\n  - a -> b tcp/1", "c -> d tcp/2");
    assert_eq!(text, "flows:\n  - a -> b tcp/1\n  - c -> d tcp/2\n");
}

#[test]
fn a_file_without_flows_gets_a_list() {
    assert_eq!(
        append("flows/a.yaml", None, &["a -> b tcp/1"]),
        "flows:\n- a -> b tcp/1\n"
    );
    assert_eq!(
        appended("# mine\n", "a -> b tcp/1"),
        "# mine\nflows:\n- a -> b tcp/1\n"
    );
}

#[test]
fn what_yaml_would_read_otherwise_is_quoted() {
    assert_eq!(
        append("flows/a.yaml", None, &["::1 -> a tcp/1"]),
        "flows:\n- '::1 -> a tcp/1'\n"
    );
    assert_eq!(
        append("flows/a.yaml", None, &["a -> b # it's"]),
        "flows:\n- 'a -> b # it''s'\n"
    );
}

#[test]
fn flows_go_where_flows_are() {
    let files = Files::default()
        .with("policies/a.yaml", "")
        .with("flows/x.yaml", "");
    assert_eq!(file_for(&files, &[]), "flows/x.yaml");
    assert_eq!(file_for(&Files::default(), &[]), "flows/flows.yaml");
}

#[test]
fn a_file_of_lines_gets_lines() {
    let text = append(
        "flows/a.flows",
        Some(&"a -> b tcp/1".into()),
        &["c -> d tcp/2", "- e -> f tcp/3"],
    );
    assert_eq!(text, "a -> b tcp/1\nc -> d tcp/2\ne -> f tcp/3\n");
}
