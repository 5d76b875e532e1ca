//! Rules that are valid and never apply: their selectors match nothing in the cluster.

use std::collections::BTreeMap;
use std::sync::Arc;

use tierwalk_resources::model::{EntityField, Field, Labels, Part, PartKind};
use tierwalk_selector::Necessary;
use tierwalk_source::{Diagnostic, Fix, Span, nearest};
use tierwalk_tiers::{Engine, Unmatched};
use tierwalk_yaml::Path;

use crate::read::Read;

/// Rules that are told about; where only a part of a cluster is at hand, there may be very many.
const MAX_TOLD: usize = 20;

/// Prefixes of labels that endpoints inherit from their namespace and service account.
const INHERITED: [&str; 2] = ["pcns.", "pcsa."];

/// What is missing: a label, or its value.
struct Missing<'a> {
    part: &'a Part,
    who: String,
    key: &'a str,
    values: Vec<&'a str>,
    /// The values that the label has in scope, and how many endpoints have each.
    in_use: BTreeMap<&'a str, u32>,
}

/// Warnings about rules that match nothing, each with the number of its document. Where there are no
/// pods, nothing can be said.
pub(crate) fn matches_nothing(engine: &Engine, documents: &[Arc<Read>]) -> Vec<(u32, Diagnostic)> {
    if engine.model().workloads.is_empty() {
        return Vec::new();
    }
    let unmatched = engine.unmatched().into_iter().take(MAX_TOLD);
    unmatched
        .filter_map(|side| warning(engine, documents, side))
        .collect()
}

/// The warning about one rule; `None` if nothing in particular is to blame.
fn warning(
    engine: &Engine,
    documents: &[Arc<Read>],
    unmatched: Unmatched,
) -> Option<(u32, Diagnostic)> {
    let policy = engine.policy(unmatched.policy);
    let rules = engine.rules(unmatched.policy, unmatched.direction);
    let rule = rules.get(unmatched.rule as usize)?;
    let missing = blame(engine, &unmatched.side(rule).positive, &policy.id.namespace)?;
    let field = EntityField::Part(missing.part.kind);
    let field = rule.field_path(match unmatched.is_source {
        true => Field::Source(field),
        false => Field::Destination(field),
    });
    let field = Path::parse(&format!("{}.{field}", rule.path));
    let document = policy.origin.document;
    let read = documents.get(document as usize)?;
    let (span, written) = place(read, &policy.origin.path.join(&field), &missing);
    let message = format!("selector matches nothing: {}", missing.said());
    let warning = Diagnostic::warning("selector/matches-nothing", span, message);
    let mut warning = warning.help(missing.help());
    warning
        .fixes
        .extend(written.and_then(|written| missing.fix(written)));
    Some((document, warning))
}

/// The first written part that nothing satisfies; else the first one that nothing satisfies among what
/// the other parts let in.
fn blame<'a>(engine: &'a Engine, parts: &'a [Part], namespace: &str) -> Option<Missing<'a>> {
    let (implied, written): (Vec<&Part>, Vec<&Part>) = parts
        .iter()
        .partition(|part| matches!(part.kind, PartKind::OwnNamespace | PartKind::PodsOnly));
    let alone = written
        .iter()
        .find_map(|part| missing(engine, &implied, part, namespace));
    alone.or_else(|| {
        written.iter().rev().find_map(|part| {
            let others: Vec<&Part> = parts
                .iter()
                .filter(|other| !std::ptr::eq(*other, *part))
                .collect();
            missing(engine, &others, part, namespace)
        })
    })
}

fn missing<'a>(
    engine: &'a Engine,
    scope: &[&Part],
    part: &'a Part,
    namespace: &str,
) -> Option<Missing<'a>> {
    let (key, values) = match part.selector.necessary() {
        Necessary::Pair(key, values) => (key, values),
        Necessary::Has(key) => (key, Vec::new()),
        Necessary::Always => return None,
    };
    let mut in_use = BTreeMap::new();
    let mut is_empty = true;
    for labels in
        labels(engine).filter(|labels| scope.iter().all(|it| it.selector.matches(*labels)))
    {
        is_empty = false;
        if let Some(value) = labels.get(key) {
            *in_use.entry(value.as_str()).or_default() += 1;
        }
    }
    let kept_out = match values.as_slice() {
        [] => in_use.is_empty(),
        values => values.iter().all(|value| !in_use.contains_key(value)),
    };
    (kept_out && !is_empty).then(|| Missing {
        part,
        who: who(part.kind, scope, namespace),
        key,
        values,
        in_use,
    })
}

/// Who should have the label.
fn who(part: PartKind, scope: &[&Part], namespace: &str) -> String {
    let has = |kind| scope.iter().any(|part| part.kind == kind);
    match part {
        PartKind::NamespaceSelector => "no namespace with pods".to_owned(),
        PartKind::ServiceAccountSelector | PartKind::ServiceAccountNames => {
            "no service account of a pod".to_owned()
        }
        _ if has(PartKind::OwnNamespace) => format!("no pod in `{namespace}`"),
        _ if has(PartKind::NamespaceSelector) => "no pod in the selected namespaces".to_owned(),
        _ => "no pod".to_owned(),
    }
}

fn labels(engine: &Engine) -> impl Iterator<Item = &Labels> {
    let model = engine.model();
    let workloads = model.workloads.iter().map(|workload| &workload.labels);
    let hosts = model.host_endpoints.iter().map(|host| &host.labels);
    let sets = model.network_sets.iter().map(|set| &set.labels);
    workloads.chain(hosts).chain(sets)
}

impl<'a> Missing<'a> {
    /// The label as it is written.
    fn label(&self) -> &'a str {
        let stripped = INHERITED
            .iter()
            .find_map(|prefix| self.key.strip_prefix(prefix));
        stripped.unwrap_or(self.key)
    }

    /// ``no pod in `storefront` has `app` = `loging` ``.
    fn said(&self) -> String {
        let (who, label) = (&self.who, self.label());
        match self.values.as_slice() {
            [] => format!("{who} has label `{label}`"),
            [value] => format!("{who} has `{label}` = `{value}`"),
            values => format!("{who} has `{label}` in `{}`", values.join("`, `")),
        }
    }

    /// The value in use that is most like the wanted one, and how many have it.
    fn near(&self) -> Option<(&'a str, u32)> {
        let [value] = self.values.as_slice() else {
            return None;
        };
        let near = nearest(value, self.in_use.keys().copied())?;
        Some((near, self.in_use.get(near).copied().unwrap_or_default()))
    }

    fn help(&self) -> String {
        let never = "the rule is valid and never applies";
        match self.near() {
            Some((near, 1)) => {
                format!("{never}; `{near}` is the nearest value in use, and 1 pod has it")
            }
            Some((near, count)) => {
                format!("{never}; `{near}` is the nearest value in use, and {count} pods have it")
            }
            None => never.to_owned(),
        }
    }

    /// Puts the nearest value where the wanted one stands.
    fn fix(&self, written: Span) -> Option<Fix> {
        let (near, _) = self.near()?;
        Some(Fix {
            safe: false,
            ..Fix::replace(format!("Replace with \"{near}\""), written, near)
        })
    }
}

/// What to mark, and the wanted value itself if it is written out there.
fn place(read: &Read, path: &Path, missing: &Missing<'_>) -> (Span, Option<Span>) {
    let label = path.key("matchLabels").key(missing.label());
    let path = match read.document.node_at(&label) {
        Some(_) => &label,
        None => path,
    };
    let span = read.document.span_at(path);
    let source = span.of(&read.document.text);
    let [value] = missing.values.as_slice() else {
        return (span, None);
    };
    if source == *value {
        return (span, Some(span));
    }
    let quoted = ['"', '\''].iter().find_map(|quote| {
        let start = source.find(&format!("{quote}{value}{quote}"))?;
        let start = span.start as usize + start + 1;
        Some(Span::new(start, start + value.len()))
    });
    let marked = quoted.map(|it| Span::new(it.start as usize - 1, it.end as usize + 1));
    (marked.unwrap_or(span), quoted)
}
