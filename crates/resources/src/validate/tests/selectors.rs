use super::{global, policy, rule};

/// Reference §2.5: Calico's words, at the place inside the selector.
#[test]
fn syntax_is_shown_inside_the_scalar() {
    policy("\n  selector: app == web").is("selector/syntax", "is not a selector", "web");
    policy("{selector: 'app == web'}").is("selector/syntax", "expected string", "web");
    policy("{selector: \"app == web\"}").is("selector/syntax", "expected string", "web");
    rule("source: {notSelector: a = 'b'}").is("selector/syntax", "expected ==", "=");
    rule("source: {serviceAccounts: {selector: role}}").is(
        "selector/syntax",
        "is not a selector",
        "role",
    );
}

/// Escapes and folded lines move the text: the whole scalar is shown.
#[test]
fn syntax_in_folded_text_is_shown_on_the_whole_scalar() {
    let found = policy("\n  selector: >-\n    app ==\n    web\n");
    found.is(
        "selector/syntax",
        "expected string",
        ">-\n    app ==\n    web",
    );
}

/// Reference §2.1, edge case 59: a block scalar keeps its newline.
#[test]
fn a_block_scalar_is_no_selector() {
    let found = policy("\n  selector: |\n    all()\n");
    found.is("selector/syntax", "expected identifier", "|");
    let help = found.diagnostics[0].help.as_deref().unwrap_or_default();
    assert!(help.contains("a YAML `|` block leaves one at the end: use `>-` or quotes"));
    policy("\n  selector: >-\n    app == 'a' &&\n    has(b)\n").is_fine();
}

/// Reference §2.7: empty is a selector.
#[test]
fn empty_selectors_are_fine() {
    policy("{selector: ''}").is_fine();
    policy("{selector: '  '}").is_fine();
    rule("source: {selector: '', namespaceSelector: '', notSelector: ''}").is_fine();
}

/// Reference §6.4 and §6.6.
#[test]
fn global_has_one_place() {
    let only = "global() can only be used in an EntityRule namespaceSelector";
    policy("{selector: global()}").is("selector/global", only, "global()");
    global("{namespaceSelector: '!global()'}").is("selector/global", only, "'!global()'");
    policy("{serviceAccountSelector: \"app == 'global('\"}").is(
        "selector/global",
        only,
        "\"app == 'global('\"",
    );
    rule("source: {selector: global()}").is("selector/global", only, "global()");
    rule("source: {notSelector: global()}").is_fine();
    global("{selector: global == 'x'}").is_fine();
}

/// Reference §6.8: `global()` stands alone.
#[test]
fn global_stands_alone() {
    let alone = "global() cannot be combined with other selectors";
    for selector in [
        "(global())",
        "!global()",
        "global() && has(a)",
        "a == \"global(\"",
    ] {
        let written = format!("'{selector}'");
        let found = rule(&format!("source: {{namespaceSelector: {written}}}"));
        found.is("selector/global", alone, &written);
    }
    rule("source: {namespaceSelector: ' global( ) '}").is_fine();
}

/// Reference §1.2: 1024 characters, not bytes.
#[test]
fn selectors_have_a_length() {
    let value = "é".repeat(1024 - "a == ''".len());
    policy(&format!("{{selector: \"a == '{value}'\"}}")).is_fine();
    let long = policy(&format!("{{selector: \"a == '{value}e'\"}}"));
    assert_eq!(long.diagnostics[0].code, "document/limit");
    assert!(
        long.diagnostics[0]
            .message
            .contains("may not be more than 1024 bytes")
    );
}
