//! What policies are about: pods, namespaces, service accounts and network sets.

use super::{
    Part, Shape,
    fields::{LABELS, NAME, NAMESPACE},
    spec,
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

pub(super) const NETWORK_SET: &[Part] = &[
    Part {
        title: "Network set",
        fields: &[NAME, NAMESPACE],
    },
    MEMBERS,
];

pub(super) const GLOBAL_NETWORK_SET: &[Part] = &[
    Part {
        title: "Network set",
        fields: &[NAME],
    },
    MEMBERS,
];

pub(super) const POD: &[Part] = &[Part {
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

pub(super) const NAMESPACE_KIND: &[Part] = &[Part {
    title: "Namespace",
    fields: &[NAME, LABELS],
}];

pub(super) const ACCOUNT: &[Part] = &[Part {
    title: "Service account",
    fields: &[NAME, NAMESPACE, LABELS],
}];
