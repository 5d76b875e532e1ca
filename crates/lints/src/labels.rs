//! Labels in use, to find who has them and what was probably meant.

use std::collections::BTreeMap;

use tierwalk_resources::model::Part;
use tierwalk_tiers::{Alike, Engine};

use crate::words;

/// How many have something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Owners {
    pods: u32,
    hosts: u32,
    sets: u32,
}

/// Whoever satisfies all parts.
pub(crate) fn matching<'a>(
    engine: &'a Engine,
    parts: &[&Part],
    endpoints_only: bool,
) -> Vec<Alike<'a>> {
    let alike = engine.alike(parts);
    match endpoints_only {
        true => alike.filter_map(endpoints).collect(),
        false => alike.collect(),
    }
}

/// Those of them that policy applies to.
fn endpoints(alike: Alike<'_>) -> Option<Alike<'_>> {
    (alike.pods + alike.hosts > 0).then_some(Alike { sets: 0, ..alike })
}

/// The values that a label has among these, and whose they are.
pub(crate) fn values<'a>(key: &str, among: &[Alike<'a>]) -> BTreeMap<&'a str, Owners> {
    let mut values: BTreeMap<&str, Owners> = BTreeMap::new();
    for alike in among {
        if let Some(value) = alike.labels.get(key) {
            values.entry(value).or_default().add(Owners {
                pods: alike.pods,
                hosts: alike.hosts,
                sets: alike.sets,
            });
        }
    }
    values
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
