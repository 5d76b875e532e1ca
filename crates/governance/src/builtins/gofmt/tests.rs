use super::{Arg, quote, sprintf};

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

#[test]
fn what_checks_write_every_day() {
    assert_eq!(sprintf("%s/%s", &[text("a"), text("b")]), "a/b");
    assert_eq!(
        sprintf("order %d of %v", &[Arg::Int(5), Arg::Int(7)]),
        "order 5 of 7"
    );
    assert_eq!(sprintf("%v", &[Arg::Float(999.5)]), "999.5");
    assert_eq!(
        sprintf("name %q, 100%%", &[text("a\"b")]),
        r#"name "a\"b", 100%"#
    );
    assert_eq!(sprintf("é → %s", &[text("漢字")]), "é → 漢字");
}

/// A wrong verb still gives a message in Go; the finding must not get lost.
#[test]
fn slips_are_shown_as_go_shows_them() {
    assert_eq!(sprintf("%d", &[text("a")]), "%!d(string=a)");
    assert_eq!(sprintf("%s", &[Arg::Int(5)]), "%!s(int64=5)");
    assert_eq!(sprintf("%d", &[Arg::Float(1.5)]), "%!d(float64=1.5)");
    assert_eq!(sprintf("%s %s", &[text("a")]), "a %!s(MISSING)");
    assert_eq!(
        sprintf("a", &[text("b"), Arg::Int(1)]),
        "a%!(EXTRA string=b, int64=1)"
    );
    assert_eq!(sprintf("50%", &[]), "50%!(NOVERB)");
    assert_eq!(sprintf("%t", &[text("true")]), "%!t(string=true)");
}

#[test]
fn widths_flags_and_precision() {
    assert_eq!(sprintf("[%5d]", &[Arg::Int(42)]), "[   42]");
    assert_eq!(sprintf("[%-5d]", &[Arg::Int(42)]), "[42   ]");
    assert_eq!(sprintf("[%05d]", &[Arg::Int(-42)]), "[-0042]");
    assert_eq!(sprintf("[%+d]", &[Arg::Int(42)]), "[+42]");
    assert_eq!(sprintf("[%+v]", &[Arg::Int(42)]), "[42]");
    assert_eq!(sprintf("[%6.2f]", &[Arg::Float(3.162)]), "[  3.16]");
    assert_eq!(sprintf("[%-4s]", &[text("ab")]), "[ab  ]");
    assert_eq!(sprintf("[%.1s]", &[text("ab")]), "[a]");
    assert_eq!(sprintf("[%*d]", &[Arg::Int(4), Arg::Int(7)]), "[   7]");
    assert_eq!(sprintf("%[2]s %[1]s", &[text("a"), text("b")]), "b a");
}

#[test]
fn bases() {
    assert_eq!(
        sprintf("%x %X %o %b", &vec![Arg::Int(255); 4]),
        "ff FF 377 11111111"
    );
    assert_eq!(sprintf("%#x", &[Arg::Int(255)]), "0xff");
    assert_eq!(sprintf("%x", &[text("hi")]), "6869");
    assert_eq!(
        sprintf("%c|%q|%U", &vec![Arg::Int(0x4e16); 3]),
        "世|'世'|U+4E16"
    );
}

#[test]
fn floats() {
    assert_eq!(sprintf("%e", &[Arg::Float(123_456.789)]), "1.234568e+05");
    assert_eq!(sprintf("%g", &[Arg::Float(0.000_01)]), "1e-05");
    assert_eq!(sprintf("%.3g", &[Arg::Float(1234.5)]), "1.23e+03");
    assert_eq!(sprintf("%f", &[Arg::Float(0.1)]), "0.100000");
    assert_eq!(sprintf("%v", &[Arg::Float(123_456.5)]), "123456.5");
    assert_eq!(sprintf("%v", &[Arg::Float(1_234_567.5)]), "1.2345675e+06");
}

#[test]
fn quotes_as_strconv_does() {
    assert_eq!(quote("tab\t nul\0 bell\u{7}"), r#""tab\t nul\x00 bell\a""#);
    assert_eq!(quote("é漢\u{200b}"), "\"é漢\\u200b\"");
}
