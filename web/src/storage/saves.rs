//! Earlier saves in this browser. There are never too many of them: the oldest give way, and all of them to the workspace itself.

use gloo::storage::{LocalStorage, Storage as _};

use super::{available, list, read, write};
use crate::state::{
    Saved,
    files::Files,
    saves::{Content, Save, VERSION},
};

/// The most saves of a workspace.
const MOST: usize = 40;

/// The most characters that the saves of a workspace take.
const ROOM: usize = 800_000;

/// What browsers give a page, in characters, as far as is known.
const QUOTA: usize = 5 << 20;

/// The saves of a workspace, oldest first.
pub fn saves(id: u32) -> Vec<Save> {
    read(&list_key(id)).unwrap_or_default()
}

/// What a save holds.
pub fn content(id: u32, number: u32) -> Option<Content> {
    read(&key(id, number)).filter(|content: &Content| content.version == VERSION)
}

/// The files of the newest save.
pub fn newest(id: u32) -> Option<Files> {
    let number = saves(id).last()?.number;
    content(id, number)?.files()
}

/// Keeps this as the newest save, after one of the files `then`; false if there is no room for it.
pub fn keep(id: u32, then: Option<&Files>, files: &Files, content: &Content, at: f64) -> bool {
    let mut saves = saves(id);
    let number = saves.last().map_or(0, |save| save.number) + 1;
    if write(&key(id, number), content).is_err() {
        return false;
    }
    saves.push(Save {
        number,
        at,
        when: String::new(),
        note: crate::state::saves::note(then, files),
        size: content.packed.len(),
    });
    while saves.len() > MOST || saves.iter().map(|save| save.size).sum::<usize>() > ROOM {
        let oldest = saves.remove(0);
        LocalStorage::delete(key(id, oldest.number));
    }
    // a list that could not be written names fewer saves than there are
    let _ = write(&list_key(id), &saves);
    true
}

/// Forgets all saves of a workspace.
pub fn forget(id: u32) {
    for save in saves(id) {
        LocalStorage::delete(key(id, save.number));
    }
    LocalStorage::delete(list_key(id));
}

/// Gives up the oldest save of all workspaces, for text that is not kept yet; false if there is none.
pub fn give_up_oldest() -> bool {
    let ids = list().kept.into_iter().map(|kept| kept.id);
    let oldest = ids
        .filter_map(|id| Some((id, saves(id).first()?.clone())))
        .min_by(|(_, a), (_, b)| a.at.total_cmp(&b.at));
    let Some((id, oldest)) = oldest else {
        return false;
    };
    LocalStorage::delete(key(id, oldest.number));
    let rest: Vec<_> = saves(id).into_iter().skip(1).collect();
    if write(&list_key(id), &rest) == Err(Saved::Full) {
        LocalStorage::delete(list_key(id));
    }
    true
}

/// How much of the storage is taken, in words.
pub fn taken() -> String {
    if !available() {
        return String::new();
    }
    let storage = LocalStorage::raw();
    let length = storage.length().unwrap_or(0);
    let keys = (0..length).filter_map(|index| storage.key(index).ok().flatten());
    let taken: usize = keys
        .filter_map(|key| Some(key.len() + storage.get_item(&key).ok()??.len()))
        .sum();
    format!(
        "All workspaces and saves take {} KB of about {} MB.",
        taken.div_ceil(1000),
        QUOTA / 1_000_000
    )
}

fn list_key(id: u32) -> String {
    format!("tierwalk.saves.{id}")
}

fn key(id: u32, number: u32) -> String {
    format!("tierwalk.save.{id}.{number}")
}
