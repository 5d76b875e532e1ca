//! Everything that the page shows about the checks.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use tierwalk_governance::{Coverage, FileDiagnostic, RegoVersion};
use tierwalk_protocol::Diagnostic;
use tierwalk_protocol::checks::{
    Check, CheckReport, CheckSource, CheckView, CheckedObject, Excepted, Finding, FindingLevel,
    ObjectInput, RegoModule,
};
use tierwalk_source::Span;

use crate::admission::{self, Audit};
use crate::checks::Listed;
use crate::coverage::Reached;
use crate::exceptions::{self, Home};
use crate::file::SourceFile;
use crate::findings::{self, At};
use crate::object::Object;
use crate::places;
use crate::policies::{PACK, Set, excepted_as, is_pack, objects};

/// Findings that are listed; the others are counted.
const MOST_FINDINGS: usize = 5_000;

/// The package in which the exceptions of the settings hold.
const MAIN: &str = "main";

pub(crate) fn report(
    set: &Set,
    audit: Option<&Audit>,
    files: &BTreeMap<String, SourceFile>,
    view: &CheckView,
) -> CheckReport {
    let home = Home::of(files);
    let mut listed = Listed::of(set, files, home.as_ref());
    if let Some(audit) = audit {
        let checks = admission::checks(files, &audit.problems);
        listed.checks.extend(checks);
    }
    let (mut report, mut objects) = (CheckReport::default(), Vec::new());
    let names = ids(files);
    for (at, id) in all(files).zip(&names) {
        let at = At { id, ..at };
        report.policies += u32::from(at.object.is_policy());
        objects.push(checked(at));
        add(set, files, &mut listed, home.as_ref(), at, &mut report);
        if let Some(audit) = audit {
            add_audited(audit, &mut listed, at, &mut report);
        }
    }
    teams(&mut objects);
    report.objects = objects.into_iter().map(Arc::new).collect();
    report.diagnostics = diagnostics(set, audit, files, home.as_ref());
    report.modules = modules(set, files);
    if view.coverage {
        count_applies(set, files, &mut listed);
    }
    report.input = view.object.as_deref().and_then(|id| input(files, id));
    report.checks = listed.checks;
    report
}

/// Every object with where it stands; its id is still to be given.
fn all(files: &BTreeMap<String, SourceFile>) -> impl Iterator<Item = At<'_>> {
    files.iter().flat_map(|(path, file)| {
        file.documents.iter().flat_map(move |(offset, unit)| {
            unit.objects.iter().map(move |object| At {
                path,
                file,
                offset: *offset,
                unit,
                object,
                id: "",
            })
        })
    })
}

/// File and number of every object.
fn ids(files: &BTreeMap<String, SourceFile>) -> Vec<String> {
    let mut ids = Vec::new();
    for (path, file) in files {
        let units = file.documents.iter().map(|(_, unit)| unit.objects.len());
        ids.extend((0..units.sum()).map(|index| format!("{path}#{index}")));
    }
    ids
}

/// The object of an id.
pub(crate) fn object<'a>(files: &'a BTreeMap<String, SourceFile>, id: &str) -> Option<&'a Object> {
    let (path, index) = id.rsplit_once('#')?;
    let file = files.get(path)?;
    let mut objects = file.documents.iter().flat_map(|(_, unit)| &unit.objects);
    objects.nth(index.parse().ok()?)
}

fn input(files: &BTreeMap<String, SourceFile>, id: &str) -> Option<ObjectInput> {
    let values = object(files, id)?.input.json();
    Some(ObjectInput {
        object: id.to_owned(),
        json: serde_json::to_string_pretty(values.first()?).ok()?,
    })
}

fn checked(at: At<'_>) -> CheckedObject {
    let object = at.object;
    let start = at.unit.document.text.find(|c: char| !c.is_whitespace());
    let start = at.offset + start.unwrap_or(0);
    let end = at.offset + at.unit.document.text.trim_end().len();
    let span = match &object.made {
        None => Span::new(start, end),
        Some(made) => {
            let first = made.map.origin(2).or_else(|| made.map.origin(1));
            first.map_or(Span::new(start, end), |place| place.span.shifted(at.offset))
        }
    };
    CheckedObject {
        id: at.id.to_owned(),
        kind: object.kind.clone(),
        namespace: object.namespace.clone(),
        name: object.name.clone(),
        team: object.owner.clone(),
        place: places::place(at.path, at.file, span),
        compiled: object.made.is_some(),
    }
}

/// Whoever answers for most of a namespace answers for what names nobody there.
fn teams(objects: &mut [CheckedObject]) {
    let mut counts: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for object in objects.iter().filter(|object| !object.team.is_empty()) {
        let teams = counts.entry(object.namespace.clone()).or_default();
        *teams.entry(object.team.clone()).or_default() += 1;
    }
    for object in objects.iter_mut().filter(|object| object.team.is_empty()) {
        let teams = counts.get(&object.namespace).into_iter().flatten();
        let most = teams.max_by_key(|(_, count)| **count);
        object.team = match most {
            Some((team, _)) if !object.namespace.is_empty() => team.clone(),
            _ => object.namespace.clone(),
        };
    }
}

/// The findings on one object.
fn add(
    set: &Set,
    files: &BTreeMap<String, SourceFile>,
    listed: &mut Listed,
    home: Option<&Home<'_>>,
    at: At<'_>,
    report: &mut CheckReport,
) {
    let Some(found) = at.object.found(set.number) else {
        return;
    };
    report.omitted += u32::try_from(found.omitted).unwrap_or(u32::MAX);
    let mut told = BTreeSet::new();
    let mut counted = BTreeSet::new();
    for one in &found.findings {
        let (package, is_excepted) = (&one.package, &one.excepted);
        let Some(check) = listed.index(&one.finding.query) else {
            continue;
        };
        let mut finding = findings::finding(set, files, at, one);
        // All definitions of a rule make one set: what two of them say counts once.
        if !told.insert((finding.rule.clone(), finding.output.clone())) {
            continue;
        }
        finding.check = u32::try_from(check).unwrap_or(u32::MAX);
        let name = excepted_as(&finding.rule);
        match (is_excepted, name, home) {
            (true, name, home) => {
                let excepted = name
                    .zip(home)
                    .map(|(name, home)| home.excepted(&name, at.object));
                finding.excepted = Some(excepted.unwrap_or_else(Excepted::default));
            }
            (false, Some(name), home) if package == MAIN => {
                finding.except = exceptions::except(home, &name, at.object);
            }
            _ => {}
        }
        if counted.insert((check, finding.level, *is_excepted)) {
            tally(listed, check, &finding);
        }
        keep(report, finding);
    }
}

/// What constraints and admission policies find in one object.
fn add_audited(audit: &Audit, listed: &mut Listed, at: At<'_>, report: &mut CheckReport) {
    let mut counted = BTreeSet::new();
    for finding in admission::findings(audit, &listed.checks, at) {
        let check = finding.check as usize;
        if counted.insert((check, finding.level)) {
            tally(listed, check, &finding);
        }
        keep(report, finding);
    }
}

fn keep(report: &mut CheckReport, finding: Finding) {
    if report.findings.len() < MOST_FINDINGS {
        report.findings.push(finding);
    } else {
        report.omitted += 1;
    }
}

fn tally(listed: &mut Listed, check: usize, finding: &Finding) {
    if let Some(check) = listed.checks.get_mut(check) {
        match (&finding.excepted, finding.level) {
            (Some(_), _) => check.excepted += 1,
            (None, FindingLevel::Fail) => check.fails += 1,
            (None, FindingLevel::Warn) => check.warns += 1,
        }
    }
}

/// Problems of the workspace's files. A shipped check that does not go with them is told at the settings.
fn diagnostics(
    set: &Set,
    audit: Option<&Audit>,
    files: &BTreeMap<String, SourceFile>,
    home: Option<&Home<'_>>,
) -> Vec<Diagnostic> {
    let of_rules = audit.map_or(&[][..], |audit| &audit.problems);
    let problems = set.problems.iter().chain(&set.errors).chain(of_rules);
    let told = |problem: &FileDiagnostic| match files.get(&problem.path) {
        Some(file) => Some(places::diagnostic(&problem.path, file, &problem.diagnostic)),
        None => {
            let home = home?;
            let mut told = places::diagnostic(home.path, home.file, &problem.diagnostic);
            told.place = home.place(Span::default());
            told.message = format!("`{}` is not asked: {}", problem.path, told.message);
            Some(told)
        }
    };
    problems.filter_map(told).collect()
}

fn reached(set: &Set, files: &BTreeMap<String, SourceFile>) -> Vec<Rc<Vec<Coverage>>> {
    objects(files)
        .filter_map(|object| object.reached(set.number))
        .collect()
}

fn modules(set: &Set, files: &BTreeMap<String, SourceFile>) -> Vec<RegoModule> {
    let objects = reached(set, files);
    let modules = set.policies.modules().iter();
    let own = modules.filter(|module| !is_pack(&module.path));
    own.map(|module| RegoModule {
        path: module.path.clone(),
        package: module.package.clone(),
        version: match module.version {
            RegoVersion::V0 => 0,
            RegoVersion::V1 => 1,
        },
        lines: match objects.is_empty() {
            true => Vec::new(),
            false => Reached::of(&module.path, &objects).lines(module),
        },
    })
    .collect()
}

/// How many objects come to the last condition of each check.
fn count_applies(set: &Set, files: &BTreeMap<String, SourceFile>, listed: &mut Listed) {
    let objects = reached(set, files);
    for index in 0..listed.checks.len() {
        let rules: Vec<String> = listed.rules(index).map(str::to_owned).collect();
        let asked = |check: &&mut Check| check.on && check.source == CheckSource::Rego;
        let Some(check) = listed.checks.get_mut(index).filter(asked) else {
            continue;
        };
        let path = match &check.place {
            Some(place) => place.file.clone(),
            None => format!("{PACK}/{}.rego", check.id),
        };
        let mut modules = set.policies.modules().iter();
        let Some(module) = modules.find(|module| module.path == path) else {
            continue;
        };
        let of = |rule: &str| {
            let query = format!("data.{}.{rule}", module.package);
            rules.contains(&query)
        };
        let bodies = module.bodies.iter().filter(|body| of(&body.rule));
        check.applies = Some(Reached::of(&path, &objects).applies(bodies));
    }
}
