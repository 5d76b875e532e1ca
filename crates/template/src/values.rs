//! Ports, protocols and networks as Calico's validator takes them (`libcalico-go/lib/validator/v3`,
//! `api/pkg/lib/numorstring/port.go`).

#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use crate::names;

/// A port of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    Number(u16),
    Range(u16, u16),
    Name(String),
}

impl Port {
    /// Reads a number, a range such as `8000:8010`, or a name.
    pub(crate) fn parse(text: &str) -> Result<Self, PortError> {
        if let Some((low, high)) = text.split_once(':') {
            return range(low, high);
        }
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            return number(text).map(Self::Number).ok_or(PortError::OutOfRange);
        }
        if let Some((low, high)) = text.split_once('-')
            && let Ok(Self::Range(low, high)) = range(low.trim(), high.trim())
        {
            return Err(PortError::Dash(low, high));
        }
        if names::is_port_name(text) {
            return Ok(Self::Name(text.to_owned()));
        }
        Err(PortError::NoPort)
    }

    /// Whether it is a number or a range, which need a protocol beside them.
    pub(crate) fn is_numeric(&self) -> bool {
        !matches!(self, Self::Name(_))
    }
}

/// Why a text is no port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PortError {
    /// A number that no port has, or a range from high to low.
    OutOfRange,
    /// A range with the wrong sign in it.
    Dash(u16, u16),
    /// Neither number, range nor name.
    NoPort,
}

pub(crate) const PORT_HELP: &str = "a port is a number from 1 to 65535, a range such as `8000:8010`, or the name of a container port";

fn range(low: &str, high: &str) -> Result<Port, PortError> {
    match (number(low), number(high)) {
        (Some(low), Some(high)) if low == high => Ok(Port::Number(low)),
        (Some(low), Some(high)) if low < high => Ok(Port::Range(low, high)),
        _ => Err(PortError::OutOfRange),
    }
}

fn number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port > 0)
}

/// The protocols that Calico knows by name.
pub(crate) const PROTOCOLS: &[&str] = &["TCP", "UDP", "ICMP", "ICMPv6", "SCTP", "UDPLite"];

/// Whether rules of a protocol, by name or number, may have ports.
pub(crate) fn has_ports(protocol: &str) -> bool {
    matches!(protocol, "TCP" | "UDP" | "SCTP" | "6" | "17" | "132")
}

/// A network or an address, masked as Calico wants the networks of rules.
pub(crate) fn network(text: &str) -> Option<IpNet> {
    let network = IpNet::from_str(text).map(|network| network.trunc()).ok();
    network.or_else(|| IpAddr::from_str(text).ok().map(IpNet::from))
}
