//! Flows as people write them: one line each, in YAML under `flows:` or in a `*.flows` file.
//!
//! ```text
//! storefront/frontend -> backend tcp/8080 deny   # the frontend must ask a service
//! dev/toolbox -> 198.51.100.7 icmp/8
//! storefront/frontend -> api.example.com udp/53 allow
//! ```
//!
//! An end is `namespace/pod`, `pod`, an address or a domain name. An end without a namespace is in that
//! of the other end, else in `default`. `ip/47` is a protocol by number. `ipv6` after the port takes the
//! IPv6 addresses of two pods. A last `allow` or `deny` is what the author expects.

mod end;
mod line;
mod list;
mod mapping;
mod service;

use std::fmt;
use std::net::IpAddr;

use tierwalk_protocol::Verdict;
use tierwalk_resources::model::Protocol;
use tierwalk_source::Span;

pub use line::parse;
pub use list::{read_document, read_lines};

#[cfg(test)]
mod tests;

/// A flow, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowSpec {
    /// Source.
    pub from: End,
    /// Destination.
    pub to: End,
    /// What is sent.
    pub service: Service,
    /// Over IPv6.
    pub ipv6: bool,
    /// What the author expects.
    pub expected: Option<Verdict>,
}

/// One end of a flow, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A pod.
    Pod {
        /// Its namespace, written or implied.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// An address.
    Address(IpAddr),
    /// A domain name, lower case, without a final dot.
    Domain(String),
}

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// IP protocol.
    pub protocol: Protocol,
    /// Destination port, of protocols that have ports.
    pub port: Option<u16>,
    /// ICMP type and code, of both ICMP protocols.
    pub icmp: Option<(u8, u8)>,
}

/// One entry of a list of flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands in the text it was read from.
    pub span: Span,
    /// The text that identifies it: its line, or the line that says the same.
    pub text: String,
    /// A name that the author gave it.
    pub name: Option<String>,
    /// The flow, or why it cannot be read.
    pub flow: Result<FlowSpec, String>,
}

impl End {
    fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Address(address) => Some(*address),
            _ => None,
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pod { namespace, name } => write!(f, "{namespace}/{name}"),
            Self::Address(address) => write!(f, "{address}"),
            Self::Domain(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.protocol.name();
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            return write!(f, "ip/{name}");
        }
        f.write_str(&name.to_ascii_lowercase())?;
        match (self.port, self.icmp) {
            (Some(port), _) => write!(f, "/{port}"),
            (None, Some((kind, 0))) => write!(f, "/{kind}"),
            (None, Some((kind, code))) => write!(f, "/{kind}/{code}"),
            (None, None) => Ok(()),
        }
    }
}

/// The line that says it.
impl fmt::Display for FlowSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {} {}", self.from, self.to, self.service)?;
        let told = |end: &End| end.address().is_some_and(|address| address.is_ipv6());
        if self.ipv6
            && self.service.protocol != Protocol::ICMPV6
            && !told(&self.from)
            && !told(&self.to)
        {
            f.write_str(" ipv6")?;
        }
        match self.expected {
            Some(Verdict::Allow) => f.write_str(" allow"),
            Some(Verdict::Deny) => f.write_str(" deny"),
            None => Ok(()),
        }
    }
}
