//! Ports of Calico rules (Calico `api/pkg/lib/numorstring/port.go`).

#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A port of a rule: a range of numbers (of one, mostly) or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Port {
    /// From and to, both included.
    Numbered(u16, u16),
    /// A port that the pod declares under this name.
    Named(String),
}

impl Port {
    /// Reads `80`, `80:90` or a name. The error is Calico's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if is_number(text) {
            let port = number(text).ok_or_else(|| format!("invalid port format ({text})"))?;
            return Ok(Self::Numbered(port, port));
        }
        if let Some((low, high)) = text
            .split_once(':')
            .filter(|(low, high)| is_number(low) && is_number(high))
        {
            return range(low, high, text);
        }
        if is_name(text) {
            return Ok(Self::Named(text.to_owned()));
        }
        Err(format!("invalid name for named port ({text})"))
    }
}

fn number(digits: &str) -> Option<u16> {
    digits.parse().ok()
}

fn range(low: &str, high: &str, text: &str) -> Result<Port, String> {
    let low =
        number(low).ok_or_else(|| format!("invalid minimum port number in range ({text})"))?;
    let high =
        number(high).ok_or_else(|| format!("invalid maximum port number in range ({text})"))?;
    if low > high {
        return Err(format!(
            "minimum port number ({low}) is greater than maximum port number ({high}) in port range"
        ));
    }
    Ok(Port::Numbered(low, high))
}

fn is_name(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered(low, high) if low == high => write!(f, "{low}"),
            Self::Numbered(low, high) => write!(f, "{low}:{high}"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

struct PortVisitor;

impl Visitor<'_> for PortVisitor {
    type Value = Port;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a port: a number, a range such as `80:90`, or a name")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Port, E> {
        u16::try_from(value)
            .map(|port| Port::Numbered(port, port))
            .map_err(|_| {
                E::custom(format_args!(
                    "`{value}` is no port: it must be between 1 and 65535"
                ))
            })
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Port, E> {
        Port::parse(value).map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for Port {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PortVisitor)
    }
}
