//! The flows of a workspace and what becomes of each.

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
    pub row: FlowRow,
    pub decision: Option<Decision>,
    pub diagnostic: Option<Diagnostic>,
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
            let row = self.evaluate(at, &mut verdicts)?.row;
            let flow = at.entry().flow.as_ref().ok();
            let walk = flow.and_then(|spec| self.compiled.engine.walk(&spec.flow).ok());
            let reason = walk.map(|walk| walk::plain(&self.reason(&walk)));
            Some(FlowResult {
                text: at.entry().text.clone(),
                name: at.entry().name.clone(),
                place: row.place,
                expected: row.expected,
                verdict: row.verdict,
                reason: reason.or(row.error).unwrap_or_default(),
            })
        })
    }

    /// What becomes of a flow; `None` if its file is gone.
    pub(crate) fn evaluate(&self, at: &FlowAt, verdicts: &mut Verdicts<'_>) -> Option<Evaluated> {
        let placer = self.placer(&at.position.file)?;
        let entry = at.entry();
        let mut evaluated = Evaluated {
            row: row(at.id.clone(), placer.place(at.position.offset, entry.span)),
            decision: None,
            diagnostic: None,
        };
        match &entry.flow {
            Err(message) => evaluated.row.error = Some(message.clone()),
            Ok(spec) => {
                describe(&mut evaluated.row, spec);
                match at.resolved.as_ref()? {
                    Ok(flow) => self.decide(&mut evaluated, verdicts, flow),
                    Err(error) => {
                        evaluated.row.error = Some(error.to_string());
                        let mut problem = unknown_end(placer, at, spec, error);
                        if let FlowError::NoSuchPod {
                            namespace, name, ..
                        } = error
                        {
                            let fix = create_pod::named(self, namespace, name);
                            problem.fixes.push(fix);
                        }
                        evaluated.diagnostic = Some(problem);
                    }
                }
            }
        }
        Some(evaluated)
    }

    /// What becomes of a line that no file lists.
    pub(crate) fn row_of(&self, line: String, place: Place) -> FlowRow {
        let mut evaluated = Evaluated {
            row: row(line, place),
            decision: None,
            diagnostic: None,
        };
        match flows::parse(&evaluated.row.id) {
            Err(problem) => evaluated.row.error = Some(problem.message),
            Ok(spec) => {
                describe(&mut evaluated.row, &spec);
                match self.compiled.engine.resolve(&spec.flow) {
                    Ok(flow) => {
                        self.decide(&mut evaluated, &mut self.compiled.engine.verdicts(), &flow);
                    }
                    Err(error) => evaluated.row.error = Some(error.to_string()),
                }
            }
        }
        evaluated.row
    }

    fn decide(&self, evaluated: &mut Evaluated, verdicts: &mut Verdicts<'_>, flow: &Resolved) {
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
        let row = &mut evaluated.row;
        row.verdict = verdict;
        row.pending = pending_verdict;
        (row.decided_in, row.decided_by) = self.decided(&enforced);
        evaluated.decision = Some(Decision { enforced, pending });
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

/// The row of a flow of which nothing is known.
fn row(id: String, place: Place) -> FlowRow {
    FlowRow {
        id,
        place,
        from: EndLabel::default(),
        to: EndLabel::default(),
        port: String::new(),
        verdict: None,
        pending: None,
        expected: None,
        decided_in: String::new(),
        decided_by: String::new(),
        error: None,
    }
}

fn describe(row: &mut FlowRow, spec: &FlowSpec) {
    row.from = flows::label(&spec.flow.source);
    row.to = flows::label(&spec.flow.destination);
    row.port = spec.service();
    row.expected = spec.expected;
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
    place.diagnostic(at.position.offset, &diagnostic)
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
