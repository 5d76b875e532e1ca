//! The policies of Kubernetes, of a namespace and of the cluster.

use super::{
    ENDPOINTS, NAMESPACES, Part, Shape, Spec,
    fields::{DIRECTIONS, NAME, NAMESPACE, STAGED},
    seldom, spec,
};

const POLICY_TYPES: Spec = spec("spec.policyTypes", "Types", Shape::Choices(DIRECTIONS), "");

const PEER: &[Spec] = &[
    spec("podSelector", "Pods", Shape::Match(ENDPOINTS), ""),
    spec(
        "namespaceSelector",
        "Namespaces",
        Shape::Match(NAMESPACES),
        "",
    ),
    spec("ipBlock.cidr", "Network", Shape::Text(""), ""),
    seldom("ipBlock.except", "Except networks", Shape::List(""), ""),
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

const CLUSTER_RULE: &[Spec] = &[
    spec("name", "Name", Shape::Text(""), ""),
    spec(
        "action",
        "Action",
        Shape::Choice(&["Accept", "Allow", "Deny", "Pass"]),
        "",
    ),
];

const CLUSTER_COLUMNS: &[&str] = &["Name", "Action"];

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

const CLUSTER_RULES: Part = Part {
    title: "Rules",
    fields: &[
        spec(
            "spec.ingress",
            "Ingress rules",
            Shape::Items(CLUSTER_COLUMNS, CLUSTER_RULE, "action: Deny"),
            "who they are for is in the text",
        ),
        spec(
            "spec.egress",
            "Egress rules",
            Shape::Items(CLUSTER_COLUMNS, CLUSTER_RULE, "action: Deny"),
            "who they are for is in the text",
        ),
    ],
};

pub(super) const KUBERNETES_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE],
    },
    KUBERNETES_SUBJECT,
    KUBERNETES_RULES,
];

pub(super) const STAGED_KUBERNETES_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE, STAGED],
    },
    KUBERNETES_SUBJECT,
    KUBERNETES_RULES,
];

const PRIORITY: Spec = spec(
    "spec.priority",
    "Priority",
    Shape::Number,
    "lower is evaluated first",
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
        ],
    },
    CLUSTER_RULES,
];

pub(super) const ADMIN_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, PRIORITY],
    },
    CLUSTER_RULES,
];
