//! The form of the object at hand. It shows what the engine reads in the text, and what is filled in is written
//! there by the engine: one change after the other, each for the text as it is then.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use tierwalk_protocol::{
    Changed, FieldChange, FieldEdit, NewPolicy, ObjectAsked, ObjectAt, ObjectForm, ObjectReply,
    PolicyRef, Question,
};

use crate::{
    shared::Shared,
    state::{Effect, Focus, Model, Pane, board_view, files::Files, history::Change, text_edit},
};

/// The form and what is under way.
#[derive(Debug, Default)]
pub struct State {
    /// The object at hand.
    pub at: Option<ObjectAt>,
    /// The form is to be shown in place of the walk.
    pub shown: bool,
    /// The form as it was read last.
    pub form: Option<Shared<ObjectForm>>,
    /// Why there is no form, or why it waits.
    pub why: Option<String>,
    /// The question that asked for the form.
    asked: Option<u32>,
    /// The change that was asked for, when it was made, and the files as they were.
    changing: Option<(u32, Wanted, Files)>,
    /// Changes that wait for it.
    waiting: Vec<Wanted>,
}

/// What is to be written.
#[derive(Clone, Debug)]
enum Wanted {
    Field(ObjectAt, FieldChange, f64),
    Policy(NewPolicy),
}

impl Wanted {
    /// A later value of the same field takes the place of an earlier one.
    fn is_replaced_by(&self, other: &Self) -> bool {
        let value = |what: &FieldEdit| matches!(what, FieldEdit::Set(_) | FieldEdit::Terms(_));
        match (self, other) {
            (Self::Field(_, a, _), Self::Field(_, b, _)) => {
                a.path == b.path && value(&a.what) && value(&b.what)
            }
            _ => false,
        }
    }
}

impl State {
    /// Another object is at hand.
    pub(in crate::state) fn turn_to(&mut self, file: &str, line: u32) {
        self.at = Some(ObjectAt {
            file: file.to_owned(),
            line,
            key: None,
        });
    }
}

impl Model {
    /// Whether the form of an object is shown.
    pub fn shows_object(&self) -> bool {
        self.objects.form.shown
    }

    pub(in crate::state) fn show_object(&mut self, shown: bool) -> Vec<Effect> {
        self.objects.form.shown = shown;
        self.refresh_form().into_iter().collect()
    }

    /// Another object is at hand.
    pub(in crate::state) fn look_at_object(&mut self, file: &str, line: u32) -> Vec<Effect> {
        self.objects.form.turn_to(file, line);
        self.refresh_form().into_iter().collect()
    }

    /// Reads the form again, if it is shown.
    pub(in crate::state) fn refresh_form(&mut self) -> Option<Effect> {
        if self.objects.form.at.is_none() {
            self.objects.form.turn_to(&self.open, 1);
        }
        let at = self.objects.form.at.clone();
        let at = at.filter(|_| self.objects.form.shown)?;
        let effect = self.ask(Question::Object(ObjectAsked::Show(at)));
        self.objects.form.asked = Some(self.questions);
        Some(effect)
    }

    /// Opens the form of a policy.
    pub(super) fn edit_policy(&mut self, policy: &PolicyRef) -> Vec<Effect> {
        let Some(place) = board_view::place(&self.analysis.board, policy) else {
            return Vec::new();
        };
        self.policy = Some(policy.clone());
        self.reveal(&place, false);
        self.open_form(&place.file, place.line)
    }

    fn open_form(&mut self, file: &str, line: u32) -> Vec<Effect> {
        self.details.shown = false;
        self.objects.form.shown = true;
        self.pane = Pane::Walk;
        let mut effects = self.look_at_object(file, line);
        effects.push(Effect::Focus(Focus::Side));
        effects
    }

    pub(super) fn change_field(&mut self, change: FieldChange, when: f64) -> Vec<Effect> {
        match self.objects.form.at.clone() {
            Some(at) => self.want(Wanted::Field(at, change, when)),
            None => Vec::new(),
        }
    }

    pub(super) fn add_policy(&mut self, new: NewPolicy) -> Vec<Effect> {
        self.want(Wanted::Policy(new))
    }

    fn want(&mut self, wanted: Wanted) -> Vec<Effect> {
        let form = &mut self.objects.form;
        if form.changing.is_none() {
            return self.ask_change(wanted);
        }
        match form.waiting.last_mut() {
            Some(last) if last.is_replaced_by(&wanted) => *last = wanted,
            _ => form.waiting.push(wanted),
        }
        Vec::new()
    }

    fn ask_change(&mut self, wanted: Wanted) -> Vec<Effect> {
        let asked = match &wanted {
            Wanted::Field(at, change, _) => ObjectAsked::Change(at.clone(), change.clone()),
            Wanted::Policy(new) => ObjectAsked::Add(new.clone()),
        };
        let effect = self.ask(Question::Object(asked));
        self.objects.form.changing = Some((self.questions, wanted, self.files.clone()));
        vec![effect]
    }

    /// Takes a reply in, if it is one to the form.
    pub(super) fn form_replied(&mut self, id: u32, reply: ObjectReply) -> Vec<Effect> {
        if self.objects.form.asked == Some(id) {
            self.take_form(reply);
            return Vec::new();
        }
        let changing = &mut self.objects.form.changing;
        let Some((_, wanted, files)) = changing.take_if(|(asked, ..)| *asked == id) else {
            return Vec::new();
        };
        if files != self.files {
            return self.ask_change(wanted);
        }
        let mut effects = match reply {
            ObjectReply::Changed(changed) => self.write_change(changed, &wanted),
            ObjectReply::Refused(why) => {
                self.notice = Some(format!("Not changed: {why}."));
                Vec::new()
            }
            _ => Vec::new(),
        };
        if !self.objects.form.waiting.is_empty() {
            let next = self.objects.form.waiting.remove(0);
            effects.extend(self.ask_change(next));
        }
        effects
    }

    fn take_form(&mut self, reply: ObjectReply) {
        let state = &mut self.objects.form;
        match reply {
            ObjectReply::Form(form) => {
                state.at = Some(form.at.clone());
                state.why = None;
                state.form = Some(Shared::from(*form));
            }
            ObjectReply::NoForm { why, broken } => {
                state.why = Some(why);
                if !broken {
                    state.form = None;
                }
            }
            _ => {}
        }
    }

    fn write_change(&mut self, changed: Changed, wanted: &Wanted) -> Vec<Effect> {
        let Some(files) = text_edit::apply(&self.files, &changed.edits) else {
            return Vec::new();
        };
        if !changed.said.is_empty() {
            self.notice = Some(changed.said);
        }
        if let Some(file) = changed.file {
            let path = files.free_path(&file.path);
            let mut effects = self.change(files.with(&path, file.text), Change::Structure);
            self.policy = changed.policy;
            self.show(&path);
            effects.extend(self.open_form(&path, 1));
            return effects;
        }
        if changed.edits.is_empty() {
            return Vec::new();
        }
        let change = match wanted {
            Wanted::Field(at, change, when)
                if matches!(change.what, FieldEdit::Set(_) | FieldEdit::Terms(_)) =>
            {
                Change::Typing {
                    path: Rc::from(at.file.as_str()),
                    at: *when,
                }
            }
            _ => Change::Structure,
        };
        self.change(files, change)
    }
}
