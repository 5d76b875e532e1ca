//! Another label: at the peer, for the nearest rule to match it; or at the endpoint, for a policy that denies
//! to leave it alone.

use tierwalk_protocol::yaml_text;
use tierwalk_resources::model::{Action, Entity, EntityField, Field, Origin, Part, PartKind};
use tierwalk_selector::Test;
use tierwalk_tiers::{Owner, ResolvedEnd, Verdict};

use super::candidate::{Candidate, Rank, Title};
use super::case::{Case, Missed};
use super::object::Object;
use super::peer::{end_of, entity, is_own};
use super::yaml;

/// The prefix of labels that pods inherit from their namespace.
const OF_NAMESPACE: &str = "pcns.";

/// Values of a set that are tried.
const VALUES: usize = 2;

pub(super) fn find(case: Case<'_>, found: &mut Vec<Candidate>) {
    for missed in case.missed(1) {
        relabelled(case, &missed, found);
    }
    unlabelled(case, found);
}

/// What carries labels: a pod, what makes the pod, or a namespace.
struct Carrier<'a> {
    object: Object<'a>,
    labels: &'static str,
    title: Title,
}

impl<'a> Carrier<'a> {
    fn pod(case: Case<'a>, end: &ResolvedEnd) -> Option<Self> {
        let Owner::Workload(index) = end.owner else {
            return None;
        };
        let pod = case.engine.model().workloads.get(index as usize)?;
        let object = Object::at(case.workspace, &pod.origin)?;
        let of_template = "spec.template.metadata.labels";
        let is_template = object.node(of_template).is_some();
        let title = Title::default();
        Some(Self {
            object,
            labels: if is_template {
                of_template
            } else {
                "metadata.labels"
            },
            title: match &pod.owner {
                Some(owner) if is_template => title.plain("the pods of ").code(owner).plain(" "),
                _ => title.plain("the pod "),
            },
        })
    }

    fn namespace(case: Case<'a>, end: &ResolvedEnd) -> Option<Self> {
        let Owner::Workload(index) = end.owner else {
            return None;
        };
        let model = case.engine.model();
        let pod = model.workloads.get(index as usize)?;
        let name = format!("kns.{}", pod.namespace);
        let profile = model.profiles.iter().find(|it| it.name == name)?;
        let origin: &Origin = profile.origin.as_ref()?;
        Some(Self {
            object: Object::at(case.workspace, origin)?,
            labels: "metadata.labels",
            title: Title::default().plain("the namespace "),
        })
    }

    /// With a label of this value.
    fn with(&self, key: &str, value: &str) -> Option<Candidate> {
        let text = yaml_text::scalar(value);
        let object = &self.object;
        let (verb, edit) = match object.node(self.labels) {
            Some(map) => match map.get(key) {
                Some(node) => ("Relabel ", yaml::replace(node, text.clone())),
                None => {
                    let key = yaml_text::scalar(key);
                    ("Label ", yaml::add_key(object.text(), map, &key, &text)?)
                }
            },
            None => {
                let metadata = object.node(self.labels.strip_suffix(".labels")?)?;
                let entry = format!("\n  {}: {text}", yaml_text::scalar(key));
                let edit = yaml::add_key(object.text(), metadata, "labels", &entry)?;
                ("Label ", edit)
            }
        };
        let title = self.titled(verb).code(format!("{key}: {text}"));
        Candidate::new(Rank::Label, title, object, [edit])
    }

    /// Without a label.
    fn without(&self, key: &str) -> Option<Candidate> {
        let object = &self.object;
        let map = object.node(self.labels)?;
        let value = map.get(key)?.span.of(object.text().0);
        let title = Title::default()
            .plain("Remove label ")
            .code(format!("{key}: {value}"))
            .plain(" from ");
        let mut whom = self.title.clone();
        if let Some(last) = whom.0.last_mut() {
            last.text = last.text.trim_end().to_owned();
        }
        whom.0.retain(|piece| !piece.text.is_empty());
        let title = Title(title.0.into_iter().chain(whom.0).collect());
        let edit = match map.entries().len() {
            1 => yaml::replace(map, "{}"),
            _ => yaml::remove_key(object.text(), map, key)?,
        };
        Candidate::new(Rank::Label, title, object, [edit])
    }

    fn titled(&self, verb: &str) -> Title {
        let mut title = Title::default().plain(verb);
        title.0.extend(self.title.0.iter().cloned());
        title
    }
}

fn relabelled(case: Case<'_>, missed: &Missed<'_>, found: &mut Vec<Candidate>) {
    let [field] = missed.fields[..] else { return };
    let (side, kind) = match field {
        Field::Source(EntityField::Part(kind)) => (&missed.rule.source, kind),
        Field::Destination(EntityField::Part(kind)) => (&missed.rule.destination, kind),
        _ => return,
    };
    let part = side.positive.iter().find(|part| part.kind == kind);
    if let (Some(part), Some(end)) = (part, end_of(case, field)) {
        matching(case, part, end, found);
    }
}

/// Labels with which an end would match a selector.
fn matching(case: Case<'_>, part: &Part, end: &ResolvedEnd, found: &mut Vec<Candidate>) {
    let Some(entity) = entity(case, end) else {
        return;
    };
    let explanation = part.selector.explain(case.engine.labels(entity));
    let mut blamed = explanation.blamed();
    let (Some(atom), None) = (blamed.next(), blamed.next()) else {
        return;
    };
    let Some(key) = atom.key() else { return };
    let values: Vec<&str> = match atom.atom.test() {
        Test::Equal(value) => vec![value],
        Test::In(values) => values.iter().take(VALUES).map(|it| &**it).collect(),
        _ => Vec::new(),
    };
    let (carrier, key) = match key.strip_prefix(OF_NAMESPACE) {
        Some(key) => (Carrier::namespace(case, end), key),
        None => (Carrier::pod(case, end), key),
    };
    let Some(carrier) = carrier.filter(|_| is_own(key)) else {
        return;
    };
    found.extend(values.iter().filter_map(|value| carrier.with(key, value)));
}

/// The endpoint without the label for which a policy that denies everything selects it.
fn unlabelled(case: Case<'_>, found: &mut Vec<Candidate>) {
    let Some(at) = case.decided_rule().filter(|_| case.want == Verdict::Allow) else {
        return;
    };
    let any = Entity::default();
    let denies_all = |rule: &&tierwalk_resources::model::Rule| {
        rule.action == Action::Deny && rule.source == any && rule.destination == any
    };
    if case.rule(at).filter(denies_all).is_none() {
        return;
    }
    let end = match case.direction() {
        tierwalk_tiers::Direction::Egress => &case.walk.flow.source,
        tierwalk_tiers::Direction::Ingress => &case.walk.flow.destination,
    };
    let subject = &case.policy(at.0).subject;
    let written = subject.iter().find(|part| part.kind == PartKind::Selector);
    let (Some(part), Some(carrier)) = (written, Carrier::pod(case, end)) else {
        return;
    };
    let mut keys: Vec<&str> = part.selector.keys().filter(|key| is_own(key)).collect();
    keys.dedup();
    found.extend(keys.into_iter().filter_map(|key| carrier.without(key)));
}
