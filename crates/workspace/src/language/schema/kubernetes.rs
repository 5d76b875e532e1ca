//! Kubernetes' own kinds: `networking.k8s.io`, and what policies depend on.

use super::calico::STAGED;
use super::{Field, Kind, Of, Shape, Struct, Word, word};

pub(super) static OPERATORS: [Word; 4] = [
    word("In", "The label has one of `values`."),
    word("NotIn", "The label has none of `values`, or is not there."),
    word("Exists", "The label is there."),
    word("DoesNotExist", "The label is not there."),
];

static TYPES: [Word; 2] = [
    word("Ingress", "Isolates the pods for what is sent to them."),
    word("Egress", "Isolates the pods for what they send."),
];

pub(super) static PROTOCOLS: [Word; 3] = [word("TCP", ""), word("UDP", ""), word("SCTP", "")];

static REQUIREMENT: Struct = Struct {
    source: "LabelSelectorRequirement",
    fields: &[&[
        Field::new("key", Shape::LabelKey, "Name of the label.").required(),
        Field::new(
            "operator",
            Shape::Words(&OPERATORS),
            "How the label is compared.",
        )
        .required(),
        Field::new(
            "values",
            Shape::List(&Shape::Text),
            "Values, for `In` and `NotIn`.",
        ),
    ]],
};

macro_rules! label_selector {
    ($name:ident, $of:expr) => {
        pub(super) static $name: Struct = Struct {
            source: "LabelSelector",
            fields: &[&[
                Field::new(
                    "matchLabels",
                    Shape::Labels($of),
                    "Labels with exactly these values; all must hold.",
                ),
                Field::new(
                    "matchExpressions",
                    Shape::List(&Shape::Struct(&REQUIREMENT)),
                    "Conditions on labels; all must hold.",
                ),
            ]],
        };
    };
}
label_selector!(PODS, Of::Endpoints);
label_selector!(NAMESPACES, Of::Namespaces);

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

static INGRESS: Struct = Struct {
    source: "NetworkPolicyIngressRule",
    fields: &[&[
        Field::new(
            "from",
            Shape::List(&Shape::Struct(&PEER)),
            "Who may send; any of them.",
        )
        .or("anybody"),
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&PORT)),
            "Ports, any of which may be used.",
        )
        .or("all ports"),
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
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&PORT)),
            "Ports, any of which may be used.",
        )
        .or("all ports"),
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

static CONTAINER_PORT: Struct = Struct {
    source: "ContainerPort",
    fields: &[&[
        Field::new("name", Shape::Text, "Name that rules may refer to."),
        Field::new("containerPort", Shape::Number, "Port number.").required(),
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").or("TCP"),
        Field::new("hostPort", Shape::Number, "Port on the node."),
    ]],
};

static CONTAINER: Struct = Struct {
    source: "Container",
    fields: &[&[
        Field::new("name", Shape::Text, "Its name.").required(),
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&CONTAINER_PORT)),
            "Ports that it declares. Only names matter to policy.",
        ),
    ]],
};

static POD_SPEC: Struct = Struct {
    source: "PodSpec",
    fields: &[&[
        Field::new("nodeName", Shape::Text, "The node it runs on."),
        Field::new(
            "serviceAccountName",
            Shape::ServiceAccount,
            "The service account it runs as.",
        )
        .or("default"),
        Field::new(
            "hostNetwork",
            Shape::Boolean,
            "Whether it shares its node's network, and so is no endpoint.",
        )
        .or("false"),
        Field::new(
            "containers",
            Shape::List(&Shape::Struct(&CONTAINER)),
            "Containers.",
        ),
        Field::new(
            "initContainers",
            Shape::List(&Shape::Struct(&CONTAINER)),
            "Containers that run first.",
        ),
    ]],
};

static POD_IP: Struct = Struct {
    source: "PodIP",
    fields: &[&[Field::new("ip", Shape::Net, "The address.")]],
};

static POD_STATUS: Struct = Struct {
    source: "PodStatus",
    fields: &[&[
        Field::new(
            "podIP",
            Shape::Net,
            "Its first address; one is made up if none is given.",
        ),
        Field::new(
            "podIPs",
            Shape::List(&Shape::Struct(&POD_IP)),
            "All its addresses.",
        ),
        Field::new("hostIP", Shape::Net, "The address of its node."),
        Field::new(
            "phase",
            Shape::Words(&PHASES),
            "A pod that has finished is no endpoint.",
        ),
    ]],
};

static PHASES: [Word; 5] = [
    word("Pending", ""),
    word("Running", ""),
    word("Succeeded", "It has finished: policy does not apply to it."),
    word("Failed", "It has finished: policy does not apply to it."),
    word("Unknown", ""),
];

static POD: Struct = Struct {
    source: "Pod",
    fields: &[&[
        Field::new("spec", Shape::Struct(&POD_SPEC), "What is wanted."),
        Field::new(
            "status",
            Shape::Struct(&POD_STATUS),
            "What is: addresses and phase.",
        ),
    ]],
};

static TEMPLATE: Struct = Struct {
    source: "PodTemplateSpec",
    fields: &[&[
        Field::new(
            "metadata",
            Shape::Struct(&TEMPLATE_METADATA),
            "Labels and annotations of the pods.",
        )
        .required(),
        Field::new("spec", Shape::Struct(&POD_SPEC), "What the pods run."),
    ]],
};

static TEMPLATE_METADATA: Struct = Struct {
    source: "ObjectMeta",
    fields: &[&[
        Field::new(
            "labels",
            Shape::Labels(Of::Itself),
            "Labels of the pods, which selectors match.",
        )
        .required(),
        Field::new("annotations", Shape::Other, "Annotations of the pods."),
    ]],
};

static WORKLOAD_SPEC: Struct = Struct {
    source: "DeploymentSpec",
    fields: &[&[
        Field::new("replicas", Shape::Number, "How many pods.").or("1"),
        Field::new("selector", Shape::Struct(&PODS), "Its pods."),
        Field::new(
            "template",
            Shape::Struct(&TEMPLATE),
            "What its pods are like.",
        )
        .required(),
    ]],
};

static JOB_SPEC: Struct = Struct {
    source: "JobSpec",
    fields: &[&[
        Field::new("parallelism", Shape::Number, "How many pods at a time.").or("1"),
        Field::new(
            "template",
            Shape::Struct(&TEMPLATE),
            "What its pods are like.",
        )
        .required(),
    ]],
};

static JOB_TEMPLATE: Struct = Struct {
    source: "JobTemplateSpec",
    fields: &[&[Field::new("spec", Shape::Struct(&JOB_SPEC), "What a job says.").required()]],
};

static CRON_SPEC: Struct = Struct {
    source: "CronJobSpec",
    fields: &[&[Field::new(
        "jobTemplate",
        Shape::Struct(&JOB_TEMPLATE),
        "What its jobs are like.",
    )
    .required()]],
};

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
static WORKLOAD: Struct = Struct {
    source: "Deployment",
    fields: &[&[Field::new("spec", Shape::Struct(&WORKLOAD_SPEC), "What is wanted.").required()]],
};
static JOB: Struct = Struct {
    source: "Job",
    fields: &[&[Field::new("spec", Shape::Struct(&JOB_SPEC), "What is wanted.").required()]],
};
static CRON: Struct = Struct {
    source: "CronJob",
    fields: &[&[Field::new("spec", Shape::Struct(&CRON_SPEC), "What is wanted.").required()]],
};
static NETWORK_POLICY: Struct = Struct {
    source: "NetworkPolicy",
    fields: &[&[Field::new("spec", Shape::Struct(&POLICY), "What the policy says.").required()]],
};

const fn kind(
    api_version: &'static str,
    name: &'static str,
    body: &'static Struct,
    doc: &'static str,
) -> Kind {
    Kind {
        api_version,
        name,
        doc,
        body,
        namespaced: true,
    }
}

pub(super) static KINDS: &[Kind] = &[
    kind(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        &NETWORK_POLICY,
        "Kubernetes policy for the pods of one namespace; evaluated in tier default.",
    ),
    Kind {
        namespaced: false,
        ..kind("v1", "Namespace", &NOTHING, "A namespace and its labels.")
    },
    kind(
        "v1",
        "Pod",
        &POD,
        "A pod: labels, ports, service account, addresses.",
    ),
    kind(
        "v1",
        "ServiceAccount",
        &NOTHING,
        "A service account and its labels.",
    ),
    kind(
        "v1",
        "Service",
        &SERVICE,
        "A service: which pods, which ports.",
    ),
    Kind {
        namespaced: false,
        ..kind("v1", "Node", &NODE, "A node and its addresses.")
    },
    kind("apps/v1", "Deployment", &WORKLOAD, "Stands for its pods."),
    kind("apps/v1", "StatefulSet", &WORKLOAD, "Stands for its pods."),
    kind("apps/v1", "DaemonSet", &WORKLOAD, "Stands for its pods."),
    kind("apps/v1", "ReplicaSet", &WORKLOAD, "Stands for its pods."),
    kind("batch/v1", "Job", &JOB, "Stands for its pods."),
    kind("batch/v1", "CronJob", &CRON, "Stands for its pods."),
    kind(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        &SLICE,
        "Backends of a service.",
    ),
];
