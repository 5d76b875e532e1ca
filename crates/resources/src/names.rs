//! Names that Calico and Kubernetes give a meaning (Calico `api/pkg/apis/projectcalico/v3/constants.go`,
//! `libcalico-go/lib/names/policy.go`).

/// Label with an entity's namespace.
pub(crate) const NAMESPACE: &str = "projectcalico.org/namespace";
/// Label with what runs an endpoint.
pub(crate) const ORCHESTRATOR: &str = "projectcalico.org/orchestrator";
/// Value of [`ORCHESTRATOR`] for pods.
pub(crate) const KUBERNETES: &str = "k8s";
/// Label with the name of a pod's service account.
pub(crate) const SERVICE_ACCOUNT: &str = "projectcalico.org/serviceaccount";
/// Label with a namespace's or service account's own name, behind one of the two prefixes.
pub(crate) const NAME: &str = "projectcalico.org/name";
/// Prefix of labels inherited from the namespace.
pub(crate) const NAMESPACE_PREFIX: &str = "pcns.";
/// Prefix of labels inherited from the service account.
pub(crate) const ACCOUNT_PREFIX: &str = "pcsa.";
/// Label with its own name that Kubernetes puts on every namespace.
pub(crate) const METADATA_NAME: &str = "kubernetes.io/metadata.name";
/// Label of an EndpointSlice with the name of its service.
pub(crate) const SERVICE_NAME: &str = "kubernetes.io/service-name";
/// The profile that allows everything.
pub(crate) const DEFAULT_ALLOW: &str = "projectcalico-default-allow";

/// The tier of policies that name none.
pub(crate) const DEFAULT_TIER: &str = "default";
/// The tier of cluster policies ahead of it.
pub(crate) const ADMIN_TIER: &str = "kube-admin";
/// The tier of cluster policies behind it.
pub(crate) const BASELINE_TIER: &str = "kube-baseline";
