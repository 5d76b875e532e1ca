//! Entities that no rule can tell apart, as one.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{NamedPort, Protocol};

use crate::Engine;
use crate::classes::alike;
use crate::engine::EntityRef;
use crate::labelled::{Labelled, Selections};

use super::record::Match;

/// Classes of entities.
#[derive(Clone, Debug)]
pub(super) struct Entities {
    workloads: Vec<u32>,
    hosts: Vec<u32>,
    sets: Vec<u32>,
    classes: Vec<Class>,
    matches: Arc<Selections>,
}

/// What rules can tell of an entity.
#[derive(Clone, Debug)]
pub(super) struct Class {
    /// The matches that it satisfies, ascending.
    satisfied: Box<[Match]>,
    /// Its ports under names that some rule mentions.
    ports: Box<[ClassPort]>,
}

type ClassPort = (u32, Protocol, u16);

impl Entities {
    /// Classes of the entities, by matches and by names of ports, which are numbered.
    pub fn new(engine: &Engine, matches: Selections, names: &FxHashMap<&str, u32>) -> Self {
        let (model, labelled) = (engine.model(), engine.labelled());
        let (of_labels, satisfied) = alike(satisfied(labelled, &matches));
        let mut builder = Builder {
            names,
            satisfied,
            known: FxHashMap::default(),
            classes: Vec::new(),
        };
        let mut numbers = labelled.of_entities().iter();
        let mut class = |ports: &[NamedPort]| {
            let labels = numbers.next().map_or(0, |labels| *labels as usize);
            builder.class(of_labels[labels], ports)
        };
        let workloads = model.workloads.iter().map(|it| class(&it.ports)).collect();
        let hosts = model.host_endpoints.iter();
        let hosts = hosts.map(|it| class(&it.ports)).collect();
        let sets = model.network_sets.iter().map(|_| class(&[])).collect();
        Self {
            workloads,
            hosts,
            sets,
            classes: builder.classes,
            matches: Arc::new(matches),
        }
    }

    /// Who satisfies which match.
    pub fn matches(&self) -> &Arc<Selections> {
        &self.matches
    }

    /// Whether any entity satisfies a match.
    pub fn any_satisfies(&self, wanted: Match) -> bool {
        let satisfying = self.matches.all().get(wanted as usize);
        satisfying.is_some_and(|labels| !labels.is_empty())
    }

    /// The class of an entity.
    pub fn class_of(&self, entity: EntityRef) -> Option<u32> {
        let (classes, index) = match entity {
            EntityRef::Workload(index) => (&self.workloads, index),
            EntityRef::Host(index) => (&self.hosts, index),
            EntityRef::NetworkSet(index) => (&self.sets, index),
        };
        classes.get(index as usize).copied()
    }

    pub fn class(&self, number: u32) -> Option<&Class> {
        self.classes.get(number as usize)
    }

    /// The ports that any entity declares under some names.
    pub fn ports_named(&self, names: &[u32]) -> impl Iterator<Item = u16> {
        let ports = self
            .classes
            .iter()
            .flat_map(|class| class.ports_named(names));
        ports.map(|(_, port)| port)
    }
}

impl Class {
    pub fn satisfied(&self) -> &[Match] {
        &self.satisfied
    }

    pub fn satisfies(&self, wanted: Match) -> bool {
        self.satisfied.binary_search(&wanted).is_ok()
    }

    /// The ports that it declares under some names.
    pub fn ports_named(&self, names: &[u32]) -> impl Iterator<Item = (Protocol, u16)> {
        let ports = self
            .ports
            .iter()
            .filter(move |(name, ..)| names.contains(name));
        ports.map(|(_, protocol, port)| (*protocol, *port))
    }

    pub fn declares(&self, names: &[u32], protocol: Protocol, port: u16) -> bool {
        let mut ports = self.ports.iter();
        ports.any(|(name, at, number)| *number == port && *at == protocol && names.contains(name))
    }
}

/// For each label set, the matches that it satisfies, ascending.
fn satisfied(labelled: &Labelled, matches: &Selections) -> Vec<Vec<Match>> {
    let mut satisfied = vec![Vec::new(); labelled.len()];
    for (number, satisfying) in (0..).zip(matches.all()) {
        for labels in &**satisfying {
            satisfied[*labels as usize].push(number);
        }
    }
    satisfied
}

struct Builder<'a> {
    names: &'a FxHashMap<&'a str, u32>,
    /// Lists of matches.
    satisfied: Vec<Box<[Match]>>,
    known: FxHashMap<(u32, Box<[ClassPort]>), u32>,
    classes: Vec<Class>,
}

impl Builder<'_> {
    fn class(&mut self, satisfied: u32, ports: &[NamedPort]) -> u32 {
        let key = (satisfied, self.ports(ports));
        let (lists, classes) = (&self.satisfied, &mut self.classes);
        *self.known.entry(key).or_insert_with_key(|(list, ports)| {
            classes.push(Class {
                satisfied: lists[*list as usize].clone(),
                ports: ports.clone(),
            });
            classes.len() as u32 - 1
        })
    }

    /// Those of some ports whose names some rule mentions.
    fn ports(&self, ports: &[NamedPort]) -> Box<[ClassPort]> {
        let known = |it: &NamedPort| {
            let name = self.names.get(it.name.as_str())?;
            Some((*name, it.protocol, it.port))
        };
        ports.iter().filter_map(known).collect()
    }
}
