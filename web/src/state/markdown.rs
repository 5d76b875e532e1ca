//! A walk as Markdown, to be pasted into a review or a ticket.

use std::fmt::Write as _;

use tierwalk_protocol::{FlowRow, Piece, PieceStyle, Side, Walk, walk::Direction};

use super::{
    walk_rows::{self, Row, What},
    words,
};

#[cfg(test)]
mod tests;

/// The walk of this flow.
pub fn walk(flow: &FlowRow, walk: &Walk) -> String {
    let mut out = format!(
        "**{}** `{}`\n\n",
        words::verdict(walk.verdict),
        words::flow(flow)
    );
    let _ = writeln!(out, "{}", pieces(&walk.reason.what));
    if !walk.reason.more.is_empty() {
        let _ = writeln!(out, "\n{}", pieces(&walk.reason.more));
    }
    for direction in [Direction::Egress, Direction::Ingress] {
        if let Some(side) = walk_rows::side(walk, direction) {
            side_text(&mut out, direction, side);
        }
    }
    out
}

/// Running text as Markdown.
pub fn pieces(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece.style {
        PieceStyle::Plain => piece.text.clone(),
        PieceStyle::Strong => format!("**{}**", piece.text),
        PieceStyle::Code => format!("`{}`", piece.text),
    };
    pieces.iter().map(piece).collect()
}

fn side_text(out: &mut String, direction: Direction, side: &Side) {
    let name = match direction {
        Direction::Egress => "Egress",
        Direction::Ingress => "Ingress",
    };
    let verdict = if side.reached {
        words::verdict(side.verdict)
    } else {
        "not reached"
    };
    let _ = writeln!(out, "\n{name} at `{}`: {verdict}\n", side.endpoint);
    for (index, row) in walk_rows::rows(side).iter().enumerate() {
        let _ = writeln!(out, "{}. {}", index + 1, line(row));
    }
}

fn line(row: &Row) -> String {
    let place = row
        .place
        .as_ref()
        .map(|place| format!(" ({})", words::place(place)));
    let hit = row.hit.as_ref().map(|hit| format!(" `{hit}`"));
    format!(
        "{}: {}{}{}",
        row.tier,
        what(row),
        place.unwrap_or_default(),
        hit.unwrap_or_default()
    )
}

fn what(row: &Row) -> String {
    match &row.what {
        What::Skipped(why) => format!("skipped, {why}"),
        What::End(action) => format!("end of tier, **{}**", words::action(*action)),
        What::Profile(name, action) => format!("`{name}`, **{}**", words::action(*action)),
        What::Bypass(text, _) => text.clone(),
        What::Policy(policy) => {
            let name = &policy.policy.name;
            let staged = if policy.staged { ", staged" } else { "" };
            match walk_rows::deciding_rule(policy) {
                Some(rule) => format!(
                    "`{name}` `{}`{staged}, **{}**",
                    rule.path,
                    words::action(rule.action)
                ),
                None => format!("`{name}`{staged}, no rule matched"),
            }
        }
    }
}
