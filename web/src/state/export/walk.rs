//! The walk that is shown as a picture: verdict, sentence, and the steps of both ends.

use tierwalk_protocol::{
    Piece, Side, Walk,
    walk::{Action, Direction},
};

use super::{
    palette::Palette,
    picture::{CODE, Font, HEAD, PLAIN, Picture, SMALL, STRONG, cut, lines},
};
use crate::state::{
    Model,
    walk_rows::{self, Row, What},
    words,
};

const WIDTH: f64 = 560.0;
const MARGIN: f64 = 20.0;
const LINE: f64 = 24.0;
const VERDICT: Font = Font {
    size: 20,
    weight: 600,
    mono: false,
};
const SENTENCE: Font = Font {
    size: 15,
    weight: 400,
    mono: false,
};

/// `None` if no walk is shown.
pub(super) fn draw(model: &Model, colours: &'static Palette) -> Option<Picture> {
    let walk = model.walk()?;
    let flow = model.row(&model.shown.as_ref()?.flow)?;
    let mut picture = Picture::new(colours);
    picture.text((MARGIN, 30.0), CODE, colours.ink_2, &words::flow(flow));
    let mut y = head(&mut picture, walk);
    for direction in [Direction::Egress, Direction::Ingress] {
        if let Some(side) = walk_rows::side(walk, direction) {
            y = end(&mut picture, direction, side, y + 14.0);
        }
    }
    picture.width = WIDTH as u32;
    picture.height = (y + MARGIN) as u32;
    Some(picture)
}

/// The verdict and why, and where that ends.
fn head(picture: &mut Picture, walk: &Walk) -> f64 {
    let colours = picture.colours;
    let action = match walk.verdict {
        tierwalk_protocol::Verdict::Allow => Action::Allow,
        tierwalk_protocol::Verdict::Deny => Action::Deny,
    };
    picture.action((MARGIN, 44.0), action, 18);
    let word = words::verdict(walk.verdict);
    picture.text((MARGIN + 26.0, 60.0), VERDICT, colours.of(action), word);
    if walk.pending_verdict != walk.verdict {
        let pending = format!(
            "{} once staged policies are enforced",
            words::verdict(walk.pending_verdict)
        );
        picture.text_before((WIDTH - MARGIN, 59.0), SMALL, colours.staged, &pending);
    }
    let mut y = 92.0;
    let reason = &walk.reason;
    for (pieces, font, colour, step) in [
        (&reason.what, SENTENCE, colours.ink, 22.0),
        (&reason.more, PLAIN, colours.ink_2, 18.0),
    ] {
        for line in lines(&plain(pieces), font, WIDTH - 2.0 * MARGIN) {
            picture.text((MARGIN, y), font, colour, &line);
            y += step;
        }
    }
    y
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn end(picture: &mut Picture, direction: Direction, side: &Side, y: f64) -> f64 {
    let colours = picture.colours;
    let name = match direction {
        Direction::Egress => "Egress",
        Direction::Ingress => "Ingress",
    };
    let outcome = match side.reached {
        true => words::verdict(side.verdict),
        false => "not reached",
    };
    picture.path(&format!("M0 {}H{WIDTH}", y - 18.0), colours.line, false);
    picture.text(
        (MARGIN, y),
        HEAD,
        colours.ink,
        &format!("{name} at {}", side.endpoint),
    );
    picture.text_before((WIDTH - MARGIN, y), STRONG, colours.ink, outcome);
    let mut y = y;
    for row in walk_rows::rows(side) {
        y += LINE;
        step(picture, &row, y);
    }
    y + LINE / 2.0
}

fn step(picture: &mut Picture, row: &Row, y: f64) {
    let colours = picture.colours;
    let corner = (MARGIN, y - 11.0);
    let (what, outcome) = said(row);
    let action = row.action();
    match (action, &row.what) {
        (Some(action), _) => picture.action(corner, action, 14),
        (None, What::Skipped(_)) => picture.mark(corner, "skip", colours.ink_3, 14),
        (None, What::Policy(policy)) if policy.staged => {
            picture.mark(corner, "staged", colours.staged, 14)
        }
        (None, _) => picture.mark(corner, "tried", colours.ink_2, 14),
    }
    picture.text(
        (MARGIN + 24.0, y),
        PLAIN,
        colours.ink_3,
        &cut(&row.tier, PLAIN, 96.0),
    );
    picture.text(
        (MARGIN + 130.0, y),
        PLAIN,
        colours.ink,
        &cut(&what, PLAIN, 270.0),
    );
    let colour = action.map_or(colours.ink_3, |action| colours.of(action));
    picture.text_before((WIDTH - MARGIN, y), STRONG, colour, outcome);
}

/// What was looked at, and what came of it.
fn said(row: &Row) -> (String, &'static str) {
    let outcome = row.action().map(words::action);
    match &row.what {
        What::Skipped(why) => (why.clone(), "skipped"),
        What::End(_) => ("End of tier".to_owned(), outcome.unwrap_or_default()),
        What::Profile(name, _) => (name.clone(), outcome.unwrap_or_default()),
        What::Bypass(text, _) => (text.clone(), outcome.unwrap_or_default()),
        What::Policy(policy) => {
            let name = &policy.policy.name;
            match walk_rows::deciding_rule(policy) {
                Some(rule) if policy.staged => (format!("{name}, staged, {}", rule.path), "Staged"),
                Some(rule) => (format!("{name} {}", rule.path), outcome.unwrap_or_default()),
                None => (
                    name.clone(),
                    if policy.staged {
                        "Staged"
                    } else {
                        "no rule matched"
                    },
                ),
            }
        }
    }
}
