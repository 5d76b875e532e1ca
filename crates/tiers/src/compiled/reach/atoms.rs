//! Classes of peers: addresses, and domain names, that no rule can tell apart.
//!
//! An address is seen through the entities that own it, the network lists that contain it and the services
//! that it backs. One sweep over the places where these change finds a representative of each class.

use std::net::IpAddr;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Engine;
use crate::compiled::Compiled;
use crate::compiled::check::PointSide;
use crate::engine::EntityRef;
use crate::flow::{ASSUMED_V4, ASSUMED_V6};
use crate::segments::{Address, Families, Segments};

use super::names::{Names, Naming};

/// One class: a representative, as rules see it.
pub(super) struct Atom<'n> {
    pub side: PointSide<'n>,
}

/// All classes: addresses of IPv4, domains with an IPv4 address, then the same of IPv6.
pub(super) struct Atoms<'n> {
    pub all: Vec<Atom<'n>>,
    /// How many are of IPv4.
    pub v4: u32,
    by_run: FxHashMap<Run, u32>,
    backends: Vec<IpAddr>,
}

/// What owns a run of addresses, and which lists contain it: innermost links; and the address, if it backs a
/// service.
type Run = (bool, u32, u32, Option<IpAddr>);

impl<'n> Atoms<'n> {
    pub fn new(engine: &Engine, compiled: &Compiled, names: &Names, domains: &'n [String]) -> Self {
        let mut atoms = Self {
            all: Vec::new(),
            v4: 0,
            by_run: FxHashMap::default(),
            backends: compiled.sides.backends(),
        };
        let sweep = Sweep { engine, compiled };
        sweep.v4(&mut atoms);
        sweep.domains(&mut atoms, names, domains, ASSUMED_V4);
        atoms.v4 = atoms.all.len() as u32;
        sweep.v6(&mut atoms);
        sweep.domains(&mut atoms, names, domains, ASSUMED_V6);
        atoms
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn get(&self, number: u32) -> Option<&Atom<'n>> {
        self.all.get(number as usize)
    }

    pub fn is_v4(&self, number: u32) -> bool {
        number < self.v4
    }

    /// The class of an address.
    pub fn class(&self, engine: &Engine, compiled: &Compiled, address: IpAddr) -> Option<u32> {
        let (owners, nets) = (
            engine.inventory().segments().link(address),
            compiled.nets.segments().link(address),
        );
        let special = self.backends.binary_search(&address).is_ok();
        let run = (address.is_ipv4(), owners, nets, special.then_some(address));
        self.by_run.get(&run).copied()
    }
}

struct Sweep<'a> {
    engine: &'a Engine,
    compiled: &'a Compiled,
}

impl Sweep<'_> {
    fn v4(&self, atoms: &mut Atoms<'_>) {
        let backends = atoms.backends.iter().filter_map(|it| match it {
            IpAddr::V4(v4) => Some(u32::from(*v4)),
            IpAddr::V6(_) => None,
        });
        let backends: Vec<u32> = backends.collect();
        let (owners, nets) = self.segments();
        self.runs((&owners.v4, &nets.v4), &backends, atoms);
    }

    fn v6(&self, atoms: &mut Atoms<'_>) {
        let backends = atoms.backends.iter().filter_map(|it| match it {
            IpAddr::V4(_) => None,
            IpAddr::V6(v6) => Some(u128::from(*v6)),
        });
        let backends: Vec<u128> = backends.collect();
        let (owners, nets) = self.segments();
        self.runs((&owners.v6, &nets.v6), &backends, atoms);
    }

    fn segments(&self) -> (&Families, &Families) {
        (
            self.engine.inventory().segments(),
            self.compiled.nets.segments(),
        )
    }

    /// Visits each run of addresses that are owned and listed alike.
    fn runs<A: Address>(
        &self,
        (owners, nets): (&Segments<A>, &Segments<A>),
        backends: &[A],
        atoms: &mut Atoms<'_>,
    ) {
        let mut known = FxHashMap::default();
        let (mut in_owners, mut in_nets) = (owners.runs().peekable(), nets.runs().peekable());
        let (mut owner, mut net) = (owners.link(A::FIRST), nets.link(A::FIRST));
        for start in starts(owners, nets, backends) {
            while let Some((_, link)) = in_owners.next_if(|(at, _)| *at <= start) {
                owner = link;
            }
            while let Some((_, link)) = in_nets.next_if(|(at, _)| *at <= start) {
                net = link;
            }
            let address = start.ip();
            let special = backends.binary_search(&start).is_ok();
            let run = (address.is_ipv4(), owner, net, special.then_some(address));
            if !atoms.by_run.contains_key(&run) {
                let number = self.add(address, special, &mut known, atoms);
                atoms.by_run.insert(run, number);
            }
        }
    }

    /// The class of an address that is the first of its run.
    fn add(
        &self,
        address: IpAddr,
        special: bool,
        known: &mut FxHashMap<(Vec<u32>, Vec<u32>), u32>,
        atoms: &mut Atoms<'_>,
    ) -> u32 {
        let side = self.side(address, &[]);
        let next = atoms.all.len() as u32;
        let number = match special {
            true => next,
            false => *known
                .entry((side.owners.clone(), side.nets.clone()))
                .or_insert(next),
        };
        if number == next {
            atoms.all.push(Atom { side });
        }
        number
    }

    /// Classes of domain names, whose address is assumed.
    fn domains<'n>(
        &self,
        atoms: &mut Atoms<'n>,
        names: &Names,
        domains: &'n [String],
        address: IpAddr,
    ) {
        let mut known = FxHashSet::default();
        for domain in domains {
            let (rules, sets) = split(names.of(domain));
            let side = PointSide {
                domain: Some(domain),
                ..self.side(address, &sets)
            };
            if known.insert((side.owners.clone(), rules)) {
                atoms.all.push(Atom { side });
            }
        }
    }

    /// An address as rules see it, owned also by some network sets.
    fn side<'n>(&self, address: IpAddr, sets: &[u32]) -> PointSide<'n> {
        let mut owners = Vec::new();
        let entities = &self.compiled.entities;
        self.engine
            .inventory()
            .each_owner(address, |entity| owners.extend(entities.class_of(entity)));
        owners.extend(
            sets.iter()
                .filter_map(|set| entities.class_of(EntityRef::NetworkSet(*set))),
        );
        owners.sort_unstable();
        owners.dedup();
        let mut nets = Vec::new();
        self.compiled.nets.containing(address, &mut nets);
        PointSide {
            address,
            port: None,
            domain: None,
            owners,
            nets,
        }
    }
}

/// The addresses where something changes, ascending.
fn starts<A: Address>(owners: &Segments<A>, nets: &Segments<A>, backends: &[A]) -> Vec<A> {
    let after = backends.iter().filter_map(|address| address.next());
    let mut starts = vec![A::FIRST];
    starts.extend(owners.runs().map(|(start, _)| start));
    starts.extend(nets.runs().map(|(start, _)| start));
    starts.extend(backends.iter().copied().chain(after));
    // A stable sort finds that these are sorted pieces.
    starts.sort();
    starts.dedup();
    starts
}

/// The lists of rules, and the network sets, that name a domain.
fn split(namings: Vec<Naming>) -> (Vec<u32>, Vec<u32>) {
    let (mut rules, mut sets) = (Vec::new(), Vec::new());
    for naming in namings {
        match naming {
            Naming::Rule(list) => rules.push(list),
            Naming::Set(set) => sets.push(set),
        }
    }
    (rules, sets)
}
