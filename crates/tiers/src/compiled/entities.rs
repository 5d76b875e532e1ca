//! Entities that no rule can tell apart, as one.

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{Labels, NamedPort, Protocol};

use crate::Engine;
use crate::engine::EntityRef;
use crate::index::{Seen, SubjectIndex};

use super::record::{Compiler, Match};

/// Classes of entities.
#[derive(Clone, Debug)]
pub(super) struct Entities {
    workloads: Vec<u32>,
    hosts: Vec<u32>,
    sets: Vec<u32>,
    classes: Vec<Class>,
    /// For each match, whether some entity satisfies it.
    satisfied: Vec<bool>,
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
    pub fn new(engine: &Engine, compiler: &Compiler<'_>) -> Self {
        let model = engine.model();
        let mut builder = Builder {
            compiler,
            index: SubjectIndex::new(compiler.matches.clone()),
            known: FxHashMap::default(),
            classes: Vec::new(),
        };
        let workloads = model.workloads.iter();
        let hosts = model.host_endpoints.iter();
        let sets = model.network_sets.iter();
        let workloads = workloads.map(|it| builder.class(&it.labels, &it.ports));
        let workloads = workloads.collect();
        let hosts = hosts.map(|it| builder.class(&it.labels, &it.ports));
        let hosts = hosts.collect();
        let sets = sets.map(|it| builder.class(&it.labels, &[])).collect();
        let classes = builder.classes;
        let mut satisfied = vec![false; compiler.matches.len()];
        for wanted in classes.iter().flat_map(Class::satisfied) {
            satisfied[*wanted as usize] = true;
        }
        Self {
            workloads,
            hosts,
            sets,
            classes,
            satisfied,
        }
    }

    /// Whether any entity satisfies a match.
    pub fn any_satisfies(&self, wanted: Match) -> bool {
        self.satisfied.get(wanted as usize) == Some(&true)
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

struct Builder<'a, 'l> {
    compiler: &'a Compiler<'a>,
    index: SubjectIndex<'a>,
    known: FxHashMap<(Seen<'l>, Box<[ClassPort]>), u32>,
    classes: Vec<Class>,
}

impl<'l> Builder<'_, 'l> {
    fn class(&mut self, labels: &'l Labels, ports: &[NamedPort]) -> u32 {
        let key = (self.index.seen(labels), self.ports(ports));
        let (index, classes) = (&self.index, &mut self.classes);
        *self.known.entry(key).or_insert_with_key(|(seen, ports)| {
            classes.push(Class {
                satisfied: index.satisfied(seen, labels),
                ports: ports.clone(),
            });
            classes.len() as u32 - 1
        })
    }

    fn ports(&self, ports: &[NamedPort]) -> Box<[ClassPort]> {
        let known =
            |it: &NamedPort| Some((self.compiler.port_name(&it.name)?, it.protocol, it.port));
        ports.iter().filter_map(known).collect()
    }
}
