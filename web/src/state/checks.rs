//! Checks in Rego: what the checker found, what is chosen of it, and how it is mended. Findings are shown as
//! problems of the files that they are about, beside those of the engine.

mod act;
pub mod apply;
mod merge;
mod sources;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use tierwalk_protocol::{
    Analysis, Edit, Fix,
    checks::{Check, CheckReport, CheckView, CheckedObject, Finding, FindingLevel, RegoModule},
};

pub use act::EXCEPTED;
pub use sources::is_rego;
pub use tierwalk_protocol::checks::Excepted;

use super::{Effect, Focus, Middle, Model, Msg as PageMsg, files::Files};
use crate::{checker::Event, shared::Shared};

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// The checker said something.
    Heard(Event),
    /// Choose a check.
    Check(usize),
    /// Choose a finding.
    Finding(usize),
    /// Choose the next entry of the view, or the previous one, and move the focus there.
    By(i32),
    /// Group findings by team, or by file.
    ByTeam(bool),
    /// Go to the place of a finding.
    Go(usize),
    /// Turn a check on or off.
    Switch(usize),
    /// Make a fix.
    Fix(Fix),
    /// Write the value of a parameter.
    Parameter {
        /// Which check.
        check: usize,
        /// Which parameter.
        name: String,
        /// What was typed, as YAML.
        value: String,
    },
    /// Open the form of an exception, or close it.
    Excepting(bool),
    /// Write the exception: the finding, the reason, the last day.
    Except(usize, String, String),
    /// Copy the line that Conftest prints.
    Copy(usize),
    /// Add a check to begin with.
    New,
    /// Add the settings of the shipped checks.
    AddPack,
    /// Evaluate an expression of a file, from and to in UTF-16 code units.
    Evaluate(String, u32, u32),
    /// Evaluate what is selected in the editor.
    EvaluateSelection,
    /// Evaluate on another object.
    Object(String),
    /// Show what a check sees, or not.
    Input(bool),
    /// About applying as somebody.
    Apply(apply::Msg),
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A check, by its name and file.
    Check(String, Option<String>),
    /// A finding: check, rule, object and field.
    Finding(Box<(u32, String, String, String)>),
}

/// An expression that was evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// Its file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Where it is, in UTF-16 code units.
    pub range: (u32, u32),
    /// Its values, or why there are none; `None` until they are there.
    pub value: Option<Result<Vec<String>, String>>,
}

/// How the checker is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// It answers, or there is nothing to check.
    #[default]
    Well,
    /// It was stopped at the deadline; with the file that was changed last.
    TimedOut(String),
    /// It died; the text is for a report.
    Died(String),
}

/// What is known of the checks.
#[derive(Debug, Default)]
pub struct State {
    /// What they say; `None` if there are none, or before the first answer.
    pub report: Option<Shared<CheckReport>>,
    /// They were asked; the answer may be under way.
    pub(super) asked: bool,
    /// The files that they say it about.
    files: Files,
    /// What the engine found, without them.
    pub(super) engine: Option<Shared<Analysis>>,
    /// What is chosen.
    pub chosen: Option<Chosen>,
    /// Findings are grouped by team.
    pub by_team: bool,
    /// The form of an exception is open.
    pub excepting: bool,
    /// What a check sees is shown.
    pub input: bool,
    /// The object that expressions are evaluated on.
    pub object: Option<String>,
    /// The expression that was evaluated last.
    pub evaluated: Option<Evaluated>,
    /// Counts how often the selection was to be evaluated.
    pub selection: u32,
    /// Who applies what.
    pub apply: apply::State,
    /// How the checker is.
    pub health: Health,
    /// What was chosen while the checker was busy.
    waiting: Option<Waiting>,
}

/// What waits for the checker to know the text as it stands.
#[derive(Debug)]
enum Waiting {
    /// A fix of what is chosen, by its title.
    Fix(String),
    /// The switch of a check.
    Switch(Chosen),
}

impl Model {
    pub(super) fn update_checks(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Heard(event) => self.heard_checks(event),
            Msg::Check(index) => self.choose_check(index),
            Msg::Finding(index) => self.choose_finding(index),
            Msg::By(by) => self.check_by(by),
            Msg::Go(index) => self.go_to_finding(index),
            Msg::ByTeam(by_team) => {
                self.checks.by_team = by_team;
                Vec::new()
            }
            Msg::Input(input) => {
                self.checks.input = input;
                Vec::new()
            }
            Msg::Excepting(open) => {
                self.checks.excepting = open;
                let reason = open.then_some(Effect::Focus(Focus::Exception));
                reason.into_iter().collect()
            }
            Msg::Object(id) => self.choose_object(id),
            Msg::Apply(msg) => self.update_apply(msg),
            other => self.act_on_checks(other),
        }
    }

    /// Whether there is anything to check with.
    pub fn has_checks(&self) -> bool {
        let mut files = self.files.iter();
        files.any(|file| sources::may_check(&file.path, &file.text))
    }

    /// What the checker is to look at.
    pub fn check_view(&self) -> CheckView {
        let shown = self.middle() == Middle::Checks;
        CheckView {
            coverage: shown || is_rego(&self.open),
            object: (shown && self.checks.input)
                .then(|| self.object_at_hand())
                .flatten(),
            now: 0.0,
            apply: shown.then(|| self.apply_view()),
        }
    }

    /// The walk of the first flow is there, which the checker was to wait for.
    pub(super) fn check_after_walk(&mut self) -> Vec<Effect> {
        match self.checks.report.is_none() && self.checks.health == Health::Well {
            true => self.check(),
            false => Vec::new(),
        }
    }

    /// The engine has answered: now the checker may, once the first verdict is explained.
    pub(super) fn check(&mut self) -> Vec<Effect> {
        if self.checks.report.is_none() && self.flow.is_some() && self.shown.is_none() {
            return Vec::new();
        }
        self.checks.asked = self.has_checks();
        if self.checks.asked {
            return vec![Effect::Check];
        }
        if self.checks.report.take().is_some() {
            self.checks.chosen = None;
            self.checks.evaluated = None;
            self.checks.health = Health::Well;
            self.merge_findings();
            return vec![Effect::RestChecker];
        }
        Vec::new()
    }

    fn heard_checks(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Report(report, files) => {
                if !self.has_checks() {
                    return Vec::new();
                }
                self.checks.health = Health::Well;
                self.checks.report = Some(Shared::from(report));
                self.checks.files = files;
                self.choose_something();
                self.merge_findings();
                let mut effects = self.fix_what_waits();
                effects.extend(self.evaluate_again());
                effects.extend(self.try_suggestions());
                return effects;
            }
            Event::Value(value) => {
                if let Some(evaluated) = &mut self.checks.evaluated {
                    evaluated.value = Some(value);
                }
            }
            Event::Tried(number, broken) => self.suggestions_tried(number, broken),
            Event::TimedOut(files) => {
                let difference = self.checks.files.difference(&files);
                let culprit = match difference.changed.as_slice() {
                    [changed] => changed.path.clone(),
                    _ => String::new(),
                };
                self.checks.health = Health::TimedOut(culprit);
            }
            Event::Died(why) => self.checks.health = Health::Died(why),
        }
        Vec::new()
    }

    /// What is chosen may be gone: the first finding then, else the first check.
    fn choose_something(&mut self) {
        let Some(report) = self.checks.report.clone() else {
            return;
        };
        let there = match &self.checks.chosen {
            Some(Chosen::Check(..)) => self.chosen_check().is_some(),
            Some(Chosen::Finding(_)) => self.chosen_finding().is_some(),
            None => false,
        };
        if there {
            return;
        }
        self.checks.excepting = false;
        let of = |found: &Finding| report.checks.get(found.check as usize);
        let same = match &self.checks.chosen {
            // The check of a finding that was mended.
            Some(Chosen::Finding(key)) => report.checks.get(key.0 as usize).map(check_key),
            _ => None,
        };
        let counts = |found: &&Finding| found.excepted.is_none() && of(found).is_some();
        let listed = || report.findings.iter().filter(counts);
        let refused = listed().find(|it| it.level == FindingLevel::Fail);
        let first = refused.or_else(|| listed().next()).map(finding_key);
        let check = || report.checks.first().map(check_key);
        self.checks.chosen = same.or(first).or_else(check);
    }

    /// The check that is chosen, and its number.
    pub fn chosen_check(&self) -> Option<(usize, &Check)> {
        let report = self.checks.report.as_ref()?;
        let chosen = self.checks.chosen.as_ref()?;
        let mut checks = report.checks.iter().enumerate();
        checks.find(|(_, check)| check_key(check) == *chosen)
    }

    /// The finding that is chosen, and its number.
    pub fn chosen_finding(&self) -> Option<(usize, &Finding)> {
        let report = self.checks.report.as_ref()?;
        let chosen = self.checks.chosen.as_ref()?;
        let Chosen::Finding(key) = chosen else {
            return None;
        };
        let (check, rule, object, path) = &**key;
        let is_it = |it: &Finding| {
            (it.check, &it.rule, &it.object, &it.path) == (*check, rule, object, path)
        };
        let mut findings = report.findings.iter().enumerate();
        findings.find(|(_, finding)| is_it(finding))
    }

    /// The object that the inspector speaks of.
    pub fn object_at_hand(&self) -> Option<String> {
        let of_finding = self.chosen_finding().map(|(_, found)| found.object.clone());
        let first = || {
            let report = self.checks.report.as_ref()?;
            Some(report.objects.first()?.id.clone())
        };
        let chosen = self.checks.object.clone();
        chosen.or(of_finding).or_else(first)
    }

    /// An object that was checked.
    pub fn checked_object(&self, id: &str) -> Option<&CheckedObject> {
        let report = self.checks.report.as_ref()?;
        let mut objects = report.objects.iter();
        objects.find(|object| object.id == id).map(|it| &**it)
    }

    /// What is known of the open policy file.
    pub fn open_module(&self) -> Option<&RegoModule> {
        let report = self.checks.report.as_ref()?;
        report
            .modules
            .iter()
            .find(|module| module.path == *self.open)
    }

    /// How many objects were checked.
    pub fn checked(&self) -> usize {
        let report = self.checks.report.as_ref();
        report.map_or(0, |report| report.objects.len())
    }

    /// Whether what the checker said is about the text as it stands.
    pub fn checks_are_fresh(&self) -> bool {
        self.checks.files == self.files
    }

    /// How many findings refuse, and how many warn.
    pub fn check_counts(&self) -> (usize, usize) {
        let report = self.checks.report.as_ref();
        let checks = report.map_or(&[][..], |report| &report.checks);
        let sum = |count: fn(&Check) -> u32| checks.iter().map(|it| count(it) as usize).sum();
        (sum(|it| it.fails), sum(|it| it.warns))
    }
}

/// What tells a check from others.
pub fn check_key(check: &Check) -> Chosen {
    let file = check.place.as_ref().map(|place| place.file.clone());
    Chosen::Check(check.id.clone(), file)
}

/// What tells a finding from others.
pub fn finding_key(finding: &Finding) -> Chosen {
    Chosen::Finding(Box::new((
        finding.check,
        finding.rule.clone(),
        finding.object.clone(),
        finding.path.clone(),
    )))
}

/// The line that Conftest prints for a finding.
pub fn conftest_line(finding: &Finding) -> String {
    let word = match finding.level {
        FindingLevel::Fail => "FAIL",
        FindingLevel::Warn => "WARN",
    };
    format!(
        "{word} - {} - {} - {}",
        finding.place.file, finding.package, finding.message
    )
}

/// The edit with a reason and a last day in it.
fn filled(edit: &Edit, reason: &str, expires: &str) -> Edit {
    use tierwalk_protocol::{
        checks::{EXPIRES, REASON},
        yaml_text,
    };
    let text = edit.text.replace(REASON, &yaml_text::scalar(reason));
    Edit {
        text: text.replace(EXPIRES, expires),
        ..edit.clone()
    }
}

impl From<Msg> for PageMsg {
    fn from(msg: Msg) -> Self {
        Self::Checks(msg)
    }
}

/// What was evaluated, read off the text.
fn piece(files: &Files, file: &str, range: (u32, u32)) -> Option<Rc<str>> {
    let text = files.text(file)?;
    let units: Vec<u16> = text.encode_utf16().collect();
    let piece = units.get(range.0 as usize..range.1 as usize)?;
    Some(String::from_utf16_lossy(piece).trim().into())
}
