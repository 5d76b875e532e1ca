//! What the editor asks of the engine, and commands that reach into other files.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use tierwalk_protocol::{Edit, Formatted, LanguageAsked, LanguageReply, Named, Question, Renamed};

use super::{
    Drawer, Effect, Focus, Model, Pane, Width, files::Files, find, history::Change, text_edit,
    words,
};
use crate::editor::{Asked, Wanted};

/// How many answers are kept for the editor, which takes them with the next frame.
const KEPT: usize = 16;

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// The editor asks.
    Asked(Asked),
    /// A command was given in the editor.
    Wanted(Wanted),
    /// Give the name that is at hand another one.
    Rename(String),
    /// Leave the name as it is.
    Keep,
    /// Put the open file in order.
    Format,
}

/// What is under way.
#[derive(Debug, Default)]
pub struct State {
    waiting: Vec<(u32, For)>,
    /// Answers for the editor.
    pub answers: Answers,
    /// The name that is being changed.
    pub renaming: Option<Renaming>,
}

/// Who waits for an answer.
#[derive(Debug)]
enum For {
    /// The editor, under this number.
    Editor(u32),
    Definition,
    References,
    Rename(Wanted),
    Renamed(String),
    Format(Rc<str>, Rc<str>),
}

/// Answers for the editor, the last ones.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    count: usize,
    last: Vec<Rc<(u32, LanguageReply)>>,
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count
    }
}

impl Answers {
    fn push(&mut self, number: u32, reply: LanguageReply) {
        if self.last.len() == KEPT {
            self.last.remove(0);
        }
        self.last.push(Rc::new((number, reply)));
        self.count += 1;
    }

    /// Those that were not there `before`, each with the number of its question.
    pub fn since(&self, before: &Self) -> impl Iterator<Item = &(u32, LanguageReply)> {
        let new = self.count.saturating_sub(before.count).min(self.last.len());
        self.last.iter().skip(self.last.len() - new).map(|it| &**it)
    }
}

/// A name that is being changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Renaming {
    /// What it is called now, and where.
    pub named: Rc<Named>,
    /// Why the last try was refused.
    pub refused: Option<String>,
    /// Where it was asked for.
    file: String,
    at: u32,
}

impl Renaming {
    /// `5 places in 3 files`.
    pub fn extent(&self) -> String {
        extent(
            self.named
                .found
                .iter()
                .map(|found| found.place.file.as_str()),
        )
    }
}

/// `5 places in 3 files`, of the file of each place, sorted.
pub fn extent<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let mut files: Vec<_> = files.collect();
    let places = words::count(files.len(), "place");
    files.dedup();
    format!("{places} in {}", words::count(files.len(), "file"))
}

impl Model {
    pub(super) fn update_language(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Asked(asked) => self.pass_on(asked),
            Msg::Wanted(wanted) => self.wanted(wanted),
            Msg::Rename(to) => self.rename_to(to),
            Msg::Keep => {
                self.language.renaming = None;
                self.editor_focus += 1;
                Vec::new()
            }
            Msg::Format => self.format(),
        }
    }

    fn await_reply(&mut self, asked: LanguageAsked, whom: For) -> Vec<Effect> {
        let effect = self.ask(Question::Language(asked));
        if let Effect::Ask(id, _) = effect {
            self.language.waiting.push((id, whom));
        }
        vec![effect]
    }

    fn pass_on(&mut self, asked: Asked) -> Vec<Effect> {
        let Asked {
            number,
            complete,
            path: file,
            at,
        } = asked;
        let question = match complete {
            true => LanguageAsked::Complete { file, at },
            false => LanguageAsked::Hover { file, at },
        };
        self.await_reply(question, For::Editor(number))
    }

    fn wanted(&mut self, wanted: Wanted) -> Vec<Effect> {
        let whom = match wanted.what.as_str() {
            "definition" => For::Definition,
            "references" => For::References,
            "rename" => For::Rename(wanted.clone()),
            "format" => return self.format(),
            "undo" => return self.undo(),
            "redo" => return self.redo(),
            _ => return Vec::new(),
        };
        let (file, at) = (wanted.path, wanted.at);
        self.await_reply(LanguageAsked::Name { file, at }, whom)
    }

    fn rename_to(&mut self, to: String) -> Vec<Effect> {
        let Some(renaming) = &self.language.renaming else {
            return Vec::new();
        };
        let (file, at) = (renaming.file.clone(), renaming.at);
        let to = to.trim().to_owned();
        let asked = LanguageAsked::Rename {
            file,
            at,
            to: to.clone(),
        };
        self.await_reply(asked, For::Renamed(to))
    }

    fn format(&mut self) -> Vec<Effect> {
        self.panel = None;
        let (open, text) = (Rc::clone(&self.open), self.files.text(&self.open).cloned());
        let Some(text) = text else {
            return Vec::new();
        };
        let file = open.to_string();
        self.await_reply(LanguageAsked::Format { file }, For::Format(open, text))
    }

    /// Takes in an answer; those of questions before it that have none are given up.
    pub(super) fn language_replied(&mut self, id: u32, reply: LanguageReply) -> Vec<Effect> {
        let waiting = &mut self.language.waiting;
        waiting.retain(|(asked, _)| *asked >= id);
        let Some(at) = waiting.iter().position(|(asked, _)| *asked == id) else {
            return Vec::new();
        };
        let (_, whom) = waiting.remove(at);
        match (whom, reply) {
            (For::Editor(number), reply) => {
                self.language.answers.push(number, reply);
                Vec::new()
            }
            (For::Definition, LanguageReply::Name(named)) => self.go_to_definition(named),
            (For::References, LanguageReply::Name(named)) => self.list_places(named),
            (For::Rename(wanted), LanguageReply::Name(named)) => self.begin_rename(wanted, named),
            (For::Renamed(to), LanguageReply::Rename(renamed)) => self.renamed(&to, renamed),
            (For::Format(path, text), LanguageReply::Format(formatted)) => {
                self.formatted(&path, &text, formatted)
            }
            _ => Vec::new(),
        }
    }

    fn go_to_definition(&mut self, named: Option<Named>) -> Vec<Effect> {
        let Some(named) = named else {
            return self.say("There is no name here".to_owned());
        };
        let Some(first) = named.declared.first() else {
            return self.say(format!(
                "The {} {} is declared nowhere",
                named.what, named.name
            ));
        };
        let place = first.place.clone();
        let several = named.declared.len() > 1;
        self.reveal(&place, true);
        if several {
            self.find.show(Rc::new(Named {
                found: named.declared.clone(),
                ..named
            }));
            self.show_find();
        }
        Vec::new()
    }

    fn list_places(&mut self, named: Option<Named>) -> Vec<Effect> {
        let Some(named) = named else {
            return self.say("There is no name here".to_owned());
        };
        self.find.show(Rc::new(named));
        self.show_find();
        vec![Effect::Focus(Focus::Found)]
    }

    fn begin_rename(&mut self, wanted: Wanted, named: Option<Named>) -> Vec<Effect> {
        match named {
            Some(named) if named.renames => {
                self.panel = None;
                self.language.renaming = Some(Renaming {
                    named: Rc::new(named),
                    refused: None,
                    file: wanted.path,
                    at: wanted.at,
                });
                Vec::new()
            }
            Some(named) => self.say(format!("The {} {} keeps its name", named.what, named.name)),
            None => self.say("There is no name here".to_owned()),
        }
    }

    fn renamed(&mut self, to: &str, renamed: Renamed) -> Vec<Effect> {
        let edits = match renamed {
            Renamed::Edits(edits) => edits,
            Renamed::Refused(why) => {
                if let Some(renaming) = &mut self.language.renaming {
                    renaming.refused = Some(why);
                }
                return Vec::new();
            }
        };
        let Some(files) = text_edit::apply(&self.files, &edits).filter(|_| !edits.is_empty())
        else {
            return Vec::new();
        };
        let places = extent(edits.iter().map(|edit: &Edit| edit.place.file.as_str()));
        if let Some(renaming) = self.language.renaming.take() {
            let Named { what, name, .. } = &*renaming.named;
            let what = capitalised(what);
            self.notice = Some(format!(
                "{what} `{name}` is now `{to}`, at {places}.{}",
                self.left(name, &files)
            ));
        }
        self.editor_focus += 1;
        self.change(files, Change::Structure)
    }

    /// Where a name still stands as a word, in checks and comments; the list of found places has them.
    fn left(&mut self, name: &str, files: &Files) -> String {
        self.find.prepare(name);
        let left = self.find.hits(files);
        match left.len() {
            0 => String::new(),
            _ => format!(
                " The word `{name}` still stands at {}: see Find.",
                find::summary(&left)
            ),
        }
    }

    /// What was typed since stays: a form of an older text is of no use.
    fn formatted(&mut self, path: &Rc<str>, text: &Rc<str>, formatted: Formatted) -> Vec<Effect> {
        if self.files.text(path) != Some(text) {
            return Vec::new();
        }
        match formatted {
            Formatted::Text(text) => {
                let mut effects = self.change(self.files.with(path, text), Change::Structure);
                effects.extend(self.say("Formatted".to_owned()));
                effects
            }
            Formatted::AsItIs => self.say("Already in order".to_owned()),
            Formatted::Refused(why) => self.say(why),
        }
    }

    /// Opens the list of found places, wherever the drawer is.
    pub(super) fn show_find(&mut self) {
        self.drawer = Drawer::Find;
        if self.drawer_folded() {
            self.folded = Some(false);
        }
        if self.width == Width::Narrow {
            self.pane = Pane::Flows;
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
