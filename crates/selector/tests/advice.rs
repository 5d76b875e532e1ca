//! What a user is told about a mistake: the place, the help and the fix.

use tierwalk_selector::{ParseError, Selector};

fn error(text: &str) -> ParseError {
    match Selector::parse(text) {
        Ok(selector) => panic!("{text:?} parses to {selector}"),
        Err(error) => error,
    }
}

fn fixed(text: &str) -> Option<String> {
    error(text).fix.map(|fix| fix.apply(text))
}

/// The text that an error points at.
fn place(text: &str) -> (usize, &str) {
    let error = error(text);
    (error.offset, &text[error.offset..error.offset + error.len])
}

#[test]
fn the_place_is_what_has_to_change() {
    for (text, offset, meant) in [
        ("a = '1'", 2, "="),
        ("tier ! = 'gold'", 5, "! ="),
        ("a == '1' & b == '2'", 9, "&"),
        ("a == '1' and b == '2'", 9, "and"),
        ("a == one", 5, "one"),
        ("a == nginx:1.2 && has(b)", 5, "nginx:1.2"),
        ("img starts with ng", 16, "ng"),
        ("a == '1' &&", 11, ""),
        ("(a == '1'", 9, ""),
        ("a == '1')", 8, ")"),
        ("a == '1' b == '2'", 9, "b"),
        ("'1' == a", 0, "'1'"),
        ("a == 'x", 5, "'x"),
        ("a == 'x' # y", 9, "#"),
        ("a < '5'", 2, "<"),
        ("naïve == 'x'", 2, "ï"),
        ("zone NOT IN {'a'}", 5, "NOT IN"),
        ("zone !in {'a'}", 5, "!in"),
        ("has (zone)", 0, "has ("),
        ("has()", 4, ")"),
        ("zone in {,'a'}", 9, ","),
        ("zone in ['a']", 8, "["),
        ("a == '日本' = 'x'", 14, "="),
        ("all()\n", 5, "\n"),
        ("a", 0, "a"),
    ] {
        assert_eq!(place(text), (offset, meant), "{text:?}");
    }
}

#[test]
fn obvious_mistakes_have_a_fix() {
    for (text, better) in [
        ("a = '1'", "a == '1'"),
        ("a === '1'", "a == '1'"),
        ("a !== '1'", "a != '1'"),
        ("a =! '1'", "a != '1'"),
        ("tier ! = 'gold'", "tier != 'gold'"),
        ("a == '1' & b == '2'", "a == '1' && b == '2'"),
        ("a == '1' ||| b == '2'", "a == '1' || b == '2'"),
        ("a == '1' and b == '2'", "a == '1' && b == '2'"),
        ("a == '1' OR b == '2'", "a == '1' || b == '2'"),
        ("has(a) and (b == '2')", "has(a) && (b == '2')"),
        ("not has(a)", "! has(a)"),
        ("a == 1", "a == '1'"),
        ("a == true && has(b)", "a == 'true' && has(b)"),
        ("a == nginx:1.2", "a == 'nginx:1.2'"),
        ("img starts with ng", "img starts with 'ng'"),
        ("zone in {a, 'b'}", "zone in {'a', 'b'}"),
        ("zone in 'a'", "zone in {'a'}"),
        ("zone in (a, b)", "zone in {'a', 'b'}"),
        ("zone not in ['a', \"b\"]", "zone not in {'a', \"b\"}"),
        ("zone not in a", "zone not in {'a'}"),
        ("zone in {'a' 'b'}", "zone in {'a', 'b'}"),
        ("zone in {'a'", "zone in {'a'}"),
        ("zone == {'a'}", "zone in {'a'}"),
        ("zone!={'a'}", "zone not in{'a'}"),
        ("zone !in {'a'}", "zone not in {'a'}"),
        ("zone!in {'a'}", "zone not in {'a'}"),
        ("zone NOT IN {'a'}", "zone not in {'a'}"),
        ("img startsWith 'a'", "img starts with 'a'"),
        ("img !contains 'a'", "!img contains 'a'"),
        ("img contians 'a'", "img contains 'a'"),
        ("has (zone)", "has(zone)"),
        ("HAS(zone)", "has(zone)"),
        ("has('zone')", "has(zone)"),
        ("has(zone", "has(zone)"),
        ("ALL()", "all()"),
        ("all ( )", "all( )"),
        ("all", "all()"),
        ("glboal()", "global()"),
        ("app", "has(app)"),
        ("!app", "!has(app)"),
        ("app exists", "has(app)"),
        ("app: 'web'", "app == 'web'"),
        ("app 'web'", "app == 'web'"),
        ("'web' == app", "app == 'web'"),
        ("'app' == 'web'", "app == 'web'"),
        ("app == ‘web’", "app == 'web'"),
        ("app == 'web", "app == 'web'"),
        ("app == 'it's'", "app == \"it's\""),
        ("app == 'it\\'s'", "app == \"it's\""),
        ("app == 'a', zone == 'b'", "app == 'a' && zone == 'b'"),
        ("(has(a)", "(has(a))"),
        ("has(a))", "has(a)"),
        ("all()\n", "all()"),
        ("has(a)\r\n&& has(b)", "has(a) && has(b)"),
        ("has(a)\u{a0}&& has(b)", "has(a) && has(b)"),
    ] {
        let result = fixed(text).unwrap_or_else(|| panic!("no fix for {text:?}"));
        assert_eq!(result, better, "{text:?}");
        assert!(
            Selector::parse(&result).is_ok(),
            "{result:?} does not parse"
        );
    }
}

#[test]
fn nothing_is_guessed_where_the_meaning_is_open() {
    for text in [
        "a == '1' b == '2'",
        "a == '1' &&",
        "()",
        "a < '5'",
        "a:b == 'x'",
        "zone('a')",
        "a =~ 'x.*'",
    ] {
        assert_eq!(error(text).fix, None, "{text:?}");
    }
}

#[test]
fn help_says_what_to_do() {
    for (text, part) in [
        ("a = '1'", "selectors use `==`"),
        ("a == 1", "quote the value"),
        ("all()\n", "use `>-` or quotes"),
        ("a\n== 'b'", "one line"),
        ("a < '5'", "no order"),
        ("a =~ 'x.*'", "no patterns"),
        ("a:b == 'x'", "letters, digits"),
        ("has(a) # why", "no comments"),
        ("()", "`all()` selects everything"),
        ("zone('a')", "there is no `zone()`"),
        ("a == '1' b == '2'", "`&&` or `||`"),
        ("a == '1' &&", "follow `&&`"),
        ("a 'b'", "`starts with`"),
    ] {
        assert!(
            error(text).help.contains(part),
            "{text:?}: {}",
            error(text).help
        );
    }
}

#[test]
fn a_message_about_a_huge_text_stays_readable() {
    let long = "x".repeat(100_000);
    let texts = [
        format!("{long} == 'a'"),
        format!("all() {}", "a == 'b' ".repeat(10_000)),
        format!("'{long}'"),
    ];
    for text in texts {
        assert!(
            error(&text).message.len() < 2_100,
            "{} bytes",
            error(&text).message.len()
        );
    }
}
