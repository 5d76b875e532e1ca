//! Workspaces and preferences in this browser.
//!
//! Each workspace has an entry of its own, written before the list that names it: a crash in between
//! costs a name in a list, never a text.

use gloo::storage::{LocalStorage, Storage as _};
use js_sys::JSON;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

pub mod saves;

use crate::state::{
    Kept, Model, Preferences, Saved,
    stored::{Stored, VERSION},
};

const LIST: &str = "tierwalk.workspaces";
const PREFERENCES: &str = "tierwalk.preferences";

/// The list of workspaces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    let _ = write(PREFERENCES, &preferences);
}

/// The save of a workspace that another tab may have made since.
pub fn newer(model: &Model) -> Option<Stored> {
    let stamp = available().then(|| LocalStorage::raw().get_item(&stamp_key(model.id)));
    let stamp = stamp?.ok()??;
    (stamp != model.tabs.stamp).then(|| workspace(model.id))?
}

/// Saves the workspace of the model, and the list if that is another now; says how it went, and which workspaces there are.
pub fn save(model: &mut Model) -> (Saved, Vec<Kept>) {
    let before = list();
    let mut list = before.clone();
    list.current = model.id;
    list.back = model.back;
    let kept = Kept {
        id: model.id,
        name: model.name.to_string(),
        gone: false,
    };
    match list.kept.iter_mut().find(|other| other.id == model.id) {
        Some(other) => *other = kept,
        None => list.kept.push(kept),
    }
    let mut stored = Stored::of(model);
    stored.stamp = model.next_stamp();
    let write_all = || {
        write_all(
            model.id,
            &stored,
            Some(&list).filter(|list| **list != before),
        )
    };
    let mut saved = write_all();
    while saved == Err(Saved::Full) && saves::give_up_oldest() {
        saved = write_all();
    }
    if saved.is_ok() {
        model.synced(stored.stamp);
    }
    (saved.err().unwrap_or_default(), list.kept)
}

fn write_all(id: u32, stored: &Stored, list: Option<&List>) -> Result<(), Saved> {
    write(&key(id), stored)?;
    list.map_or(Ok(()), |list| write(LIST, list))?;
    let stamped = LocalStorage::raw().set_item(&stamp_key(id), &stored.stamp);
    stamped.map_err(|error| refusal(&error))
}

/// Marks a workspace as deleted, or not; gives the list.
pub fn shelve(id: u32, gone: bool) -> Vec<Kept> {
    let mut list = list();
    if let Some(kept) = list.kept.iter_mut().find(|kept| kept.id == id) {
        kept.gone = gone;
    }
    // where nothing can be written, nothing is deleted either
    let _ = write(LIST, &list);
    list.kept
}

/// Takes away what was deleted before this load of the page.
pub fn sweep() {
    let mut list = list();
    let (gone, kept): (Vec<_>, Vec<_>) = list.kept.into_iter().partition(|kept| kept.gone);
    if gone.is_empty() {
        return;
    }
    for gone in gone {
        saves::forget(gone.id);
        LocalStorage::delete(key(gone.id));
        LocalStorage::delete(stamp_key(gone.id));
    }
    list.kept = kept;
    let _ = write(LIST, &list);
}

/// What another tab wrote, if it is a workspace or the list of them.
pub fn written(key: &str, text: &str) -> Option<Written> {
    if key == LIST {
        return Some(Written::List);
    }
    let id = key.strip_prefix("tierwalk.workspace.")?.parse().ok()?;
    let stored = serde_wasm_bindgen::from_value(JSON::parse(text).ok()?).ok()?;
    Some(Written::Workspace(id, Box::new(stored)))
}

/// What another tab wrote.
pub enum Written {
    /// The list of workspaces.
    List,
    /// A workspace.
    Workspace(u32, Box<Stored>),
}

fn stamp_key(id: u32) -> String {
    format!("tierwalk.stamp.{id}")
}

fn key(id: u32) -> String {
    format!("tierwalk.workspace.{id}")
}

/// gloo panics where the browser refuses storage altogether.
fn available() -> bool {
    matches!(gloo::utils::window().local_storage(), Ok(Some(_)))
}

/// The browser reads and writes JSON by itself, which keeps a parser out of the page.
fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    if !available() {
        return None;
    }
    let text = LocalStorage::raw().get_item(key).ok()??;
    serde_wasm_bindgen::from_value(JSON::parse(&text).ok()?).ok()
}

fn write(key: &str, value: &impl Serialize) -> Result<(), Saved> {
    if !available() {
        return Err(Saved::Nowhere);
    }
    let plain = serde_wasm_bindgen::to_value(value).map_err(|_| Saved::Nowhere)?;
    let text = JSON::stringify(&plain).map_err(|_| Saved::Nowhere)?;
    let stored = LocalStorage::raw().set_item(key, &String::from(text));
    stored.map_err(|error| refusal(&error))
}

fn refusal(error: &JsValue) -> Saved {
    match error.dyn_ref::<DomException>().map(DomException::name) {
        Some(name) if name == "QuotaExceededError" => Saved::Full,
        _ => Saved::Nowhere,
    }
}
