//! A flow: the first packet of a connection, as policy sees it.

mod error;

pub use error::FlowError;
pub(crate) use error::version_name;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tierwalk_resources::model::{IpVersion, Protocol};

/// The address that a domain name is taken to have, since none is known: a public one.
pub const ASSUMED_V4: IpAddr = IpAddr::V4(Ipv4Addr::new(93, 184, 216, 34));
/// The same for IPv6.
pub const ASSUMED_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(
    0x2606, 0x2800, 0x220, 1, 0x248, 0x1893, 0x25c8, 0x1946,
));
/// The source port of a flow that names none: an ephemeral one.
pub const DEFAULT_SOURCE_PORT: u16 = 50_000;

/// One end of a flow, as a user names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A pod; or a workload, which means the first of its pods by name.
    Pod {
        /// Namespace.
        namespace: String,
        /// Name.
        name: String,
    },
    /// An address. The address of a pod means the pod; that of a node or host endpoint means the host.
    Address(IpAddr),
    /// An address at which no policy is evaluated, even if a pod or host owns it. Rules still see its owner's labels.
    Outside(IpAddr),
    /// A domain name (extension). Its address is not known, so a public one is assumed ([`ASSUMED_V4`]).
    Domain(String),
    /// The processes of a node.
    Node(String),
}

/// A flow as a user names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    /// Where it comes from.
    pub source: End,
    /// Where it goes, after load balancing: a backend, not a service.
    pub destination: End,
    /// Protocol.
    pub protocol: Protocol,
    /// Destination port; needed for TCP, UDP and SCTP.
    pub port: Option<u16>,
    /// Source port; [`DEFAULT_SOURCE_PORT`] if left out.
    pub source_port: Option<u16>,
    /// Type and code of an ICMP packet; an echo request if left out.
    pub icmp: Option<(u8, u8)>,
    /// IP version; found from the ends if left out, IPv4 if both are possible.
    pub ip_version: Option<IpVersion>,
}

impl Flow {
    /// A flow to a port.
    pub fn to_port(source: End, destination: End, protocol: Protocol, port: u16) -> Self {
        Self {
            source,
            destination,
            protocol,
            port: Some(port),
            source_port: None,
            icmp: None,
            ip_version: None,
        }
    }
}

/// What an address is to policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A pod that policy applies to: its index in the engine's model.
    Workload(u32),
    /// The processes of a node.
    Host {
        /// Index of the node in [`Engine::nodes`](crate::Engine::nodes).
        node: u32,
        /// The host endpoint that governs it: its index in the engine's model.
        endpoint: Option<u32>,
    },
    /// Anything else: no policy is evaluated at this end.
    Outside,
}

/// One end of a flow, found in the model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResolvedEnd {
    /// Its address; assumed if there is a domain.
    pub address: IpAddr,
    /// Whose address it is.
    pub owner: Owner,
    /// The domain name it was named by.
    pub domain: Option<String>,
    /// The pod it was named by or belongs to, if policy does not apply to that pod: its index in
    /// the model's `non_endpoints`.
    pub non_endpoint: Option<u32>,
}

/// A flow found in the model: what the evaluator takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resolved {
    /// Where it comes from.
    pub source: ResolvedEnd,
    /// Where it goes.
    pub destination: ResolvedEnd,
    /// Protocol.
    pub protocol: Protocol,
    /// Destination port, if the protocol has ports.
    pub port: Option<u16>,
    /// Source port, if the protocol has ports.
    pub source_port: Option<u16>,
    /// Type and code, if the protocol is ICMP or ICMPv6.
    pub icmp: Option<(u8, u8)>,
}

impl Resolved {
    /// IP version of the packet.
    pub fn version(&self) -> IpVersion {
        version_of(self.destination.address)
    }
}

impl ResolvedEnd {
    /// An end that is yet to be found.
    pub(crate) fn nobody() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            owner: Owner::Outside,
            domain: None,
            non_endpoint: None,
        }
    }
}

/// IP version of an address.
pub(crate) fn version_of(address: IpAddr) -> IpVersion {
    if address.is_ipv4() {
        IpVersion::V4
    } else {
        IpVersion::V6
    }
}
