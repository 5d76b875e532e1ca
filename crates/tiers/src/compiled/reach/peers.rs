//! The peers of rules, equal ones once.

use rustc_hash::FxHashMap;

use crate::compiled::Compiled;
use crate::compiled::nets::NetList;
use crate::compiled::record::{Match, SideRecord};

use super::atoms::Atoms;
use super::sets::Peers;

/// Sets of peers by what rules want of them.
pub(super) struct PeerSets<'a> {
    compiled: &'a Compiled,
    atoms: &'a Atoms<'a>,
    by_match: Vec<Vec<u32>>,
    by_nets: Vec<Vec<u32>>,
    known: FxHashMap<Wanted, u32>,
    sets: Vec<Peers>,
}

/// Everything that a rule wants of its peer but ports.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Wanted {
    nets: Option<NetList>,
    not_nets: Option<NetList>,
    positive: Option<Match>,
    negative: Option<Match>,
    domains: Option<u32>,
    service: Option<u32>,
}

impl<'a> PeerSets<'a> {
    pub fn new(compiled: &'a Compiled, atoms: &'a Atoms<'a>) -> Self {
        let mut sets = Self {
            compiled,
            atoms,
            by_match: Vec::new(),
            by_nets: Vec::new(),
            known: FxHashMap::default(),
            sets: Vec::new(),
        };
        for (number, atom) in (0..).zip(&atoms.all) {
            for nets in &atom.side.nets {
                push(&mut sets.by_nets, *nets, number);
            }
            for class in compiled.owners(&atom.side) {
                for satisfied in class.satisfied() {
                    push(&mut sets.by_match, *satisfied, number);
                }
            }
        }
        sets
    }

    /// The number of a set of peers. A service that is a source is its addresses.
    pub fn number(&mut self, side: &SideRecord, is_source: bool) -> u32 {
        let wanted = Wanted {
            nets: side.nets,
            not_nets: side.not_nets,
            positive: side.positive,
            negative: side.negative,
            domains: side.domains,
            service: side.service.filter(|_| is_source),
        };
        if let Some(number) = self.known.get(&wanted) {
            return *number;
        }
        let members = self.members(side, is_source);
        let number = self.sets.len() as u32;
        self.sets.push(Peers::new(members, self.atoms.len()));
        self.known.insert(wanted, number);
        number
    }

    pub fn get(&self, number: u32) -> Option<&Peers> {
        self.sets.get(number as usize)
    }

    fn members(&self, side: &SideRecord, is_source: bool) -> Vec<u32> {
        let holds = |number: &u32| {
            self.atoms
                .get(*number)
                .is_some_and(|atom| self.compiled.is_wanted(side, &atom.side, is_source))
        };
        let listed = |lists: &[Vec<u32>], at: u32| -> Vec<u32> {
            let list = lists.get(at as usize).into_iter().flatten();
            list.copied().filter(holds).collect()
        };
        match (side.domains, side.positive, side.nets) {
            (None, Some(positive), _) => listed(&self.by_match, positive),
            (None, None, Some(nets)) => listed(&self.by_nets, nets),
            _ => (0..self.atoms.len() as u32).filter(holds).collect(),
        }
    }
}

fn push(lists: &mut Vec<Vec<u32>>, at: u32, number: u32) {
    let at = at as usize;
    if lists.len() <= at {
        lists.resize_with(at + 1, Vec::new);
    }
    let list = &mut lists[at];
    if list.last() != Some(&number) {
        list.push(number);
    }
}
