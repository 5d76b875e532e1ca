//! Networks and addresses as Go's `net.ParseCIDR` and `net.ParseIP` read them (through Calico
//! `libcalico-go/lib/net`): no leading zeros in addresses, but in prefix lengths; no zones.

#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net};

/// A network as written: the address may have bits set beyond the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Net {
    /// Address and prefix length as written.
    pub written: IpNet,
}

/// Why a text is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetError {
    /// It has no `/` but is an address.
    Address(IpAddr),
    /// It is neither.
    Invalid,
}

impl Net {
    /// The network: bits beyond the prefix cleared, an IPv4-mapped IPv6 network as IPv4, as Felix has it.
    pub fn masked(&self) -> IpNet {
        let net = self.written.trunc();
        match net {
            IpNet::V6(v6) if v6.prefix_len() >= 96 => v6
                .addr()
                .to_ipv4_mapped()
                .and_then(|addr| Ipv4Net::new(addr, v6.prefix_len() - 96).ok())
                .map_or(net, IpNet::V4),
            _ => net,
        }
    }

    /// Whether no bit is set beyond the prefix.
    pub fn is_masked(&self) -> bool {
        self.written.addr() == self.written.network()
    }

    /// 4 or 6.
    pub fn version(&self) -> u8 {
        match self.masked() {
            IpNet::V4(_) => 4,
            IpNet::V6(_) => 6,
        }
    }
}

/// Reads `10.0.0.0/8`. The prefix length may have leading zeros.
pub fn parse_cidr(text: &str) -> Result<Net, NetError> {
    let Some((addr, len)) = text.split_once('/') else {
        return Err(parse_ip(text).map_or(NetError::Invalid, NetError::Address));
    };
    let addr = parse_ip_as_written(addr).ok_or(NetError::Invalid)?;
    let len = prefix_len(len).ok_or(NetError::Invalid)?;
    let written = IpNet::new(addr, len).map_err(|_| NetError::Invalid)?;
    Ok(Net { written })
}

/// Reads an address. An IPv4-mapped IPv6 address is the IPv4 address.
pub fn parse_ip(text: &str) -> Option<IpAddr> {
    parse_ip_as_written(text).map(|addr| addr.to_canonical())
}

/// Reads a network or an address; the empty text is the network set member that Calico takes it for: an
/// address that is nobody's, given here as `::/128`.
pub fn parse_net_or_ip(text: &str) -> Option<IpNet> {
    if text.is_empty() {
        return Some(IpNet::from(IpAddr::V6(Ipv6Addr::UNSPECIFIED)));
    }
    match parse_cidr(text) {
        Ok(net) => Some(net.masked()),
        Err(NetError::Address(addr)) => Some(IpNet::from(addr)),
        Err(NetError::Invalid) => None,
    }
}

/// Rust's parser, like Go's, refuses leading zeros and zones.
fn parse_ip_as_written(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

fn prefix_len(digits: &str) -> Option<u8> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    significant.parse().ok().filter(|len| *len <= 128)
}
