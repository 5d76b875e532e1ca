//! The policies that apply to an endpoint, tier by tier.

use crate::Engine;
use crate::engine::{Endpoint, PolicyIndex};
use crate::walk::{Direction, Phase, belongs_to};

/// Phases of host endpoints.
const HOST_PHASES: [Phase; 4] = [
    Phase::Untracked,
    Phase::PreDnat,
    Phase::Normal,
    Phase::Forward,
];

/// Chains of all endpoints.
#[derive(Clone, Debug)]
pub(super) struct Chains {
    /// By class of endpoints; egress and ingress.
    workloads: Vec<[Chain; 2]>,
    /// By host endpoint; egress and ingress, each by phase.
    hosts: Vec<[[Chain; 4]; 2]>,
}

/// The policies that apply in one direction and phase.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// Positions, ascending.
    pub policies: Box<[u32]>,
    pub tiers: Box<[TierChain]>,
}

/// The part of a chain that is of one tier.
#[derive(Clone, Debug)]
pub(super) struct TierChain {
    pub tier: u32,
    /// Its policies, in the chain.
    pub start: u32,
    pub end: u32,
    /// How many rules they have.
    pub rules: u32,
    /// The last policy that is not staged: who is charged at the end of the tier.
    pub last_enforced: Option<u32>,
}

impl Chains {
    pub fn new(engine: &Engine, egress: &[u32], ingress: &[u32]) -> Self {
        let chain = |selected: &[u32], direction, phase| {
            let starts = match direction {
                Direction::Egress => egress,
                Direction::Ingress => ingress,
            };
            chain(engine, selected, starts, direction, phase)
        };
        let both = |selected: &[u32]| {
            [Direction::Egress, Direction::Ingress]
                .map(|direction| chain(selected, direction, Phase::Workload))
        };
        let of_host = |host: u32| {
            let selected = engine.positions_selecting(Endpoint::Host(host));
            [Direction::Egress, Direction::Ingress]
                .map(|direction| HOST_PHASES.map(|phase| chain(selected, direction, phase)))
        };
        let hosts = 0..engine.model().host_endpoints.len() as u32;
        Self {
            workloads: engine.classes().all().iter().map(|it| both(it)).collect(),
            hosts: hosts.map(of_host).collect(),
        }
    }

    /// The chain of each class of pods.
    pub fn of_workloads(&self, direction: Direction) -> impl Iterator<Item = &Chain> {
        self.workloads
            .iter()
            .filter_map(move |it| it.get(side(direction)))
    }

    /// The chains of host endpoints.
    pub fn of_hosts(&self, direction: Direction) -> impl Iterator<Item = (Phase, &Chain)> {
        let hosts = self
            .hosts
            .iter()
            .filter_map(move |it| it.get(side(direction)));
        hosts.flat_map(|phases| HOST_PHASES.into_iter().zip(phases))
    }

    pub fn get(
        &self,
        engine: &Engine,
        endpoint: Endpoint,
        direction: Direction,
        phase: Phase,
    ) -> Option<&Chain> {
        let direction = side(direction);
        match endpoint {
            Endpoint::Workload(index) => {
                let class = engine.classes().class(index as usize)?;
                self.workloads.get(class as usize)?.get(direction)
            }
            Endpoint::Host(index) => {
                let phase = HOST_PHASES.iter().position(|it| *it == phase)?;
                self.hosts.get(index as usize)?.get(direction)?.get(phase)
            }
        }
    }
}

fn side(direction: Direction) -> usize {
    match direction {
        Direction::Egress => 0,
        Direction::Ingress => 1,
    }
}

fn chain(
    engine: &Engine,
    selected: &[u32],
    starts: &[u32],
    direction: Direction,
    phase: Phase,
) -> Chain {
    let applies = |position: &u32| {
        let policy = engine.policy(PolicyIndex(*position));
        let governs = match direction {
            Direction::Egress => policy.governs_egress,
            Direction::Ingress => policy.governs_ingress,
        };
        governs && belongs_to(policy, phase)
    };
    let policies: Box<[u32]> = selected.iter().copied().filter(applies).collect();
    let mut tiers: Vec<TierChain> = Vec::new();
    for (at, position) in (0..).zip(&policies) {
        let tier = engine.tier_of(PolicyIndex(*position)).0;
        if tiers.last().is_none_or(|last| last.tier != tier) {
            tiers.push(TierChain {
                tier,
                start: at,
                end: at,
                rules: 0,
                last_enforced: None,
            });
        }
        if let Some(last) = tiers.last_mut() {
            last.add(engine, *position, starts);
        }
    }
    Chain {
        policies,
        tiers: tiers.into(),
    }
}

impl TierChain {
    fn add(&mut self, engine: &Engine, position: u32, starts: &[u32]) {
        let start = |position: u32| starts.get(position as usize).copied().unwrap_or_default();
        self.end += 1;
        self.rules += start(position + 1).saturating_sub(start(position));
        if !engine.policy(PolicyIndex(position)).id.kind.is_staged() {
            self.last_enforced = Some(position);
        }
    }
}
