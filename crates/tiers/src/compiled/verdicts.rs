use crate::Engine;
use crate::flow::{Resolved, ResolvedEnd};
use crate::hit::Hit;
use crate::route::Stage;
use crate::walk::{Direction, Verdict};

use super::Compiled;
use super::check::{Point, PointSide};
use super::evaluate::Evaluation;

/// How the policies are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As they are enforced.
    Enforced,
    /// With staged policies taken as enforced.
    Pending,
}

/// Gives verdicts and hits of flows, without a walk. Buffers are kept from flow to flow.
#[derive(Clone, Debug)]
pub struct Verdicts<'a> {
    engine: &'a Engine,
    compiled: &'a Compiled,
    source: Buffers,
    destination: Buffers,
    egress: Outcome,
    ingress: Outcome,
}

/// What one end of a flow decided, and by which hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// `None` if no policy is evaluated at that end.
    pub verdict: Option<Verdict>,
    /// The trace.
    pub hits: Vec<Hit>,
}

#[derive(Clone, Debug, Default)]
struct Buffers {
    owners: Vec<u32>,
    nets: Vec<u32>,
}

impl<'a> Verdicts<'a> {
    pub(crate) fn new(engine: &'a Engine, compiled: &'a Compiled) -> Self {
        Self {
            engine,
            compiled,
            source: Buffers::default(),
            destination: Buffers::default(),
            egress: Outcome::default(),
            ingress: Outcome::default(),
        }
    }

    /// What happens to a flow.
    pub fn verdict(&mut self, flow: &Resolved, mode: Mode) -> Verdict {
        let point = Point {
            is_v4: flow.destination.address.is_ipv4(),
            protocol: flow.protocol,
            icmp: flow.icmp,
            source: self.side(&flow.source, flow.source_port, Direction::Egress),
            destination: self.side(&flow.destination, flow.port, Direction::Ingress),
        };
        self.end(flow, &point, Direction::Egress, mode);
        self.end(flow, &point, Direction::Ingress, mode);
        self.source = Buffers::from(point.source);
        self.destination = Buffers::from(point.destination);
        let deny = Some(Verdict::Deny);
        if self.egress.verdict == deny || self.ingress.verdict == deny {
            Verdict::Deny
        } else {
            Verdict::Allow
        }
    }

    /// What the source of the last flow decided.
    pub fn egress(&self) -> &Outcome {
        &self.egress
    }

    /// What the destination of the last flow decided, as if the source had let it pass.
    pub fn ingress(&self) -> &Outcome {
        &self.ingress
    }

    fn side<'f>(
        &mut self,
        end: &'f ResolvedEnd,
        port: Option<u16>,
        direction: Direction,
    ) -> PointSide<'f> {
        let (engine, compiled) = (self.engine, self.compiled);
        let Buffers {
            mut owners,
            mut nets,
        } = std::mem::take(match direction {
            Direction::Egress => &mut self.source,
            Direction::Ingress => &mut self.destination,
        });
        owners.clear();
        engine.inventory().each_owner(end.address, |entity| {
            owners.extend(compiled.entities.class_of(entity));
        });
        let domain = end.domain.as_deref();
        if let Some(name) = domain {
            let sets = engine.inventory().owners_of_domain(engine.model(), name);
            owners.extend(
                sets.into_iter()
                    .filter_map(|it| compiled.entities.class_of(it)),
            );
        }
        owners.sort_unstable();
        owners.dedup();
        compiled.nets.containing(end.address, &mut nets);
        PointSide {
            address: end.address,
            port,
            domain,
            owners,
            nets,
        }
    }

    fn end(&mut self, flow: &Resolved, point: &Point<'_>, direction: Direction, mode: Mode) {
        let outcome = match direction {
            Direction::Egress => &mut self.egress,
            Direction::Ingress => &mut self.ingress,
        };
        outcome.verdict = at_end(
            (self.engine, self.compiled),
            (flow, point),
            direction,
            mode,
            &mut outcome.hits,
        );
    }
}

/// What happens to a flow at one end, and what it hits there; `None` if no policy applies at that end.
pub(super) fn at_end(
    (engine, compiled): (&Engine, &Compiled),
    (flow, point): (&Resolved, &Point<'_>),
    direction: Direction,
    mode: Mode,
    hits: &mut Vec<Hit>,
) -> Option<Verdict> {
    hits.clear();
    let endpoint = engine.endpoint_at(flow, direction)?;
    let mut evaluation = Evaluation {
        engine,
        compiled,
        point,
        direction,
        mode,
        verdict: None,
        hits,
    };
    engine.visit(flow, endpoint, direction, &mut |stage| match stage {
        Stage::Bypass(bypass) => evaluation.verdict = evaluation.verdict.or(Some(bypass.verdict())),
        Stage::Tiers(endpoint, phase) => evaluation.tiers(endpoint, phase),
        Stage::Profiles(endpoint) => evaluation.profiles(endpoint),
        Stage::Boundary => {
            evaluation.verdict = evaluation.verdict.filter(|it| *it == Verdict::Deny)
        }
    });
    Some(evaluation.verdict.unwrap_or(Verdict::Allow))
}

impl From<PointSide<'_>> for Buffers {
    fn from(side: PointSide<'_>) -> Self {
        Self {
            owners: side.owners,
            nets: side.nets,
        }
    }
}

impl Engine {
    /// An evaluator for verdicts only. The first call compiles the model once more, for speed.
    pub fn verdicts(&self) -> Verdicts<'_> {
        Verdicts::new(self, self.compiled())
    }

    /// The model, compiled once more. The first call does it.
    pub(crate) fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| Box::new(Compiled::new(self)))
    }
}
