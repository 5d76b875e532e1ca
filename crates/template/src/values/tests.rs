use super::*;

/// The reference's section 2.3: numbers, ranges with a colon, names.
#[test]
fn ports_are_numbers_ranges_and_names() {
    assert_eq!(Port::parse("80"), Ok(Port::Number(80)));
    assert_eq!(Port::parse("80:80"), Ok(Port::Number(80)));
    assert_eq!(Port::parse("8000:9000"), Ok(Port::Range(8000, 9000)));
    assert_eq!(Port::parse("http"), Ok(Port::Name("http".to_owned())));
    for text in ["0", "65536", "90:80", "0:10", "1:", "a:b"] {
        assert_eq!(Port::parse(text), Err(PortError::OutOfRange), "{text}");
    }
    assert_eq!(Port::parse("80-90"), Err(PortError::Dash(80, 90)));
    for text in ["", "Http", "all ports", "+80"] {
        assert_eq!(Port::parse(text), Err(PortError::NoPort), "{text}");
    }
}

#[test]
fn networks_are_masked_and_addresses_are_networks_of_one() {
    let text = |text| network(text).map(|network| network.to_string());
    assert_eq!(text("10.1.2.3/8").as_deref(), Some("10.0.0.0/8"));
    assert_eq!(text("192.0.2.7").as_deref(), Some("192.0.2.7/32"));
    assert_eq!(text("2001:db8::1").as_deref(), Some("2001:db8::1/128"));
    assert_eq!(text("172.24.500.1"), None);
    assert_eq!(text("10.0.0.0/33"), None);
}
