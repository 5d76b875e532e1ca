//! What is done about checks: choosing, mending, switching, excepting, adding. All changes of text can be
//! taken back.

use std::rc::Rc;

use tierwalk_protocol::{Edit, Fix, checks::CheckRequest};

use super::{
    Chosen, Evaluated, Msg, Waiting, check_key, conftest_line, filled, finding_key, piece,
};
use crate::state::{Effect, Focus, Middle, Model, Pane, history::Change, text_edit};

const PACK: &str = include_str!("../../../../static/checks/starter.yaml");
const CHECK: &str = include_str!("../../../../static/checks/check.rego");

impl Model {
    pub(super) fn act_on_checks(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Fix(fix) => self.fix_finding(&fix),
            Msg::Switch(check) => self.switch_check(check),
            Msg::Parameter { check, name, value } => self.set_parameter(check, &name, &value),
            Msg::Except(index, reason, expires) => self.except(index, &reason, &expires),
            Msg::Copy(index) => self.copy_finding(index),
            Msg::New => self.add_file("checks/owner.rego", CHECK),
            Msg::AddPack => self.add_file("checks/checks.yaml", PACK),
            Msg::Evaluate(file, from, to) => self.evaluate(file, (from, to)),
            Msg::EvaluateSelection => {
                self.checks.selection += 1;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn choose_check(&mut self, index: usize) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let check = report.and_then(|report| report.checks.get(index));
        let Some((key, place)) = check.map(|check| (check_key(check), check.place.clone())) else {
            return Vec::new();
        };
        self.checks.chosen = Some(key);
        self.checks.excepting = false;
        if let Some(place) = place {
            self.reveal(&place, false);
        }
        Vec::new()
    }

    pub(super) fn choose_finding(&mut self, index: usize) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let finding = report.and_then(|report| report.findings.get(index));
        let Some((key, place)) = finding.map(|it| (finding_key(it), it.place.clone())) else {
            return Vec::new();
        };
        self.checks.chosen = Some(key);
        self.checks.object = None;
        self.checks.excepting = false;
        // A policy that is being written stays in the editor; the inspector shows the lines.
        if !super::is_rego(&self.open) {
            self.reveal(&place, false);
        }
        Vec::new()
    }

    pub(super) fn go_to_finding(&mut self, index: usize) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let finding = report.and_then(|report| report.findings.get(index));
        if let Some(place) = finding.map(|finding| finding.place.clone()) {
            self.reveal(&place, true);
        }
        Vec::new()
    }

    /// Checks and findings are one list to the arrow keys.
    pub(super) fn check_by(&mut self, by: i32) -> Vec<Effect> {
        let Some(report) = self.checks.report.clone() else {
            return Vec::new();
        };
        let checks = report.checks.len();
        let order = self.finding_order();
        let at = match (self.chosen_check(), self.chosen_finding()) {
            (Some((index, _)), _) => Some(index),
            (_, Some((index, _))) => order
                .iter()
                .position(|other| *other == index)
                .map(|place| checks + place),
            _ => None,
        };
        let next = at.map_or(Some(0), |at| at.checked_add_signed(by as isize));
        match next {
            Some(next) if next < checks => self.choose_check(next),
            Some(next) => match order.get(next - checks) {
                Some(index) => self.choose_finding(*index),
                None => Vec::new(),
            },
            None => Vec::new(),
        };
        vec![Effect::Focus(Focus::Check)]
    }

    /// Numbers of findings as they are listed: by group, exceptions last.
    pub fn finding_order(&self) -> Vec<usize> {
        let groups = self.finding_groups();
        groups.into_iter().flat_map(|group| group.1).collect()
    }

    /// Findings by file or by team; then those that are excepted.
    pub fn finding_groups(&self) -> Vec<(String, Vec<usize>)> {
        let Some(report) = &self.checks.report else {
            return Vec::new();
        };
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        let mut excepted = Vec::new();
        for (index, finding) in report.findings.iter().enumerate() {
            if finding.excepted.is_some() {
                excepted.push(index);
                continue;
            }
            let name = match self.checks.by_team {
                true => self.team(&finding.object),
                false => finding.place.file.clone(),
            };
            match groups.iter_mut().find(|(group, _)| *group == name) {
                Some((_, group)) => group.push(index),
                None => groups.push((name, vec![index])),
            }
        }
        if !excepted.is_empty() {
            groups.push((EXCEPTED.to_owned(), excepted));
        }
        groups
    }

    fn team(&self, object: &str) -> String {
        let team = self
            .checked_object(object)
            .map(|object| object.team.as_str());
        match team {
            None | Some("") => "no team".to_owned(),
            Some(team) => team.to_owned(),
        }
    }

    /// Places of an earlier text would be the wrong ones: the fix waits for those of this one.
    fn fix_finding(&mut self, fix: &Fix) -> Vec<Effect> {
        if !self.checks_are_fresh() {
            self.checks.waiting = Some(Waiting::Fix(fix.title.clone()));
            return Vec::new();
        }
        self.change_checked(&fix.edits)
    }

    /// The fix that was chosen meanwhile, if what is chosen still has it.
    pub(super) fn fix_what_waits(&mut self) -> Vec<Effect> {
        if !self.checks_are_fresh() {
            return Vec::new();
        }
        let title = match self.checks.waiting.take() {
            None => return Vec::new(),
            Some(Waiting::Switch(key)) => return self.switch_known(&key),
            Some(Waiting::Fix(title)) => title,
        };
        let switch = self
            .chosen_check()
            .and_then(|(_, check)| check.switch.as_ref());
        let finding = self.chosen_finding().map(|(_, finding)| &finding.fixes);
        let mut fixes = switch.into_iter().chain(finding.into_iter().flatten());
        let fix = fixes.find(|fix| fix.title == title).cloned();
        fix.map(|fix| self.change_checked(&fix.edits))
            .unwrap_or_default()
    }

    /// Edits of what the checker said about an earlier text would land in the wrong place.
    fn change_checked(&mut self, edits: &[Edit]) -> Vec<Effect> {
        if !self.checks_are_fresh() {
            return Vec::new();
        }
        self.notice = None;
        let files = match edits {
            [edit] if !self.files.contains(&edit.place.file) => {
                Some(self.files.with(&edit.place.file, edit.text.as_str()))
            }
            edits => text_edit::apply(&self.files, edits),
        };
        files.map_or_else(Vec::new, |files| self.change(files, Change::Structure))
    }

    fn switch_check(&mut self, index: usize) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let Some(key) = report.and_then(|report| Some(check_key(report.checks.get(index)?))) else {
            return Vec::new();
        };
        if self.checks_are_fresh() {
            return self.switch_known(&key);
        }
        self.checks.waiting = Some(Waiting::Switch(key));
        Vec::new()
    }

    fn switch_known(&mut self, key: &Chosen) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let mut checks = report.into_iter().flat_map(|report| &report.checks);
        let switch = checks.find(|check| check_key(check) == *key);
        let switch = switch.and_then(|check| check.switch.clone());
        switch.map_or_else(Vec::new, |fix| self.change_checked(&fix.edits))
    }

    fn set_parameter(&mut self, check: usize, name: &str, value: &str) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let check = report.and_then(|report| report.checks.get(check));
        let mut parameters = check.into_iter().flat_map(|check| &check.parameters);
        let Some(parameter) = parameters.find(|parameter| parameter.name == name) else {
            return Vec::new();
        };
        if parameter.value == value || value.trim().is_empty() {
            return Vec::new();
        }
        let edit = Edit {
            place: parameter.place.clone(),
            text: format!("{}{}", parameter.before, value.trim()),
        };
        self.change_checked(&[edit])
    }

    fn except(&mut self, index: usize, reason: &str, expires: &str) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let finding = report.and_then(|report| report.findings.get(index));
        let Some(edit) = finding.and_then(|finding| finding.except.clone()) else {
            return Vec::new();
        };
        if !self.checks_are_fresh() || reason.trim().is_empty() {
            return Vec::new();
        }
        self.checks.excepting = false;
        let edit = filled(&edit, reason.trim(), expires);
        let place = edit.place.clone();
        let effects = self.change_checked(&[edit]);
        self.reveal(&place, false);
        let path = place.file;
        self.notice = Some(format!("Excepted until {expires} in `{path}`."));
        effects
    }

    fn copy_finding(&self, index: usize) -> Vec<Effect> {
        let report = self.checks.report.as_ref();
        let finding = report.and_then(|report| report.findings.get(index));
        let line = finding.map(conftest_line);
        line.map(|line| Effect::Copy(line, "Conftest's line copied".to_owned()))
            .into_iter()
            .collect()
    }

    pub(super) fn add_file(&mut self, path: &str, text: &str) -> Vec<Effect> {
        let path = self.files.free_path(path);
        let effects = self.change(self.files.with(&path, text), Change::Structure);
        self.show(&path);
        self.templates.middle = Middle::Checks;
        self.checks.chosen = None;
        self.pane = Pane::Text;
        effects
    }

    pub(super) fn choose_object(&mut self, id: String) -> Vec<Effect> {
        self.checks.object = Some(id);
        self.evaluate_again()
    }

    fn evaluate(&mut self, file: String, range: (u32, u32)) -> Vec<Effect> {
        let Some(text) = piece(&self.files, &file, range).filter(|text| !text.is_empty()) else {
            return Vec::new();
        };
        self.checks.evaluated = Some(Evaluated {
            file,
            text: Rc::clone(&text).to_string(),
            range,
            value: None,
        });
        self.pane = Pane::Walk;
        self.evaluate_again()
    }

    /// The expression that was evaluated last, if it still stands where it stood.
    pub(super) fn evaluate_again(&mut self) -> Vec<Effect> {
        let Some(object) = self.object_at_hand() else {
            return Vec::new();
        };
        let Some(evaluated) = &self.checks.evaluated else {
            return Vec::new();
        };
        let now = piece(&self.files, &evaluated.file, evaluated.range);
        if now.as_deref() != Some(evaluated.text.as_str()) {
            self.checks.evaluated = None;
            return Vec::new();
        }
        vec![Effect::Evaluate(CheckRequest::Evaluate {
            file: evaluated.file.clone(),
            from: evaluated.range.0,
            to: evaluated.range.1,
            object,
        })]
    }
}

/// The group of findings that do not count.
pub const EXCEPTED: &str = "\u{0}excepted";
