//! Names of the diagnostics. Each has a page in `docs/diagnostics/`.

macro_rules! codes {
    ($(#[$doc:meta])* pub const CODES: &[&str] = &[$($name:ident = $code:literal),* $(,)?];) => {
        $(pub(crate) const $name: &str = $code;)*

        $(#[$doc])*
        pub const CODES: &[&str] = &[$($name),*];
    };
}

codes! {
    /// Codes of the diagnostics of this crate.
    pub const CODES: &[&str] = &[
        NOT_A_RESOURCE = "document/not-a-resource",
        UNKNOWN_KIND = "document/unknown-kind",
        UNKNOWN_FIELD = "document/unknown-field",
        FIELD_CASE = "document/field-case",
        WRONG_TYPE = "document/wrong-type",
        NOT_TEXT = "document/not-text",
        SURPRISING_NUMBER = "document/surprising-number",
        LIMIT = "document/limit",
        NAME = "metadata/name",
        RESERVED_NAME = "metadata/reserved-name",
        NAMESPACE = "metadata/namespace",
        LABELS = "metadata/labels",
        RESOURCE_VERSION = "metadata/resource-version",
        REPLACED = "cluster/replaced",
        UNKNOWN_TIER = "cluster/unknown-tier",
        NAMESPACE_ASSUMED = "cluster/namespace-assumed",
        SERVICE_ACCOUNT_ASSUMED = "cluster/service-account-assumed",
        TIER_ACTION = "tier/default-action",
        BUILT_IN_TIER = "tier/built-in",
        TYPES = "policy/types",
        TYPES_DEFAULT = "policy/types-default",
        PERFORMANCE_HINTS = "policy/performance-hints",
        HOST_PHASES = "policy/host-phases",
        STAGED_ACTION = "policy/staged-action",
        STAGED_DELETE = "policy/staged-delete",
        ACTION = "rule/action",
        PROTOCOL = "rule/protocol",
        PORTS_WITHOUT_PROTOCOL = "rule/ports-without-protocol",
        PORT = "rule/port",
        PORT_NAME = "rule/port-name",
        IP_VERSION = "rule/ip-version",
        CIDR = "rule/cidr",
        CATCH_ALL = "rule/catch-all",
        ICMP = "rule/icmp",
        HTTP = "rule/http",
        SERVICES = "rule/services",
        DOMAINS = "rule/domains",
        SELECTOR = "selector/syntax",
        GLOBAL = "selector/global",
        SET_NETS = "set/nets",
        HOST_ENDPOINT = "endpoint/host-endpoint",
        LABEL_SELECTOR = "kubernetes/label-selector",
        KUBERNETES_PORT = "kubernetes/port",
        KUBERNETES_PEER = "kubernetes/peer",
        IP_BLOCK = "kubernetes/ip-block",
        CLUSTER_POLICY = "kubernetes/cluster-policy",
    ];
}
