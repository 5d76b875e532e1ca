//! Everything that has labels, by its labels: who satisfies a selector.
//!
//! What has equal labels is told apart by no selector, and a selector is only tried on labels that have one which it
//! cannot do without.

use std::borrow::Borrow;
use std::fmt::Write;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{self, Labels, Part};
use tierwalk_selector::Necessary;

use crate::Engine;
use crate::engine::EntityRef;

/// Pods, host endpoints and network sets by their labels. Label sets are numbered in the order of those who first
/// have them.
#[derive(Debug)]
pub(crate) struct Labelled {
    inventory: Arc<model::Inventory>,
    /// For each pod, host endpoint and network set, in that order, the number of its label set.
    of_entities: Vec<u32>,
    sets: Vec<Owners>,
    /// How many label sets some endpoint has; they come first.
    of_endpoints: u32,
    /// The label sets with a label, ascending, by its name and value.
    by_label: FxHashMap<String, FxHashMap<String, Vec<u32>>>,
}

/// Who has a label set.
#[derive(Clone, Copy, Debug)]
struct Owners {
    first: EntityRef,
    pods: u32,
    hosts: u32,
    sets: u32,
}

/// A label set, and how many have it.
#[derive(Clone, Copy, Debug)]
pub struct Alike<'a> {
    /// The effective labels.
    pub labels: &'a Labels,
    /// Pods that have them.
    pub pods: u32,
    /// Host endpoints.
    pub hosts: u32,
    /// Network sets.
    pub sets: u32,
}

impl Labelled {
    pub fn new(inventory: &Arc<model::Inventory>) -> Self {
        let mut labelled = Self {
            inventory: Arc::clone(inventory),
            of_entities: Vec::new(),
            sets: Vec::new(),
            of_endpoints: 0,
            by_label: FxHashMap::default(),
        };
        let mut known = FxHashMap::default();
        let numbers = |count: usize| 0..count as u32;
        let pods = numbers(inventory.workloads.len()).map(EntityRef::Workload);
        let hosts = numbers(inventory.host_endpoints.len()).map(EntityRef::Host);
        for endpoint in pods.chain(hosts) {
            labelled.add(endpoint, inventory, &mut known);
        }
        labelled.of_endpoints = labelled.sets.len() as u32;
        for set in numbers(inventory.network_sets.len()).map(EntityRef::NetworkSet) {
            labelled.add(set, inventory, &mut known);
        }
        labelled
    }

    fn add<'i>(
        &mut self,
        entity: EntityRef,
        inventory: &'i model::Inventory,
        known: &mut FxHashMap<&'i Labels, u32>,
    ) {
        let labels = labels(inventory, entity);
        let next = self.sets.len() as u32;
        let number = *known.entry(labels).or_insert(next);
        if number == next {
            self.sets.push(Owners {
                first: entity,
                pods: 0,
                hosts: 0,
                sets: 0,
            });
            self.list(number, labels);
        }
        self.sets[number as usize].count(entity);
        self.of_entities.push(number);
    }

    fn list(&mut self, number: u32, labels: &Labels) {
        for (key, value) in labels {
            let of_key = self.by_label.entry(key.clone()).or_default();
            of_key.entry(value.clone()).or_default().push(number);
        }
    }

    /// How many label sets there are.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// How many label sets some endpoint has; they come first.
    pub fn of_endpoints(&self) -> u32 {
        self.of_endpoints
    }

    /// For each pod, host endpoint and network set, in that order, the number of its label set.
    pub fn of_entities(&self) -> &[u32] {
        &self.of_entities
    }

    /// The label sets that satisfy all parts, ascending.
    pub fn satisfying<P: Borrow<Part>>(&self, parts: &[P]) -> Vec<u32> {
        let necessary = parts.iter().map(|part| part.borrow().selector.necessary());
        let candidates = necessary.filter_map(|it| self.candidates(&it));
        let fewest = candidates.min_by_key(Vec::len);
        let mut satisfying = fewest.unwrap_or_else(|| (0..self.sets.len() as u32).collect());
        satisfying.retain(|number| {
            let labels = self.labels(*number);
            let mut parts = parts.iter().map(Borrow::borrow);
            parts.all(|part| part.selector.matches(labels))
        });
        satisfying.sort_unstable();
        satisfying
    }

    /// The label sets that have what is necessary, in no order; `None` if that is nothing in particular.
    fn candidates(&self, necessary: &Necessary<'_>) -> Option<Vec<u32>> {
        let (key, wanted) = match necessary {
            Necessary::Pair(key, values) => (*key, Some(values)),
            Necessary::Has(key) => (*key, None),
            Necessary::Always => return None,
        };
        let Some(of_key) = self.by_label.get(key) else {
            return Some(Vec::new());
        };
        Some(match wanted {
            Some(values) => {
                let lists = values.iter().filter_map(|value| of_key.get(*value));
                lists.flatten().copied().collect()
            }
            None => of_key.values().flatten().copied().collect(),
        })
    }

    fn labels(&self, number: u32) -> &Labels {
        labels(&self.inventory, self.sets[number as usize].first)
    }
}

impl Owners {
    fn count(&mut self, entity: EntityRef) {
        match entity {
            EntityRef::Workload(_) => self.pods += 1,
            EntityRef::Host(_) => self.hosts += 1,
            EntityRef::NetworkSet(_) => self.sets += 1,
        }
    }
}

/// Effective labels of an entity.
///
/// # Panics
/// If it is another inventory's.
pub(crate) fn labels(inventory: &model::Inventory, entity: EntityRef) -> &Labels {
    match entity {
        EntityRef::Workload(index) => &inventory.workloads[index as usize].labels,
        EntityRef::Host(index) => &inventory.host_endpoints[index as usize].labels,
        EntityRef::NetworkSet(index) => &inventory.network_sets[index as usize].labels,
    }
}

/// Lists of parts that must all hold, each list once, with the label sets that satisfy it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selections {
    numbers: FxHashMap<Arc<str>, u32>,
    satisfying: Vec<Arc<[u32]>>,
    /// Holds the text of the parts that are asked for.
    text: String,
}

impl Selections {
    /// The number of a list of parts. Selectors that print alike mean the same. What the selections before know of
    /// the same labels is not looked up again.
    pub fn number(&mut self, parts: &[Part], labelled: &Labelled, before: &Self) -> u32 {
        print(parts, &mut self.text);
        if let Some(number) = self.numbers.get(self.text.as_str()) {
            return *number;
        }
        let number = self.satisfying.len() as u32;
        let (text, satisfying) = match before.known(&self.text) {
            Some((text, satisfying)) => (Arc::clone(text), Arc::clone(satisfying)),
            None => (self.text.as_str().into(), labelled.satisfying(parts).into()),
        };
        self.numbers.insert(text, number);
        self.satisfying.push(satisfying);
        number
    }

    fn known(&self, text: &str) -> Option<(&Arc<str>, &Arc<[u32]>)> {
        let (text, number) = self.numbers.get_key_value(text)?;
        Some((text, self.satisfying.get(*number as usize)?))
    }

    /// For each number, the label sets that satisfy the parts, ascending.
    pub fn all(&self) -> &[Arc<[u32]>] {
        &self.satisfying
    }
}

fn print(parts: &[Part], text: &mut String) {
    text.clear();
    for part in parts {
        // Writing to a string cannot fail.
        let _ = write!(text, "{};", part.selector);
    }
}

impl Engine {
    /// Who satisfies all parts, what has equal labels together.
    pub fn alike(&self, parts: &[&Part]) -> impl Iterator<Item = Alike<'_>> {
        let labelled = self.labelled();
        let numbers = labelled.satisfying(parts).into_iter();
        numbers.map(|number| {
            let owners = labelled.sets[number as usize];
            Alike {
                labels: labelled.labels(number),
                pods: owners.pods,
                hosts: owners.hosts,
                sets: owners.sets,
            }
        })
    }
}
