//! The policies of a workspace, loaded together, and asked about what is new.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use tierwalk_governance::own;
use tierwalk_governance::pack::{self, Settings};
use tierwalk_governance::{
    CheckOptions, CheckResult, FileDiagnostic, Input, Level, Limits, LoadOptions, Namespaces,
    Policies, PolicyFile, check, reach,
};

use crate::file::{FileKind, SourceFile, UnitKind};
use crate::object::{Found, FoundOne, Object};

/// Where the files of the pack seem to be.
pub(crate) const PACK: &str = "pack";

/// How long one rule may take over one object. The page waits for all of them together.
const DEADLINE: Duration = Duration::from_millis(300);

/// Results of one rule on one object that are kept.
const FINDINGS: usize = 1_000;

const DAY_MS: f64 = 86_400_000.0;

/// Policies and data, and what they are made of.
pub(crate) struct Set {
    /// Tells one set from the next.
    pub number: u64,
    made_of: Sources,
    pub policies: Policies,
    /// The settings of the pack, if it is asked for.
    pub settings: Option<Settings>,
    pub problems: Vec<FileDiagnostic>,
    /// Rules that could not be evaluated.
    pub errors: Vec<FileDiagnostic>,
}

#[derive(Default, PartialEq)]
struct Sources {
    rego: Vec<PolicyFile>,
    data: Vec<PolicyFile>,
    settings: Option<PolicyFile>,
    day: u64,
}

impl Sources {
    fn of(files: &BTreeMap<String, SourceFile>, now: f64) -> Self {
        let mut sources = Self {
            day: (now / DAY_MS) as u64,
            ..Self::default()
        };
        for (path, file) in files {
            let policy = || PolicyFile::new(path.clone(), file.text.clone());
            match file.kind {
                FileKind::Rego if !path.ends_with("_test.rego") => sources.rego.push(policy()),
                FileKind::Yaml if file.has(UnitKind::Settings) => {
                    sources.settings.get_or_insert_with(policy);
                }
                FileKind::Yaml if is_data(path, file, files) => sources.data.push(policy()),
                _ => {}
            }
        }
        sources
    }

    /// Noon of the day, in nanoseconds since 1970: exceptions hold through their last day.
    fn now(&self) -> Option<i64> {
        let day = i64::try_from(self.day).ok()?;
        day.checked_mul(86_400_000_000_000)?
            .checked_add(43_200_000_000_000)
    }
}

/// Data stands beside the policies, or in a folder `data`, and is no object.
pub(crate) fn is_data(path: &str, file: &SourceFile, files: &BTreeMap<String, SourceFile>) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |other: &str| {
        FileKind::of(other) == FileKind::Rego
            && other.rsplit_once('/').map_or("", |(folder, _)| folder) == folder
    };
    !file.documents.is_empty()
        && (file.documents.iter()).all(|(_, unit)| unit.kind == UnitKind::Plain)
        && (folder == "data" || files.keys().any(|other| beside(other)))
}

impl Set {
    /// The set of these files: the one before, if nothing of it changed.
    pub fn of(before: Option<Self>, files: &BTreeMap<String, SourceFile>, now: f64) -> Self {
        let sources = Sources::of(files, now);
        let number = before.as_ref().map_or(0, |before| before.number);
        match before {
            // What could not be evaluated may be due to an object that changed.
            Some(before) if before.made_of == sources && before.errors.is_empty() => before,
            Some(before) if before.made_of == sources => Self {
                number: number + 1,
                errors: Vec::new(),
                ..before
            },
            _ => Self::load(sources, number + 1),
        }
    }

    fn load(sources: Sources, number: u64) -> Self {
        let mut rego = sources.rego.clone();
        let mut data = sources.data.clone();
        let options = LoadOptions {
            now: sources.now(),
            by_definition: true,
            limits: Limits {
                deadline: DEADLINE,
                findings: FINDINGS,
            },
            ..LoadOptions::default()
        };
        let mut settings = None;
        if let Some(file) = &sources.settings {
            let (read, _) = Settings::read(&file.path, &file.text, options.now);
            rego = own::without(rego, read.off());
            rego.extend(pack::policies(PACK));
            data.push(read.data(PACK));
            settings = Some(read);
        }
        let (policies, mut problems) = Policies::load(&rego, &data, &options);
        if let Some(file) = &sources.settings {
            let own: BTreeSet<String> = sources.rego.iter().flat_map(own::check_names).collect();
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            let read = Settings::read_beside(&file.path, &file.text, options.now, &own);
            problems.extend(read.1);
        }
        Self {
            number,
            made_of: sources,
            policies,
            settings,
            problems,
            errors: Vec::new(),
        }
    }

    /// Asks about every object that was not asked about yet.
    pub fn ask(&mut self, files: &BTreeMap<String, SourceFile>) {
        let objects = objects(files);
        let new: Vec<&Object> = objects
            .filter(|object| object.found(self.number).is_none())
            .collect();
        let inputs: Vec<&Input> = new.iter().map(|object| &object.input).collect();
        let options = CheckOptions {
            namespaces: Namespaces::All,
            ..CheckOptions::default()
        };
        let report = check(&self.policies, &inputs, &options);
        for error in report.errors {
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
        }
        let mut found: Vec<Found> = new.iter().map(|_| Found::default()).collect();
        let count = new.len().max(1);
        for (index, result) in report.results.into_iter().enumerate() {
            if let Some(found) = found.get_mut(index % count) {
                found.add(result);
            }
        }
        for (object, found) in new.into_iter().zip(found) {
            object.set_found(self.number, found);
        }
    }

    /// Notes which lines each object reaches, where that is not known yet.
    pub fn count(&mut self, files: &BTreeMap<String, SourceFile>) {
        let objects = objects(files);
        let new: Vec<&Object> = objects
            .filter(|object| object.reached(self.number).is_none())
            .collect();
        let inputs: Vec<&Input> = new.iter().map(|object| &object.input).collect();
        let reached = reach(&self.policies, &inputs, &Namespaces::All);
        for (object, reached) in new.into_iter().zip(reached) {
            object.set_reached(self.number, reached);
        }
    }
}

impl Found {
    fn add(&mut self, result: CheckResult) {
        self.omitted += result.omitted.failures + result.omitted.warnings;
        let counted = result.failures.into_iter().chain(result.warnings);
        let counted = counted.map(|finding| (finding, false));
        let excepted = result.excepted.into_iter().map(|finding| (finding, true));
        for (finding, excepted) in counted.chain(excepted) {
            self.findings.push(FoundOne {
                package: result.namespace.clone(),
                finding,
                excepted,
                change: OnceCell::new(),
            });
        }
    }
}

/// Every object, by file and place.
pub(crate) fn objects(files: &BTreeMap<String, SourceFile>) -> impl Iterator<Item = &Object> {
    let units = files.values().flat_map(|file| &file.documents);
    units.flat_map(|(_, unit): &(usize, Rc<_>)| &unit.objects)
}

/// Whether a policy is of the pack.
pub(crate) fn is_pack(path: &str) -> bool {
    path.strip_prefix(PACK)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// The name by which exceptions speak of a rule: `deny_order` is `order`; `deny` has none.
pub(crate) fn excepted_as(query: &str) -> Option<String> {
    let name = query.rsplit('.').next()?;
    Level::of(name)?;
    let (_, suffix) = name.split_once('_')?;
    Some(suffix.to_owned())
}
