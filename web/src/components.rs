//! The page, piece by piece. Components show what they are given and emit messages; none keeps state
//! that matters.

pub mod add_policy;
pub mod app;
pub mod apply_as;
pub mod board;
pub mod board_drag;
pub mod board_filter;
mod board_heads;
pub mod bottom_nav;
pub mod card;
pub mod card_menu;
pub mod card_slot;
pub mod check_details;
pub mod checks;
pub mod comparison;
pub mod compiled;
pub mod drawer;
pub mod editor_host;
pub mod example_list;
pub mod export_menu;
pub mod file_index;
pub mod file_name;
pub mod file_tabs;
pub mod find_panel;
pub mod flow_entry;
pub mod flow_table;
pub mod flow_tools;
pub mod form;
pub mod form_field;
mod form_reference;
pub mod gallery;
pub mod import_panel;
pub mod inspector;
pub mod key_list;
pub mod look;
pub mod marks;
pub mod matrix;
pub mod matrix_row;
pub mod more_pane;
pub mod name_form;
pub mod object_field;
pub mod object_form;
pub mod object_items;
pub mod object_terms;
pub mod palette;
pub mod policy_details;
pub mod popover;
pub mod problem_list;
pub mod prose;
pub mod route_line;
pub mod rule;
pub mod separators;
pub mod silence;
pub mod spine;
pub mod steps;
pub mod strip;
pub mod suggestions;
pub mod text_pane;
pub mod tier;
pub mod top_bar;
pub mod views;
pub mod workspace_list;

#[cfg(test)]
mod tests;

use yew::prelude::*;

use crate::state::Msg;

/// Where components send what happened.
pub type On = Callback<Msg>;

/// A click handler that sends a message.
pub fn click(on: &On, msg: impl Fn() -> Msg + 'static) -> Callback<MouseEvent> {
    on.reform(move |_| msg())
}

/// A button of the usual size that sends a message.
pub fn button(
    on: &On,
    label: &str,
    classes: &'static str,
    msg: impl Fn() -> Msg + 'static,
) -> Html {
    html! {
        <button type="button" class={classes!("btn", classes)} onclick={click(on, msg)}>{ label }</button>
    }
}

/// Whether a key was pressed in a field of its own.
pub fn typed_in(event: &KeyboardEvent) -> bool {
    crate::browser::origin(event).is_some_and(|element| crate::browser::is_typed_in(&element))
}

/// An event handler that sends a message if there is one to send.
pub fn sometimes<E: 'static>(on: &On, msg: impl Fn(E) -> Option<Msg> + 'static) -> Callback<E> {
    let on = on.clone();
    Callback::from(move |event| {
        if let Some(msg) = msg(event) {
            on.emit(msg);
        }
    })
}
