use proptest::prelude::*;

use super::*;
use crate::emit::emit;

fn compiled(text: &str) -> String {
    let rule = parse_rule(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    emit(&lower(&rule, &mut |_| 0)).0
}

fn refused(text: &str) -> (usize, String) {
    let error = parse_rule(text).expect_err(text);
    (error.column, error.message)
}

#[test]
fn the_shortest_rule_takes_everything() {
    assert_eq!(compiled("allow"), "action: Allow\n");
    assert_eq!(compiled("  deny \t"), "action: Deny\n");
}

#[test]
fn a_label_selects_pods_and_ports_belong_to_their_side() {
    assert_eq!(
        compiled("allow tcp from label access=backend to port 4001"),
        "action: Allow\nprotocol: TCP\nsource:\n  selector: access == \"backend\"\n\
         destination:\n  ports: [4001]\n"
    );
    assert_eq!(
        compiled("allow udp from ports 443 cidr 1.2.3.4/32 to ports 80,90,100"),
        "action: Allow\nprotocol: UDP\nsource:\n  nets: [1.2.3.4/32]\n  ports: [443]\n\
         destination:\n  ports: [80, 90, 100]\n"
    );
}

#[test]
fn icmp_has_a_type_and_a_code() {
    assert_eq!(
        compiled("allow icmp type 8 code 2 from label A=B to cidr 1.2.0.0/16"),
        "action: Allow\nprotocol: ICMP\nicmp:\n  type: 8\n  code: 2\n\
         source:\n  selector: A == \"B\"\ndestination:\n  nets: [1.2.0.0/16]\n"
    );
    assert!(compiled("allow icmp from cidr fd00::/8").contains("protocol: ICMPv6\n"));
}

#[test]
fn keywords_come_in_any_order_and_a_bare_address_is_one_address() {
    assert_eq!(
        compiled("allow tcp to ports 80, 90 label test=label"),
        compiled("allow tcp to label test=label ports 80,90"),
    );
    assert!(
        compiled("allow from cidr 172.24.114.0/24 to cidr 1.2.3.4").contains("nets: [1.2.3.4/32]")
    );
    assert!(compiled("allow from cidr 10.1.2.3/8").contains("nets: [10.0.0.0/8]"));
}

#[test]
fn a_namespace_and_a_range_of_ports() {
    assert_eq!(
        compiled("deny sctp to namespace storefront ports 8000:8010"),
        "action: Deny\nprotocol: SCTP\ndestination:\n  \
         namespaceSelector: projectcalico.org/name == \"storefront\"\n  ports: [\"8000:8010\"]\n"
    );
}

/// The plugin's own tests (`calico_cni/tests/unit/test_policy_parser.py`) and the words of Tierwalk's users.
#[test]
fn what_is_refused_names_the_column() {
    for (text, column, message) in [
        ("allow icmp type code 4", 17, "`code` is not an ICMP type"),
        (
            "allow icmp type ten code 4",
            17,
            "`ten` is not an ICMP type",
        ),
        ("allow icmp type", 16, "`type` has no number"),
        ("allow icmp type 255", 17, "`255` is not an ICMP type"),
        (
            "allow tcp from label test_label to ports 80",
            22,
            "`test_label` is not a label",
        ),
        ("reject tcp from ports 1", 1, "`reject` is not an action"),
        ("allow udp to ports 80,Y,100", 23, "`Y` is not a port"),
        ("allow udp to ports 80,,100", 23, "a port is missing"),
        ("allow lldp from label A=B", 7, "`lldp` is not a protocol"),
        ("allow from label", 17, "`label` has no value"),
        ("allow from cidr", 16, "`cidr` has no value"),
        (
            "allow from cidr 172.24.500.1",
            17,
            "`172.24.500.1` is not a network",
        ),
        (
            "allow from tag testtag",
            12,
            "`tag` is not a keyword of `from`",
        ),
        (
            "allow tcp from udp ports 80",
            16,
            "`udp` is not a keyword of `from`",
        ),
        (
            "allow udp to ports 80 from label A=B",
            23,
            "`from` comes after `to`",
        ),
        ("allow from", 11, "nothing stands after `from`"),
        ("allow from ports 80", 12, "ports need a protocol"),
        ("allow icmp to port 80", 15, "ICMP has no ports"),
        (
            "allow label a=b",
            7,
            "`label` needs `from` or `to` before it",
        ),
        (
            "allow from label a=b label c=d",
            22,
            "`label` is given twice",
        ),
        (
            "allow from label some=invalid=label",
            18,
            "`some=invalid=label` is not a label",
        ),
        ("allow from label missing=", 18, "`missing=` is not a label"),
        ("allow tcp to ports 90:80", 20, "`90:80` is not a port"),
        ("allow tcp to ports 0", 20, "`0` is not a port"),
        (
            "allow from namespace Shop",
            22,
            "`Shop` is not the name of a namespace",
        ),
        ("", 1, "the rule is empty"),
        ("   ", 4, "the rule is empty"),
    ] {
        assert_eq!(refused(text), (column, message.to_owned()), "{text}");
    }
}

#[test]
fn columns_count_characters() {
    let error = parse_rule("allow from label ä").expect_err("not a label");
    assert_eq!((error.column, error.span), (18, Span::new(17, 19)));
}

#[test]
fn an_annotation_holds_several_rules() {
    let rules = split_rules("allow from label role=backend; allow tcp to ports 2379,443;");
    assert_eq!(
        rules,
        [
            (0, "allow from label role=backend"),
            (30, " allow tcp to ports 2379,443")
        ]
    );
    assert_eq!(split_rules(""), [(0, "")]);
}

#[test]
fn a_rule_is_told_in_words() {
    let words = |text| parse_rule(text).map(|rule| rule.describe(true));
    assert_eq!(
        words("allow tcp to ports 9200 label app=logging").as_deref(),
        Ok("allows TCP to pods labelled `app=logging` in the same namespace on port 9200")
    );
    assert_eq!(words("deny").as_deref(), Ok("denies everything"));
    assert_eq!(
        words("allow icmp type 8 from cidr 10.0.0.0/8").as_deref(),
        Ok("allows ICMP type 8 from `10.0.0.0/8`")
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(allow|deny|from|to|tcp|icmp|type|label|a=b|cidr|ports|[0-9:,./ä]{1,4}| |;){0,12}") {
        match parse_rule(&text) {
            Ok(rule) => {
                emit(&lower(&rule, &mut |_| 0));
            }
            Err(error) => prop_assert!(error.span.end as usize <= text.len()),
        }
    }
}
