//! The fields of each kind of object, as its form shows them.

use tierwalk_yaml::Node;

/// A field of a form.
#[derive(Debug)]
pub(super) struct Spec {
    /// Its path in the object, or in the item that it is a field of.
    pub path: &'static str,
    pub label: &'static str,
    pub shape: Shape,
    /// Seldom needed: out of sight while it is not written.
    pub seldom: bool,
    pub help: &'static str,
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Shape {
    /// Text, with what exists offered.
    Text(&'static str),
    Number,
    Flag,
    Choice(&'static [&'static str]),
    Choices(&'static [&'static str]),
    /// Values of a list, with what exists offered.
    List(&'static str),
    /// Numbers and names.
    Ports,
    /// A selector of Calico's, over labels of these.
    Selector(&'static str),
    /// A label selector of Kubernetes, over labels of these.
    Match(&'static str),
    Labels,
    /// A list of rules, ports or peers: the heads of the columns, the fields of an item, and a new one.
    Items(&'static [&'static str], &'static [Spec], &'static str),
}

/// A part of a form.
#[derive(Debug)]
pub(super) struct Part {
    pub title: &'static str,
    pub fields: &'static [Spec],
}

/// Whose labels a selector looks at.
pub(super) const ENDPOINTS: &str = "endpoints";
pub(super) const NAMESPACES: &str = "namespaces";
pub(super) const ACCOUNTS: &str = "accounts";

const fn spec(path: &'static str, label: &'static str, shape: Shape, help: &'static str) -> Spec {
    Spec {
        path,
        label,
        shape,
        seldom: false,
        help,
    }
}

const fn seldom(path: &'static str, label: &'static str, shape: Shape, help: &'static str) -> Spec {
    Spec {
        path,
        label,
        shape,
        seldom: true,
        help,
    }
}

const NAME: Spec = spec("metadata.name", "Name", Shape::Text(""), "");
const NAMESPACE: Spec = spec(
    "metadata.namespace",
    "Namespace",
    Shape::Text("namespace-names"),
    "",
);
const TIER: Spec = spec("spec.tier", "Tier", Shape::Text("tiers"), "");
const ORDER: Spec = spec(
    "spec.order",
    "Order",
    Shape::Number,
    "lower is evaluated first; none is last",
);
const STAGED: Spec = spec(
    "spec.stagedAction",
    "Staged action",
    Shape::Choice(&["Set", "Delete", "Learn", "Ignore"]),
    "",
);
const PODS: Spec = spec("spec.selector", "Pods", Shape::Selector(ENDPOINTS), "");
const OF_NAMESPACES: Spec = spec(
    "spec.namespaceSelector",
    "Namespaces",
    Shape::Selector(NAMESPACES),
    "",
);
const OF_ACCOUNTS: Spec = seldom(
    "spec.serviceAccountSelector",
    "Service accounts",
    Shape::Selector(ACCOUNTS),
    "",
);
const DIRECTIONS: &[&str] = &["Ingress", "Egress"];
const TYPES: Spec = spec("spec.types", "Types", Shape::Choices(DIRECTIONS), "");
const POLICY_TYPES: Spec = spec("spec.policyTypes", "Types", Shape::Choices(DIRECTIONS), "");
const LABELS: Spec = spec("metadata.labels", "Labels", Shape::Labels, "");

const RULE: &[Spec] = &[
    spec(
        "action",
        "Action",
        Shape::Choice(&["Allow", "Deny", "Pass", "Log"]),
        "",
    ),
    spec("protocol", "Protocol", Shape::Text("protocols"), ""),
    spec(
        "source.selector",
        "From",
        Shape::Selector(ENDPOINTS),
        "pods and network sets by label",
    ),
    spec(
        "source.namespaceSelector",
        "From namespaces",
        Shape::Selector(NAMESPACES),
        "",
    ),
    spec("source.nets", "From networks", Shape::List(""), ""),
    seldom("source.ports", "From ports", Shape::Ports, ""),
    seldom(
        "source.serviceAccounts.names",
        "From service accounts",
        Shape::List("account-names"),
        "",
    ),
    seldom(
        "source.serviceAccounts.selector",
        "From service accounts by label",
        Shape::Selector(ACCOUNTS),
        "",
    ),
    seldom(
        "source.services.name",
        "From service",
        Shape::Text("services"),
        "",
    ),
    seldom(
        "source.services.namespace",
        "From service in namespace",
        Shape::Text("namespace-names"),
        "",
    ),
    seldom(
        "source.notSelector",
        "Not from",
        Shape::Selector(ENDPOINTS),
        "",
    ),
    seldom("source.notNets", "Not from networks", Shape::List(""), ""),
    seldom("source.notPorts", "Not from ports", Shape::Ports, ""),
    spec(
        "destination.selector",
        "To",
        Shape::Selector(ENDPOINTS),
        "pods and network sets by label",
    ),
    spec(
        "destination.namespaceSelector",
        "To namespaces",
        Shape::Selector(NAMESPACES),
        "",
    ),
    spec("destination.nets", "To networks", Shape::List(""), ""),
    spec(
        "destination.domains",
        "To domains",
        Shape::List(""),
        "egress only; an extension to open-source Calico",
    ),
    spec(
        "destination.ports",
        "To ports",
        Shape::Ports,
        "numbers, ranges such as 8000:8100, names",
    ),
    seldom(
        "destination.serviceAccounts.names",
        "To service accounts",
        Shape::List("account-names"),
        "",
    ),
    seldom(
        "destination.serviceAccounts.selector",
        "To service accounts by label",
        Shape::Selector(ACCOUNTS),
        "",
    ),
    seldom(
        "destination.services.name",
        "To service",
        Shape::Text("services"),
        "",
    ),
    seldom(
        "destination.services.namespace",
        "To service in namespace",
        Shape::Text("namespace-names"),
        "",
    ),
    seldom(
        "destination.notSelector",
        "Not to",
        Shape::Selector(ENDPOINTS),
        "",
    ),
    seldom(
        "destination.notNets",
        "Not to networks",
        Shape::List(""),
        "",
    ),
    seldom("destination.notPorts", "Not to ports", Shape::Ports, ""),
    seldom("notProtocol", "Not protocol", Shape::Text("protocols"), ""),
    seldom("ipVersion", "IP version", Shape::Number, "4 or 6"),
];

const COLUMNS: &[&str] = &["Action", "Protocol", "From", "To"];
const INGRESS: Spec = spec(
    "spec.ingress",
    "Ingress rules",
    Shape::Items(COLUMNS, RULE, "action: Allow"),
    "",
);
const EGRESS: Spec = spec(
    "spec.egress",
    "Egress rules",
    Shape::Items(COLUMNS, RULE, "action: Allow"),
    "",
);

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

const RULES: Part = Part {
    title: "Rules",
    fields: &[INGRESS, EGRESS],
};
const HOSTS: Part = Part {
    title: "Host endpoints",
    fields: &[
        seldom(
            "spec.applyOnForward",
            "Forwarded traffic too",
            Shape::Flag,
            "",
        ),
        seldom("spec.preDNAT", "Before destination NAT", Shape::Flag, ""),
        seldom(
            "spec.doNotTrack",
            "Without connection tracking",
            Shape::Flag,
            "",
        ),
    ],
};
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
const NAMESPACED_SUBJECT: Part = Part {
    title: "Applies to",
    fields: &[PODS, OF_ACCOUNTS, TYPES],
};
const GLOBAL_SUBJECT: Part = Part {
    title: "Applies to",
    fields: &[OF_NAMESPACES, PODS, OF_ACCOUNTS, TYPES],
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
const MEMBERS: Part = Part {
    title: "Members",
    fields: &[
        LABELS,
        spec(
            "spec.nets",
            "Networks",
            Shape::List(""),
            "addresses and networks: 203.0.113.0/24",
        ),
        spec(
            "spec.allowedEgressDomains",
            "Domains",
            Shape::List(""),
            "an extension to open-source Calico",
        ),
    ],
};

const NETWORK_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE, TIER, ORDER],
    },
    NAMESPACED_SUBJECT,
    RULES,
];
const STAGED_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE, TIER, ORDER, STAGED],
    },
    NAMESPACED_SUBJECT,
    RULES,
];
const GLOBAL_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, TIER, ORDER],
    },
    GLOBAL_SUBJECT,
    RULES,
    HOSTS,
];
const STAGED_GLOBAL_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, TIER, ORDER, STAGED],
    },
    GLOBAL_SUBJECT,
    RULES,
    HOSTS,
];
const KUBERNETES_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE],
    },
    KUBERNETES_SUBJECT,
    KUBERNETES_RULES,
];
const STAGED_KUBERNETES_POLICY: &[Part] = &[
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
const CLUSTER_POLICY: &[Part] = &[
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
const ADMIN_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, PRIORITY],
    },
    CLUSTER_RULES,
];
const TIER_KIND: &[Part] = &[Part {
    title: "Tier",
    fields: &[
        NAME,
        ORDER,
        spec(
            "spec.defaultAction",
            "Default action",
            Shape::Choice(&["Deny", "Pass"]),
            "what happens at its end",
        ),
    ],
}];
const NETWORK_SET: &[Part] = &[
    Part {
        title: "Network set",
        fields: &[NAME, NAMESPACE],
    },
    MEMBERS,
];
const GLOBAL_NETWORK_SET: &[Part] = &[
    Part {
        title: "Network set",
        fields: &[NAME],
    },
    MEMBERS,
];
const POD: &[Part] = &[Part {
    title: "Pod",
    fields: &[
        NAME,
        NAMESPACE,
        LABELS,
        spec(
            "spec.serviceAccountName",
            "Service account",
            Shape::Text("account-names"),
            "",
        ),
        spec("spec.nodeName", "Node", Shape::Text(""), ""),
        spec("status.podIP", "Address", Shape::Text(""), ""),
    ],
}];
const NAMESPACE_KIND: &[Part] = &[Part {
    title: "Namespace",
    fields: &[NAME, LABELS],
}];
const ACCOUNT: &[Part] = &[Part {
    title: "Service account",
    fields: &[NAME, NAMESPACE, LABELS],
}];

/// The form of an object by its group and kind.
pub(super) fn parts(object: &Node) -> Option<&'static [Part]> {
    let text = |key| object.get(key).and_then(Node::as_str).unwrap_or_default();
    let group = text("apiVersion").split('/').next().unwrap_or_default();
    Some(match (group, text("kind")) {
        ("networking.k8s.io", "NetworkPolicy") => KUBERNETES_POLICY,
        ("policy.networking.k8s.io", "ClusterNetworkPolicy") => CLUSTER_POLICY,
        ("policy.networking.k8s.io", "AdminNetworkPolicy" | "BaselineAdminNetworkPolicy") => {
            ADMIN_POLICY
        }
        ("v1", "Pod") => POD,
        ("v1", "Namespace") => NAMESPACE_KIND,
        ("v1", "ServiceAccount") => ACCOUNT,
        ("projectcalico.org" | "crd.projectcalico.org", kind) => match kind {
            "NetworkPolicy" => NETWORK_POLICY,
            "GlobalNetworkPolicy" => GLOBAL_POLICY,
            "StagedNetworkPolicy" => STAGED_POLICY,
            "StagedGlobalNetworkPolicy" => STAGED_GLOBAL_POLICY,
            "StagedKubernetesNetworkPolicy" => STAGED_KUBERNETES_POLICY,
            "NetworkSet" => NETWORK_SET,
            "GlobalNetworkSet" => GLOBAL_NETWORK_SET,
            "Tier" => TIER_KIND,
            _ => return None,
        },
        _ => return None,
    })
}
