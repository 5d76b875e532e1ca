use std::fmt;

use tierwalk_resources::model::IpVersion;

/// Why a flow cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlowError {
    /// There is no such pod.
    NoSuchPod {
        /// Namespace.
        namespace: String,
        /// Name.
        name: String,
        /// Pods that may be meant, as `namespace/name`, the likeliest first.
        nearest: Vec<String>,
    },
    /// The flow leads to a service. Its packets get the address and port of a backend before policy sees them
    /// (Calico matches after destination NAT; reference section 9, case 54).
    Service {
        /// The destination as it is called, which may be an address.
        written: String,
        /// The service, as `namespace/name`.
        service: String,
        /// Where the packets arrive, as `namespace/pod tcp/8080`; `None` if nobody answers.
        backend: Option<String>,
    },
    /// There is no such node.
    NoSuchNode {
        /// Name.
        name: String,
        /// Nodes that may be meant, the likeliest first.
        nearest: Vec<String>,
    },
    /// Nothing says what address this end has.
    NoAddress {
        /// The pod (`namespace/name`) or node.
        end: String,
    },
    /// This end has no address of the IP version that the flow asks for.
    NoAddressOfVersion {
        /// The end.
        end: String,
        /// The version.
        version: IpVersion,
    },
    /// The two ends have no IP version in common.
    NoCommonVersion {
        /// Where the flow comes from.
        source: String,
        /// Where it goes.
        destination: String,
    },
    /// The protocol has ports and the flow names none.
    NoPort {
        /// The protocol.
        protocol: String,
    },
}

impl FlowError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoSuchPod { nearest, .. } | Self::NoSuchNode { nearest, .. } => {
                did_you_mean(nearest)
            }
            Self::Service { backend, .. } => Some(match backend {
                Some(backend) => format!("write where its packets arrive: `{backend}`"),
                None => "no pod behind it answers at this port".to_owned(),
            }),
            Self::NoAddress { .. } => {
                Some("give the pod `status.podIP`, or the node a status with addresses".into())
            }
            Self::NoAddressOfVersion { end, .. } => Some(format!(
                "add such an address to `{end}`, or leave out the IP version"
            )),
            Self::NoCommonVersion { .. } => {
                Some("give one of the two ends a second address".into())
            }
            Self::NoPort { protocol } => {
                Some(format!("write a port: `{}/8080`", protocol.to_lowercase()))
            }
        }
    }
}

fn did_you_mean(nearest: &[String]) -> Option<String> {
    let first = nearest.first()?;
    let others: String = nearest
        .iter()
        .skip(1)
        .map(|name| format!(" or `{name}`"))
        .collect();
    Some(format!("did you mean `{first}`{others}?"))
}

impl fmt::Display for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchPod {
                namespace, name, ..
            } => write!(f, "there is no pod `{namespace}/{name}`"),
            Self::Service {
                written, service, ..
            } if written == service => {
                write!(f, "`{service}` is a service; policy sees the pod behind it")
            }
            Self::Service {
                written, service, ..
            } => write!(
                f,
                "`{written}` is an address of service `{service}`; policy sees the pod behind it"
            ),
            Self::NoSuchNode { name, .. } => write!(f, "there is no node `{name}`"),
            Self::NoAddress { end } => write!(f, "`{end}` has no address"),
            Self::NoAddressOfVersion { end, version } => {
                write!(f, "`{end}` has no {} address", version_name(*version))
            }
            Self::NoCommonVersion {
                source,
                destination,
            } => write!(
                f,
                "`{source}` and `{destination}` have no IP version in common"
            ),
            Self::NoPort { protocol } => write!(f, "a {protocol} flow needs a destination port"),
        }
    }
}

impl std::error::Error for FlowError {}

pub(crate) fn version_name(version: IpVersion) -> &'static str {
    match version {
        IpVersion::V4 => "IPv4",
        IpVersion::V6 => "IPv6",
    }
}
