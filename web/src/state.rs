//! Everything the page knows, and how it changes. Nothing here touches the browser: an update changes
//! the model and returns what is to be done outside of it.

pub mod board_filter;
pub mod board_view;
pub mod changed_lines;
pub mod checks;
pub mod details;
pub mod editor_view;
mod engine_event;
pub mod export;
mod file_change;
pub mod files;
pub mod find;
pub mod flips;
pub mod flow_line;
pub mod flow_list;
pub mod flows;
pub mod history;
pub mod import;
pub mod keys;
pub mod language;
mod layout;
pub mod markdown;
pub mod matrix;
mod model;
pub mod msg;
pub mod object;
pub mod one_edit;
pub mod open_files;
pub mod palette;
pub mod panes;
mod question;
mod remembered;
pub mod route;
pub mod saves;
mod select;
pub mod stored;
pub mod suggest;
pub mod tabs;
pub mod templates;
pub mod text_edit;
mod view;
pub mod walk_rows;
pub mod words;
mod workspaces;

#[cfg(test)]
mod tests;

pub use layout::{Drawer, Pane, Panel, Width};
pub use model::{EngineState, Middle, Model, Tab, Target};
pub use msg::{Effect, Focus, Msg};
pub use remembered::{BoardForm, Kept, Preferences, Saved, Theme};
