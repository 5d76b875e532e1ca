//! Which policies select which endpoints.
//!
//! Endpoints that no subject selector can tell apart share one class, and a policy is only tried on the
//! classes that have a label which it cannot do without.

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{Labels, Model, Part, Policy};
use tierwalk_selector::Necessary;

use crate::order::Order;

/// Policies by class of endpoints. Pods come first, then host endpoints, as in the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    of_endpoints: Vec<u32>,
    /// Positions of the policies that select each class, ascending.
    selected: Vec<Box<[u32]>>,
}

impl Classes {
    pub fn new(model: &Model, order: &Order) -> Self {
        let policies: Vec<&Policy> = in_order(model, order).collect();
        let index = Index::new(&policies);
        let mut classes = Self::default();
        let mut known = FxHashMap::default();
        for labels in endpoint_labels(model) {
            let seen = index.seen(labels);
            let class = *known.entry(seen).or_insert_with_key(|seen| {
                classes.selected.push(index.selecting(seen, labels));
                classes.selected.len() as u32 - 1
            });
            classes.of_endpoints.push(class);
        }
        classes
    }

    /// Positions of the policies that select an endpoint, ascending.
    pub fn selecting(&self, endpoint: usize) -> &[u32] {
        self.of_endpoints
            .get(endpoint)
            .and_then(|class| self.selected.get(*class as usize))
            .map_or(&[], |positions| positions)
    }

    /// For each policy by position, how many of the endpoints it selects.
    pub fn counts(&self, policies: usize, endpoints: std::ops::Range<usize>) -> Vec<u32> {
        let mut sizes = vec![0; self.selected.len()];
        for class in self.of_endpoints.get(endpoints).unwrap_or_default() {
            sizes[*class as usize] += 1;
        }
        let mut counts = vec![0; policies];
        for (positions, size) in self.selected.iter().zip(sizes) {
            for position in positions {
                counts[*position as usize] += size;
            }
        }
        counts
    }
}

fn in_order<'a>(model: &'a Model, order: &'a Order) -> impl Iterator<Item = &'a Policy> {
    let at = |index: &u32| model.policies.get(*index as usize);
    order.policies.iter().filter_map(at)
}

fn endpoint_labels(model: &Model) -> impl Iterator<Item = &Labels> {
    let workloads = model.workloads.iter().map(|workload| &workload.labels);
    workloads.chain(model.host_endpoints.iter().map(|host| &host.labels))
}

/// Whether labels satisfy a subject.
pub(crate) fn selects(subject: &[Part], labels: &Labels) -> bool {
    subject.iter().all(|part| part.selector.matches(labels))
}

/// The labels of an endpoint that some subject looks at, as numbers of keys with their values.
type Seen<'a> = Vec<(u32, &'a str)>;

/// Policies by a label that their subject cannot do without.
struct Index<'a> {
    policies: &'a [&'a Policy],
    keys: FxHashMap<&'a str, u32>,
    by_pair: FxHashMap<(u32, &'a str), Vec<u32>>,
    by_key: FxHashMap<u32, Vec<u32>>,
    always: Vec<u32>,
}

impl<'a> Index<'a> {
    fn new(policies: &'a [&'a Policy]) -> Self {
        let mut index = Self {
            policies,
            keys: numbered_keys(policies),
            by_pair: FxHashMap::default(),
            by_key: FxHashMap::default(),
            always: Vec::new(),
        };
        for (position, policy) in (0..).zip(policies) {
            index.add(position, necessary(&policy.subject));
        }
        index
    }

    fn add(&mut self, position: u32, necessary: Necessary<'a>) {
        match necessary {
            Necessary::Pair(key, values) => {
                let key = self.number(key);
                for value in values {
                    let pair = self.by_pair.entry((key, value));
                    pair.or_default().push(position);
                }
            }
            Necessary::Has(key) => {
                let key = self.number(key);
                self.by_key.entry(key).or_default().push(position);
            }
            Necessary::Always => self.always.push(position),
        }
    }

    fn number(&self, key: &str) -> u32 {
        self.keys.get(key).copied().unwrap_or(u32::MAX)
    }

    fn seen<'l>(&self, labels: &'l Labels) -> Seen<'l> {
        let number = |(key, value): (&String, &'l String)| {
            Some((*self.keys.get(key.as_str())?, value.as_str()))
        };
        labels.iter().filter_map(number).collect()
    }

    fn selecting(&self, seen: &Seen<'_>, labels: &Labels) -> Box<[u32]> {
        let mut positions = self.always.clone();
        for (key, value) in seen {
            positions.extend(self.by_pair.get(&(*key, *value)).into_iter().flatten());
            positions.extend(self.by_key.get(key).into_iter().flatten());
        }
        positions.retain(|position| {
            let policy = self.policies.get(*position as usize);
            policy.is_some_and(|policy| selects(&policy.subject, labels))
        });
        positions.sort_unstable();
        positions.into()
    }
}

/// Every label name that some subject looks at, with a number.
fn numbered_keys<'a>(policies: &[&'a Policy]) -> FxHashMap<&'a str, u32> {
    let mut keys = FxHashMap::default();
    for part in policies.iter().flat_map(|policy| &policy.subject) {
        for key in part.selector.keys() {
            let next = keys.len() as u32;
            keys.entry(key).or_insert(next);
        }
    }
    keys
}

/// The narrowest condition among the parts of a subject.
fn necessary(subject: &[Part]) -> Necessary<'_> {
    subject
        .iter()
        .map(|part| part.selector.necessary())
        .min_by_key(breadth)
        .unwrap_or_default()
}

fn breadth(necessary: &Necessary<'_>) -> usize {
    match necessary {
        Necessary::Pair(_, values) => values.len(),
        Necessary::Has(_) => usize::MAX - 1,
        Necessary::Always => usize::MAX,
    }
}

#[cfg(test)]
mod tests;
