//! What exists in the workspace: labels, names, and how many match a selector.

use std::collections::{BTreeMap, BTreeSet};

use tierwalk_protocol::{ObjectField, Offer};
use tierwalk_resources::{Object, Resource};
use tierwalk_selector::{Selector, Test};

use super::kinds::{ACCOUNTS, ENDPOINTS, NAMESPACES};
use crate::Workspace;

/// As many values are offered for one field.
const MOST: usize = 100;

type Labels = BTreeMap<String, String>;

/// Where a selector looks.
pub(super) enum Within<'a> {
    Anywhere,
    /// In one namespace.
    Namespace(&'a str),
    /// In the namespaces with these labels. `global()` is outside of all of them.
    Selected(Selector),
}

impl Within<'_> {
    /// Whether something is there: the name of its namespace, which is empty outside of all, and the labels of that.
    fn holds(&self, owner: &str, labels: Option<&Labels>) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Namespace(name) => *name == owner,
            Self::Selected(selector) => {
                let atoms = selector.atoms();
                let is_global = atoms.iter().any(|atom| *atom.test() == Test::Global);
                is_global == owner.is_empty()
                    && (is_global || labels.is_some_and(|labels| selector.matches(labels)))
            }
        }
    }
}

/// Everything that selectors can match and names can name.
pub(super) struct Inventory {
    /// Namespace and labels of pods and host endpoints.
    endpoints: Vec<(String, Labels)>,
    /// Namespace and labels of network sets.
    sets: Vec<(String, Labels)>,
    namespaces: BTreeMap<String, Labels>,
    accounts: Vec<Labels>,
    account_names: BTreeSet<String>,
    services: BTreeSet<String>,
    tiers: Vec<String>,
}

impl Inventory {
    pub(super) fn new(workspace: &Workspace) -> Self {
        let engine = &workspace.compiled.engine;
        let model = engine.model();
        let pods = model.workloads.iter();
        let pods = pods.map(|it| (it.namespace.clone(), it.labels.clone()));
        let hosts = model.host_endpoints.iter();
        let hosts = hosts.map(|it| (String::new(), it.labels.clone()));
        let sets = model.network_sets.iter();
        let mut all = Self {
            endpoints: pods.chain(hosts).collect(),
            sets: sets
                .map(|it| (it.namespace.clone(), it.labels.clone()))
                .collect(),
            namespaces: BTreeMap::new(),
            accounts: Vec::new(),
            account_names: BTreeSet::new(),
            services: BTreeSet::new(),
            tiers: engine.tiers().map(|(_, tier)| tier.name.clone()).collect(),
        };
        let named = all.endpoints.iter().map(|(namespace, _)| namespace.clone());
        let named: BTreeSet<String> = named.filter(|name| !name.is_empty()).collect();
        for name in named {
            all.namespaces
                .insert(name.clone(), with_name(&name, Labels::new()));
        }
        let documents = workspace.compiled.documents.iter();
        for object in documents.flat_map(|read| &read.objects) {
            all.take(object);
        }
        all
    }

    fn take(&mut self, object: &Object) {
        let metadata = &object.metadata;
        let labels: Labels = metadata
            .labels
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect();
        match &object.resource {
            Resource::Namespace => {
                let labels = with_name(&metadata.name, labels);
                self.namespaces.insert(metadata.name.clone(), labels);
            }
            Resource::ServiceAccount => {
                self.accounts.push(labels);
                self.account_names.insert(metadata.name.clone());
            }
            Resource::Service(..) => {
                self.services.insert(metadata.name.clone());
            }
            _ => {}
        }
    }

    /// The labels of what a selector looks at.
    fn labels(&self, of: &str) -> Vec<&Labels> {
        match of {
            NAMESPACES => self.namespaces.values().collect(),
            ACCOUNTS => self.accounts.iter().collect(),
            _ => self
                .endpoints
                .iter()
                .chain(&self.sets)
                .map(|(_, labels)| labels)
                .collect(),
        }
    }

    /// What a selector matches, in words; nothing is known of some things.
    pub(super) fn matching(
        &self,
        of: &str,
        selector: &Selector,
        within: &Within<'_>,
        sets: bool,
    ) -> Option<String> {
        let matched = || {
            let labels = self.labels(of).into_iter();
            labels.filter(|labels| selector.matches(*labels)).count()
        };
        Some(match of {
            ENDPOINTS => {
                let pods = counted(self.count(&self.endpoints, selector, within), "endpoint");
                match self.count(&self.sets, selector, within) {
                    found if sets && found > 0 => {
                        format!("{pods}, {}", counted(found, "network set"))
                    }
                    _ => pods,
                }
            }
            NAMESPACES => counted(matched(), "namespace"),
            ACCOUNTS => counted(matched(), "service account"),
            _ => return None,
        })
    }

    fn count(&self, list: &[(String, Labels)], selector: &Selector, within: &Within<'_>) -> usize {
        let found = list.iter().filter(|(owner, labels)| {
            selector.matches(labels) && within.holds(owner, self.namespaces.get(owner))
        });
        found.count()
    }

    /// Offers for these fields.
    pub(super) fn offers(&self, fields: &[&ObjectField]) -> Vec<Offer> {
        let mut wanted = BTreeSet::new();
        names(fields.iter().copied(), &mut wanted);
        let mut offers = Vec::new();
        for name in wanted {
            match name {
                ENDPOINTS | NAMESPACES | ACCOUNTS => self.labels_offered(name, &mut offers),
                _ => offers.push(offer(name, self.named(name).into_iter())),
            }
        }
        offers
    }

    fn labels_offered(&self, of: &str, offers: &mut Vec<Offer>) {
        let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let all = self.labels(of).into_iter().flatten();
        let own = all.filter(|(key, _)| !key.starts_with("pcns.") && !key.starts_with("pcsa."));
        for (key, value) in own {
            keys.entry(key).or_default().insert(value);
        }
        offers.push(offer(of, keys.keys().map(|key| (*key).to_owned())));
        for (key, values) in keys.iter().take(MOST) {
            let name = format!("{of}/{key}");
            offers.push(offer(&name, values.iter().map(|value| (*value).to_owned())));
        }
    }

    fn named(&self, name: &str) -> Vec<String> {
        match name {
            "namespace-names" => self.namespaces.keys().cloned().collect(),
            "account-names" => self.account_names.iter().cloned().collect(),
            "services" => self.services.iter().cloned().collect(),
            "tiers" => self.tiers.clone(),
            "protocols" => ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6", "UDPLite"]
                .map(str::to_owned)
                .to_vec(),
            _ => Vec::new(),
        }
    }
}

fn names<'a>(fields: impl Iterator<Item = &'a ObjectField>, into: &mut BTreeSet<&'a str>) {
    for field in fields {
        if !field.offer.is_empty() {
            into.insert(&field.offer);
        }
        names(field.fields.iter(), into);
    }
}

fn offer(name: &str, values: impl Iterator<Item = String>) -> Offer {
    Offer {
        name: name.to_owned(),
        values: values.take(MOST).collect(),
    }
}

/// A namespace has its own name as labels.
fn with_name(name: &str, mut labels: Labels) -> Labels {
    for key in ["projectcalico.org/name", "kubernetes.io/metadata.name"] {
        labels.insert(key.to_owned(), name.to_owned());
    }
    labels
}

pub(super) fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
