use super::Port;

/// Reference §1.3: ports are numbers, strings of digits, ranges, otherwise names.
#[test]
fn numbers_ranges_and_names() {
    let named = |name: &str| Ok(Port::Named(name.into()));
    assert_eq!(Port::parse("80"), Ok(Port::Numbered(80, 80)));
    assert_eq!(Port::parse("0080"), Ok(Port::Numbered(80, 80)));
    assert_eq!(Port::parse("80:80"), Ok(Port::Numbered(80, 80)));
    assert_eq!(Port::parse("8000:9000"), Ok(Port::Numbered(8000, 9000)));
    assert_eq!(Port::parse("http"), named("http"));
    assert_eq!(Port::parse("80-90"), named("80-90"));
}

/// Reference §6.5: what is none of them is refused while decoding, in these words.
#[test]
fn refusals_are_calicos() {
    let refused = |text: &str| Port::parse(text).unwrap_err();
    assert_eq!(refused("65536"), "invalid port format (65536)");
    assert_eq!(
        refused("90:80"),
        "minimum port number (90) is greater than maximum port number (80) in port range"
    );
    assert_eq!(
        refused("70000:1"),
        "invalid minimum port number in range (70000:1)"
    );
    assert_eq!(
        refused("1:65536"),
        "invalid maximum port number in range (1:65536)"
    );
    assert_eq!(refused("80,90"), "invalid name for named port (80,90)");
    assert_eq!(refused("80:"), "invalid name for named port (80:)");
    assert_eq!(refused(""), "invalid name for named port ()");
}

#[test]
fn prints_as_written_in_rules() {
    assert_eq!(Port::Numbered(80, 80).to_string(), "80");
    assert_eq!(Port::Numbered(80, 90).to_string(), "80:90");
    assert_eq!(Port::Named("http".into()).to_string(), "http");
}
