//! Labels in use, to find who has them and what was probably meant.

use std::collections::BTreeMap;

use tierwalk_resources::model::{Labels, Part};
use tierwalk_selector::Necessary;
use tierwalk_tiers::Engine;

use crate::words;

/// All labels of pods, host endpoints and network sets, in that order.
pub(crate) struct InUse<'a> {
    all: Vec<&'a Labels>,
    pods: u32,
    endpoints: u32,
    by_label: BTreeMap<&'a str, BTreeMap<&'a str, Vec<u32>>>,
}

/// How many have something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Owners {
    pods: u32,
    hosts: u32,
    sets: u32,
}

impl<'a> InUse<'a> {
    pub fn new(engine: &'a Engine) -> Self {
        let model = engine.model();
        let pods = model.workloads.iter().map(|pod| &pod.labels);
        let hosts = model.host_endpoints.iter().map(|host| &host.labels);
        let sets = model.network_sets.iter().map(|set| &set.labels);
        let all: Vec<&Labels> = pods.chain(hosts).chain(sets).collect();
        let mut by_label: BTreeMap<&str, BTreeMap<&str, Vec<u32>>> = BTreeMap::new();
        for (number, labels) in (0..).zip(&all) {
            for (key, value) in *labels {
                let of_key = by_label.entry(key.as_str()).or_default();
                of_key.entry(value.as_str()).or_default().push(number);
            }
        }
        Self {
            pods: model.workloads.len() as u32,
            endpoints: (model.workloads.len() + model.host_endpoints.len()) as u32,
            all,
            by_label,
        }
    }

    /// Whoever satisfies all parts, by number.
    pub fn matching(&self, parts: &[&Part], endpoints_only: bool) -> Vec<u32> {
        let all = || (0..self.all.len() as u32).collect();
        let candidates = parts.iter().filter_map(|part| self.candidates(part));
        let mut matching = candidates.min_by_key(Vec::len).unwrap_or_else(all);
        matching.retain(|number| {
            let labels = self.all.get(*number as usize);
            let holds = |labels: &&Labels| parts.iter().all(|part| part.selector.matches(*labels));
            (!endpoints_only || *number < self.endpoints) && labels.is_some_and(holds)
        });
        matching
    }

    /// Those that have a label that the part cannot do without; `None` if there is no such label.
    fn candidates(&self, part: &Part) -> Option<Vec<u32>> {
        match part.selector.necessary() {
            Necessary::Pair(key, values) => {
                let of_key = self.by_label.get(key);
                let of_value = |value| of_key.and_then(|of_key| of_key.get(value));
                Some(
                    values
                        .into_iter()
                        .filter_map(of_value)
                        .flatten()
                        .copied()
                        .collect(),
                )
            }
            Necessary::Has(key) => {
                let of_key = self.by_label.get(key).into_iter();
                Some(
                    of_key
                        .flat_map(BTreeMap::values)
                        .flatten()
                        .copied()
                        .collect(),
                )
            }
            Necessary::Always => None,
        }
    }

    /// The values that a label has among these, and whose they are.
    pub fn values(&self, key: &str, among: &[u32]) -> BTreeMap<&'a str, Owners> {
        let mut values: BTreeMap<&str, Owners> = BTreeMap::new();
        for number in among {
            let value = self
                .all
                .get(*number as usize)
                .and_then(|labels| labels.get(key));
            if let Some(value) = value {
                values.entry(value).or_default().add(self.owner(*number));
            }
        }
        values
    }

    fn owner(&self, number: u32) -> Owners {
        let (pods, endpoints) = (self.pods, self.endpoints);
        Owners {
            pods: u32::from(number < pods),
            hosts: u32::from((pods..endpoints).contains(&number)),
            sets: u32::from(number >= endpoints),
        }
    }
}

impl Owners {
    pub fn add(&mut self, more: Self) {
        self.pods += more.pods;
        self.hosts += more.hosts;
        self.sets += more.sets;
    }

    /// What one of them is called.
    pub fn noun(self) -> &'static str {
        match (self.pods > 0, self.hosts > 0, self.sets > 0) {
            (_, false, false) => "pod",
            (false, true, false) => "host endpoint",
            (false, false, true) => "network set",
            (true, true, false) => "endpoint",
            (true, false, true) => "pod or network set",
            (_, true, true) => "endpoint or network set",
        }
    }

    /// `1 pod has it`, `2 network sets have it`.
    pub fn have_it(self) -> String {
        let count = self.pods + self.hosts + self.sets;
        let have = if count == 1 { "has" } else { "have" };
        let noun = match self.noun() {
            "pod or network set" | "endpoint or network set" => {
                return format!("{count} {have} it");
            }
            noun => noun,
        };
        format!("{} {have} it", words::count(count, noun))
    }
}
