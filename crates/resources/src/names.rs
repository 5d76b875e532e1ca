//! Names that Calico and Kubernetes give a meaning (Calico `api/pkg/apis/projectcalico/v3/constants.go`,
//! `libcalico-go/lib/names/policy.go`).

/// Label with an entity's namespace.
pub const NAMESPACE: &str = "projectcalico.org/namespace";
/// Label with what runs an endpoint.
pub const ORCHESTRATOR: &str = "projectcalico.org/orchestrator";
/// Value of [`ORCHESTRATOR`] for pods.
pub const KUBERNETES: &str = "k8s";
/// Label with the name of a pod's service account.
pub const SERVICE_ACCOUNT: &str = "projectcalico.org/serviceaccount";
/// Label with a namespace's or service account's own name, behind one of the two prefixes.
pub const NAME: &str = "projectcalico.org/name";
/// Prefix of labels inherited from the namespace.
pub const NAMESPACE_PREFIX: &str = "pcns.";
/// Prefix of labels inherited from the service account.
pub const ACCOUNT_PREFIX: &str = "pcsa.";
/// Label with its own name that Kubernetes puts on every namespace.
pub const METADATA_NAME: &str = "kubernetes.io/metadata.name";
/// Label of an EndpointSlice with the name of its service.
pub const SERVICE_NAME: &str = "kubernetes.io/service-name";
/// The profile that allows everything.
pub const DEFAULT_ALLOW: &str = "projectcalico-default-allow";

/// The tier of policies that name none.
pub const DEFAULT_TIER: &str = "default";
/// The tier of cluster policies ahead of it.
pub const ADMIN_TIER: &str = "kube-admin";
/// The tier of cluster policies behind it.
pub const BASELINE_TIER: &str = "kube-baseline";
