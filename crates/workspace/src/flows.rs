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

mod complete;
mod end;
pub(crate) mod expect;
mod line;
mod list;
mod mapping;
pub(crate) mod pairs;
mod service;
mod table;

use std::fmt;

use tierwalk_protocol::Verdict;
use tierwalk_resources::model::{IpVersion, Protocol};
use tierwalk_source::Span;

pub(crate) use complete::complete;
pub(crate) use end::label;
pub use line::parse;
pub use list::{read_document, read_lines};
pub use table::lines;
pub use tierwalk_tiers::{End, Flow, FlowError};

#[cfg(test)]
mod tests;

/// A flow, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowSpec {
    /// The flow.
    pub flow: Flow,
    /// What the author expects.
    pub expected: Option<Verdict>,
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

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Service {
    protocol: Protocol,
    /// Destination port, of protocols that have ports.
    port: Option<u16>,
    /// ICMP type and code, of both ICMP protocols.
    icmp: Option<(u8, u8)>,
}

impl Entry {
    /// The text without the verdict that the author expects: the flow alone.
    pub fn flow_text(&self) -> &str {
        let expects = self.flow.as_ref().is_ok_and(|spec| spec.expected.is_some());
        let without = || self.text.rsplit_once(char::is_whitespace);
        match expects.then(without).flatten() {
            Some((flow, _)) => flow.trim_end(),
            None => &self.text,
        }
    }
}

impl FlowSpec {
    fn new((source, destination): (End, End), service: Service, ipv6: bool) -> Self {
        let flow = Flow {
            source,
            destination,
            protocol: service.protocol,
            port: service.port,
            source_port: None,
            icmp: service.icmp,
            ip_version: ipv6.then_some(IpVersion::V6),
        };
        Self {
            flow,
            expected: None,
        }
    }

    /// Its protocol and port: `tcp/8080`, `icmp/8`, `ip/47`.
    pub fn service(&self) -> String {
        let Flow {
            protocol,
            port,
            icmp,
            ..
        } = self.flow;
        Service {
            protocol,
            port,
            icmp,
        }
        .to_string()
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
        let (from, to) = (
            end::text(&self.flow.source),
            end::text(&self.flow.destination),
        );
        write!(f, "{from} -> {to} {}", self.service())?;
        if self.flow.ip_version == Some(IpVersion::V6) {
            f.write_str(" ipv6")?;
        }
        match self.expected {
            Some(Verdict::Allow) => f.write_str(" allow"),
            Some(Verdict::Deny) => f.write_str(" deny"),
            None => Ok(()),
        }
    }
}
