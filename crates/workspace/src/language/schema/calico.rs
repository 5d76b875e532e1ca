//! Calico's kinds (Calico `api/pkg/apis/projectcalico/v3/`).

use super::kubernetes::STAGED_KUBERNETES;
use super::{Field, Kind, Of, Shape, Struct, Word, word};

pub(super) const V3: &str = "projectcalico.org/v3";

static ACTIONS: [Word; 4] = [
    word(
        "Allow",
        "Lets the packet through at this end and ends the walk here: no later tier is looked at.",
    ),
    word("Deny", "Drops the packet and ends the walk."),
    word(
        "Pass",
        "Leaves the tier: the next tier is looked at, or the profiles if there is none.",
    ),
    word(
        "Log",
        "Logs the packet and goes on with the next rule. It decides nothing.",
    ),
];

static TYPES: [Word; 2] = [
    word("Ingress", "What is sent to the selected endpoints."),
    word("Egress", "What the selected endpoints send."),
];

pub(super) static PROTOCOLS: [Word; 6] = [
    word("TCP", "Protocol 6."),
    word("UDP", "Protocol 17."),
    word("SCTP", "Protocol 132."),
    word("ICMP", "Protocol 1; IPv4 only."),
    word("ICMPv6", "Protocol 58; IPv6 only."),
    word("UDPLite", "Protocol 136."),
];

static TIER_ACTIONS: [Word; 2] = [
    word("Deny", "What no rule of the tier decided is dropped."),
    word(
        "Pass",
        "What no rule of the tier decided goes on to the next tier.",
    ),
];

static STAGED_ACTIONS: [Word; 4] = [
    word(
        "Set",
        "Shows what would be if the enforced policy of this name were like this one.",
    ),
    word(
        "Delete",
        "Shows what would be without the enforced policy of this name.",
    ),
    word("Learn", "Kept for other tools; evaluated like `Set`."),
    word("Ignore", "Kept for other tools; evaluated like `Set`."),
];

static IP_VERSIONS: [Word; 2] = [word("4", "IPv4."), word("6", "IPv6.")];

static HINTS: [Word; 1] = [word(
    "AssumeNeededOnEveryNode",
    "Programs the policy on every node ahead of need. Verdicts are the same.",
)];

static METHODS: [Word; 7] = [
    word("GET", ""),
    word("HEAD", ""),
    word("POST", ""),
    word("PUT", ""),
    word("PATCH", ""),
    word("DELETE", ""),
    word("OPTIONS", ""),
];

static SERVICE_MATCH: Struct = Struct {
    source: "ServiceMatch",
    fields: &[&[
        Field::new(
            "name",
            Shape::Service,
            "Name of the service whose backends match.",
        )
        .required(),
        Field::new(
            "namespace",
            Shape::Namespace,
            "Namespace of the service. Left out, nothing matches.",
        ),
    ]],
};

static ACCOUNT_MATCH: Struct = Struct {
    source: "ServiceAccountMatch",
    fields: &[&[
        Field::new(
            "names",
            Shape::List(&Shape::ServiceAccount),
            "Names of service accounts, one of which the pod runs as.",
        ),
        Field::new(
            "selector",
            Shape::Selector(Of::ServiceAccounts),
            "Labels that the pod's service account has.",
        ),
    ]],
};

static ENTITY: Struct = Struct {
    source: "EntityRule",
    fields: &[&[
        Field::new(
            "selector",
            Shape::Selector(Of::Peers),
            "Pods, host endpoints and network sets by their labels. In a namespaced policy without `namespaceSelector`: those of its own namespace.",
        ),
        Field::new(
            "namespaceSelector",
            Shape::Selector(Of::Namespaces),
            "Namespaces by their labels. `global()` is what has no namespace: host endpoints and global network sets.",
        ),
        Field::new(
            "serviceAccounts",
            Shape::Struct(&ACCOUNT_MATCH),
            "Pods by the service account they run as.",
        ),
        Field::new(
            "nets",
            Shape::List(&Shape::Net),
            "Networks, one of which holds the address.",
        ),
        Field::new(
            "ports",
            Shape::List(&Shape::Port),
            "Ports, ranges such as `8000:8100`, or names of ports. Needs `protocol` TCP, UDP or SCTP.",
        ),
        Field::new(
            "services",
            Shape::Struct(&SERVICE_MATCH),
            "Backends of a service. No `selector`, `nets` or `ports` beside it at this end.",
        ),
        Field::new(
            "domains",
            Shape::List(&Shape::Text),
            "Domain names, `*` for a whole label or more. An extension: Calico Enterprise has it, open-source Calico refuses it.",
        ),
        Field::new(
            "notSelector",
            Shape::Selector(Of::Peers),
            "Excludes what has these labels.",
        ),
        Field::new(
            "notNets",
            Shape::List(&Shape::Net),
            "Networks, none of which holds the address.",
        ),
        Field::new(
            "notPorts",
            Shape::List(&Shape::Port),
            "Ports, none of which matches.",
        ),
    ]],
};

static ICMP: Struct = Struct {
    source: "ICMPFields",
    fields: &[&[
        Field::new(
            "type",
            Shape::Number,
            "ICMP type, 0 to 254: 8 is an echo request.",
        ),
        Field::new("code", Shape::Number, "ICMP code, 0 to 255; needs `type`.").or("any code"),
    ]],
};

static HTTP_PATH: Struct = Struct {
    source: "HTTPPath",
    fields: &[&[
        Field::new("exact", Shape::Text, "The whole path."),
        Field::new("prefix", Shape::Text, "What the path starts with."),
    ]],
};

static HTTP: Struct = Struct {
    source: "HTTPMatch",
    fields: &[&[
        Field::new(
            "methods",
            Shape::List(&Shape::Words(&METHODS)),
            "Methods, one of which matches.",
        ),
        Field::new(
            "paths",
            Shape::List(&Shape::Struct(&HTTP_PATH)),
            "Paths, one of which matches.",
        ),
    ]],
};

static RULE_METADATA: Struct = Struct {
    source: "RuleMetadata",
    fields: &[&[Field::new(
        "annotations",
        Shape::Other,
        "Notes that appear in the data plane.",
    )]],
};

pub(super) static RULE: Struct = Struct {
    source: "Rule",
    fields: &[&[
        Field::new(
            "action",
            Shape::Words(&ACTIONS),
            "What happens to a packet that every other field of the rule matches.",
        )
        .required(),
        Field::new(
            "protocol",
            Shape::Words(&PROTOCOLS),
            "Protocol by name, or by a number from 1 to 255.",
        )
        .or("any protocol"),
        Field::new(
            "source",
            Shape::Struct(&ENTITY),
            "Who sends. All of its fields must match.",
        )
        .or("anybody"),
        Field::new(
            "destination",
            Shape::Struct(&ENTITY),
            "Who receives. All of its fields must match.",
        )
        .or("anybody"),
        Field::new(
            "notProtocol",
            Shape::Words(&PROTOCOLS),
            "Protocol that does not match.",
        ),
        Field::new(
            "ipVersion",
            Shape::Words(&IP_VERSIONS),
            "Only packets of this IP version.",
        )
        .or("both"),
        Field::new(
            "icmp",
            Shape::Struct(&ICMP),
            "ICMP type and code. Needs `protocol: ICMP` or `ICMPv6`.",
        ),
        Field::new(
            "notICMP",
            Shape::Struct(&ICMP),
            "ICMP type and code that do not match.",
        ),
        Field::new(
            "http",
            Shape::Struct(&HTTP),
            "HTTP requests; seen only by application layer policy. Packets ignore it, and so do the verdicts here.",
        ),
        Field::new(
            "metadata",
            Shape::Struct(&RULE_METADATA),
            "Notes on the rule.",
        ),
    ]],
};

static POLICY: [Field; 7] = [
    Field::new("tier", Shape::Tier, "The tier that the policy is part of. Tiers are evaluated by their order.").or("default"),
    Field::new("order", Shape::Number, "Place in the tier: the lowest number is evaluated first.").or("after all policies with an order"),
    Field::new("selector", Shape::Selector(Of::Endpoints), "The endpoints that the policy applies to.").or("all endpoints in its scope"),
    Field::new("types", Shape::List(&Shape::Words(&TYPES)), "The directions that the policy governs. An endpoint that it selects is subject to the tier's default action in these.").or("by the rules that are there, else Ingress"),
    Field::new("ingress", Shape::List(&Shape::Struct(&RULE)), "Rules for what is sent to the selected endpoints; the first that matches decides."),
    Field::new("egress", Shape::List(&Shape::Struct(&RULE)), "Rules for what the selected endpoints send; the first that matches decides."),
    Field::new("serviceAccountSelector", Shape::Selector(Of::ServiceAccounts), "Only pods whose service account has these labels."),
];

static HINT: [Field; 1] = [Field::new(
    "performanceHints",
    Shape::List(&Shape::Words(&HINTS)),
    "Hints to Calico that never change a verdict.",
)];

static GLOBAL: [Field; 4] = [
    Field::new(
        "namespaceSelector",
        Shape::Selector(Of::Namespaces),
        "Only pods in namespaces with these labels. It also leaves out host endpoints.",
    ),
    Field::new(
        "applyOnForward",
        Shape::Boolean,
        "On host endpoints: also for what the host forwards.",
    )
    .or("false"),
    Field::new(
        "preDNAT",
        Shape::Boolean,
        "On host endpoints: before destination NAT. Needs `applyOnForward: true`, ingress only.",
    )
    .or("false"),
    Field::new(
        "doNotTrack",
        Shape::Boolean,
        "On host endpoints: before connection tracking. Needs `applyOnForward: true`.",
    )
    .or("false"),
];

pub(super) static STAGED: [Field; 1] = [Field::new(
    "stagedAction",
    Shape::Words(&STAGED_ACTIONS),
    "What the staged policy stands for.",
)
.or("Set")];

static NETWORK_POLICY: Struct = Struct {
    source: "NetworkPolicySpec",
    fields: &[&POLICY, &HINT],
};
static GLOBAL_POLICY: Struct = Struct {
    source: "GlobalNetworkPolicySpec",
    fields: &[&POLICY, &GLOBAL, &HINT],
};
static STAGED_POLICY: Struct = Struct {
    source: "StagedNetworkPolicySpec",
    fields: &[&POLICY, &STAGED, &HINT],
};
static STAGED_GLOBAL_POLICY: Struct = Struct {
    source: "StagedGlobalNetworkPolicySpec",
    fields: &[&POLICY, &GLOBAL, &STAGED, &HINT],
};

static TIER: Struct = Struct {
    source: "TierSpec",
    fields: &[&[
        Field::new("order", Shape::Number, "Place among the tiers: the lowest number is evaluated first. `default` is at 1,000,000.").or("1,000,000"),
        Field::new("defaultAction", Shape::Words(&TIER_ACTIONS), "What happens at the end of the tier to an endpoint that a policy of the tier selects, if no rule decided.").or("Deny"),
    ]],
};

static SET: Struct = Struct {
    source: "NetworkSetSpec",
    fields: &[&[
        Field::new(
            "nets",
            Shape::List(&Shape::Net),
            "Networks and addresses that have the set's labels.",
        ),
        Field::new(
            "allowedEgressDomains",
            Shape::List(&Shape::Text),
            "Domain names that have the set's labels in egress rules. An extension: Calico Enterprise has it, open-source Calico refuses it.",
        ),
    ]],
};

static HOST_PORT: Struct = Struct {
    source: "EndpointPort",
    fields: &[&[
        Field::new("name", Shape::Text, "Name that rules refer to.").required(),
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").required(),
        Field::new("port", Shape::Number, "Port number.").required(),
    ]],
};

static HOST: Struct = Struct {
    source: "HostEndpointSpec",
    fields: &[&[
        Field::new("node", Shape::Text, "The node it is on.").required(),
        Field::new(
            "interfaceName",
            Shape::Text,
            "An interface, or `*` for all of the node's.",
        ),
        Field::new("expectedIPs", Shape::List(&Shape::Net), "Its addresses."),
        Field::new(
            "profiles",
            Shape::List(&Shape::Text),
            "Profiles, which decide when no tier does.",
        ),
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&HOST_PORT)),
            "Named ports.",
        ),
    ]],
};

static PROFILE: Struct = Struct {
    source: "ProfileSpec",
    fields: &[&[
        Field::new(
            "ingress",
            Shape::List(&Shape::Struct(&RULE)),
            "Rules for what is sent to its endpoints, where no tier decided.",
        ),
        Field::new(
            "egress",
            Shape::List(&Shape::Struct(&RULE)),
            "Rules for what its endpoints send, where no tier decided.",
        ),
        Field::new(
            "labelsToApply",
            Shape::Labels(Of::Itself),
            "Labels that its endpoints inherit.",
        ),
    ]],
};

const fn spec(of: &'static Struct) -> Field {
    Field::new("spec", Shape::Struct(of), "What the object says.").required()
}

macro_rules! kind {
    ($name:literal, $spec:expr, $namespaced:literal, $doc:literal) => {
        Kind {
            api_version: V3,
            name: $name,
            doc: $doc,
            namespaced: $namespaced,
            body: &Struct {
                source: $name,
                fields: &[&[spec(&$spec)]],
            },
        }
    };
}

pub(super) static KINDS: &[Kind] = &[
    kind!(
        "NetworkPolicy",
        NETWORK_POLICY,
        true,
        "Calico policy for the pods of one namespace."
    ),
    kind!(
        "GlobalNetworkPolicy",
        GLOBAL_POLICY,
        false,
        "Calico policy for pods of all namespaces and for host endpoints."
    ),
    kind!(
        "Tier",
        TIER,
        false,
        "A group of policies that is evaluated as one, in the order of the tiers."
    ),
    kind!(
        "NetworkSet",
        SET,
        true,
        "Networks of one namespace under labels that rules select."
    ),
    kind!(
        "GlobalNetworkSet",
        SET,
        false,
        "Networks under labels that the rules of all namespaces select."
    ),
    kind!(
        "StagedNetworkPolicy",
        STAGED_POLICY,
        true,
        "A NetworkPolicy that enforces nothing and shows what it would do."
    ),
    kind!(
        "StagedGlobalNetworkPolicy",
        STAGED_GLOBAL_POLICY,
        false,
        "A GlobalNetworkPolicy that enforces nothing and shows what it would do."
    ),
    kind!(
        "StagedKubernetesNetworkPolicy",
        STAGED_KUBERNETES,
        true,
        "A Kubernetes policy that enforces nothing and shows what it would do."
    ),
    kind!(
        "HostEndpoint",
        HOST,
        false,
        "An interface of a node, subject to global policies."
    ),
    kind!(
        "Profile",
        PROFILE,
        false,
        "Rules and labels of endpoints, for when no tier decided."
    ),
];
