use proptest::prelude::*;
use tierwalk_yaml::Document;

use super::*;

fn pod(namespace: &str, name: &str) -> End {
    End::Pod {
        namespace: namespace.into(),
        name: name.into(),
    }
}

fn read(line: &str) -> FlowSpec {
    parse(line).unwrap_or_else(|error| panic!("{line}: {}", error.message))
}

/// The code, the marked text, the message and the help of a line that cannot be read.
fn refused(line: &str) -> (String, String, String) {
    let error = parse(line).expect_err(line);
    let help = error.help.clone().unwrap_or_default();
    (error.span.of(line).to_owned(), error.message.clone(), help)
}

fn fixed(line: &str) -> String {
    let error = parse(line).expect_err(line);
    let edit = &error.fixes[0].edits[0];
    let mut text = line.to_owned();
    text.replace_range(edit.span.range(), &edit.text);
    text
}

#[test]
fn the_second_end_is_in_the_namespace_of_the_first() {
    let flow = read("storefront/frontend -> backend tcp/8080 deny");
    assert_eq!(flow.flow.source, pod("storefront", "frontend"));
    assert_eq!(flow.flow.destination, pod("storefront", "backend"));
    assert_eq!(flow.flow.port, Some(8080));
    assert_eq!(flow.expected, Some(Verdict::Deny));
    assert_eq!(read("a -> dev/b tcp/1").flow.source, pod("dev", "a"));
    assert_eq!(read("a -> 10.0.0.1 tcp/1").flow.source, pod("default", "a"));
}

#[test]
fn an_address_or_a_domain_may_stand_at_either_end() {
    assert_eq!(
        read("203.0.113.7 -> dev/web tcp/80").flow.source,
        End::Address([203, 0, 113, 7].into())
    );
    let v6 = read("dev/web->2001:db8::7 udp/53");
    assert_eq!(
        v6.flow.destination,
        End::Address("2001:db8::7".parse().unwrap())
    );
    let domain = read("dev/web -> API.Example.com. tcp/443");
    assert_eq!(
        domain.flow.destination,
        End::Domain("api.example.com".into())
    );
    assert_eq!(
        read("dev/web.v1 -> x tcp/1").flow.source,
        pod("dev", "web.v1")
    );
}

#[test]
fn protocols_have_ports_types_or_numbers() {
    let icmp = |line| read(line).flow.icmp;
    assert_eq!(icmp("a -> b icmp/8"), Some((8, 0)));
    assert_eq!(icmp("a -> b icmp/3/4"), Some((3, 4)));
    assert_eq!(
        icmp("a -> b icmp"),
        Some((8, 0)),
        "ping, if nothing else is said"
    );
    assert_eq!(icmp("a -> b icmpv6"), Some((128, 0)));
    assert_eq!(read("a -> b ip/47").flow.protocol, Protocol(47));
    assert_eq!(read("a -> b SCTP/3868").flow.protocol, Protocol::SCTP);
    assert_eq!(read("a -> b udplite").flow.port, None);
}

#[test]
fn comments_and_blanks_do_not_matter() {
    let plain = read("a -> b tcp/80 allow");
    assert_eq!(read("  a  ->\tb   tcp/80  allow # because\r\n"), plain);
    assert_eq!(read("a→b tcp/80 Allow"), plain);
    assert_eq!(
        read("a -> b tcp/80 ipv6").flow.ip_version,
        Some(IpVersion::V6)
    );
}

#[test]
fn a_mistake_is_marked_where_it_is() {
    let cases = [
        ("", "", "the source of the flow is missing"),
        ("a", "", "`->` and the destination are missing"),
        ("a ->", "", "the destination of the flow is missing"),
        ("a -> b", "", "the protocol and port are missing"),
        (
            "a => b tcp/80",
            "=>",
            "`->` is missing between source and destination, before `=>`",
        ),
        ("a -> b tcp", "tcp", "`tcp` needs a port"),
        ("a -> b tcp/0", "tcp/0", "`0` is not a port"),
        ("a -> b tcp/99999", "tcp/99999", "`99999` is not a port"),
        (
            "a -> b icmp/300",
            "icmp/300",
            "`300` is not an ICMP type or code",
        ),
        ("a -> b ip/6", "ip/6", "`tcp` needs a port"),
        ("a -> b tpc/80", "tpc/80", "protocol `tpc` is unknown"),
        ("a -> b 8080", "8080", "port `8080` of which protocol?"),
        (
            "a -> b tcp:8080",
            "tcp:8080",
            "`tcp:8080` is not a protocol and port",
        ),
        ("a -> b tcp/80 alow", "alow", "`alow` says nothing here"),
        (
            "a -> b tcp/80 allow deny",
            "deny",
            "`deny` says nothing here",
        ),
        (
            "a -> 10.0.0.0/8 tcp/1",
            "10.0.0.0/8",
            "`10.0.0.0/8` is a network; an end of a flow is one address",
        ),
        (
            "a -> 10.0.0.300 tcp/1",
            "10.0.0.300",
            "`10.0.0.300` is not an IP address",
        ),
        (
            "a -> *.example.com tcp/1",
            "*.example.com",
            "`*.example.com` is not a domain name",
        ),
        (
            "a -> Web tcp/1",
            "Web",
            "`Web` is not a pod, an address or a domain name",
        ),
        (
            "é -> b tcp/1",
            "é",
            "`é` is not a pod, an address or a domain name",
        ),
        (
            "a -> b:80 tcp/1",
            "b:80",
            "`b:80` is not a pod, an address or a domain name",
        ),
    ];
    for (line, marked, message) in cases {
        let (place, said, help) = refused(line);
        assert_eq!((place.as_str(), said.as_str()), (marked, message), "{line}");
        assert!(!help.is_empty(), "{line}");
    }
}

#[test]
fn ip_versions_must_agree() {
    for line in [
        "10.0.0.1 -> 2001:db8::7 tcp/1",
        "a -> 10.0.0.1 icmpv6/128",
        "a -> 2001:db8::7 icmp/8",
        "a -> 10.0.0.1 tcp/1 ipv6",
    ] {
        assert_eq!(
            refused(line).1,
            "the parts of this flow are of different IP versions",
            "{line}"
        );
    }
}

#[test]
fn an_obvious_fix_is_offered() {
    assert_eq!(fixed("a => b tcp/80"), "a -> b tcp/80");
    assert_eq!(fixed("a b tcp/80"), "a -> b tcp/80");
    assert_eq!(fixed("a -> b tpc/80"), "a -> b tcp/80");
    assert_eq!(fixed("a -> b 8080"), "a -> b tcp/8080");
    assert_eq!(fixed("a -> b 8080/tcp"), "a -> b tcp/8080");
    assert_eq!(fixed("a -> b tcp:80"), "a -> b tcp/80");
    assert_eq!(fixed("a -> b tcp/80 dney"), "a -> b tcp/80 deny");
    assert_eq!(fixed("a -> Web tcp/80"), "a -> web tcp/80");
}

fn document(text: &str) -> Checked {
    let document = Document::parse(text);
    read_document(text, &document).expect("a list of flows")
}

type Checked = tierwalk_source::Checked<Vec<Entry>>;

#[test]
fn yaml_lists_hold_lines_and_mappings() {
    let list = document(
        "flows:\n- a -> b tcp/80 allow\n- {from: dev/a, to: b, port: 80, expect: deny, name: no way}\n- from: a\n  to: 10.0.0.1\n  icmp: {type: 3, code: 1}\n",
    );
    assert_eq!(list.diagnostics, []);
    let texts: Vec<_> = list.value.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "a -> b tcp/80 allow",
            "dev/a -> dev/b tcp/80 deny",
            "default/a -> 10.0.0.1 icmp/3/1"
        ]
    );
    assert_eq!(list.value[1].name.as_deref(), Some("no way"));
}

#[test]
fn mistakes_in_yaml_are_marked_in_the_document() {
    let text = "flows:\n- a -> b tpc/80\n- \"a -> b 80\"\n- {from: a, to: b, prt: 80}\n- 7\n";
    let list = document(text);
    let marked: Vec<_> = list.diagnostics.iter().map(|d| d.span.of(text)).collect();
    assert_eq!(marked, ["tpc/80", "80", "prt", "from", "7"]);
    assert_eq!(list.value.len(), 4, "every entry has its row");
    assert!(list.value.iter().all(|entry| entry.flow.is_err()));
}

#[test]
fn other_documents_are_no_lists_of_flows() {
    for text in [
        "apiVersion: v1\nkind: X\nflows: []",
        "a: 1",
        "- a -> b tcp/1",
        "",
    ] {
        assert_eq!(read_document(text, &Document::parse(text)), None, "{text}");
    }
    assert_eq!(
        document("flows: {a: b}").diagnostics[0].message,
        "`flows` must be a list"
    );
    assert_eq!(document("flows:\n# none yet\n").value, []);
}

#[test]
fn plain_files_have_a_flow_in_each_line() {
    let text = "# héllo\r\n\r\n  a -> b tcp/80 allow # yes\r\na -> b\r\n";
    let list = read_lines(text);
    let marked: Vec<_> = list.value.iter().map(|entry| entry.span.of(text)).collect();
    assert_eq!(marked, ["a -> b tcp/80 allow", "a -> b"]);
    assert_eq!(list.diagnostics.len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_inside_itself(text in "\\PC{0,60}|[a-z0-9/.> #:-]{0,60}") {
        match parse(&text) {
            Ok(flow) => prop_assert_eq!(parse(&flow.to_string()).unwrap(), flow),
            Err(error) => {
                prop_assert!(error.span.end as usize <= text.len());
                prop_assert!(text.is_char_boundary(error.span.start as usize));
            }
        }
    }

    #[test]
    fn what_is_printed_reads_the_same(
        from in "[a-z]{1,5}(/[a-z]{1,5})?|10\\.0\\.0\\.[1-9]",
        to in "[a-z]{1,5}(/[a-z]{1,5})?|[a-z]{1,5}\\.com",
        service in "(tcp|udp|sctp)/[1-9][0-9]{0,3}|icmp/[1-9]|ip/4[0-9]",
        end in "|allow|deny",
    ) {
        let flow = parse(&format!("{from} -> {to} {service} {end}")).unwrap();
        prop_assert_eq!(parse(&flow.to_string()).unwrap(), flow);
    }
}
