//! The rule that decided, made not to match: a value, a port or a network less.

use tierwalk_resources::model::{Entity, EntityField, Field, Part, PartKind, Rule, Written};
use tierwalk_selector::{Atom, Test};
use tierwalk_source::TextEdit;
use tierwalk_yaml::{Kind, Node};

use super::candidate::{Candidate, Rank, Title};
use super::case::Case;
use super::object::Object;
use super::{peer, widen, yaml};

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    let Some(at) = case.decided_rule() else {
        return;
    };
    let Some(rule) = case.rule(at).filter(|rule| rule.written == Written::Calico) else {
        return;
    };
    let origin = &case.policy(at.0).origin;
    let Some(object) = Object::at(case.workspace, origin) else {
        return;
    };
    sided(case, rule, &object, &rule.source, Field::Source, found);
    sided(
        case,
        rule,
        &object,
        &rule.destination,
        Field::Destination,
        found,
    );
}

fn sided(
    case: Case<'_>,
    rule: &Rule,
    object: &Object<'_>,
    side: &Entity,
    field: fn(EntityField) -> Field,
    found: &mut Vec<Candidate>,
) {
    for part in &side.positive {
        let field = field(EntityField::Part(part.kind));
        found.extend(without_value(case, rule, object, part, field));
    }
    found.extend(without_port(case, rule, object, field(EntityField::Ports)));
    found.extend(without_net(case, rule, object, field(EntityField::Nets)));
}

fn candidate(rule: &Rule, object: &Object<'_>, what: Title, edit: TextEdit) -> Option<Candidate> {
    let mut title = Title::default().plain("Remove ");
    title.0.extend(what.0);
    let title = title.plain(" from ").code(widen::short(&rule.path));
    Candidate::new(Rank::Value, title, object, [edit])
}

/// A set of values without the one that the peer has.
fn without_value(
    case: Case<'_>,
    rule: &Rule,
    object: &Object<'_>,
    part: &Part,
    field: Field,
) -> Option<Candidate> {
    if matches!(part.kind, PartKind::OwnNamespace | PartKind::PodsOnly) {
        return None;
    }
    let path = format!("{}.{}", rule.path, rule.field_path(field));
    let entity = peer::entity(case, peer::end_of(case, field)?)?;
    let explanation = part.selector.explain(case.engine.labels(entity));
    let set = explanation
        .atoms
        .iter()
        .find(|it| it.held && is_set(it.atom))?;
    let span = object.words(&path, set.span())?;
    let (text, value) = without(span.of(object.text().0), set.actual?)?;
    candidate(
        rule,
        object,
        Title::default().code(value),
        TextEdit { span, text },
    )
}

/// Whether a condition compares with several values.
fn is_set(atom: &Atom) -> bool {
    matches!(atom.test(), Test::In(values) if values.len() > 1)
}

/// The words of a condition without one of its values, and that value as it was written.
fn without(words: &str, value: &str) -> Option<(String, String)> {
    let (head, rest) = words.split_once('{')?;
    let (values, tail) = rest.rsplit_once('}')?;
    let all: Vec<&str> = values.split(',').map(str::trim).collect();
    let is_it = |it: &&str| it.trim_matches(['"', '\'']) == value;
    let gone = (*all.iter().find(|it| is_it(it))?).to_owned();
    let kept: Vec<&str> = all.into_iter().filter(|it| !is_it(it)).collect();
    Some((format!("{head}{{{}}}{tail}", kept.join(", ")), gone))
}

/// A list of ports without that of the flow.
fn without_port(
    case: Case<'_>,
    rule: &Rule,
    object: &Object<'_>,
    field: Field,
) -> Option<Candidate> {
    let Field::Destination(_) = field else {
        return None;
    };
    let port = i64::from(case.walk.flow.port?);
    let what = Title::default().plain("port ").code(port.to_string());
    let is_it = |node: &Node| node.kind == Kind::Int(port);
    without_item(rule, object, field, what, is_it)
}

/// A list of networks without that of the peer alone.
fn without_net(
    case: Case<'_>,
    rule: &Rule,
    object: &Object<'_>,
    field: Field,
) -> Option<Candidate> {
    let end = peer::end_of(case, field)?;
    let bits = if end.address.is_ipv4() { 32 } else { 128 };
    let net = format!("{}/{bits}", end.address);
    let what = Title::default().code(net.clone());
    without_item(rule, object, field, what, |node| {
        node.as_str() == Some(&net)
    })
}

fn without_item(
    rule: &Rule,
    object: &Object<'_>,
    field: Field,
    what: Title,
    is_it: impl Fn(&Node) -> bool,
) -> Option<Candidate> {
    let list = object.node(&format!("{}.{}", rule.path, rule.field_path(field)))?;
    let items = list.items();
    let index = items.iter().position(is_it).filter(|_| items.len() > 1)?;
    let edit = yaml::remove(object.text(), list, index)?;
    candidate(rule, object, what, edit)
}
