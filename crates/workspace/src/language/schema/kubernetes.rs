//! Kubernetes' own policies: `networking.k8s.io`.

use super::calico::STAGED;
use super::labels::{NAMESPACES, PODS, PROTOCOLS};
use super::{Field, Kind, Shape, Struct, Word, kind_of, word};

static TYPES: [Word; 2] = [
    word("Ingress", "Isolates the pods for what is sent to them."),
    word("Egress", "Isolates the pods for what they send."),
];

static IP_BLOCK: Struct = Struct {
    source: "IPBlock",
    fields: &[&[
        Field::new("cidr", Shape::Net, "The network.").required(),
        Field::new(
            "except",
            Shape::List(&Shape::Net),
            "Networks inside it that are left out.",
        ),
    ]],
};

static PEER: Struct = Struct {
    source: "NetworkPolicyPeer",
    fields: &[&[
        Field::new(
            "podSelector",
            Shape::Struct(&PODS),
            "Pods by labels: of the policy's namespace, or of those that `namespaceSelector` selects.",
        ),
        Field::new(
            "namespaceSelector",
            Shape::Struct(&NAMESPACES),
            "Namespaces by labels; `{}` is all.",
        ),
        Field::new(
            "ipBlock",
            Shape::Struct(&IP_BLOCK),
            "Addresses; nothing else beside it.",
        ),
    ]],
};

static PORT: Struct = Struct {
    source: "NetworkPolicyPort",
    fields: &[&[
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").or("TCP"),
        Field::new("port", Shape::Port, "Number or name of the port.").or("all ports"),
        Field::new(
            "endPort",
            Shape::Number,
            "Last port of a range that starts at `port`.",
        ),
    ]],
};

static PORT_ITEM: Shape = Shape::Struct(&PORT);

const PORTS: Field = Field::new(
    "ports",
    Shape::List(&PORT_ITEM),
    "Ports, any of which may be used.",
)
.or("all ports");

static INGRESS: Struct = Struct {
    source: "NetworkPolicyIngressRule",
    fields: &[&[
        Field::new(
            "from",
            Shape::List(&Shape::Struct(&PEER)),
            "Who may send; any of them.",
        )
        .or("anybody"),
        PORTS,
    ]],
};

static EGRESS: Struct = Struct {
    source: "NetworkPolicyEgressRule",
    fields: &[&[
        Field::new(
            "to",
            Shape::List(&Shape::Struct(&PEER)),
            "Who may receive; any of them.",
        )
        .or("anybody"),
        PORTS,
    ]],
};

pub(super) static POLICY_TYPES_FIELDS: [Field; 4] = [
    Field::new(
        "podSelector",
        Shape::Struct(&PODS),
        "Pods of the namespace that the policy applies to; `{}` is all.",
    ),
    Field::new(
        "policyTypes",
        Shape::List(&Shape::Words(&TYPES)),
        "The directions in which it isolates the pods.",
    )
    .or("Ingress, and Egress if there are egress rules"),
    Field::new(
        "ingress",
        Shape::List(&Shape::Struct(&INGRESS)),
        "What may come in; any rule allows.",
    ),
    Field::new(
        "egress",
        Shape::List(&Shape::Struct(&EGRESS)),
        "What may go out; any rule allows.",
    ),
];

static POLICY: Struct = Struct {
    source: "NetworkPolicySpec",
    fields: &[&POLICY_TYPES_FIELDS],
};

pub(super) static STAGED_KUBERNETES: Struct = Struct {
    source: "StagedKubernetesNetworkPolicySpec",
    fields: &[&POLICY_TYPES_FIELDS, &STAGED],
};

static NETWORK_POLICY: Struct = Struct {
    source: "NetworkPolicy",
    fields: &[&[Field::new("spec", Shape::Struct(&POLICY), "What the policy says.").required()]],
};

pub(super) static KINDS: &[Kind] = &[kind_of(
    "networking.k8s.io/v1",
    "NetworkPolicy",
    &NETWORK_POLICY,
    "Kubernetes policy for the pods of one namespace; evaluated in tier default.",
)];
