//! Where a finding stands.
//!
//! A check that names the field (`path`, `field`, also under `details`) is taken at its word. For the text of
//! a check that does not, the fields that its rule reads are candidates; the one that the text speaks of most
//! wins.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{AssignOp, Expr, Literal, Rule, RuleHead};
use serde_json::Value;
use tierwalk_yaml::{Kind, Node, Path, Segment};

use crate::ast::{self, Step};
use crate::facts;
use crate::finding::{Finding, Level, Place};
use crate::input::InputDocument;
use crate::parse::Parsed;
use crate::policies::Policies;

/// Fields that a rule reads to decide whether it is meant at all.
const BYSTANDERS: &[&str] = &["kind", "apiVersion", "name", "namespace"];
/// Candidates of one reference, where it goes through lists.
const MOST_MATCHES: usize = 200;

/// Fields that one rule may read; more are not looked at.
const MOST_READS: usize = 500;

/// Fields that each rule that reports reads, itself and through the rules it needs; its own first.
pub(crate) fn reads(
    modules: &[Parsed],
    needs: &BTreeMap<&str, Vec<&str>>,
) -> BTreeMap<String, Vec<Vec<Step>>> {
    let mut own: BTreeMap<String, Vec<Vec<Step>>> = BTreeMap::new();
    for module in modules {
        for rule in &module.tree.policy {
            let key = format!("{}.{}", module.module.package, facts::name(rule));
            own.entry(key).or_default().extend(own_reads(rule));
        }
    }
    let reports = |key: &&String| {
        let name = key.rsplit('.').next().unwrap_or_default();
        Level::of(name).is_some()
    };
    own.keys()
        .filter(reports)
        .map(|key| (format!("data.{key}"), with_needed(key, &own, needs)))
        .collect()
}

fn with_needed(
    key: &str,
    own: &BTreeMap<String, Vec<Vec<Step>>>,
    needs: &BTreeMap<&str, Vec<&str>>,
) -> Vec<Vec<Step>> {
    let mut seen = BTreeSet::from([key]);
    let mut queue = vec![key];
    let mut reads: Vec<Vec<Step>> = Vec::new();
    while let Some(key) = queue.pop().filter(|_| reads.len() < MOST_READS) {
        for read in own.get(key).into_iter().flatten() {
            if !reads.contains(read) {
                reads.push(read.clone());
            }
        }
        let next = needs.get(key).into_iter().flatten().copied();
        queue.extend(next.filter(|key| seen.insert(key)));
    }
    reads
}

/// `input.…` references of a rule, with variables that stand for a part of the input replaced by it.
fn own_reads(rule: &Rule) -> Vec<Vec<Step>> {
    let mut aliases = Aliases::default();
    aliases.learn(rule);
    let mut reads = Vec::new();
    ast::each_expr(rule, &mut |expr, _| {
        if let Some(path) = aliases.path(expr).filter(|path| !path.is_empty()) {
            reads.push(path);
        }
    });
    reads
}

/// Variables that stand for parts of the input.
#[derive(Default)]
struct Aliases(BTreeMap<String, Vec<Step>>);

impl Aliases {
    fn learn(&mut self, rule: &Rule) {
        if let Rule::Spec { bodies, head, .. } = rule {
            bodies.iter().for_each(|body| self.query(&body.query));
            if let RuleHead::Set { key: Some(key), .. } = head {
                self.expr(key);
            }
        }
        ast::each_expr(rule, &mut |expr, _| self.expr(expr));
    }

    fn query(&mut self, query: &regorus::unstable::Query) {
        for statement in &query.stmts {
            match &statement.literal {
                Literal::SomeIn {
                    value, collection, ..
                } => self.item(value, collection),
                Literal::Every {
                    value,
                    domain,
                    query,
                    ..
                } => {
                    if let Some(mut path) = self.path(domain) {
                        path.push(Step::Any);
                        self.0.insert(value.text().to_owned(), path);
                    }
                    self.query(query);
                }
                _ => {}
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::AssignExpr {
                op: AssignOp::ColEq | AssignOp::Eq,
                lhs,
                rhs,
                ..
            } => {
                if let (Expr::Var { span, .. }, Some(path)) = (lhs.as_ref(), self.path(rhs)) {
                    self.0.insert(span.text().to_owned(), path);
                }
            }
            Expr::Membership {
                value, collection, ..
            } => self.item(value, collection),
            Expr::ArrayCompr { query, .. }
            | Expr::SetCompr { query, .. }
            | Expr::ObjectCompr { query, .. } => self.query(query),
            _ => {}
        }
    }

    fn item(&mut self, value: &Expr, collection: &Expr) {
        if let (Expr::Var { span, .. }, Some(mut path)) = (value, self.path(collection)) {
            path.push(Step::Any);
            self.0.insert(span.text().to_owned(), path);
        }
    }

    /// The part of the input that an expression is; also that of `object.get(input.spec, "order", …)`.
    fn path(&self, expr: &Expr) -> Option<Vec<Step>> {
        if let Expr::Call { fcn, params, .. } = expr {
            return self.got(&ast::reference(fcn)?.dotted(), params);
        }
        let reference = ast::reference(expr)?;
        let mut path = match reference.root.as_str() {
            "input" => Vec::new(),
            name => self.0.get(name)?.clone(),
        };
        path.extend(reference.steps);
        Some(path)
    }

    fn got(&self, function: &str, params: &[regorus::unstable::Ref<Expr>]) -> Option<Vec<Step>> {
        let (object, key) = (params.first()?, params.get(1)?);
        if function != "object.get" {
            return None;
        }
        let mut path = self.path(object)?;
        match key.as_ref() {
            Expr::String { value, .. } => path.push(Step::Key(value.as_string().ok()?.to_string())),
            Expr::Array { items, .. } => path.extend(items.iter().map(|item| {
                match item.as_ref() {
                    Expr::String { value, .. } => value
                        .as_string()
                        .map_or(Step::Any, |name| Step::Key(name.to_string())),
                    _ => Step::Any,
                }
            })),
            _ => return None,
        }
        Some(path)
    }
}

/// The place of a finding in a document of its file.
pub(crate) fn place(
    policies: &Policies,
    finding: &Finding,
    index: usize,
    document: &InputDocument,
) -> Option<Place> {
    let named = named(&finding.metadata);
    let is_named = named.is_some();
    let path = named
        .or_else(|| guess(policies, finding, document))
        .unwrap_or_default();
    let path = document.path(&path);
    document.document.root.as_ref()?;
    Some(Place {
        document: index,
        span: document.document.span_at(&path).shifted(document.offset),
        path,
        named: is_named,
    })
}

/// The field that a check names itself.
fn named(metadata: &serde_json::Map<String, Value>) -> Option<Path> {
    let details = metadata.get("details").and_then(Value::as_object);
    [Some(metadata), details]
        .into_iter()
        .flatten()
        .find_map(|object| ["path", "field"].iter().find_map(|key| object.get(*key)))
        .and_then(written_path)
}

/// `spec.ingress[0]`, `/spec/ingress/0` or `["spec", "ingress", 0]`.
fn written_path(written: &Value) -> Option<Path> {
    match written {
        Value::String(pointer) if pointer.starts_with('/') => Some(
            pointer
                .split('/')
                .skip(1)
                .map(|part| segment(&part.replace("~1", "/").replace("~0", "~")))
                .collect(),
        ),
        Value::String(dotted) => Some(Path::parse(dotted)),
        Value::Array(steps) => steps
            .iter()
            .map(|step| match step {
                Value::String(key) => Some(Segment::Key(key.as_str().into())),
                Value::Number(index) => {
                    Some(Segment::Index(usize::try_from(index.as_u64()?).ok()?))
                }
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn segment(part: &str) -> Segment {
    part.parse()
        .map_or_else(|_| Segment::Key(part.into()), Segment::Index)
}

fn guess(policies: &Policies, finding: &Finding, document: &InputDocument) -> Option<Path> {
    let root = document.document.node_at(&document.root)?;
    let reads = policies.reads.get(&*finding.query)?;
    best(reads.iter().map(Vec::as_slice), root, &finding.message)
}

/// The field of an object that a Gatekeeper template speaks of, and whether it names it: templates know the object
/// as `input.review.object`.
pub(crate) fn reviewed(
    policies: &Policies,
    query: &str,
    message: &str,
    details: &Value,
    root: &Node,
) -> (Path, bool) {
    if let Some(path) = details.as_object().and_then(named) {
        return (path, true);
    }
    let within = [Step::Key("review".into()), Step::Key("object".into())];
    let reads = policies.reads.get(query).into_iter().flatten();
    let reads = reads.filter_map(|read| read.strip_prefix(within.as_slice()));
    // What is missing among labels is told of all of them.
    let with_parents = reads.flat_map(|read| match read {
        [parents @ .., Step::Any] => vec![parents, read],
        _ => vec![read],
    });
    let best = best(with_parents.filter(|read| !read.is_empty()), root, message);
    (best.unwrap_or_default(), false)
}

/// Of the fields that are read, the one that a message speaks of most.
fn best<'a>(reads: impl Iterator<Item = &'a [Step]>, root: &Node, message: &str) -> Option<Path> {
    let mut best: Option<(i32, Path)> = None;
    for read in reads {
        for (path, node) in matches(root, read) {
            let score = score(&path, node, message);
            if best.as_ref().is_none_or(|(least, _)| score >= *least) {
                best = Some((score, path));
            }
        }
    }
    best.map(|(_, path)| path)
}

/// The fields of a document that a reference reads; one that is absent, if none is there.
fn matches<'a>(root: &'a Node, read: &[Step]) -> Vec<(Path, Option<&'a Node>)> {
    let mut found: Vec<(Path, Option<&Node>)> = vec![(Path::root(), Some(root))];
    for step in read {
        let mut next = Vec::new();
        for (path, node) in found {
            follow(&path, node, step, &mut next);
        }
        next.truncate(MOST_MATCHES);
        found = next;
    }
    found
}

fn follow<'a>(
    path: &Path,
    node: Option<&'a Node>,
    step: &Step,
    found: &mut Vec<(Path, Option<&'a Node>)>,
) {
    match step {
        Step::Key(key) => found.push((path.key(key), node.and_then(|node| node.get(key)))),
        Step::Index(index) => {
            found.push((
                path.index(*index),
                node.and_then(|node| node.items().get(*index)),
            ));
        }
        Step::Any => {
            let Some(node) = node else { return };
            let items = node.items().iter().enumerate();
            found.extend(items.map(|(index, item)| (path.index(index), Some(item))));
            let entries = node.entries().iter();
            found.extend(entries.map(|entry| (path.key(&entry.key), Some(&entry.value))));
        }
    }
}

/// How well a field fits a text.
fn score(path: &Path, node: Option<&Node>, message: &str) -> i32 {
    let last = path.last_key().unwrap_or_default();
    let mut score = i32::try_from(path.segments().len()).unwrap_or(0);
    if BYSTANDERS.contains(&last) {
        score -= 20;
    }
    if speaks_of(message, last) {
        score += 15;
    }
    if message.contains(&path.to_string()) || message.contains(&shortened(path)) {
        score += 30;
    }
    match node {
        Some(node) if value_is_told(node, message) => {
            // Most messages say the name of what they are about.
            score += if matches!(last, "name" | "namespace") {
                4
            } else {
                12
            };
        }
        Some(_) => {}
        None => score -= 2,
    }
    score
}

fn value_is_told(node: &Node, message: &str) -> bool {
    match &node.kind {
        Kind::Str(text) => text.len() > 1 && speaks_of(message, text),
        Kind::Int(number) => speaks_of(message, &number.to_string()),
        Kind::Float(number) => speaks_of(message, &number.to_string()),
        _ => false,
    }
}

/// The last list of a path and the place in it: `egress[0]`.
fn shortened(path: &Path) -> String {
    let segments = path.segments();
    let at = segments
        .iter()
        .rposition(|segment| matches!(segment, Segment::Index(_)));
    let parts = at.and_then(|at| segments.get(at.checked_sub(1)?..=at));
    parts.map_or_else(
        || path.to_string(),
        |parts| parts.iter().cloned().collect::<Path>().to_string(),
    )
}

/// Whether a text holds a word by itself, without regard to case.
fn speaks_of(message: &str, word: &str) -> bool {
    let (message, word) = (message.to_lowercase(), word.to_lowercase());
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !word.is_empty()
        && message.match_indices(&word).any(|(at, _)| {
            let before = message.get(..at).and_then(|text| text.chars().next_back());
            let after = message
                .get(at + word.len()..)
                .and_then(|text| text.chars().next());
            !is_part(before) && !is_part(after)
        })
}
