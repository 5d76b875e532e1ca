use super::*;

fn read(text: &str) -> Kind {
    resolve(text).ok().expect("representable")
}

#[test]
fn yaml_1_1_words_are_booleans() {
    for word in ["yes", "on", "y", "True"] {
        assert_eq!(read(word), Kind::Bool(true), "{word}");
    }
    for word in ["no", "off", "N", "FALSE"] {
        assert_eq!(read(word), Kind::Bool(false), "{word}");
    }
}

/// The reference's section 6.8.
#[test]
fn numbers_in_all_their_spellings() {
    for text in [
        "0120",
        "0x50",
        "80.0",
        "8e1",
        "0o120",
        "0b1010000",
        "8_0",
        "+80",
    ] {
        assert_eq!(read(text), Kind::Int(80), "{text}");
    }
    assert_eq!(read("1_000"), Kind::Int(1000));
    assert_eq!(read("1e2"), Kind::Int(100));
    assert_eq!(read("-3"), Kind::Int(-3));
    assert_eq!(read("0"), Kind::Int(0));
    assert_eq!(read("1.5"), Kind::Float(1.5));
}

#[test]
fn what_looks_like_a_number_but_is_none_stays_text() {
    for text in [
        "80:90",
        "1.2.3.4",
        "10.0.0.0/8",
        "-",
        "+",
        ".",
        "089x",
        "1-2",
        "--1",
        "0x",
    ] {
        assert_eq!(read(text), Kind::Str(text.into()), "{text}");
    }
}

#[test]
fn what_json_cannot_say_is_refused() {
    assert!(resolve(".nan").is_err());
    assert!(resolve("-.inf").is_err());
}
