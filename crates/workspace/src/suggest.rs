//! What would change a verdict: the smallest edits of the text that flip it.
//!
//! Finders look at what decided and propose edits. None of them is believed: each edit is made in a copy of
//! the workspace, and all flows are evaluated again. What does not flip the flow, or makes an error, is left out;
//! of the rest it is known which other flows it flips.

mod beyond;
mod candidate;
mod case;
mod narrow;
mod object;
mod order;
mod peer;
mod relabel;
mod rules;
mod staged;
mod templated;
mod tier;
mod told;
mod trial;
mod widen;
mod written;
mod yaml;

use tierwalk_protocol::{Suggestion, Suggestions, TemplateNote};
use tierwalk_tiers::{Flow, FlowError, Mode, SideWalk, Verdict, Walk};

use crate::Workspace;
use crate::flows;
use crate::listed::FlowAt;
use candidate::{Candidate, Rank};
use case::Case;
use trial::Trial;

/// Suggestions about a verdict at most, and as many about a pending one.
const SHOWN: usize = 5;

/// Edits that are tried at most.
const TRIED: usize = 24;

/// However much there is to evaluate, this many are tried.
const TRIED_AT_LEAST: usize = 3;

/// What may be read again in all: objects, and flows at an eighth of one.
const WORK: usize = 8_000;

/// Of edits at each of two ends, this many are combined.
const COMBINED: usize = 3;

const FINDERS: [fn(Case<'_>, &mut Vec<Candidate>); 8] = [
    widen::find,
    narrow::find,
    templated::find,
    staged::find,
    rules::find,
    relabel::find,
    order::find,
    tier::find,
];

impl Workspace {
    /// The edits that would change the verdict of a flow, by its id or its line. Nothing if it cannot be evaluated.
    pub fn suggest_for(&self, id: &str) -> Suggestions {
        let at = self.flows.iter().find(|at| at.id == id);
        let flow = match at {
            Some(at) => at.entry().flow.as_ref().ok().map(|spec| spec.flow.clone()),
            None => flows::parse(id).ok().map(|spec| spec.flow),
        };
        let found = flow.and_then(|flow| self.suggest(&flow, id).ok());
        Suggestions {
            flow: id.to_owned(),
            ..found.unwrap_or_default()
        }
    }

    /// The edits that would change the verdict of a flow, which is called `name` if no file lists it.
    ///
    /// # Errors
    /// If an end is unknown or the ends do not fit together.
    pub fn suggest(&self, flow: &Flow, name: &str) -> Result<Suggestions, FlowError> {
        let walk = self.compiled.engine.walk(flow)?;
        let is_it = |at: &&FlowAt| {
            let spec = at.entry().flow.as_ref();
            spec.is_ok_and(|spec| spec.flow == *flow)
        };
        let known = self.flows.iter().find(is_it).map(|at| at.id.as_str());
        let mut search = Search {
            workspace: self,
            walk: &walk,
            flow,
            name: known.is_none().then_some(name),
            trial: None,
            left: budget(self),
            untried: 0,
        };
        let mut list = search.list(Mode::Enforced);
        if walk.pending_verdict != walk.verdict {
            list.extend(search.list(Mode::Pending));
        }
        let template = search.beyond(&list);
        Ok(Suggestions {
            flow: known.unwrap_or(name).to_owned(),
            list,
            both: both(&walk, Mode::Enforced),
            untried: search.untried,
            template,
        })
    }
}

/// How many edits are tried of a workspace of this size.
fn budget(workspace: &Workspace) -> usize {
    let model = workspace.compiled.engine.model();
    let objects = model.policies.len() + model.workloads.len() / 4 + model.network_sets.len() / 4;
    let nets: usize = model.network_sets.iter().map(|set| set.nets.len()).sum();
    let size = objects + nets / 500 + workspace.flows.iter().count() / 8;
    (WORK / size.max(1)).clamp(TRIED_AT_LEAST, TRIED)
}

struct Search<'a> {
    workspace: &'a Workspace,
    walk: &'a Walk,
    flow: &'a Flow,
    name: Option<&'a str>,
    trial: Option<Trial<'a>>,
    left: usize,
    untried: u32,
}

impl Search<'_> {
    /// The edits that flip the flow, read in one way; those that flip fewest flows first.
    fn list(&mut self, mode: Mode) -> Vec<Suggestion> {
        let mut found: Vec<(Rank, Suggestion)> = Vec::new();
        for candidate in self.candidates(mode) {
            if self.left == 0 {
                self.untried += 1;
                continue;
            }
            self.left -= 1;
            let told = self.tried(&candidate, mode);
            found.extend(told.map(|it| (candidate.rank, it)));
        }
        found.sort_by_key(|(rank, it)| (it.flips.len(), it.to_deny(), *rank));
        found.truncate(SHOWN);
        found.into_iter().map(|(_, it)| it).collect()
    }

    fn tried(&mut self, candidate: &Candidate, mode: Mode) -> Option<Suggestion> {
        let (workspace, before) = (self.workspace, verdict(self.walk, mode));
        let trial = self.trial.get_or_insert_with(|| Trial::new(workspace));
        let other = verdict(self.walk, Mode::Enforced);
        let outcome = trial.make(candidate, self.flow, |after| {
            told::read(Some(after), mode) != Some(before)
                && (mode == Mode::Enforced || after.0 == other)
        })?;
        told::suggestion(workspace, candidate, &outcome, mode, self.name)
    }

    /// What could flip the flow, without doubles, the closest first.
    fn candidates(&self, mode: Mode) -> Vec<Candidate> {
        let sides = [&self.walk.egress, &self.walk.ingress];
        let sides = sides.into_iter().flatten();
        if both(self.walk, mode) {
            let mut ends = sides.map(|side| self.at(side, mode));
            return combined(
                &ends.next().unwrap_or_default(),
                &ends.next().unwrap_or_default(),
            );
        }
        let before = verdict(self.walk, mode);
        let sides = sides.filter(|side| of_side(side, mode) == before);
        // where both allow, the destination is the one that decided
        distinct(sides.rev().flat_map(|side| self.at(side, mode)).collect())
    }

    /// Why nothing is suggested of a template that decided.
    fn beyond(&self, list: &[Suggestion]) -> Option<TemplateNote> {
        let sides = [&self.walk.ingress, &self.walk.egress];
        let sides = sides.into_iter().flatten();
        let mut sides = sides.filter(|side| side.verdict == self.walk.verdict);
        sides.find_map(|side| beyond::note(self.case(side, Mode::Enforced), list))
    }

    fn case<'c>(&'c self, side: &'c SideWalk, mode: Mode) -> Case<'c> {
        Case {
            workspace: self.workspace,
            engine: &self.workspace.compiled.engine,
            walk: self.walk,
            side,
            mode,
            want: match of_side(side, mode) {
                Verdict::Allow => Verdict::Deny,
                Verdict::Deny => Verdict::Allow,
            },
        }
    }

    /// What could change the decision of one end.
    fn at(&self, side: &SideWalk, mode: Mode) -> Vec<Candidate> {
        let case = self.case(side, mode);
        let mut found = Vec::new();
        for find in FINDERS {
            find(case, &mut found);
        }
        distinct(found)
    }
}

/// In the order in which they are tried, each once.
fn distinct(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for candidate in found {
        if all.iter().all(|it| it.edits != candidate.edits) {
            all.push(candidate);
        }
    }
    all.sort_by_key(|it| it.rank);
    all
}

/// One edit at each end, in one step.
fn combined(egress: &[Candidate], ingress: &[Candidate]) -> Vec<Candidate> {
    let pairs = egress.iter().take(COMBINED).flat_map(|one| {
        let others = ingress.iter().take(COMBINED);
        others.filter_map(|other| one.and(other))
    });
    distinct(pairs.collect())
}

/// Whether both ends deny, so that one edit alone flips nothing.
fn both(walk: &Walk, mode: Mode) -> bool {
    let denies = |side: &Option<SideWalk>| {
        let side = side.as_ref();
        side.is_some_and(|side| of_side(side, mode) == Verdict::Deny)
    };
    denies(&walk.egress) && denies(&walk.ingress)
}

fn of_side(side: &SideWalk, mode: Mode) -> Verdict {
    match mode {
        Mode::Enforced => side.verdict,
        Mode::Pending => side.pending_verdict,
    }
}

fn verdict(walk: &Walk, mode: Mode) -> Verdict {
    match mode {
        Mode::Enforced => walk.verdict,
        Mode::Pending => walk.pending_verdict,
    }
}
