//! Which policies select which endpoints. Endpoints that no policy can tell apart share one class.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tierwalk_resources::model::Model;

use crate::labelled::{Labelled, Selections};
use crate::order::Order;

/// Policies by class of endpoints. Pods come first, then host endpoints, as in the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    of_endpoints: Vec<u32>,
    /// Positions of the policies that select each class, ascending.
    selected: Vec<Box<[u32]>>,
    subjects: Arc<Selections>,
}

impl Classes {
    /// Classes of the endpoints. The subjects before are those of another model on the same inventory.
    pub fn new(model: &Model, order: &Order, labelled: &Labelled, before: &Selections) -> Self {
        let mut subjects = Selections::default();
        let mut selecting: Vec<Vec<u32>> = vec![Vec::new(); labelled.of_endpoints() as usize];
        for (position, index) in (0..).zip(&order.policies) {
            let Some(policy) = model.policies.get(*index as usize) else {
                continue;
            };
            let subject = subjects.number(&policy.subject, labelled, before);
            let satisfying = subjects.all()[subject as usize].iter();
            for labels in satisfying.take_while(|it| **it < labelled.of_endpoints()) {
                selecting[*labels as usize].push(position);
            }
        }
        let (of_labels, selected) = alike(selecting);
        let endpoints = model.workloads.len() + model.host_endpoints.len();
        let endpoints = labelled.of_entities().iter().take(endpoints);
        Self {
            of_endpoints: endpoints
                .map(|labels| of_labels[*labels as usize])
                .collect(),
            selected,
            subjects: Arc::new(subjects),
        }
    }

    /// Which label sets the policies select.
    pub fn subjects(&self) -> &Arc<Selections> {
        &self.subjects
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

/// Equal lists as one: for each list its number, and the lists, numbered in the order in which they first come.
pub(crate) fn alike(lists: Vec<Vec<u32>>) -> (Vec<u32>, Vec<Box<[u32]>>) {
    let mut known: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
    let mut distinct: Vec<Box<[u32]>> = Vec::new();
    let number = |list: Vec<u32>| {
        *known.entry(list).or_insert_with_key(|list| {
            distinct.push(list.as_slice().into());
            distinct.len() as u32 - 1
        })
    };
    (lists.into_iter().map(number).collect(), distinct)
}
