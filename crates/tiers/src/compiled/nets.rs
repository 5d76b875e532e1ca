//! Network lists of rules, each one once.

use std::net::IpAddr;

use ipnet::IpNet;
use rustc_hash::FxHashMap;

use crate::segments::{Families, Owners};

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
        let mut owners = Owners::default();
        for (list, nets) in (0..).zip(&self.lists) {
            nets.iter().for_each(|net| owners.add(*net, list));
        }
        Nets(owners.finish())
    }
}

/// Which lists contain an address.
#[derive(Clone, Debug)]
pub(super) struct Nets(Families);

impl Nets {
    /// The lists that contain an address, sorted, put into `lists`.
    pub fn containing(&self, address: IpAddr, lists: &mut Vec<NetList>) {
        lists.clear();
        self.0.each_owner(address, |list| lists.push(list));
        lists.sort_unstable();
        lists.dedup();
    }

    /// The lists by address: their numbers are the owners.
    pub fn segments(&self) -> &Families {
        &self.0
    }
}
