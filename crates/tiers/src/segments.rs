//! Which prefixes cover an address: a sorted list of places where the answer changes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use rustc_hash::FxHashMap;

/// Collects who owns which nets.
#[derive(Default)]
pub(crate) struct Owners {
    v4: Vec<Prefix<u32>>,
    v6: Vec<Prefix<u128>>,
}

impl Owners {
    pub fn add(&mut self, net: IpNet, owner: u32) {
        let len = net.prefix_len();
        match net.network() {
            IpAddr::V4(first) => self.v4.push(Prefix {
                first: first.into(),
                len,
                owner,
            }),
            IpAddr::V6(first) => self.v6.push(Prefix {
                first: first.into(),
                len,
                owner,
            }),
        }
    }

    pub fn finish(self) -> Families {
        Families {
            v4: Segments::new(self.v4),
            v6: Segments::new(self.v6),
        }
    }
}

/// The segments of both address families.
#[derive(Clone, Debug)]
pub(crate) struct Families {
    pub v4: Segments<u32>,
    pub v6: Segments<u128>,
}

impl Families {
    /// Visits the owners of an address, in no order; one may come more than once.
    pub fn each_owner(&self, address: IpAddr, visit: impl FnMut(u32)) {
        match address {
            IpAddr::V4(v4) => self.v4.owners(v4.into()).for_each(visit),
            IpAddr::V6(v6) => self.v6.owners(v6.into()).for_each(visit),
        }
    }

    /// What stands for the owners of an address: addresses of a family with equal links have the same owners.
    pub fn link(&self, address: IpAddr) -> u32 {
        match address {
            IpAddr::V4(v4) => self.v4.link(v4.into()),
            IpAddr::V6(v6) => self.v6.link(v6.into()),
        }
    }
}

/// An address of one family as a number.
pub(crate) trait Address: Copy + Ord {
    /// The very first address.
    const FIRST: Self;
    /// The last address of a prefix of `len` bits.
    fn last(self, len: u8) -> Self;
    /// The next address, unless this is the very last.
    fn next(self) -> Option<Self>;
    /// As an address of either family.
    fn ip(self) -> IpAddr;
}

macro_rules! address {
    ($number:ty, $address:ty) => {
        impl Address for $number {
            const FIRST: Self = 0;

            fn last(self, len: u8) -> Self {
                self | <$number>::MAX.checked_shr(len.into()).unwrap_or(0)
            }

            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn ip(self) -> IpAddr {
                <$address>::from(self).into()
            }
        }
    };
}

address!(u32, Ipv4Addr);
address!(u128, Ipv6Addr);

/// A prefix and who owns it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix<A> {
    pub first: A,
    pub len: u8,
    pub owner: u32,
}

/// Disjoint segments of one address family. Prefixes nest, so the owners of an address are those of its
/// innermost prefix and of all prefixes around that one: a chain.
#[derive(Clone, Debug)]
pub(crate) struct Segments<A> {
    starts: Vec<A>,
    /// The innermost link of each segment's chain.
    links: Vec<u32>,
    chain: Vec<Link>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Link {
    owner: u32,
    outer: u32,
}

/// The end of a chain.
const NONE: u32 = u32::MAX;

impl<A: Address> Segments<A> {
    pub fn new(mut prefixes: Vec<Prefix<A>>) -> Self {
        prefixes.sort_unstable_by_key(|prefix| (prefix.first, prefix.len, prefix.owner));
        let mut sweep = Sweep::new();
        for prefix in prefixes {
            sweep.enter(prefix);
        }
        sweep.finish()
    }

    /// The owners of an address, innermost prefix first; an owner may occur more than once.
    pub fn owners(&self, address: A) -> impl Iterator<Item = u32> {
        let link = |at: u32| self.chain.get(at as usize);
        std::iter::successors(link(self.link(address)), move |inner| link(inner.outer))
            .map(|link| link.owner)
    }

    /// What stands for the owners of an address: addresses with equal links have the same owners.
    pub fn link(&self, address: A) -> u32 {
        let after = self.starts.partition_point(|start| *start <= address);
        let innermost = after.checked_sub(1).and_then(|at| self.links.get(at));
        innermost.copied().unwrap_or(NONE)
    }

    /// The addresses where owners change, ascending, with the links from there on.
    pub fn runs(&self) -> impl Iterator<Item = (A, u32)> {
        self.starts.iter().copied().zip(self.links.iter().copied())
    }
}

/// Goes through the prefixes from left to right, those that are open on a stack.
struct Sweep<A> {
    open: Vec<(A, u32)>,
    known: FxHashMap<Link, u32>,
    segments: Segments<A>,
}

impl<A: Address> Sweep<A> {
    fn new() -> Self {
        Self {
            open: Vec::new(),
            known: FxHashMap::default(),
            segments: Segments {
                starts: Vec::new(),
                links: Vec::new(),
                chain: Vec::new(),
            },
        }
    }

    fn enter(&mut self, prefix: Prefix<A>) {
        self.leave(|last| last < prefix.first);
        let link = self.link(prefix.owner);
        self.open.push((prefix.first.last(prefix.len), link));
        self.mark(prefix.first);
    }

    /// Closes the open prefixes that `ended`.
    fn leave(&mut self, ended: impl Fn(A) -> bool) {
        while let Some((last, _)) = self.open.pop_if(|(last, _)| ended(*last)) {
            if let Some(next) = last.next() {
                self.mark(next);
            }
        }
    }

    /// The chain of a new innermost owner; equal chains are one.
    fn link(&mut self, owner: u32) -> u32 {
        let link = Link {
            owner,
            outer: self.innermost(),
        };
        let chain = &mut self.segments.chain;
        *self.known.entry(link).or_insert_with(|| {
            chain.push(link);
            chain.len() as u32 - 1
        })
    }

    fn innermost(&self) -> u32 {
        self.open.last().map_or(NONE, |(_, link)| *link)
    }

    /// A segment begins.
    fn mark(&mut self, start: A) {
        let link = self.innermost();
        let segments = &mut self.segments;
        if segments.starts.last() == Some(&start) {
            segments.starts.pop();
            segments.links.pop();
        }
        if segments.links.last() != Some(&link) {
            segments.starts.push(start);
            segments.links.push(link);
        }
    }

    fn finish(mut self) -> Segments<A> {
        self.leave(|_| true);
        self.segments
    }
}

#[cfg(test)]
mod tests;
