//! What this browser remembers beside the text: the list of workspaces, and preferences.

use serde::{Deserialize, Serialize};

use super::panes::Panes;

/// How saving went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Saved {
    /// Everything is in this browser's storage.
    #[default]
    Yes,
    /// The storage is full.
    Full,
    /// The browser keeps nothing, as in a private window.
    Nowhere,
}

/// A workspace in this browser's storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// It was deleted, and can still be brought back.
    #[serde(default)]
    pub gone: bool,
}

/// Light or dark, where the system is not to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What is remembered for every workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark; `None` follows the system.
    pub theme: Option<Theme>,
    /// Everything is larger, for a projector.
    pub present: bool,
    /// Sizes of the panes.
    pub panes: Panes,
    /// Single letters are commands.
    pub letters: bool,
    /// Form of the board.
    pub board: BoardForm,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: None,
            present: false,
            panes: Panes::default(),
            letters: true,
            board: BoardForm::default(),
        }
    }
}

/// The form of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardForm {
    /// Tiers side by side.
    #[default]
    Columns,
    /// Tiers below each other.
    List,
}
