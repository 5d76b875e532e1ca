//! Workspaces and preferences in this browser.
//!
//! Each workspace has an entry of its own, written before the list that names it: a crash in between
//! costs a name in a list, never a text.

use gloo::storage::{LocalStorage, Storage as _, errors::StorageError};
use serde::{Deserialize, Serialize};

use crate::state::{
    Kept, Model, Preferences, Saved,
    stored::{Stored, VERSION},
};

const LIST: &str = "tierwalk.workspaces";
const PREFERENCES: &str = "tierwalk.preferences";

/// The list of workspaces.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct List {
    /// The one that was open last.
    pub current: u32,
    /// The one to go back to, after a link was opened.
    #[serde(default)]
    pub back: Option<u32>,
    /// All of them.
    pub kept: Vec<Kept>,
}

/// The list, if there is one.
pub fn list() -> List {
    read(LIST).unwrap_or_default()
}

/// A workspace; `None` if it is not there or cannot be read.
pub fn workspace(id: u32) -> Option<Stored> {
    read(&key(id)).filter(|stored: &Stored| stored.version == VERSION)
}

/// What is remembered for every workspace.
pub fn preferences() -> Preferences {
    read(PREFERENCES).unwrap_or_default()
}

/// Remembers it; a browser that keeps nothing forgets it.
pub fn prefer(preferences: Preferences) {
    let _ = write(PREFERENCES, preferences);
}

/// Saves the workspace of the model; says how it went, and which workspaces there are.
pub fn save(model: &Model) -> (Saved, Vec<Kept>) {
    let mut list = list();
    list.current = model.id;
    list.back = model.back;
    let kept = Kept {
        id: model.id,
        name: model.name.to_string(),
    };
    match list.kept.iter_mut().find(|other| other.id == model.id) {
        Some(other) => *other = kept,
        None => list.kept.push(kept),
    }
    let saved = write(&key(model.id), Stored::of(model)).and_then(|()| write(LIST, &list));
    (saved.err().unwrap_or_default(), list.kept)
}

fn key(id: u32) -> String {
    format!("tierwalk.workspace.{id}")
}

/// gloo panics where the browser refuses storage altogether.
fn available() -> bool {
    matches!(gloo::utils::window().local_storage(), Ok(Some(_)))
}

fn read<T: for<'de> Deserialize<'de>>(key: &str) -> Option<T> {
    available().then(|| LocalStorage::get(key).ok()).flatten()
}

fn write(key: &str, value: impl Serialize) -> Result<(), Saved> {
    if !available() {
        return Err(Saved::Nowhere);
    }
    LocalStorage::set(key, value).map_err(|error| match error {
        StorageError::JsError(error) if error.name == "QuotaExceededError" => Saved::Full,
        _ => Saved::Nowhere,
    })
}
