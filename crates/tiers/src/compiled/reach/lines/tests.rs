use super::*;

fn tcp(ranges: &[(u16, u16)]) -> Lines {
    Lines::ports(ranges).and(&Lines::of(Protocol::TCP))
}

#[test]
fn ports_that_touch_are_one_interval() {
    assert_eq!(tcp(&[(80, 89), (90, 99)]), tcp(&[(80, 99)]));
    assert_eq!(tcp(&[(90, 99), (80, 92)]), tcp(&[(80, 99)]));
    assert_eq!(tcp(&[(0, u16::MAX)]), Lines::of(Protocol::TCP));
}

#[test]
fn what_is_taken_away_is_missing() {
    let rest = Lines::of(Protocol::TCP).without(&tcp(&[(80, 80), (443, 443)]));
    assert_eq!(rest, tcp(&[(0, 79), (81, 442), (444, u16::MAX)]));
    assert!(!rest.meets(&tcp(&[(80, 80)])));
    assert!(rest.meets(&tcp(&[(80, 81)])));
    assert!(rest.without(&Lines::all()).is_empty());
    assert_eq!(Lines::all().without(&Lines::none()), Lines::all());
}

#[test]
fn a_type_without_a_code_is_all_of_its_codes() {
    let any_code = Lines::icmp(Icmp {
        kind: Some(8),
        code: None,
    });
    let one_code = Lines::icmp(Icmp {
        kind: Some(8),
        code: Some(3),
    });
    assert_eq!(any_code.and(&one_code), one_code);
    let any_type = Lines::icmp(Icmp {
        kind: None,
        code: None,
    });
    assert_eq!(
        any_type,
        Lines::of(Protocol::ICMP).or(&Lines::of(Protocol::ICMPV6))
    );
}

#[test]
fn a_point_is_a_protocol_and_a_port() {
    let (first, last) = tcp(&[(80, 99)]).ends().expect("there are points");
    assert_eq!(parts(first), (Protocol::TCP, 80));
    assert_eq!(parts(last), (Protocol::TCP, 99));
}
