//! Running text: the engine's pieces, and messages with `backticks` around what the user wrote.

use tierwalk_protocol::{Piece, PieceStyle};
use yew::prelude::*;

/// The engine's pieces.
pub fn pieces(pieces: &[Piece]) -> Html {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> Html {
    let text = &piece.text;
    match piece.style {
        PieceStyle::Plain => html! { { text } },
        PieceStyle::Strong => html! { <b>{ text }</b> },
        PieceStyle::Code => html! { <code>{ text }</code> },
    }
}

/// A message in which backticks mark what the user wrote.
pub fn message(text: &str) -> Html {
    let part = |(index, part): (usize, &str)| match index % 2 {
        1 => html! { <code>{ part }</code> },
        _ => html! { { part } },
    };
    text.split('`').enumerate().map(part).collect()
}
