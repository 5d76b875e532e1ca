//! Addresses for pods and nodes whose manifests have none.
//!
//! They come from the owner's name, so they stay when other documents change, and they keep clear of all
//! that are written.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses for pods: 10.244.0.0/16 and fd00:10:244::/112.
pub(super) const PODS: Range = Range {
    v4: Ipv4Addr::new(10, 244, 0, 0),
    v6: Ipv6Addr::new(0xfd00, 0x10, 0x244, 0, 0, 0, 0, 0),
};

/// Addresses for nodes: 172.18.0.0/16 and fd00:172:18::/112.
pub(super) const NODES: Range = Range {
    v4: Ipv4Addr::new(172, 18, 0, 0),
    v6: Ipv6Addr::new(0xfd00, 0x172, 0x18, 0, 0, 0, 0, 0),
};

/// How many of each family are given away. A prime, so that any step goes through all of them.
const SIZE: u32 = 65_521;

/// Where addresses are taken from: of both families, with the same 16 bits at the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    v4: Ipv4Addr,
    v6: Ipv6Addr,
}

impl Range {
    fn pair(self, slot: u32) -> [IpAddr; 2] {
        let host = slot + 1;
        [
            IpAddr::V4(Ipv4Addr::from_bits(self.v4.to_bits() | host)),
            IpAddr::V6(Ipv6Addr::from_bits(self.v6.to_bits() | u128::from(host))),
        ]
    }
}

/// The addresses that are taken.
#[derive(Default)]
pub(super) struct Addresses {
    taken: HashSet<IpAddr>,
    exhausted: bool,
}

impl Addresses {
    pub(super) fn avoiding(taken: impl IntoIterator<Item = IpAddr>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            exhausted: false,
        }
    }

    /// An IPv4 and an IPv6 address for `owner`; none if all are taken. Who asks first gets the better one,
    /// so ask in an order that does not depend on the documents'.
    pub(super) fn assign(&mut self, range: Range, owner: &str) -> Vec<IpAddr> {
        if self.exhausted {
            return Vec::new();
        }
        let hash = hash(owner);
        let (first, step) = (hash % SIZE, 1 + hash / SIZE % (SIZE - 1));
        let free = (0..SIZE)
            .scan(first, |slot, _| {
                Some(std::mem::replace(slot, (*slot + step) % SIZE))
            })
            .map(|slot| range.pair(slot))
            .find(|pair| pair.iter().all(|address| !self.taken.contains(address)));
        self.exhausted = free.is_none();
        let pair = free.map(Vec::from).unwrap_or_default();
        self.taken.extend(&pair);
        pair
    }
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
