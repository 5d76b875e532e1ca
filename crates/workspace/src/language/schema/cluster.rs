//! `policy.networking.k8s.io`: policies of a cluster's administrators.

use super::labels::{NAMESPACES, PODS, PROTOCOLS};
use super::{Field, Kind, Shape, Struct, Word, word};

static TIERS: [Word; 2] = [
    word(
        "Admin",
        "Evaluated in tier kube-admin, before all policies of developers.",
    ),
    word(
        "Baseline",
        "Evaluated in tier kube-baseline, after all policies of developers.",
    ),
];

/// The word for letting through is another in each version.
const fn actions(allow: &'static str) -> [Word; 3] {
    [
        word(allow, "Allows; no later tier is looked at."),
        word("Deny", "Drops."),
        word("Pass", "Leaves the rest of this tier to the next one."),
    ]
}

static CLUSTER_ACTIONS: [Word; 3] = actions("Accept");
static ADMIN_ACTIONS: [Word; 3] = actions("Allow");

static PODS_IN: Struct = Struct {
    source: "NamespacedPod",
    fields: &[&[
        Field::new(
            "namespaceSelector",
            Shape::Struct(&NAMESPACES),
            "Namespaces by labels; `{}` is all.",
        ),
        Field::new(
            "podSelector",
            Shape::Struct(&PODS),
            "Pods in them by labels; `{}` is all.",
        ),
    ]],
};

/// One of both says which pods.
static WHICH_PODS: [Field; 2] = [
    Field::new(
        "namespaces",
        Shape::Struct(&NAMESPACES),
        "All pods of these namespaces.",
    ),
    Field::new("pods", Shape::Struct(&PODS_IN), "Pods of namespaces."),
];

static SUBJECT: Struct = Struct {
    source: "Subject",
    fields: &[&WHICH_PODS],
};

static PEER: Struct = Struct {
    source: "Peer",
    fields: &[
        &WHICH_PODS,
        &[
            Field::new(
                "networks",
                Shape::List(&Shape::Net),
                "Networks; egress only.",
            ),
            Field::new(
                "nodes",
                Shape::Other,
                "Nodes by labels; egress only. Calico cannot do it.",
            ),
            Field::new(
                "domainNames",
                Shape::List(&Shape::Text),
                "Domain names; egress only. Calico cannot do it.",
            ),
        ],
    ],
};

static RANGE: Struct = Struct {
    source: "PortRange",
    fields: &[&[
        Field::new("start", Shape::Number, "First port.").required(),
        Field::new("end", Shape::Number, "Last port.").required(),
        Field::new("protocol", Shape::Words(&PROTOCOLS), "In v1alpha1 only.").or("TCP"),
    ]],
};

static PORT: Struct = Struct {
    source: "Port",
    fields: &[&[
        Field::new("number", Shape::Number, "One port."),
        Field::new("range", Shape::Struct(&RANGE), "Several ports."),
    ]],
};

static TRANSPORT: Struct = Struct {
    source: "TransportProtocol",
    fields: &[&[
        Field::new("destinationPort", Shape::Struct(&PORT), "Destination port.").or("all ports"),
    ]],
};

static PROTOCOL: Struct = Struct {
    source: "ClusterNetworkPolicyProtocol",
    fields: &[&[
        Field::new("tcp", Shape::Struct(&TRANSPORT), "TCP."),
        Field::new("udp", Shape::Struct(&TRANSPORT), "UDP."),
        Field::new("sctp", Shape::Struct(&TRANSPORT), "SCTP."),
        Field::new(
            "destinationNamedPort",
            Shape::Port,
            "A port by its name at the destination.",
        ),
    ]],
};

static NUMBER: Struct = Struct {
    source: "Port",
    fields: &[&[
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").or("TCP"),
        Field::new("port", Shape::Number, "Port number.").required(),
    ]],
};

static ADMIN_PORT: Struct = Struct {
    source: "AdminNetworkPolicyPort",
    fields: &[&[
        Field::new("portNumber", Shape::Struct(&NUMBER), "One port."),
        Field::new("portRange", Shape::Struct(&RANGE), "Several ports."),
        Field::new(
            "namedPort",
            Shape::Port,
            "A port by name. Calico cannot do it.",
        ),
    ]],
};

static PEERS: Shape = Shape::Struct(&PEER);
static PROTOCOL_ITEM: Shape = Shape::Struct(&PROTOCOL);
static PORT_ITEM: Shape = Shape::Struct(&ADMIN_PORT);

const NAME: Field = Field::new("name", Shape::Text, "A name for people.");
const CLUSTER_ACTION: Field = Field::new(
    "action",
    Shape::Words(&CLUSTER_ACTIONS),
    "What happens to what the rule matches.",
)
.required();
const ADMIN_ACTION: Field = Field::new(
    "action",
    Shape::Words(&ADMIN_ACTIONS),
    "What happens to what the rule matches.",
)
.required();
const FROM: Field = Field::new("from", Shape::List(&PEERS), "Who sends; at least one.").required();
const TO: Field = Field::new("to", Shape::List(&PEERS), "Who receives; at least one.").required();
const BY_PROTOCOL: Field = Field::new(
    "protocols",
    Shape::List(&PROTOCOL_ITEM),
    "Protocols and ports.",
)
.or("all");
const BY_PORT: Field = Field::new("ports", Shape::List(&PORT_ITEM), "Ports.").or("all");

static CLUSTER_INGRESS: Struct = Struct {
    source: "ClusterNetworkPolicyIngressRule",
    fields: &[&[CLUSTER_ACTION, FROM, BY_PROTOCOL, NAME]],
};
static CLUSTER_EGRESS: Struct = Struct {
    source: "ClusterNetworkPolicyEgressRule",
    fields: &[&[CLUSTER_ACTION, TO, BY_PROTOCOL, NAME]],
};
static ADMIN_INGRESS: Struct = Struct {
    source: "AdminNetworkPolicyIngressRule",
    fields: &[&[ADMIN_ACTION, FROM, BY_PORT, NAME]],
};
static ADMIN_EGRESS: Struct = Struct {
    source: "AdminNetworkPolicyEgressRule",
    fields: &[&[ADMIN_ACTION, TO, BY_PORT, NAME]],
};

const PRIORITY: Field = Field::new(
    "priority",
    Shape::Number,
    "0 to 1000: the lowest number is evaluated first.",
)
.required();
const WHO: Field = Field::new(
    "subject",
    Shape::Struct(&SUBJECT),
    "The pods that it applies to.",
)
.required();

static CLUSTER: Struct = Struct {
    source: "ClusterNetworkPolicySpec",
    fields: &[&[
        Field::new(
            "tier",
            Shape::Words(&TIERS),
            "Before or after the policies of developers.",
        )
        .required(),
        PRIORITY,
        WHO,
        Field::new(
            "ingress",
            Shape::List(&Shape::Struct(&CLUSTER_INGRESS)),
            "Rules for what is sent to the pods.",
        ),
        Field::new(
            "egress",
            Shape::List(&Shape::Struct(&CLUSTER_EGRESS)),
            "Rules for what the pods send.",
        ),
    ]],
};

static ADMIN_RULES: [Field; 3] = [
    WHO,
    Field::new(
        "ingress",
        Shape::List(&Shape::Struct(&ADMIN_INGRESS)),
        "Rules for what is sent to the pods.",
    ),
    Field::new(
        "egress",
        Shape::List(&Shape::Struct(&ADMIN_EGRESS)),
        "Rules for what the pods send.",
    ),
];

static ADMIN: Struct = Struct {
    source: "AdminNetworkPolicySpec",
    fields: &[&[PRIORITY], &ADMIN_RULES],
};
static BASELINE: Struct = Struct {
    source: "BaselineAdminNetworkPolicySpec",
    fields: &[&ADMIN_RULES],
};

macro_rules! kind {
    ($version:literal, $name:literal, $spec:expr, $doc:literal) => {
        Kind {
            api_version: $version,
            name: $name,
            doc: $doc,
            namespaced: false,
            body: &Struct {
                source: $name,
                fields: &[&[
                    Field::new("spec", Shape::Struct(&$spec), "What the policy says.").required(),
                ]],
            },
        }
    };
}

pub(super) static KINDS: &[Kind] = &[
    kind!(
        "policy.networking.k8s.io/v1alpha2",
        "ClusterNetworkPolicy",
        CLUSTER,
        "Policy of a cluster's administrators, before or after all others."
    ),
    kind!(
        "policy.networking.k8s.io/v1alpha1",
        "AdminNetworkPolicy",
        ADMIN,
        "Policy of a cluster's administrators, before all others."
    ),
    kind!(
        "policy.networking.k8s.io/v1alpha1",
        "BaselineAdminNetworkPolicy",
        BASELINE,
        "Policy of a cluster's administrators, after all others."
    ),
];
