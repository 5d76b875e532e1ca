//! A rule of a Calico policy, and the ends that it speaks of.

use super::super::{Field, Of, Shape, Struct, Word, word};

static ACTIONS: [Word; 4] = [
    word(
        "Allow",
        "Lets the packet through at this end and ends the walk here: no later tier is looked at.",
    ),
    word("Deny", "Drops the packet and ends the walk."),
    word(
        "Pass",
        "Leaves the tier: the next tier is looked at, or the profiles if there is none.",
    ),
    word(
        "Log",
        "Logs the packet and goes on with the next rule. It decides nothing.",
    ),
];

pub(super) static PROTOCOLS: [Word; 6] = [
    word("TCP", "Protocol 6."),
    word("UDP", "Protocol 17."),
    word("SCTP", "Protocol 132."),
    word("ICMP", "Protocol 1; IPv4 only."),
    word("ICMPv6", "Protocol 58; IPv6 only."),
    word("UDPLite", "Protocol 136."),
];

static IP_VERSIONS: [Word; 2] = [word("4", "IPv4."), word("6", "IPv6.")];

static METHODS: [Word; 7] = [
    word("GET", ""),
    word("HEAD", ""),
    word("POST", ""),
    word("PUT", ""),
    word("PATCH", ""),
    word("DELETE", ""),
    word("OPTIONS", ""),
];

static SERVICE_MATCH: Struct = Struct {
    source: "ServiceMatch",
    fields: &[&[
        Field::new(
            "name",
            Shape::Service,
            "Name of the service whose backends match.",
        )
        .required(),
        Field::new(
            "namespace",
            Shape::Namespace,
            "Namespace of the service. Left out, nothing matches.",
        ),
    ]],
};

static ACCOUNT_MATCH: Struct = Struct {
    source: "ServiceAccountMatch",
    fields: &[&[
        Field::new(
            "names",
            Shape::List(&Shape::ServiceAccount),
            "Names of service accounts, one of which the pod runs as.",
        ),
        Field::new(
            "selector",
            Shape::Selector(Of::ServiceAccounts),
            "Labels that the pod's service account has.",
        ),
    ]],
};

static ENTITY: Struct = Struct {
    source: "EntityRule",
    fields: &[&[
        Field::new(
            "selector",
            Shape::Selector(Of::Peers),
            "Pods, host endpoints and network sets by their labels. In a namespaced policy without `namespaceSelector`: those of its own namespace.",
        ),
        Field::new(
            "namespaceSelector",
            Shape::Selector(Of::Namespaces),
            "Namespaces by their labels. `global()` is what has no namespace: host endpoints and global network sets.",
        ),
        Field::new(
            "serviceAccounts",
            Shape::Struct(&ACCOUNT_MATCH),
            "Pods by the service account they run as.",
        ),
        Field::new(
            "nets",
            Shape::List(&Shape::Net),
            "Networks, one of which holds the address.",
        ),
        Field::new(
            "ports",
            Shape::List(&Shape::Port),
            "Ports, ranges such as `8000:8100`, or names of ports. Needs `protocol` TCP, UDP or SCTP.",
        ),
        Field::new(
            "services",
            Shape::Struct(&SERVICE_MATCH),
            "Backends of a service. No `selector`, `nets` or `ports` beside it at this end.",
        ),
        Field::new(
            "domains",
            Shape::List(&Shape::Text),
            "Domain names, `*` for a whole label or more. An extension: Calico Enterprise has it, open-source Calico refuses it.",
        ),
        Field::new(
            "notSelector",
            Shape::Selector(Of::Peers),
            "Excludes what has these labels.",
        ),
        Field::new(
            "notNets",
            Shape::List(&Shape::Net),
            "Networks, none of which holds the address.",
        ),
        Field::new(
            "notPorts",
            Shape::List(&Shape::Port),
            "Ports, none of which matches.",
        ),
    ]],
};

static ICMP: Struct = Struct {
    source: "ICMPFields",
    fields: &[&[
        Field::new(
            "type",
            Shape::Number,
            "ICMP type, 0 to 254: 8 is an echo request.",
        ),
        Field::new("code", Shape::Number, "ICMP code, 0 to 255; needs `type`.").or("any code"),
    ]],
};

static HTTP_PATH: Struct = Struct {
    source: "HTTPPath",
    fields: &[&[
        Field::new("exact", Shape::Text, "The whole path."),
        Field::new("prefix", Shape::Text, "What the path starts with."),
    ]],
};

static HTTP: Struct = Struct {
    source: "HTTPMatch",
    fields: &[&[
        Field::new(
            "methods",
            Shape::List(&Shape::Words(&METHODS)),
            "Methods, one of which matches.",
        ),
        Field::new(
            "paths",
            Shape::List(&Shape::Struct(&HTTP_PATH)),
            "Paths, one of which matches.",
        ),
    ]],
};

static RULE_METADATA: Struct = Struct {
    source: "RuleMetadata",
    fields: &[&[Field::new(
        "annotations",
        Shape::Other,
        "Notes that appear in the data plane.",
    )]],
};

pub(super) static RULE: Struct = Struct {
    source: "Rule",
    fields: &[&[
        Field::new(
            "action",
            Shape::Words(&ACTIONS),
            "What happens to a packet that every other field of the rule matches.",
        )
        .required(),
        Field::new(
            "protocol",
            Shape::Words(&PROTOCOLS),
            "Protocol by name, or by a number from 1 to 255.",
        )
        .or("any protocol"),
        Field::new(
            "source",
            Shape::Struct(&ENTITY),
            "Who sends. All of its fields must match.",
        )
        .or("anybody"),
        Field::new(
            "destination",
            Shape::Struct(&ENTITY),
            "Who receives. All of its fields must match.",
        )
        .or("anybody"),
        Field::new(
            "notProtocol",
            Shape::Words(&PROTOCOLS),
            "Protocol that does not match.",
        ),
        Field::new(
            "ipVersion",
            Shape::Words(&IP_VERSIONS),
            "Only packets of this IP version.",
        )
        .or("both"),
        Field::new(
            "icmp",
            Shape::Struct(&ICMP),
            "ICMP type and code. Needs `protocol: ICMP` or `ICMPv6`.",
        ),
        Field::new(
            "notICMP",
            Shape::Struct(&ICMP),
            "ICMP type and code that do not match.",
        ),
        Field::new(
            "http",
            Shape::Struct(&HTTP),
            "HTTP requests; seen only by application layer policy. Packets ignore it, and so do the verdicts here.",
        ),
        Field::new(
            "metadata",
            Shape::Struct(&RULE_METADATA),
            "Notes on the rule.",
        ),
    ]],
};
