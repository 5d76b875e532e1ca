//! What pods live in and are reached by: namespaces, service accounts, nodes, services and their backends.

use super::labels::PROTOCOLS;
use super::{Field, Kind, Of, Shape, Struct, Word, kind_of, word};

static SERVICE_PORT: Struct = Struct {
    source: "ServicePort",
    fields: &[&[
        Field::new("name", Shape::Text, "Its name."),
        Field::new("port", Shape::Number, "Port of the service.").required(),
        Field::new(
            "targetPort",
            Shape::Port,
            "Port of the pods, by number or name.",
        )
        .or("the same as `port`"),
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").or("TCP"),
        Field::new("nodePort", Shape::Number, "Port on every node."),
    ]],
};

static SERVICE_TYPES: [Word; 4] = [
    word("ClusterIP", ""),
    word("NodePort", ""),
    word("LoadBalancer", ""),
    word("ExternalName", ""),
];

static SERVICE_SPEC: Struct = Struct {
    source: "ServiceSpec",
    fields: &[&[
        Field::new(
            "selector",
            Shape::Labels(Of::Endpoints),
            "The pods behind it.",
        ),
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&SERVICE_PORT)),
            "Its ports.",
        ),
        Field::new(
            "clusterIP",
            Shape::Text,
            "Its address; `None` for a headless service.",
        ),
        Field::new(
            "clusterIPs",
            Shape::List(&Shape::Text),
            "All its addresses.",
        ),
        Field::new("type", Shape::Words(&SERVICE_TYPES), "How it is published.").or("ClusterIP"),
    ]],
};

static NODE_ADDRESS: Struct = Struct {
    source: "NodeAddress",
    fields: &[&[
        Field::new(
            "type",
            Shape::Words(&ADDRESS_TYPES),
            "What kind of address.",
        )
        .required(),
        Field::new("address", Shape::Text, "The address.").required(),
    ]],
};

static ADDRESS_TYPES: [Word; 3] = [
    word("InternalIP", ""),
    word("ExternalIP", ""),
    word("Hostname", ""),
];

static NODE_STATUS: Struct = Struct {
    source: "NodeStatus",
    fields: &[&[Field::new(
        "addresses",
        Shape::List(&Shape::Struct(&NODE_ADDRESS)),
        "Its addresses.",
    )]],
};

static TARGET: Struct = Struct {
    source: "ObjectReference",
    fields: &[&[
        Field::new("kind", Shape::Text, "`Pod`, usually."),
        Field::new("name", Shape::Text, "Its name."),
        Field::new("namespace", Shape::Namespace, "Its namespace."),
    ]],
};

static BACKEND: Struct = Struct {
    source: "Endpoint",
    fields: &[&[
        Field::new("addresses", Shape::List(&Shape::Net), "Its addresses.").required(),
        Field::new("targetRef", Shape::Struct(&TARGET), "The pod."),
        Field::new("nodeName", Shape::Text, "The node it is on."),
    ]],
};

static SLICE_PORT: Struct = Struct {
    source: "EndpointPort",
    fields: &[&[
        Field::new("name", Shape::Text, "Its name."),
        Field::new("port", Shape::Number, "Port number.").or("any"),
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").or("TCP"),
    ]],
};

static FAMILIES: [Word; 3] = [word("IPv4", ""), word("IPv6", ""), word("FQDN", "")];

static SLICE: Struct = Struct {
    source: "EndpointSlice",
    fields: &[&[
        Field::new(
            "addressType",
            Shape::Words(&FAMILIES),
            "What its addresses are.",
        )
        .required(),
        Field::new(
            "endpoints",
            Shape::List(&Shape::Struct(&BACKEND)),
            "Backends. The service is named by the label `kubernetes.io/service-name`.",
        ),
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&SLICE_PORT)),
            "Ports that all of them serve.",
        ),
    ]],
};

static NOTHING: Struct = Struct {
    source: "Object",
    fields: &[],
};

static SERVICE: Struct = Struct {
    source: "Service",
    fields: &[&[Field::new("spec", Shape::Struct(&SERVICE_SPEC), "What is wanted.").required()]],
};

static NODE: Struct = Struct {
    source: "Node",
    fields: &[&[Field::new(
        "status",
        Shape::Struct(&NODE_STATUS),
        "What is: addresses.",
    )]],
};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        namespaced: false,
        ..kind_of("v1", "Namespace", &NOTHING, "A namespace and its labels.")
    },
    kind_of(
        "v1",
        "ServiceAccount",
        &NOTHING,
        "A service account and its labels.",
    ),
    kind_of(
        "v1",
        "Service",
        &SERVICE,
        "A service: which pods, which ports.",
    ),
    Kind {
        namespaced: false,
        ..kind_of("v1", "Node", &NODE, "A node and its addresses.")
    },
    kind_of(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        &SLICE,
        "Backends of a service.",
    ),
];
