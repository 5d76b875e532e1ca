//! The checks that are shipped: readable Rego with its own tests, parameters as data.

mod export;
mod page;
mod settings;
#[cfg(test)]
mod tests;

use serde::Deserialize;
use std::collections::BTreeMap;

pub use export::export;
pub use page::{index, page};
pub use settings::{SCHEMA, Settings};

use crate::{Level, PolicyFile, annotation};

/// The files of the pack, by name.
const FILES: &[(&str, &str)] = &[
    (
        "cluster_wide.rego",
        include_str!("../pack/cluster_wide.rego"),
    ),
    ("dns_egress.rego", include_str!("../pack/dns_egress.rego")),
    (
        "empty_policy.rego",
        include_str!("../pack/empty_policy.rego"),
    ),
    (
        "environments.rego",
        include_str!("../pack/environments.rego"),
    ),
    ("exception.rego", include_str!("../pack/exception.rego")),
    ("lib.rego", include_str!("../pack/lib.rego")),
    ("name.rego", include_str!("../pack/name.rego")),
    ("namespace.rego", include_str!("../pack/namespace.rego")),
    ("network_set.rego", include_str!("../pack/network_set.rego")),
    ("open_egress.rego", include_str!("../pack/open_egress.rego")),
    (
        "open_ingress.rego",
        include_str!("../pack/open_ingress.rego"),
    ),
    ("order.rego", include_str!("../pack/order.rego")),
    ("owner.rego", include_str!("../pack/owner.rego")),
    (
        "selector_keys.rego",
        include_str!("../pack/selector_keys.rego"),
    ),
    ("team_tier.rego", include_str!("../pack/team_tier.rego")),
    (
        "tier_actions.rego",
        include_str!("../pack/tier_actions.rego"),
    ),
];

const TESTS: (&str, &str) = ("pack_test.rego", include_str!("../pack/pack_test.rego"));

/// A check of the pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its name: that of its settings, and of its rule after `deny_` or `warn_`.
    pub id: String,
    /// What it wants.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// How its findings count.
    pub level: Level,
    /// Its parameters, each with what it means.
    pub parameters: BTreeMap<String, String>,
    /// A document that it finds fault with.
    pub bad: String,
    /// Where it finds the fault.
    pub at: String,
    /// The same in order.
    pub good: String,
    /// Its Rego.
    pub rego: &'static str,
}

#[derive(Deserialize)]
struct Custom {
    id: String,
    level: String,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    bad: String,
    at: String,
    good: String,
}

/// The policies of the pack, their paths below `directory`.
pub fn policies(directory: &str) -> Vec<PolicyFile> {
    FILES
        .iter()
        .map(|(name, text)| file(directory, name, text))
        .collect()
}

/// The policies by which exceptions of settings hold for other checks as well, below `directory`.
pub fn exceptions(directory: &str) -> Vec<PolicyFile> {
    let files = policies(directory).into_iter();
    let is_needed = |name: &str| ["lib.rego", "exception.rego"].contains(&name);
    let name = |file: &PolicyFile| file.path.rsplit('/').next().is_some_and(is_needed);
    files.filter(name).collect()
}

/// The pack's own tests, to be loaded with its policies.
pub fn tests(directory: &str) -> PolicyFile {
    file(directory, TESTS.0, TESTS.1)
}

fn file(directory: &str, name: &str, text: &str) -> PolicyFile {
    PolicyFile::new(format!("{directory}/{name}"), text)
}

/// The checks, by name.
pub fn checks() -> Vec<Check> {
    FILES.iter().filter_map(|(_, rego)| read(rego)).collect()
}

fn read(rego: &'static str) -> Option<Check> {
    let annotation = annotation::annotations(rego).into_iter().next()?;
    let custom: Custom = serde_json::from_value(annotation.custom).ok()?;
    Some(Check {
        id: custom.id,
        title: annotation.title,
        why: annotation.description,
        level: Level::of(&custom.level)?,
        parameters: custom.parameters,
        bad: custom.bad,
        at: custom.at,
        good: custom.good,
        rego,
    })
}
