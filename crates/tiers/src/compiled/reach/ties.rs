//! Policies of equal order that do different things with the same packets: their names decide.

use rustc_hash::FxHashSet;
use tierwalk_resources::model::Action;

use crate::compiled::Mode;
use crate::engine::PolicyIndex;

use super::OrderTie;
use super::extent::At;
use super::places::{Place, Places};
use super::sieve::{Sieve, Spot};

/// How much is looked at in one search.
const MOST_STEPS: usize = 20_000_000;

/// Looks for ties in one direction.
pub(super) struct Ties<'a> {
    places: &'a Places<'a>,
    sieve: Sieve<'a>,
    /// Pairs that cannot disagree, or are known to.
    settled: FxHashSet<(u32, u32)>,
    found: Vec<OrderTie>,
}

impl<'a> Ties<'a> {
    pub fn new(places: &'a Places<'a>, sieve: Sieve<'a>) -> Self {
        Self {
            places,
            sieve,
            settled: FxHashSet::default(),
            found: Vec::new(),
        }
    }

    /// All ties, each pair of policies once.
    pub fn find(mut self) -> Vec<OrderTie> {
        let places: &'a Places<'a> = self.places;
        for place in &places.all {
            for tier in &place.chain.tiers {
                self.in_tier(place, place.policies(tier));
            }
        }
        self.found
    }

    fn in_tier(&mut self, place: &Place<'_>, policies: &[u32]) {
        let enforced = policies
            .iter()
            .copied()
            .filter(|policy| !self.sieve.is_staged(*policy));
        let enforced: Vec<(Option<f64>, u32)> = enforced.map(|it| (self.order(it), it)).collect();
        for equal in enforced.chunk_by(|one, two| one.0 == two.0) {
            for (at, (_, second)) in equal.iter().enumerate() {
                for (_, first) in &equal[..at] {
                    self.pair(place, *first, *second);
                }
            }
        }
    }

    fn order(&self, policy: u32) -> Option<f64> {
        self.sieve.engine.policy(PolicyIndex(policy)).order
    }

    fn pair(&mut self, place: &Place<'_>, first: u32, second: u32) {
        if self.sieve.steps > MOST_STEPS || self.settled.contains(&(first, second)) {
            return;
        }
        let pairs = self.conflicts(first, second);
        if pairs.is_empty() {
            self.settled.insert((first, second));
        }
        for (one, two) in pairs {
            let spots = self.spots(place);
            let disagree = |at: &At| self.disagree(place, *at, (first, one), (second, two));
            if spots.iter().any(disagree) {
                self.settled.insert((first, second));
                return self.add((first, one), (second, two));
            }
        }
    }

    fn add(&mut self, (first, one): (u32, u32), (second, two): (u32, u32)) {
        let rules = self.sieve.extents.rules;
        self.found.push(OrderTie {
            first: PolicyIndex(first),
            second: PolicyIndex(second),
            direction: self.sieve.extents.direction,
            rule_of_first: one - rules.start(first),
            rule_of_second: two - rules.start(second),
        });
    }

    /// The pairs of rules that do different things.
    fn conflicts(&mut self, first: u32, second: u32) -> Vec<(u32, u32)> {
        let rules = self.sieve.extents.rules;
        let action = |number: u32| rules.records.get(number as usize).map(|rule| rule.action);
        let decides = |number: &u32| action(*number).is_some_and(|action| action != Action::Log);
        let of = |policy: u32| (rules.start(policy)..rules.start(policy + 1)).filter(decides);
        let pairs = of(first).flat_map(|one| of(second).map(move |two| (one, two)));
        let pairs = pairs.filter(|(one, two)| action(*one) != action(*two));
        let pairs: Vec<(u32, u32)> = pairs.collect();
        self.sieve.steps += pairs.len();
        pairs
            .into_iter()
            .filter(|(one, two)| self.sieve.extents.may_meet(*one, *two))
            .collect()
    }

    fn spots(&self, place: &Place<'_>) -> Vec<At> {
        let extents = self.sieve.extents;
        let ports: Vec<Option<u16>> = match extents.has_source_ports {
            true => extents
                .source_ports(place.rules(extents.rules))
                .into_iter()
                .map(Some)
                .collect(),
            false => vec![None],
        };
        let families = [true, false].into_iter();
        let locals =
            families.flat_map(|v4| place.locals(v4).iter().map(move |local| (v4, Some(*local))));
        locals
            .flat_map(|(v4, local)| {
                ports.iter().map(move |port| At {
                    v4,
                    local,
                    port: *port,
                })
            })
            .collect()
    }

    /// Whether a packet gets to two rules, if each policy is taken to be the first of the two.
    fn disagree(
        &mut self,
        place: &Place<'_>,
        at: At,
        (first, one): (u32, u32),
        (second, two): (u32, u32),
    ) -> bool {
        let spot = Spot {
            place,
            at,
            mode: Mode::Enforced,
            target: None,
        };
        let whole = self.sieve.region(one, at);
        let mut region = self.sieve.common(&whole, two, at);
        let Some((earlier, own)) = place.tiers_up_to(first).filter(|_| !region.is_empty()) else {
            return false;
        };
        let mut by = Vec::new();
        region = self.sieve.through(spot, &[first], one, region, &mut by);
        region = self.sieve.through(spot, &[second], two, region, &mut by);
        let before = place.policies(own);
        let before = before.partition_point(|policy| *policy < first);
        let before = place.policies(own).get(..before).unwrap_or_default();
        region = self.sieve.through(spot, before, u32::MAX, region, &mut by);
        let pass = |region, tier| self.sieve.through_tier(spot, tier, region, &mut by);
        !earlier.iter().fold(region, pass).is_empty()
    }
}
