//! Domain names that stand for all others: rules cannot tell any name from one of these.

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{Domain, NetworkSet};

use crate::compiled::sides::Sides;

/// Pairs of what patterns begin and end with.
const MAX_PAIRS: usize = 10_000;
/// What no pattern has.
const ANYTHING: &str = "\u{1}";

/// Who names a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// A list of domains of a rule, by its number.
    Rule(u32),
    /// A network set.
    Set(u32),
}

/// All patterns.
#[derive(Default)]
pub(super) struct Names {
    exact: FxHashMap<String, Vec<Naming>>,
    /// What comes before and after the `*`.
    wild: Vec<(String, String, Naming)>,
}

impl Names {
    pub fn new(sides: &Sides, sets: &[NetworkSet]) -> Self {
        let mut names = Self::default();
        for (list, domains) in (0..).zip(sides.domains()) {
            names.add(domains, Naming::Rule(list));
        }
        for (number, set) in (0..).zip(sets) {
            names.add(&set.domains, Naming::Set(number));
        }
        names
    }

    fn add(&mut self, domains: &[Domain], naming: Naming) {
        for domain in domains {
            let pattern = domain.0.trim_end_matches('.').to_ascii_lowercase();
            match pattern.split_once('*') {
                Some((head, tail)) => self.wild.push((head.into(), tail.into(), naming)),
                None => self.exact.entry(pattern).or_default().push(naming),
            }
        }
    }

    /// Names such that any name is named by the same as one of them; `None` if they would be too many.
    ///
    /// Of the patterns with `*` that match a name, the longest beginning and the longest end make a name that
    /// matches the same; if the name is too short for both of them, they overlap in it.
    pub fn representatives(&self) -> Option<Vec<String>> {
        let mut heads: Vec<&str> = self.wild.iter().map(|(head, ..)| head.as_str()).collect();
        let mut tails: Vec<&str> = self.wild.iter().map(|(_, tail, _)| tail.as_str()).collect();
        for parts in [&mut heads, &mut tails] {
            parts.push("");
            parts.sort_unstable();
            parts.dedup();
        }
        if heads.len() * tails.len() > MAX_PAIRS {
            return None;
        }
        let pairs = heads
            .iter()
            .flat_map(|head| tails.iter().map(move |tail| (*head, *tail)));
        let mut names: Vec<String> = self.exact.keys().cloned().collect();
        names.extend(pairs.flat_map(|(head, tail)| joined(head, tail)));
        names.sort_unstable();
        names.dedup();
        Some(names)
    }

    /// Who names a representative.
    pub fn of(&self, name: &str) -> Vec<Naming> {
        let mut namings = self.exact.get(name).cloned().unwrap_or_default();
        let matches = |(head, tail, _): &&(String, String, Naming)| {
            name.len() > head.len() + tail.len()
                && name.starts_with(head.as_str())
                && name.ends_with(tail.as_str())
        };
        namings.extend(self.wild.iter().filter(matches).map(|(.., naming)| *naming));
        namings.sort_unstable();
        namings.dedup();
        namings
    }
}

/// Names that begin and end so: with anything between, or overlapping.
fn joined(head: &str, tail: &str) -> Vec<String> {
    let overlap = |len: usize| {
        let (shared, rest) = tail.split_at_checked(len)?;
        head.ends_with(shared).then(|| [head, rest].concat())
    };
    let mut names: Vec<String> = (0..=head.len().min(tail.len()))
        .filter_map(overlap)
        .collect();
    names.push([head, ANYTHING, tail].concat());
    names
}

#[cfg(test)]
mod tests;
