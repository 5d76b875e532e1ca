use super::Protocol;

/// Reference §1.3: numeric strings become numbers.
#[test]
fn digits_are_a_number() {
    assert_eq!(Protocol::parse("6"), Protocol::Number(6));
    assert_eq!(Protocol::parse("06"), Protocol::Number(6));
    assert_eq!(Protocol::parse("256"), Protocol::Name("256".into()));
    assert_eq!(Protocol::parse("TCP"), Protocol::Name("TCP".into()));
    assert_eq!(Protocol::parse("+6"), Protocol::Name("+6".into()));
}

/// Reference §6.5: only TCP, UDP and SCTP have ports.
#[test]
fn only_three_protocols_have_ports() {
    let with_ports = ["TCP", "UDP", "SCTP", "6", "17", "132"];
    let without = ["ICMP", "ICMPv6", "UDPLite", "1", "58", "136", "GRE"];
    assert!(
        with_ports
            .iter()
            .all(|name| Protocol::parse(name).has_ports())
    );
    assert!(!without.iter().any(|name| Protocol::parse(name).has_ports()));
}
