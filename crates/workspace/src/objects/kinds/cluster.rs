//! The policies of a cluster's administrators.

use super::{
    ENDPOINTS, NAMESPACES, Part, Shape, Spec,
    fields::{LABELS, NAME},
    seldom, spec,
};

const SUBJECT_IS: &[&[&str]] = &[&["spec.subject.namespaces", "spec.subject.pods"]];

const SUBJECT: Part = Part {
    title: "Applies to",
    fields: &[
        spec(
            "spec.subject.namespaces",
            "Namespaces",
            Shape::Match(NAMESPACES),
            "all pods of these; or, instead, pods:",
        )
        .one_of(SUBJECT_IS),
        spec(
            "spec.subject.pods.namespaceSelector",
            "Pods in namespaces",
            Shape::Match(NAMESPACES),
            "",
        )
        .one_of(SUBJECT_IS)
        .beside("spec.subject.pods.podSelector"),
        spec(
            "spec.subject.pods.podSelector",
            "Pods",
            Shape::Match(ENDPOINTS),
            "",
        )
        .one_of(SUBJECT_IS)
        .beside("spec.subject.pods.namespaceSelector"),
    ],
};

const PEER_IS: &[&[&str]] = &[&["namespaces", "pods", "networks", "nodes", "domainNames"]];

const PEER_NAMESPACES: Spec = spec(
    "namespaces",
    "Namespaces",
    Shape::Match(NAMESPACES),
    "all pods of these; or, instead, one of the following:",
)
.one_of(PEER_IS);

const PEER_PODS_IN: Spec = spec(
    "pods.namespaceSelector",
    "Pods in namespaces",
    Shape::Match(NAMESPACES),
    "",
)
.one_of(PEER_IS)
.beside("pods.podSelector");

const PEER_PODS: Spec = spec("pods.podSelector", "Pods", Shape::Match(ENDPOINTS), "")
    .one_of(PEER_IS)
    .beside("pods.namespaceSelector");

const SENDER: &[Spec] = &[PEER_NAMESPACES, PEER_PODS_IN, PEER_PODS];

const RECEIVER: &[Spec] = &[
    PEER_NAMESPACES,
    PEER_PODS_IN,
    PEER_PODS,
    spec("networks", "Networks", Shape::List(""), "").one_of(PEER_IS),
    seldom(
        "nodes",
        "Nodes",
        Shape::Match(""),
        "Calico cannot select them here",
    )
    .one_of(PEER_IS),
    seldom(
        "domainNames",
        "Domains",
        Shape::List(""),
        "Calico cannot select them here",
    )
    .one_of(PEER_IS),
];

const FROM: Spec = spec(
    "from",
    "From",
    Shape::Items(&["Namespaces", "Pods"], SENDER, "namespaces: {}"),
    "",
);

const TO: Spec = spec(
    "to",
    "To",
    Shape::Items(
        &["Namespaces", "Pods", "Networks"],
        RECEIVER,
        "namespaces: {}",
    ),
    "",
);

const PROTOCOL_IS: &[&[&str]] = &[
    &["tcp", "udp", "sctp", "destinationNamedPort"],
    &["tcp.destinationPort.number", "tcp.destinationPort.range"],
    &["udp.destinationPort.number", "udp.destinationPort.range"],
    &["sctp.destinationPort.number", "sctp.destinationPort.range"],
];

/// A field of a protocol.
const fn of_protocol(path: &'static str, label: &'static str) -> Spec {
    spec(path, label, Shape::Number, "").one_of(PROTOCOL_IS)
}

/// The same, if seldom needed.
const fn of_range(path: &'static str, label: &'static str) -> Spec {
    seldom(path, label, Shape::Number, "").one_of(PROTOCOL_IS)
}

const PROTOCOL: &[Spec] = &[
    of_protocol("tcp.destinationPort.number", "TCP port"),
    of_protocol("udp.destinationPort.number", "UDP port"),
    of_protocol("sctp.destinationPort.number", "SCTP port"),
    spec(
        "destinationNamedPort",
        "Port by name",
        Shape::Text(""),
        "one of these; ranges below",
    )
    .one_of(PROTOCOL_IS),
    of_range("tcp.destinationPort.range.start", "TCP first port"),
    of_range("tcp.destinationPort.range.end", "TCP last port"),
    of_range("udp.destinationPort.range.start", "UDP first port"),
    of_range("udp.destinationPort.range.end", "UDP last port"),
    of_range("sctp.destinationPort.range.start", "SCTP first port"),
    of_range("sctp.destinationPort.range.end", "SCTP last port"),
];

const PROTOCOLS: Spec = spec(
    "protocols",
    "Ports",
    Shape::Items(
        &["TCP", "UDP", "SCTP", "Name"],
        PROTOCOL,
        "tcp: {destinationPort: {number: 80}}",
    ),
    "none is all",
);

const PORT_IS: &[&[&str]] = &[&["portNumber", "portRange", "namedPort"]];
const PORT_PROTOCOL: Shape = Shape::Choice(&["TCP", "UDP", "SCTP"]);

const PORT: &[Spec] = &[
    spec("portNumber.protocol", "Protocol", PORT_PROTOCOL, "").one_of(PORT_IS),
    spec("portNumber.port", "Port", Shape::Number, "").one_of(PORT_IS),
    seldom(
        "portRange.protocol",
        "Protocol of a range",
        PORT_PROTOCOL,
        "",
    )
    .one_of(PORT_IS),
    seldom("portRange.start", "First port", Shape::Number, "").one_of(PORT_IS),
    seldom("portRange.end", "Last port", Shape::Number, "").one_of(PORT_IS),
    seldom(
        "namedPort",
        "Port by name",
        Shape::Text(""),
        "Calico cannot do it here",
    )
    .one_of(PORT_IS),
];

const PORTS: Spec = spec(
    "ports",
    "Ports",
    Shape::Items(
        &["Protocol", "Port"],
        PORT,
        "portNumber: {protocol: TCP, port: 80}",
    ),
    "none is all",
);

const RULE_NAME: Spec = seldom("name", "Name", Shape::Text(""), "for people");

/// Rules of both directions: their actions, what they say about ports.
macro_rules! rules {
    ($actions:expr, $ports:expr) => {
        Part {
            title: "Rules",
            fields: &[
                spec(
                    "spec.ingress",
                    "Ingress rules",
                    Shape::Items(
                        &["Action", "Ports", "From"],
                        &[
                            spec("action", "Action", Shape::Choice($actions), ""),
                            FROM,
                            $ports,
                            RULE_NAME,
                        ],
                        "{action: Deny, from: [{namespaces: {}}]}",
                    ),
                    "",
                ),
                spec(
                    "spec.egress",
                    "Egress rules",
                    Shape::Items(
                        &["Action", "Ports", "To"],
                        &[
                            spec("action", "Action", Shape::Choice($actions), ""),
                            TO,
                            $ports,
                            RULE_NAME,
                        ],
                        "{action: Deny, to: [{namespaces: {}}]}",
                    ),
                    "",
                ),
            ],
        }
    };
}

const PRIORITY: Spec = spec(
    "spec.priority",
    "Priority",
    Shape::Number,
    "0 to 1000; lower is evaluated first",
);

pub(super) const CLUSTER_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[
            NAME,
            spec(
                "spec.tier",
                "Tier",
                Shape::Choice(&["Admin", "Baseline"]),
                "",
            ),
            PRIORITY,
            LABELS.out_of_sight(),
        ],
    },
    SUBJECT,
    rules!(&["Accept", "Deny", "Pass"], PROTOCOLS),
];

pub(super) const ADMIN_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, PRIORITY, LABELS.out_of_sight()],
    },
    SUBJECT,
    rules!(&["Allow", "Deny", "Pass"], PORTS),
];

pub(super) const BASELINE_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, LABELS.out_of_sight()],
    },
    SUBJECT,
    rules!(&["Allow", "Deny"], PORTS),
];
