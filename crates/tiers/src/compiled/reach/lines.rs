//! What stands above IP, as numbers on one line: protocol · 2¹⁶ + destination port, or + ICMP type · 256 + code.

use tierwalk_resources::model::{Icmp, Protocol};

/// The protocols whose packets have ports.
pub(super) const WITH_PORTS: [Protocol; 4] = [
    Protocol::TCP,
    Protocol::UDP,
    Protocol::SCTP,
    Protocol::UDPLITE,
];

const END: u32 = 256 << 16;

/// A set of points: half-open intervals, sorted and apart from each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lines(Vec<(u32, u32)>);

impl Lines {
    pub fn all() -> Self {
        Self(vec![(0, END)])
    }

    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Everything of one protocol.
    pub fn of(protocol: Protocol) -> Self {
        Self(vec![(first(protocol), first(protocol) + (1 << 16))])
    }

    /// One port of one protocol.
    pub fn port(protocol: Protocol, port: u16) -> Self {
        let at = first(protocol) + u32::from(port);
        Self(vec![(at, at + 1)])
    }

    /// Ports of every protocol that has them.
    pub fn ports(ranges: &[(u16, u16)]) -> Self {
        Self::ports_of(&WITH_PORTS, ranges)
    }

    /// Ports of those of some protocols that have them.
    pub fn ports_of(protocols: &[Protocol], ranges: &[(u16, u16)]) -> Self {
        let protocols = protocols.iter().filter(|it| WITH_PORTS.contains(it));
        let of_protocol = |protocol: &Protocol| {
            let from = first(*protocol);
            let ranges = ranges.iter().filter(|(low, high)| low <= high);
            ranges.map(move |(low, high)| (from + u32::from(*low), from + u32::from(*high) + 1))
        };
        Self::sorted(protocols.flat_map(of_protocol).collect())
    }

    /// A type, or type and code, of both ICMP protocols.
    pub fn icmp(icmp: Icmp) -> Self {
        let mut intervals = Vec::new();
        for protocol in [Protocol::ICMP, Protocol::ICMPV6] {
            let kinds = icmp.kind.map_or(0..=255, |kind| kind..=kind);
            for kind in kinds {
                let from = first(protocol) + (u32::from(kind) << 8);
                intervals.push(match icmp.code {
                    Some(code) => (from + u32::from(code), from + u32::from(code) + 1),
                    None => (from, from + 256),
                });
            }
        }
        Self::sorted(intervals)
    }

    fn sorted(mut intervals: Vec<(u32, u32)>) -> Self {
        intervals.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(intervals.len());
        for (from, to) in intervals {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn meets(&self, other: &Self) -> bool {
        let mut left = self.0.iter().peekable();
        let mut right = other.0.iter().peekable();
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            if a.0 < b.1 && b.0 < a.1 {
                return true;
            }
            if a.1 <= b.1 {
                left.next();
            } else {
                right.next();
            }
        }
        false
    }

    pub fn and(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let (from, to) = (a.0.max(b.0), a.1.min(b.1));
            if from < to {
                both.push((from, to));
            }
            if a.1 <= b.1 {
                left.next();
            } else {
                right.next();
            }
        }
        Self(both)
    }

    pub fn or(&self, other: &Self) -> Self {
        Self::sorted(self.0.iter().chain(&other.0).copied().collect())
    }

    pub fn without(&self, other: &Self) -> Self {
        let mut gaps = Vec::with_capacity(other.0.len() + 1);
        let mut from = 0;
        for (start, end) in &other.0 {
            if from < *start {
                gaps.push((from, *start));
            }
            from = *end;
        }
        if from < END {
            gaps.push((from, END));
        }
        self.and(&Self(gaps))
    }

    /// The first and the last point.
    pub fn ends(&self) -> Option<(u32, u32)> {
        Some((self.0.first()?.0, self.0.last()?.1 - 1))
    }
}

/// The protocol of a point, and what follows it.
pub(super) fn parts(point: u32) -> (Protocol, u16) {
    (Protocol((point >> 16) as u8), (point & 0xffff) as u16)
}

fn first(protocol: Protocol) -> u32 {
    u32::from(protocol.0) << 16
}

#[cfg(test)]
mod tests;
