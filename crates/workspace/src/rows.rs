//! The flows of a workspace and what becomes of each.

use std::sync::Arc;

use tierwalk_protocol::{Diagnostic, EndLabel, FlowRow, Place, Verdict};
use tierwalk_resources::model::PolicyId;
use tierwalk_source::{Fix, Span};
use tierwalk_tiers::{FlowError, Hit, HitBy, Mode, Outcome, Resolved, Verdicts};

use crate::flows::{self, FlowSpec};
use crate::listed::FlowAt;
use crate::places::Placer;
use crate::walk;
use crate::{Workspace, create_pod};

/// One flow, evaluated.
pub(crate) struct Evaluated {
    pub row: Arc<FlowRow>,
    pub decision: Option<Decision>,
    pub diagnostic: Option<Diagnostic>,
}

/// What is said of a flow's fate.
#[derive(Default)]
struct Said {
    verdict: Option<Verdict>,
    pending: Option<Verdict>,
    decided_in: String,
    decided_by: String,
    error: Option<String>,
}

/// What both ends decide, at the source first.
pub(crate) struct Decision {
    pub enforced: [Outcome; 2],
    /// With staged policies taken as enforced; nothing where there are none.
    pub pending: [Outcome; 2],
}

/// A flow of a file, as `tierwalk test` sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowResult {
    /// As written.
    pub text: String,
    /// A name that the author gave it.
    pub name: Option<String>,
    /// Where it is written.
    pub place: Place,
    /// What the author expects.
    pub expected: Option<Verdict>,
    /// What happens; `None` if it cannot be evaluated.
    pub verdict: Option<Verdict>,
    /// Why that happens, or why nothing can be said.
    pub reason: String,
}

impl Workspace {
    /// The flows of all files, evaluated, with the reason of each.
    pub fn flows(&self) -> impl Iterator<Item = FlowResult> {
        let mut verdicts = self.compiled.engine.verdicts();
        self.flows.iter().filter_map(move |at| {
            let row = self.evaluate(at, &mut verdicts, None)?.row;
            let flow = at.entry().flow.as_ref().ok();
            let walk = flow.and_then(|spec| self.compiled.engine.walk(&spec.flow).ok());
            let reason = walk.map(|walk| walk::plain(&self.reason(&walk)));
            Some(FlowResult {
                text: at.entry().text.clone(),
                name: at.entry().name.clone(),
                place: row.place.clone(),
                expected: row.expected,
                verdict: row.verdict,
                reason: reason.or_else(|| row.error.clone()).unwrap_or_default(),
            })
        })
    }

    /// What becomes of a flow; `None` if its file is gone. A row that says the same as before is that row.
    pub(crate) fn evaluate(
        &self,
        at: &FlowAt,
        verdicts: &mut Verdicts<'_>,
        before: Option<&Arc<FlowRow>>,
    ) -> Option<Evaluated> {
        let placer = self.placer(&at.position.file)?;
        let entry = at.entry();
        let (mut said, mut decision, mut diagnostic) = (Said::default(), None, None);
        match &entry.flow {
            Err(message) => said.error = Some(message.clone()),
            Ok(spec) => match at.resolved.as_ref()? {
                Ok(flow) => decision = Some(self.decide(&mut said, verdicts, flow)),
                Err(error) => {
                    said.error = Some(error.to_string());
                    diagnostic = Some(self.cannot_evaluate(placer, at, spec, error));
                }
            },
        }
        let is_there = |row: &&Arc<FlowRow>| {
            said.is_of(row)
                && is_like(row, &at.row)
                && placer.is_at(&row.place, at.position.offset, entry.span)
        };
        let row = before.filter(is_there).cloned().unwrap_or_else(|| {
            let place = placer.place(at.position.offset, entry.span);
            Arc::new(said.row(FlowRow {
                place,
                ..at.row.clone()
            }))
        });
        Some(Evaluated {
            row,
            decision,
            diagnostic,
        })
    }

    fn cannot_evaluate(
        &self,
        placer: Placer<'_>,
        at: &FlowAt,
        spec: &FlowSpec,
        error: &FlowError,
    ) -> Diagnostic {
        let mut problem = unknown_end(placer, at, spec, error);
        if let FlowError::NoSuchPod {
            namespace, name, ..
        } = error
        {
            problem.fixes.push(create_pod::named(self, namespace, name));
        }
        problem
    }

    /// What becomes of a line that no file lists.
    pub(crate) fn row_of(&self, line: String, place: Place) -> FlowRow {
        let engine = &self.compiled.engine;
        let (mut said, parsed) = (Said::default(), flows::parse(&line));
        let resolved = match &parsed {
            Err(problem) => Err(problem.message.clone()),
            Ok(spec) => engine
                .resolve(&spec.flow)
                .map_err(|error| error.to_string()),
        };
        match resolved {
            Ok(flow) => drop(self.decide(&mut said, &mut engine.verdicts(), &flow)),
            Err(error) => said.error = Some(error),
        }
        said.row(FlowRow {
            place,
            ..row(line, parsed.as_ref().ok())
        })
    }

    fn decide(&self, said: &mut Said, verdicts: &mut Verdicts<'_>, flow: &Resolved) -> Decision {
        let mut decide = |mode| {
            let verdict = verdicts.verdict(flow, mode);
            let ends = [verdicts.egress().clone(), verdicts.ingress().clone()];
            (Some(walk::verdict(verdict)), ends)
        };
        let (verdict, enforced) = decide(Mode::Enforced);
        let (pending_verdict, pending) = match self.compiled.has_staged {
            true => decide(Mode::Pending),
            false => (verdict, Default::default()),
        };
        (said.verdict, said.pending) = (verdict, pending_verdict);
        (said.decided_in, said.decided_by) = self.decided(&enforced);
        Decision { enforced, pending }
    }

    /// The tier whose hit was the last, of the end that denies, or else of the destination; and what of it decided.
    fn decided(&self, ends: &[Outcome; 2]) -> (String, String) {
        let engine = &self.compiled.engine;
        let profile = |name: &str| ("Profile".to_owned(), name.to_owned());
        let hit = deciding_end(ends).hits.last();
        match hit.map(|hit: &Hit| (hit.by, hit.rule)) {
            Some((HitBy::Policy { tier, policy }, rule)) => {
                let tier = &engine.tier(tier).name;
                let by = match rule {
                    Some(_) => policy_name(&engine.policy(policy).id),
                    None => format!("end of tier {tier}"),
                };
                (tier.clone(), by)
            }
            Some((HitBy::Profile(index), _)) => profile(engine.profile_name(index)),
            Some((HitBy::NoProfile, _)) => profile("no profile"),
            None => Default::default(),
        }
    }
}

fn policy_name(id: &PolicyId) -> String {
    let slash = if id.namespace.is_empty() { "" } else { "/" };
    [id.namespace.as_str(), slash, &id.name].concat()
}

/// The end that denies, or else the last one with policy.
fn deciding_end([egress, ingress]: &[Outcome; 2]) -> &Outcome {
    let denies = egress.verdict == Some(tierwalk_tiers::Verdict::Deny);
    if denies || ingress.verdict.is_none() {
        egress
    } else {
        ingress
    }
}

impl Said {
    /// Whether a row says it.
    fn is_of(&self, row: &FlowRow) -> bool {
        (self.verdict, self.pending) == (row.verdict, row.pending)
            && (&self.decided_in, &self.decided_by) == (&row.decided_in, &row.decided_by)
            && self.error == row.error
    }

    /// A row that says it.
    fn row(self, row: FlowRow) -> FlowRow {
        FlowRow {
            verdict: self.verdict,
            pending: self.pending,
            decided_in: self.decided_in,
            decided_by: self.decided_by,
            error: self.error,
            ..row
        }
    }
}

/// The row of a flow of which nothing is known but what is written; nor is its place.
pub(crate) fn row(id: String, spec: Option<&FlowSpec>) -> FlowRow {
    FlowRow {
        id,
        place: Place::default(),
        from: spec.map_or_else(EndLabel::default, |spec| flows::label(&spec.flow.source)),
        to: spec.map_or_else(EndLabel::default, |spec| {
            flows::label(&spec.flow.destination)
        }),
        port: spec.map(FlowSpec::service).unwrap_or_default(),
        verdict: None,
        pending: None,
        expected: spec.and_then(|spec| spec.expected),
        decided_in: String::new(),
        decided_by: String::new(),
        error: None,
    }
}

/// Whether two rows are of flows that are written alike.
fn is_like(one: &FlowRow, other: &FlowRow) -> bool {
    (&one.id, &one.port, one.expected) == (&other.id, &other.port, other.expected)
        && (&one.from, &one.to) == (&other.from, &other.to)
}

/// A flow that cannot be evaluated: at the end that is unknown, if one is.
fn unknown_end(place: Placer<'_>, at: &FlowAt, spec: &FlowSpec, error: &FlowError) -> Diagnostic {
    let entry = at.entry();
    let (span, near) = match error {
        FlowError::NoSuchPod {
            namespace,
            name,
            nearest,
        } => {
            let missing = (namespace.as_str(), name.as_str());
            (end_span(place, at, spec, missing), nearest.first())
        }
        FlowError::Service { .. } => (destination_span(place, at, spec).map(|it| it.0), None),
        _ => (None, None),
    };
    let mut diagnostic = tierwalk_source::Diagnostic::warning(
        "flow/cannot-evaluate",
        span.unwrap_or(entry.span),
        error.to_string(),
    );
    diagnostic.help = error.help();
    if let (Some(span), Some(near)) = (span, near) {
        diagnostic
            .fixes
            .push(Fix::replace(format!("Replace with `{near}`"), span, near));
    }
    if let FlowError::Service {
        backend: Some(backend),
        ..
    } = error
        && let Some((_, Some(span))) = destination_span(place, at, spec)
    {
        let title = format!("Replace with `{backend}`");
        diagnostic.fixes.push(Fix::replace(title, span, backend));
    }
    place.diagnostic(at.position.offset, &diagnostic)
}

/// Where the destination of a flow is written, and the same with the port, if that follows on its line.
fn destination_span(
    placer: Placer<'_>,
    at: &FlowAt,
    spec: &FlowSpec,
) -> Option<(Span, Option<Span>)> {
    let start = at.entry().span.start as usize;
    let text = at.entry().span.shifted(at.position.offset).of(placer.text);
    let label = flows::label(&spec.flow.destination);
    let full = format!("{}/{}", label.namespace, label.name);
    let (offset, word) = words(text)
        .filter(|(_, word)| *word == full || *word == label.name)
        .last()?;
    let end = offset + word.len();
    let rest = text.get(end..)?;
    let port = rest.split_whitespace().next();
    let whole = port.filter(|port| *port == spec.service()).map(|port| {
        let port_end = text.len() - rest.trim_start().len() + port.len();
        Span::new(start + offset, start + port_end)
    });
    Some((Span::new(start + offset, start + end), whole))
}

/// Where the end that names this pod is written, if it stands there as a word.
fn end_span(
    placer: Placer<'_>,
    at: &FlowAt,
    spec: &FlowSpec,
    (namespace, name): (&str, &str),
) -> Option<Span> {
    let start = at.entry().span.start as usize;
    let text = at.entry().span.shifted(at.position.offset).of(placer.text);
    let full = format!("{namespace}/{name}");
    let is_source = flows::label(&spec.flow.source).name == name;
    let mut words = words(text).filter(|(_, word)| *word == full || *word == name);
    let (offset, word) = if is_source {
        words.next()
    } else {
        words.last()
    }?;
    Some(Span::new(start + offset, start + offset + word.len()))
}

/// The words of a line or mapping that could be ends, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/');
    text.split(move |c: char| !inside(c))
        .filter_map(move |word| {
            let offset = word.as_ptr() as usize - text.as_ptr() as usize;
            let word = word.trim_end_matches('-');
            (!word.is_empty()).then_some((offset, word))
        })
}
