//! Calico's kinds (Calico `api/pkg/apis/projectcalico/v3/`).

mod rule;

use super::kubernetes::STAGED_KUBERNETES;
use super::{Field, Kind, Of, Shape, Struct, Word, word};
use rule::{PROTOCOLS, RULE};

pub(super) const V3: &str = "projectcalico.org/v3";

static TYPES: [Word; 2] = [
    word("Ingress", "What is sent to the selected endpoints."),
    word("Egress", "What the selected endpoints send."),
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

static HINTS: [Word; 1] = [word(
    "AssumeNeededOnEveryNode",
    "Programs the policy on every node ahead of need. Verdicts are the same.",
)];

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
