//! Which of many subjects some labels satisfy.
//!
//! Labels that no subject can tell apart look the same, and a subject is only tried on labels that have one
//! which it cannot do without.

use rustc_hash::FxHashMap;
use tierwalk_resources::model::{Labels, Part};
use tierwalk_selector::Necessary;

/// The labels that some subject looks at, as numbers of keys with their values.
pub(crate) type Seen<'l> = Vec<(u32, &'l str)>;

/// Subjects by a label that they cannot do without. A subject is a list of parts that must all hold.
pub(crate) struct SubjectIndex<'a> {
    subjects: Vec<&'a [Part]>,
    keys: FxHashMap<&'a str, u32>,
    by_pair: FxHashMap<(u32, &'a str), Vec<u32>>,
    by_key: FxHashMap<u32, Vec<u32>>,
    always: Vec<u32>,
}

impl<'a> SubjectIndex<'a> {
    pub fn new(subjects: Vec<&'a [Part]>) -> Self {
        let necessary: Vec<Necessary<'a>> = subjects.iter().map(|it| necessary(it)).collect();
        let mut index = Self {
            keys: numbered_keys(&subjects),
            subjects,
            by_pair: FxHashMap::default(),
            by_key: FxHashMap::default(),
            always: Vec::new(),
        };
        for (subject, necessary) in (0..).zip(necessary) {
            index.add(subject, necessary);
        }
        index
    }

    fn add(&mut self, subject: u32, necessary: Necessary<'a>) {
        match necessary {
            Necessary::Pair(key, values) => {
                let key = self.number(key);
                for value in values {
                    let pair = self.by_pair.entry((key, value));
                    pair.or_default().push(subject);
                }
            }
            Necessary::Has(key) => {
                let key = self.number(key);
                self.by_key.entry(key).or_default().push(subject);
            }
            Necessary::Always => self.always.push(subject),
        }
    }

    fn number(&self, key: &str) -> u32 {
        self.keys.get(key).copied().unwrap_or(u32::MAX)
    }

    /// The labels that some subject looks at.
    pub fn seen<'l>(&self, labels: &'l Labels) -> Seen<'l> {
        let number = |(key, value): (&String, &'l String)| {
            Some((*self.keys.get(key.as_str())?, value.as_str()))
        };
        labels.iter().filter_map(number).collect()
    }

    /// The subjects that labels satisfy, ascending.
    pub fn satisfied(&self, seen: &Seen<'_>, labels: &Labels) -> Box<[u32]> {
        let mut subjects = self.always.clone();
        for (key, value) in seen {
            subjects.extend(self.by_pair.get(&(*key, *value)).into_iter().flatten());
            subjects.extend(self.by_key.get(key).into_iter().flatten());
        }
        subjects.retain(|subject| {
            let parts = self.subjects.get(*subject as usize);
            parts.is_some_and(|parts| holds(parts, labels))
        });
        subjects.sort_unstable();
        subjects.into()
    }
}

fn holds(parts: &[Part], labels: &Labels) -> bool {
    parts.iter().all(|part| part.selector.matches(labels))
}

/// Every label name that some subject looks at, with a number.
fn numbered_keys<'a>(subjects: &[&'a [Part]]) -> FxHashMap<&'a str, u32> {
    let mut keys = FxHashMap::default();
    for part in subjects.iter().copied().flatten() {
        for key in part.selector.keys() {
            let next = keys.len() as u32;
            keys.entry(key).or_insert(next);
        }
    }
    keys
}

/// The narrowest condition among the parts of a subject.
fn necessary(parts: &[Part]) -> Necessary<'_> {
    parts
        .iter()
        .map(|part| part.selector.necessary())
        .min_by_key(breadth)
        .unwrap_or_default()
}

fn breadth(necessary: &Necessary<'_>) -> usize {
    match necessary {
        Necessary::Pair(_, values) => values.len(),
        Necessary::Has(_) => usize::MAX - 1,
        Necessary::Always => usize::MAX,
    }
}
