//! Network lists of rules, each one once.

use std::net::IpAddr;

use ipnet::IpNet;
use rustc_hash::FxHashMap;

use crate::segments::{Prefix, Segments};

/// Number of a network list.
pub(super) type NetList = u32;

/// Collects network lists.
#[derive(Default)]
pub(super) struct NetLists<'a> {
    numbers: FxHashMap<&'a [IpNet], NetList>,
    lists: Vec<&'a [IpNet]>,
}

impl<'a> NetLists<'a> {
    /// The number of a list; `None` if it is empty.
    pub fn number(&mut self, nets: &'a [IpNet]) -> Option<NetList> {
        if nets.is_empty() {
            return None;
        }
        let next = self.lists.len() as NetList;
        let number = *self.numbers.entry(nets).or_insert(next);
        if number == next {
            self.lists.push(nets);
        }
        Some(number)
    }

    pub fn finish(self) -> Nets {
        let mut v4 = Vec::new();
        let mut v6 = Vec::new();
        for (owner, nets) in (0..).zip(&self.lists) {
            for net in *nets {
                let len = net.prefix_len();
                match net.network() {
                    IpAddr::V4(first) => v4.push(Prefix {
                        first: first.into(),
                        len,
                        owner,
                    }),
                    IpAddr::V6(first) => v6.push(Prefix {
                        first: first.into(),
                        len,
                        owner,
                    }),
                }
            }
        }
        Nets {
            v4: Segments::new(v4),
            v6: Segments::new(v6),
        }
    }
}

/// Which lists contain an address.
#[derive(Clone, Debug)]
pub(super) struct Nets {
    v4: Segments<u32>,
    v6: Segments<u128>,
}

impl Nets {
    /// The lists that contain an address, sorted, put into `lists`.
    pub fn containing(&self, address: IpAddr, lists: &mut Vec<NetList>) {
        lists.clear();
        match address {
            IpAddr::V4(v4) => lists.extend(self.v4.owners(v4.into())),
            IpAddr::V6(v6) => lists.extend(self.v6.owners(v6.into())),
        }
        lists.sort_unstable();
        lists.dedup();
    }

    /// What stands for the lists that contain an address: addresses of a family with equal links are in the same.
    pub fn link(&self, address: IpAddr) -> u32 {
        match address {
            IpAddr::V4(v4) => self.v4.link(v4.into()),
            IpAddr::V6(v6) => self.v6.link(v6.into()),
        }
    }

    /// Lists that contain IPv4 addresses.
    pub fn v4(&self) -> &Segments<u32> {
        &self.v4
    }

    /// Lists that contain IPv6 addresses.
    pub fn v6(&self) -> &Segments<u128> {
        &self.v6
    }
}
