//! A set of packets between one protected address and its peers.

use super::lines::Lines;
use super::sets::{Bits, Peers};

/// Pieces, apart from each other: some peers with some packets.
#[derive(Clone, Debug, Default)]
pub(super) struct Region {
    pieces: Vec<(Bits, Lines)>,
}

impl Region {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds a piece that is apart from the others.
    pub fn add(&mut self, peers: Bits, lines: Lines) {
        match self.pieces.iter_mut().find(|(_, known)| *known == lines) {
            Some((all, _)) => all.add(&peers),
            None => self.pieces.push((peers, lines)),
        }
    }

    /// Takes a box away, and puts what was of it into `taken`. Whether there was anything.
    pub fn take(&mut self, peers: &Peers, lines: &Lines, taken: &mut Option<Region>) -> bool {
        let mut left: Vec<(Bits, Lines)> = Vec::new();
        let mut found = false;
        for (all, own) in self.pieces.iter_mut().filter(|(_, own)| own.meets(lines)) {
            let Some(both) = peers.and(all) else {
                continue;
            };
            found = true;
            all.remove(&both);
            if let Some(taken) = taken {
                taken.add(both.clone(), own.and(lines));
            }
            left.push((both, own.without(lines)));
        }
        if found {
            self.pieces.retain(|(peers, _)| !peers.is_empty());
            for (peers, lines) in left.into_iter().filter(|(_, lines)| !lines.is_empty()) {
                self.add(peers, lines);
            }
        }
        found
    }

    /// Everything of another region that is apart from this one.
    pub fn append(&mut self, other: Region) {
        for (peers, lines) in other.pieces {
            self.add(peers, lines);
        }
    }

    /// Its peers, if they are few.
    pub fn peers(&self, most: usize) -> Option<Vec<u32>> {
        let mut peers = Vec::new();
        for (piece, _) in &self.pieces {
            peers.extend(piece.members().take(most + 1 - peers.len()));
            if peers.len() > most {
                return None;
            }
        }
        peers.sort_unstable();
        peers.dedup();
        Some(peers)
    }

    /// About how many steps it takes to look at all of it.
    pub fn size(&self) -> usize {
        self.pieces.len()
    }

    /// Some of its packets: a peer and a point each.
    pub fn samples(&self) -> Vec<(u32, u32)> {
        let first = self
            .pieces
            .first()
            .and_then(|(peers, lines)| Some((peers.members().next()?, lines.ends()?.0)));
        let last = self
            .pieces
            .last()
            .and_then(|(peers, lines)| Some((peers.last()?, lines.ends()?.1)));
        first.into_iter().chain(last).collect()
    }
}
