//! What `kubectl apply` would say to somebody, of what is in the files.

use std::collections::BTreeMap;

use tierwalk_cluster::{Applied, Change, Cluster, Options, Persona, PolicyFile};
use tierwalk_protocol::Place;
use tierwalk_protocol::apply::{
    AppliedObject, ApplyChange, ApplyReport, ApplyView, ApplyWhat, PassedStage, PersonaName,
};
use tierwalk_source::Span;
use tierwalk_template::Library;

use crate::admission::{self, Audit};
use crate::file::{FileKind, SourceFile, Unit, UnitKind};
use crate::places;
use crate::policies::is_data;

/// Objects that are applied; the others are counted.
const MOST: usize = 500;

type Files = BTreeMap<String, SourceFile>;

/// What becomes of the objects that are applied.
pub(crate) fn apply(
    view: &ApplyView,
    files: &Files,
    library: &Library,
    audit: &Audit,
    now: f64,
) -> Option<ApplyReport> {
    let mut personas = audit.cluster.personas();
    if personas.is_empty() {
        return None;
    }
    personas.push(Persona::cluster_admin());
    let chosen = personas.iter().position(|it| it.name == view.persona);
    let chosen = chosen.unwrap_or_default();
    let user = personas.get(chosen)?.user.clone();
    let before = before(view, library);
    let mut cluster = cluster(view, files, &before, now);
    let mut report = ApplyReport {
        personas: personas.iter().map(named).collect(),
        persona: u32::try_from(chosen).unwrap_or(0),
        ..ApplyReport::default()
    };
    for (manifest, place) in manifests(view, files, &before) {
        if report.objects.len() >= MOST {
            report.omitted += 1;
            continue;
        }
        let (applied, _) = cluster.apply(&user, &manifest);
        let shown = applied.into_iter().map(|one| shown(one, &place));
        report.objects.extend(shown);
    }
    Some(report)
}

fn named(persona: &Persona) -> PersonaName {
    let own = |group: &&String| !group.starts_with("system:");
    PersonaName {
        name: persona.name.clone(),
        user: persona.user.name.clone(),
        groups: persona.user.groups.iter().filter(own).cloned().collect(),
    }
}

/// Files that differ from the baseline, as they were then.
fn before(view: &ApplyView, library: &Library) -> BTreeMap<String, Option<SourceFile>> {
    let read = |path: &str, text: &String| SourceFile::read(path, text.clone(), None, library);
    let files = view.before.iter().map(|file| {
        let text = file.text.as_ref();
        (file.path.clone(), text.map(|text| read(&file.path, text)))
    });
    files.collect()
}

/// What is in the cluster before anything is applied.
fn cluster(
    view: &ApplyView,
    files: &Files,
    before: &BTreeMap<String, Option<SourceFile>>,
    now: f64,
) -> Cluster {
    let mut there = Vec::new();
    let mut data = Vec::new();
    for (path, file) in files {
        match (file.kind, &view.what, before.get(path)) {
            (FileKind::Rego, ..) if !path.ends_with("_test.rego") => {
                there.push(PolicyFile::new(path.clone(), file.text.clone()));
            }
            (FileKind::Yaml, ..) if is_data(path, file, files) => {
                data.push(PolicyFile::new(path.clone(), file.text.clone()));
            }
            (FileKind::Yaml, ApplyWhat::File(applied), _) if applied == path => {}
            (FileKind::Yaml, ApplyWhat::Changes, Some(_)) => {}
            (FileKind::Yaml, what, _) => there.extend(standing(path, file, what)),
            _ => {}
        }
    }
    let was = before.iter().filter(|_| view.what == ApplyWhat::Changes);
    for (path, file) in was {
        let file = file.iter().filter(|file| file.kind == FileKind::Yaml);
        there.extend(file.flat_map(|file| standing(path, file, &view.what)));
    }
    let options = Options {
        data,
        ..admission::options(now)
    };
    Cluster::load(&there, &options).0
}

/// A file as the cluster has it, with what its templates make.
fn standing(path: &str, file: &SourceFile, what: &ApplyWhat) -> Vec<PolicyFile> {
    let stays = |unit: &Unit| *what != ApplyWhat::Policies || !is_applied(unit);
    let written = PolicyFile::new(path, file.only(stays));
    let units = file.documents.iter().filter(|(_, unit)| stays(unit));
    let made = units.flat_map(|(_, unit)| &unit.objects);
    let made = made.filter_map(|object| Some(PolicyFile::new(path, &object.made.as_ref()?.text)));
    [written].into_iter().chain(made).collect()
}

/// Policies and network sets, templates of them among it.
fn is_applied(unit: &Unit) -> bool {
    unit.kind == UnitKind::Objects
        && (unit.objects.iter())
            .any(|it| it.is_policy() || it.kind.ends_with("NetworkSet") || it.made.is_some())
}

/// What is applied, document by document, with its place.
fn manifests(
    view: &ApplyView,
    files: &Files,
    before: &BTreeMap<String, Option<SourceFile>>,
) -> Vec<(PolicyFile, Place)> {
    let mut manifests = Vec::new();
    for (path, file) in files {
        for (offset, unit) in &file.documents {
            let is_meant = match &view.what {
                ApplyWhat::Policies => is_applied(unit),
                ApplyWhat::File(meant) => meant == path,
                ApplyWhat::Changes => before.get(path).is_some_and(|was| is_new(unit, was)),
            };
            if is_meant && unit.kind != UnitKind::Settings {
                manifests.extend(of_unit(path, file, *offset, unit));
            }
        }
    }
    manifests
}

fn is_new(unit: &Unit, was: &Option<SourceFile>) -> bool {
    let mut units = was.iter().flat_map(|file| &file.documents);
    let text = unit.document.text.trim();
    !units.any(|(_, known)| known.document.text.trim() == text)
}

fn of_unit(path: &str, file: &SourceFile, offset: usize, unit: &Unit) -> Vec<(PolicyFile, Place)> {
    let name = unit
        .document
        .span_at(&tierwalk_yaml::Path::parse("metadata.name"));
    let written = || {
        let place = places::place(path, file, name.shifted(offset));
        (PolicyFile::new(path, &*unit.document.text), place)
    };
    if unit.objects.is_empty() {
        return vec![written()];
    }
    let objects = unit.objects.iter();
    let manifest = |object: &crate::object::Object| match &object.made {
        None => written(),
        Some(made) => {
            let origin = made.map.origin(2).or_else(|| made.map.origin(1));
            let span = origin.map_or_else(Span::default, |place| place.span);
            let place = places::place(path, file, span.shifted(offset));
            (PolicyFile::new(path, &made.text), place)
        }
    };
    objects.map(manifest).collect()
}

fn shown(applied: Applied, place: &Place) -> AppliedObject {
    let passed = applied
        .outcome
        .passed
        .into_iter()
        .map(|passed| PassedStage {
            stage: word(&passed.stage),
            why: passed.why,
        });
    AppliedObject {
        object: applied.object,
        namespace: applied.namespace,
        change: match applied.change {
            Change::Created => ApplyChange::Created,
            Change::Configured => ApplyChange::Configured,
            Change::Unchanged => ApplyChange::Unchanged,
            Change::Refused => ApplyChange::Refused,
        },
        printed: applied.printed,
        passed: passed.collect(),
        refused_by: applied.outcome.refusal.map(|it| word(&it.stage)),
        place: place.clone(),
    }
}

/// A stage as `tierwalk apply -o json` has it.
fn word(stage: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(stage).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
