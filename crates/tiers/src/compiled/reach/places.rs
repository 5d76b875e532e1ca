//! Where policies are evaluated: chains, and the addresses that they protect.

use crate::Engine;
use crate::compiled::chains::{Chain, TierChain};
use crate::compiled::{Compiled, Rules};
use crate::walk::{Direction, Phase};

use super::atoms::Atoms;

/// A chain and the classes of the addresses that it protects.
pub(super) struct Place<'a> {
    pub chain: &'a Chain,
    pub phase: Phase,
    v4: Vec<u32>,
    v6: Vec<u32>,
}

/// All places of one direction.
pub(super) struct Places<'a> {
    pub all: Vec<Place<'a>>,
    /// For each policy, the numbers of the places where it applies.
    of_policies: Vec<Vec<u32>>,
    has_v4: bool,
    has_v6: bool,
}

impl<'a> Places<'a> {
    pub fn new(
        engine: &Engine,
        compiled: &'a Compiled,
        atoms: &Atoms<'_>,
        direction: Direction,
    ) -> Self {
        let workloads = compiled.chains.of_workloads(direction);
        let place = |(phase, chain)| Place {
            chain,
            phase,
            v4: Vec::new(),
            v6: Vec::new(),
        };
        let mut all: Vec<Place<'a>> = workloads
            .map(|chain| place((Phase::Workload, chain)))
            .collect();
        let local = |(number, address)| {
            let class = engine.classes().class(number)? as usize;
            Some((class, atoms.class(engine, compiled, address)?))
        };
        let workloads = engine.model().workloads.iter().enumerate();
        let addresses =
            workloads.flat_map(|(number, pod)| pod.addresses.iter().map(move |it| (number, *it)));
        for (class, atom) in addresses.filter_map(local) {
            all[class].protect(atoms, atom);
        }
        let first_host = all.len();
        all.extend(compiled.chains.of_hosts(direction).map(place));
        for host in &mut all[first_host..] {
            host.protect_any(atoms);
        }
        for place in &mut all {
            place.tidy();
        }
        let of_policies = of_policies(engine.policy_count(), &all);
        Self {
            has_v4: all.iter().any(|place| !place.v4.is_empty()),
            has_v6: all.iter().any(|place| !place.v6.is_empty()),
            all,
            of_policies,
        }
    }

    /// Whether any endpoint has an address of a family.
    pub fn has_family(&self, v4: bool) -> bool {
        if v4 { self.has_v4 } else { self.has_v6 }
    }

    /// The places where a policy applies.
    pub fn of(
        &self,
        policy: u32,
    ) -> impl DoubleEndedIterator<Item = &Place<'a>> + ExactSizeIterator {
        let numbers = self
            .of_policies
            .get(policy as usize)
            .map(Vec::as_slice)
            .unwrap_or_default();
        numbers.iter().map(|number| &self.all[*number as usize])
    }
}

impl Place<'_> {
    fn protect(&mut self, atoms: &Atoms<'_>, atom: u32) {
        if atoms.is_v4(atom) {
            self.v4.push(atom);
        } else {
            self.v6.push(atom);
        }
    }

    /// A host endpoint sees packets from and to any address, since it also forwards.
    fn protect_any(&mut self, atoms: &Atoms<'_>) {
        let addresses = (0..)
            .zip(&atoms.all)
            .filter(|(_, atom)| atom.side.domain.is_none());
        for (number, _) in addresses {
            self.protect(atoms, number);
        }
    }

    fn tidy(&mut self) {
        for atoms in [&mut self.v4, &mut self.v6] {
            atoms.sort_unstable();
            atoms.dedup();
        }
    }

    /// The protected addresses of a family.
    pub fn locals(&self, v4: bool) -> &[u32] {
        if v4 { &self.v4 } else { &self.v6 }
    }

    /// Whether a policy applies.
    pub fn has(&self, policy: u32) -> bool {
        self.chain.policies.binary_search(&policy).is_ok()
    }

    /// The policies of one of its tiers.
    pub fn policies(&self, tier: &TierChain) -> &[u32] {
        self.chain
            .policies
            .get(tier.start as usize..tier.end as usize)
            .unwrap_or_default()
    }

    /// The numbers of the rules of all policies that apply.
    pub fn rules(&self, rules: &Rules) -> impl Iterator<Item = u32> {
        let policies = self.chain.policies.iter();
        policies.flat_map(|policy| rules.start(*policy)..rules.start(policy + 1))
    }

    /// The tiers before that of a policy, and that one.
    pub fn tiers_up_to(&self, policy: u32) -> Option<(&[TierChain], &TierChain)> {
        let at = self.chain.policies.binary_search(&policy).ok()? as u32;
        let tier = self.chain.tiers.partition_point(|tier| tier.end <= at);
        let (own, earlier) = self.chain.tiers.get(..=tier)?.split_last()?;
        Some((earlier, own))
    }
}

fn of_policies(policies: usize, places: &[Place<'_>]) -> Vec<Vec<u32>> {
    let mut of_policies = vec![Vec::new(); policies];
    for (number, place) in (0..).zip(places) {
        for policy in &place.chain.policies {
            of_policies[*policy as usize].push(number);
        }
    }
    of_policies
}
