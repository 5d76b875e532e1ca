//! Classes of ends: those that look the same to every rule, and to the dataplane.

use std::net::IpAddr;

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{IpVersion, Protocol, Rule};

use crate::Engine;
use crate::compiled::Compiled;
use crate::compiled::check::PointSide;
use crate::engine::Endpoint;
use crate::flow::{End, Flow, Owner, ResolvedEnd};

/// Ends by class.
#[derive(Debug)]
pub(super) struct ClassList<'a> {
    pub all: Vec<Class<'a>>,
    /// For each end, its class.
    pub of_ends: Vec<u32>,
}

/// One class, seen through its first end.
#[derive(Debug)]
pub(super) struct Class<'a> {
    /// Its first end by IP version, IPv4 first.
    pub views: [Option<View<'a>>; 2],
    /// Owners of its second end, by IP version, if it has one.
    twin: Option<[Option<Owner>; 2]>,
}

/// An end in one IP version.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub owner: Owner,
    pub side: PointSide<'a>,
}

/// Everything that can make a difference about an end in one IP version.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key<'a> {
    owners: Vec<u32>,
    nets: Vec<u32>,
    domain: Option<&'a str>,
    applies: Applies<'a>,
    /// The address, where it matters by itself.
    address: Option<IpAddr>,
}

/// What policy applies to an end, and where it runs.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Applies<'a> {
    Pod {
        /// The policies that select it.
        selecting: &'a [u32],
        /// Its profiles, those with equal rules as one.
        profiles: Vec<Option<u32>>,
        /// Its node, if that matters.
        node: Option<&'a str>,
    },
    Host {
        node: u32,
        endpoint: Option<u32>,
    },
    Outside,
}

impl Class<'_> {
    /// Its owner and what rules see, by IP version; of its second end if the first one is the source.
    pub fn as_destination(&self, of_itself: bool) -> [Option<(Owner, &PointSide<'_>)>; 2] {
        let twin = self.twin.filter(|_| of_itself).unwrap_or_default();
        let [v4, v6] = &self.views;
        [(v4, twin[0]), (v6, twin[1])].map(|(view, twin)| {
            let view = view.as_ref()?;
            Some((twin.unwrap_or(view.owner), &view.side))
        })
    }
}

impl<'a> ClassList<'a> {
    pub fn new(engine: &'a Engine, compiled: &'a Compiled, ends: &'a [End], flow: &Flow) -> Self {
        let versions = versions(flow);
        let seen = ends
            .iter()
            .map(|end| versions.map(|it| it.and_then(|it| engine.end_of(end, it))));
        let seen: Vec<[Option<ResolvedEnd>; 2]> = seen.collect();
        let has_hosts = |ends: &[Option<ResolvedEnd>; 2]| {
            let mut ends = ends.iter().flatten();
            ends.any(|end| matches!(end.owner, Owner::Host { .. }))
        };
        let reader = Reader {
            engine,
            compiled,
            backends: compiled.sides.backends(),
            nodes_matter: !engine.model().host_endpoints.is_empty() || seen.iter().any(has_hosts),
            profiles: equal_profiles(engine),
        };
        reader.classes(ends, &seen)
    }
}

/// The IP versions that the flow can have.
fn versions(flow: &Flow) -> [Option<IpVersion>; 2] {
    let implied = (flow.protocol == Protocol::ICMPV6).then_some(IpVersion::V6);
    let only = flow.ip_version.or(implied);
    [IpVersion::V4, IpVersion::V6]
        .map(|version| Some(version).filter(|it| only.is_none_or(|only| only == *it)))
}

/// For each profile, the first one with the same rules; `None` if there is no such profile.
fn equal_profiles(engine: &Engine) -> Vec<Option<u32>> {
    let mut known: Vec<(&[Rule], &[Rule], u32)> = Vec::new();
    let profiles = engine.profile_indices().map(|index| {
        let profile = engine.profile(index)?;
        let rules = (profile.egress.as_slice(), profile.ingress.as_slice());
        let first = known
            .iter()
            .find(|(egress, ingress, _)| (*egress, *ingress) == rules);
        let first = first.map(|(.., first)| *first);
        if first.is_none() {
            known.push((rules.0, rules.1, index.0));
        }
        first.or(Some(index.0))
    });
    profiles.collect()
}

struct Reader<'a> {
    engine: &'a Engine,
    compiled: &'a Compiled,
    /// Addresses behind services, each a class of its own.
    backends: Vec<IpAddr>,
    nodes_matter: bool,
    profiles: Vec<Option<u32>>,
}

impl<'a> Reader<'a> {
    fn classes(&self, ends: &'a [End], seen: &[[Option<ResolvedEnd>; 2]]) -> ClassList<'a> {
        let mut known = FxHashMap::default();
        let mut list = ClassList {
            all: Vec::new(),
            of_ends: Vec::with_capacity(ends.len()),
        };
        for (end, seen) in ends.iter().zip(seen) {
            let views = seen
                .each_ref()
                .map(|seen| Some(self.view(end, seen.as_ref()?)));
            let key = views.each_ref().map(|view| Some(self.key(view.as_ref()?)));
            let owners = views.each_ref().map(|view| Some(view.as_ref()?.owner));
            let next = list.all.len() as u32;
            let number = *known.entry(key).or_insert(next);
            match list.all.get_mut(number as usize) {
                None => list.all.push(Class { views, twin: None }),
                Some(class) => class.twin = class.twin.or(Some(owners)),
            }
            list.of_ends.push(number);
        }
        list
    }

    fn view(&self, end: &'a End, seen: &ResolvedEnd) -> View<'a> {
        let domain = match end {
            End::Domain(name) => Some(name.as_str()),
            _ => None,
        };
        View {
            owner: seen.owner,
            side: self.compiled.side(self.engine, seen.address, domain),
        }
    }

    fn key(&self, view: &View<'a>) -> Key<'a> {
        let address = view.side.address;
        let special = self.backends.binary_search(&address).is_ok() || is_special(address);
        Key {
            owners: view.side.owners.clone(),
            nets: view.side.nets.clone(),
            domain: view.side.domain,
            applies: self.applies(view.owner),
            address: special.then_some(address),
        }
    }

    fn applies(&self, owner: Owner) -> Applies<'a> {
        let index = match owner {
            Owner::Workload(index) => index,
            Owner::Host { node, endpoint } => return Applies::Host { node, endpoint },
            Owner::Outside => return Applies::Outside,
        };
        let endpoint = Endpoint::Workload(index);
        let names = self.engine.profiles_of(endpoint).iter();
        let indices = names.filter_map(|name| self.engine.profile_index(name));
        let pod = self.engine.model().workloads.get(index as usize);
        Applies::Pod {
            selecting: self.engine.positions_selecting(endpoint),
            profiles: indices
                .map(|it| self.profiles.get(it.0 as usize).copied().flatten())
                .collect(),
            node: pod
                .filter(|_| self.nodes_matter)
                .map(|pod| pod.node.as_str()),
        }
    }
}

/// Addresses that the dataplane itself looks at.
fn is_special(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(v6) if v6.is_multicast() || v6.is_unicast_link_local())
}
