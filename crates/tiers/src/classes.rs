//! Which policies select which endpoints. Endpoints that no policy can tell apart share one class.

use std::ops::Range;

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{Labels, Model, Part};

use crate::index::SubjectIndex;
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
        let index = SubjectIndex::new(subjects(model, order));
        let mut classes = Self::default();
        let mut known = FxHashMap::default();
        for labels in endpoint_labels(model) {
            let class = known.entry(index.seen(labels));
            let class = *class.or_insert_with_key(|seen| {
                classes.selected.push(index.satisfied(seen, labels));
                classes.selected.len() as u32 - 1
            });
            classes.of_endpoints.push(class);
        }
        classes
    }

    /// The class of an endpoint.
    pub fn class(&self, endpoint: usize) -> Option<u32> {
        self.of_endpoints.get(endpoint).copied()
    }

    /// For each class, the positions of the policies that select it, ascending.
    pub fn all(&self) -> &[Box<[u32]>] {
        &self.selected
    }

    /// Positions of the policies that select an endpoint, ascending.
    pub fn selecting(&self, endpoint: usize) -> &[u32] {
        self.class(endpoint)
            .and_then(|class| self.selected.get(class as usize))
            .map_or(&[], |positions| positions)
    }

    /// For each policy by position, how many of the endpoints it selects.
    pub fn counts(&self, policies: usize, endpoints: Range<usize>) -> Vec<u32> {
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

fn subjects<'a>(model: &'a Model, order: &Order) -> Vec<&'a [Part]> {
    let subject = |index: &u32| Some(model.policies.get(*index as usize)?.subject.as_slice());
    order.policies.iter().filter_map(subject).collect()
}

fn endpoint_labels(model: &Model) -> impl Iterator<Item = &Labels> {
    let workloads = model.workloads.iter().map(|workload| &workload.labels);
    workloads.chain(model.host_endpoints.iter().map(|host| &host.labels))
}
