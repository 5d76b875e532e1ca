//! The network policies of Kubernetes.

use super::{
    ENDPOINTS, NAMESPACES, Part, Shape, Spec,
    fields::{DIRECTIONS, LABELS, NAME, NAMESPACE, STAGED},
    seldom, spec,
};

const POLICY_TYPES: Spec = spec("spec.policyTypes", "Types", Shape::Choices(DIRECTIONS), "");

const PEER_IS: &[&[&str]] = &[
    &["ipBlock", "podSelector"],
    &["ipBlock", "namespaceSelector"],
];

const PEER: &[Spec] = &[
    spec("podSelector", "Pods", Shape::Match(ENDPOINTS), "").one_of(PEER_IS),
    spec(
        "namespaceSelector",
        "Namespaces",
        Shape::Match(NAMESPACES),
        "",
    )
    .one_of(PEER_IS),
    spec(
        "ipBlock.cidr",
        "Network",
        Shape::Text(""),
        "instead of pods and namespaces",
    )
    .one_of(PEER_IS),
    seldom("ipBlock.except", "Except networks", Shape::List(""), "").one_of(PEER_IS),
];

const PORT: &[Spec] = &[
    spec(
        "protocol",
        "Protocol",
        Shape::Choice(&["TCP", "UDP", "SCTP"]),
        "",
    ),
    spec("port", "Port", Shape::Number, "a number, or a name"),
    seldom("endPort", "Last port", Shape::Number, ""),
];

const PEERS: Shape = Shape::Items(&["Pods", "Namespaces", "Network"], PEER, "podSelector: {}");

const PORTS: Shape = Shape::Items(&["Protocol", "Port"], PORT, "protocol: TCP");

const KUBERNETES_INGRESS: &[Spec] = &[
    spec("from", "From", PEERS, ""),
    spec("ports", "Ports", PORTS, ""),
];

const KUBERNETES_EGRESS: &[Spec] = &[
    spec("to", "To", PEERS, ""),
    spec("ports", "Ports", PORTS, ""),
];

const KUBERNETES_SUBJECT: Part = Part {
    title: "Applies to",
    fields: &[
        spec("spec.podSelector", "Pods", Shape::Match(ENDPOINTS), ""),
        POLICY_TYPES,
    ],
};

const KUBERNETES_RULES: Part = Part {
    title: "Rules",
    fields: &[
        spec(
            "spec.ingress",
            "Ingress rules",
            Shape::Items(&["From", "Ports"], KUBERNETES_INGRESS, "{}"),
            "",
        ),
        spec(
            "spec.egress",
            "Egress rules",
            Shape::Items(&["To", "Ports"], KUBERNETES_EGRESS, "{}"),
            "",
        ),
    ],
};

pub(super) const KUBERNETES_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE, LABELS.out_of_sight()],
    },
    KUBERNETES_SUBJECT,
    KUBERNETES_RULES,
];

pub(super) const STAGED_KUBERNETES_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE, STAGED, LABELS.out_of_sight()],
    },
    KUBERNETES_SUBJECT,
    KUBERNETES_RULES,
];
