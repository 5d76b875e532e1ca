//! Tiers, and the policies of Calico.

use super::{
    ACCOUNTS, ENDPOINTS, NAMESPACES, Part, Shape, Spec,
    fields::{DIRECTIONS, LABELS, NAME, NAMESPACE, ORDER, STAGED, TIER},
    seldom, spec,
};

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

const TYPES: Spec = spec("spec.types", "Types", Shape::Choices(DIRECTIONS), "");

const HTTP_PATH: &[Spec] = &[
    spec("exact", "Exact", Shape::Text(""), "").one_of(&[&["exact", "prefix"]]),
    spec(
        "prefix",
        "Prefix",
        Shape::Text(""),
        "the whole path, or how it begins",
    )
    .one_of(&[&["exact", "prefix"]]),
];

/// The fields of a rule. Domains are named by rules of one direction alone.
const fn rule(domains: Spec) -> [Spec; 34] {
    [
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
        domains,
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
        seldom(
            "icmp.type",
            "ICMP type",
            Shape::Number,
            "0 to 254; 8 is echo request",
        ),
        seldom("icmp.code", "ICMP code", Shape::Number, ""),
        seldom("notICMP.type", "Not ICMP type", Shape::Number, ""),
        seldom("notICMP.code", "Not ICMP code", Shape::Number, ""),
        seldom(
            "http.methods",
            "HTTP methods",
            Shape::List(""),
            "GET, POST: seen by application layer policy only",
        ),
        seldom(
            "http.paths",
            "HTTP paths",
            Shape::Items(&["Exact", "Prefix"], HTTP_PATH, "prefix: /"),
            "",
        ),
        seldom("metadata.annotations", "Annotations", Shape::Labels(""), ""),
    ]
}

const INGRESS_RULE: &[Spec] = &rule(seldom(
    "destination.domains",
    "To domains",
    Shape::List(""),
    "of egress rules only",
));

const EGRESS_RULE: &[Spec] = &rule(spec(
    "destination.domains",
    "To domains",
    Shape::List(""),
    "an extension to open-source Calico",
));

const COLUMNS: &[&str] = &["Action", "Protocol", "From", "To"];

const INGRESS: Spec = spec(
    "spec.ingress",
    "Ingress rules",
    Shape::Items(COLUMNS, INGRESS_RULE, "action: Allow"),
    "",
);

const EGRESS: Spec = spec(
    "spec.egress",
    "Egress rules",
    Shape::Items(COLUMNS, EGRESS_RULE, "action: Allow"),
    "",
);

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

const HINTS: Spec = seldom(
    "spec.performanceHints",
    "Performance hints",
    Shape::Choices(&["AssumeNeededOnEveryNode"]),
    "verdicts are the same",
);

const NAMESPACED_SUBJECT: Part = Part {
    title: "Applies to",
    fields: &[PODS, OF_ACCOUNTS, TYPES],
};

const GLOBAL_SUBJECT: Part = Part {
    title: "Applies to",
    fields: &[OF_NAMESPACES, PODS, OF_ACCOUNTS, TYPES],
};

pub(super) const NETWORK_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, NAMESPACE, TIER, ORDER, HINTS, LABELS.out_of_sight()],
    },
    NAMESPACED_SUBJECT,
    RULES,
];

pub(super) const STAGED_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[
            NAME,
            NAMESPACE,
            TIER,
            ORDER,
            STAGED,
            HINTS,
            LABELS.out_of_sight(),
        ],
    },
    NAMESPACED_SUBJECT,
    RULES,
];

pub(super) const GLOBAL_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, TIER, ORDER, HINTS, LABELS.out_of_sight()],
    },
    GLOBAL_SUBJECT,
    RULES,
    HOSTS,
];

pub(super) const STAGED_GLOBAL_POLICY: &[Part] = &[
    Part {
        title: "Policy",
        fields: &[NAME, TIER, ORDER, STAGED, HINTS, LABELS.out_of_sight()],
    },
    GLOBAL_SUBJECT,
    RULES,
    HOSTS,
];

pub(super) const TIER_KIND: &[Part] = &[Part {
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
        LABELS.out_of_sight(),
    ],
}];
