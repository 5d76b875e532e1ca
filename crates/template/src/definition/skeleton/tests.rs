use super::*;

fn readable(source: &str) -> String {
    Skeleton::new(source)
        .marked
        .replace(LINE.0, "<")
        .replace(LINE.1, ">")
}

#[test]
fn lines_that_are_written_out_are_marked_before_their_first_character() {
    assert_eq!(
        readable("kind: X\n{% if a %}\n  b: {{ c }}\n{% endif %}\n\n{{ d }}"),
        "<1>kind: X\n{% if a %}\n  <3>b: {{ c }}\n{% endif %}\n\n<6>{{ d }}"
    );
}

#[test]
fn ends_of_tags_do_not_count_in_strings_and_raw_text_is_left_alone() {
    assert_eq!(readable("{{ \"}}\" ~ x }}: y"), "<1>{{ \"}}\" ~ x }}: y");
    assert_eq!(
        readable("{# a: b #}\n{% raw %}\nx: {{ y }}\n{% endraw %}\nz: 1"),
        "{# a: b #}\n{% raw %}\nx: {{ y }}\n{% endraw %}\n<5>z: 1"
    );
}

#[test]
fn lines_know_the_conditions_and_loops_around_them() {
    let skeleton = Skeleton::new(
        "{% if dns == \"on\" %}\n- a\n{% for d in deps.all %}\n- {{ d }}\n{% endfor %}\n{% endif %}\n- b",
    );
    assert_eq!(skeleton.around[1], ["if", "dns"]);
    assert_eq!(skeleton.around[3], ["if", "dns", "for", "d", "in", "deps"]);
    assert!(skeleton.around[6].is_empty());
}

#[test]
fn names_are_found_in_expressions_only() {
    let skeleton = Skeleton::new("name: x\nfull: {{ a.name }}\nlast: {{ name }}");
    assert_eq!(skeleton.find_name("name"), Some(36..40));
    assert_eq!(skeleton.find_name("full"), None);
    assert_eq!(skeleton.line_range(2), 8..26);
}

#[test]
fn unclosed_tags_end_with_the_text() {
    for source in ["{{", "{%", "{#", "{{ 'a", "{% raw %}", "{% if", "a{{ \"\\"] {
        Skeleton::new(source);
    }
}
