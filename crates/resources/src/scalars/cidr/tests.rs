use super::{NetError, parse_cidr, parse_ip, parse_net_or_ip};

/// Reference §6.8: `/08` passes, `010.0.0.0/8` does not.
#[test]
fn leading_zeros_are_for_prefix_lengths_only() {
    let net = parse_cidr("10.0.0.0/08").unwrap();
    assert_eq!(net.masked().to_string(), "10.0.0.0/8");
    for text in [
        "010.0.0.0/8",
        "10.0.0/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "fe80::%eth0/64",
        "",
    ] {
        assert_eq!(parse_cidr(text), Err(NetError::Invalid), "{text}");
    }
}

#[test]
fn a_bare_address_is_told_from_nonsense() {
    assert!(matches!(parse_cidr("10.0.0.1"), Err(NetError::Address(_))));
    assert_eq!(parse_cidr("example.com"), Err(NetError::Invalid));
}

/// Reference §6.5: rule networks must be strictly masked.
#[test]
fn host_bits_are_noticed() {
    assert!(!parse_cidr("10.0.0.1/8").unwrap().is_masked());
    assert!(!parse_cidr("fd00::1/64").unwrap().is_masked());
    assert!(parse_cidr("10.0.0.1/32").unwrap().is_masked());
}

/// Reference §6.8: IPv4-mapped IPv6 networks pass, and are IPv4.
#[test]
fn mapped_addresses_are_ipv4() {
    let net = parse_cidr("::ffff:10.0.0.0/104").unwrap();
    assert_eq!(net.masked().to_string(), "10.0.0.0/8");
    assert_eq!(net.version(), 4);
    assert_eq!(parse_ip("::ffff:10.0.0.1"), "10.0.0.1".parse().ok());
}

/// Reference §6.7: sets hold networks, host bits allowed, and bare addresses; the empty text passes.
#[test]
fn set_members_are_networks_or_addresses() {
    let text = |member| parse_net_or_ip(member).map(|net| net.to_string());
    assert_eq!(text("10.0.0.1").as_deref(), Some("10.0.0.1/32"));
    assert_eq!(text("10.0.0.1/8").as_deref(), Some("10.0.0.0/8"));
    assert_eq!(text("fd00::1").as_deref(), Some("fd00::1/128"));
    assert!(text("").is_some());
    assert_eq!(text("10.0.0.1-10.0.0.9"), None);
}
