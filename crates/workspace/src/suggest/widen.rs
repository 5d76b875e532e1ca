//! The nearest rule, made to match: a value more in a selector, a port, a network, a peer more.

use tierwalk_protocol::yaml_text;
use tierwalk_resources::model::{EntityField, Field, PartKind, Policy, Rule, Written};
use tierwalk_selector::{AtomOutcome, Test};
use tierwalk_source::TextEdit;

use super::candidate::{Candidate, Rank, Title};
use super::case::{Case, Missed};
use super::object::Object;
use super::peer::{self, Peer};
use super::{written, yaml};

/// Rules that fail by more criteria are not near.
pub(super) const NEAR: u32 = 2;

/// What has to be added for one criterion to hold.
struct Addition {
    /// `"frontend"`, `port 9102`.
    what: Title,
    edit: TextEdit,
}

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    for missed in case.missed(NEAR) {
        found.extend(widened(case, &missed));
    }
}

fn widened(case: Case<'_>, missed: &Missed<'_>) -> Option<Candidate> {
    let policy = case.policy(missed.policy);
    let object = Object::at(case.workspace, &policy.origin)?;
    let additions: Option<Vec<_>> = missed
        .fields
        .iter()
        .map(|field| addition(case, policy, missed.rule, &object, *field))
        .collect();
    let mut additions = additions?;
    additions.sort_by_key(|it| it.edit.span.start);
    let mut title = Title::default().plain("Add ");
    for (at, addition) in additions.iter().enumerate() {
        if at > 0 {
            title = title.plain(" and ");
        }
        title.0.extend(addition.what.0.iter().cloned());
    }
    let title = title.plain(" to ").code(short(&missed.rule.path));
    let mut edits: Vec<_> = additions.into_iter().map(|it| it.edit).collect();
    edits.dedup();
    Candidate::new(Rank::Value, title, &object, edits)
}

/// A rule's path as it is said: `ingress[0]`.
pub(super) fn short(path: &str) -> &str {
    path.trim_start_matches("spec.")
}

fn addition(
    case: Case<'_>,
    policy: &Policy,
    rule: &Rule,
    object: &Object<'_>,
    field: Field,
) -> Option<Addition> {
    let (Field::Source(part) | Field::Destination(part)) = field else {
        return None;
    };
    let path = format!("{}.{}", rule.path, rule.field_path(field));
    let is_calico = rule.written == Written::Calico;
    match part {
        EntityField::Ports if is_calico => port(case, object, &path),
        EntityField::Ports => kubernetes_port(case, object, &path),
        EntityField::Nets | EntityField::Domains if is_calico => net(case, object, &path, field),
        EntityField::Part(PartKind::OwnNamespace) if is_calico => {
            let side = path.rsplit_once('.')?.0;
            namespace(case, policy, object, side, field)
        }
        EntityField::Part(_) if is_calico => value(case, rule, object, &path, field),
        EntityField::Part(_) | EntityField::Nets => kubernetes_peer(case, policy, rule, object),
        _ => None,
    }
}

fn port(case: Case<'_>, object: &Object<'_>, path: &str) -> Option<Addition> {
    let port = case.walk.flow.port?.to_string();
    let edit = yaml::append(
        object.text(),
        object.node(path)?,
        std::slice::from_ref(&port),
    )?;
    let what = Title::default().plain("port ").code(port);
    Some(Addition { what, edit })
}

fn kubernetes_port(case: Case<'_>, object: &Object<'_>, path: &str) -> Option<Addition> {
    let lines = written::kubernetes_port(case)?;
    let edit = yaml::append(object.text(), object.node(path)?, &lines)?;
    let port = case.walk.flow.port?.to_string();
    let what = Title::default().plain("port ").code(port);
    Some(Addition { what, edit })
}

fn net(case: Case<'_>, object: &Object<'_>, path: &str, field: Field) -> Option<Addition> {
    let end = peer::end_of(case, field)?;
    let is_domain = path.ends_with("domains");
    let item = match Peer::of(case, end) {
        Peer::Net(net) if !is_domain => written::in_list(&net),
        Peer::Domain(name) if is_domain => yaml_text::scalar(name),
        _ => return None,
    };
    let edit = yaml::append(
        object.text(),
        object.node(path)?,
        std::slice::from_ref(&item),
    )?;
    let what = Title::default().code(item);
    Some(Addition { what, edit })
}

/// Peers of another namespace, in a rule that speaks of its own.
fn namespace(
    case: Case<'_>,
    policy: &Policy,
    object: &Object<'_>,
    side: &str,
    field: Field,
) -> Option<Addition> {
    let Peer::Pod { namespace, .. } = Peer::of(case, peer::end_of(case, field)?) else {
        return None;
    };
    let own = &policy.id.namespace;
    let selector = format!("projectcalico.org/name in {{\"{own}\", \"{namespace}\"}}");
    let map = object.node(side)?;
    let edit = yaml::add_key(object.text(), map, "namespaceSelector", &selector)?;
    let what = Title::default().plain("namespace ").code(namespace);
    Some(Addition { what, edit })
}

/// A value more where a selector compares.
fn value(
    case: Case<'_>,
    rule: &Rule,
    object: &Object<'_>,
    path: &str,
    field: Field,
) -> Option<Addition> {
    let atom = &only_blamed(case, rule, field)?;
    let span = object.words(path, atom.span())?;
    let words = span.of(object.text().0);
    let (text, added) = with_value(words, atom)?;
    let what = Title::default().code(added);
    let edit = TextEdit { span, text };
    Some(Addition { what, edit })
}

/// The condition of a selector that keeps out the endpoint at its side, if it is the only one to blame.
pub(super) fn only_blamed<'a>(
    case: Case<'a>,
    rule: &'a Rule,
    field: Field,
) -> Option<AtomOutcome<'a>> {
    let (side, kind) = match field {
        Field::Source(EntityField::Part(kind)) => (&rule.source, kind),
        Field::Destination(EntityField::Part(kind)) => (&rule.destination, kind),
        _ => return None,
    };
    let part = side.positive.iter().find(|part| part.kind == kind)?;
    let entity = peer::entity(case, peer::end_of(case, field)?)?;
    let explanation = part.selector.explain(case.engine.labels(entity));
    let mut blamed = explanation.blamed().copied();
    blamed.next().filter(|_| blamed.next().is_none())
}

/// The words of a condition that takes one value more, and that value, quoted as the others are.
pub(super) fn with_value(words: &str, atom: &AtomOutcome<'_>) -> Option<(String, String)> {
    let actual = atom.actual?;
    let quote = words.chars().find(|c| matches!(c, '"' | '\''))?;
    let value = format!("{quote}{actual}{quote}");
    if actual.contains(quote) {
        return None;
    }
    match atom.atom.test() {
        Test::In(_) => {
            let (head, tail) = words.rsplit_once('}')?;
            let head = head.trim_end();
            Some((format!("{head}, {value}}}{tail}"), value))
        }
        Test::Equal(_) => {
            let (key, wanted) = words.split_once("==")?;
            let text = format!("{} in {{{}, {value}}}", key.trim_end(), wanted.trim());
            Some((text, value))
        }
        _ => None,
    }
}

/// A peer more in a Kubernetes rule, whose selectors cannot say "or".
fn kubernetes_peer(
    case: Case<'_>,
    policy: &Policy,
    rule: &Rule,
    object: &Object<'_>,
) -> Option<Addition> {
    let Written::Kubernetes {
        peer: Some(peer), ..
    } = &rule.written
    else {
        return None;
    };
    let list = object.node(&format!("{}.{}", rule.path, peer.split('[').next()?))?;
    let lines = written::kubernetes_peer(case, policy)?;
    let edit = yaml::append(object.text(), list, &lines)?;
    let what = match Peer::of(case, case.peer()) {
        Peer::Pod { label, namespace } => match label {
            Some((key, value)) => Title::default().code(format!("{key}: {value}")),
            None => Title::default().plain("namespace ").code(namespace),
        },
        Peer::Net(net) => Title::default().code(net),
        Peer::Domain(_) => return None,
    };
    Some(Addition { what, edit })
}
