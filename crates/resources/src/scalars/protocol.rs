//! Protocols of Calico rules (Calico `api/pkg/lib/numorstring/protocol.go`).

#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Names that a rule may use, exactly so.
pub(crate) const PROTOCOLS: &[&str] = &["TCP", "UDP", "ICMP", "ICMPv6", "SCTP", "UDPLite"];

/// A protocol: a number or a name. Which ones are valid is a matter of validation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// IANA protocol number.
    Number(u8),
    /// As written.
    Name(String),
}

impl Protocol {
    /// Reads a name or the digits of a number from 0 to 255.
    pub fn parse(text: &str) -> Self {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => Self::Number(number),
            _ => Self::Name(text.to_owned()),
        }
    }

    /// The IANA number; names are compared without regard to case, as Felix does. `None` for unknown names.
    pub fn number(&self) -> Option<u8> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Name(name) => match name.to_ascii_lowercase().as_str() {
                "icmp" => Some(1),
                "tcp" => Some(6),
                "udp" => Some(17),
                "icmpv6" => Some(58),
                "sctp" => Some(132),
                "udplite" => Some(136),
                _ => None,
            },
        }
    }

    /// Whether rules with this protocol may name ports: TCP, UDP and SCTP.
    pub fn has_ports(&self) -> bool {
        matches!(self.number(), Some(6 | 17 | 132))
    }
}

impl Default for Protocol {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

struct ProtocolVisitor;

impl Visitor<'_> for ProtocolVisitor {
    type Value = Protocol;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a protocol: a name or a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Protocol, E> {
        u8::try_from(value).map(Protocol::Number).map_err(|_| {
            E::custom(format_args!(
                "`{value}` is no protocol number: it must be between 1 and 255"
            ))
        })
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Protocol, E> {
        Ok(Protocol::parse(value))
    }
}

impl<'de> Deserialize<'de> for Protocol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ProtocolVisitor)
    }
}
