//! The board as a picture, as it is shown: filtered, folded, with the route of the flow.

use tierwalk_protocol::{Flag, Hits, PolicyCard, Side, TierColumn, walk::Action};

use super::{
    palette::Palette,
    picture::{HEAD, PLAIN, Picture, SMALL, STRONG, cut},
};
use crate::state::{
    Model,
    board_filter::flag_word,
    board_view::{self, Lane, Part},
    route::{self, Column, Layout},
    walk_rows, words,
};

/// Sizes, in CSS pixels, about as on the page.
const TIER: f64 = 176.0;
const SPINE: f64 = 26.0;
const GUTTER: f64 = 12.0;
const MARGIN: f64 = 16.0;
const RAIL: f64 = 22.0;
const TOP: f64 = 56.0;
const CARD: f64 = 56.0;

pub(super) fn draw(model: &Model, colours: &'static Palette) -> Picture {
    let (board, _) = model.board.filtered(&model.analysis.board);
    let side = model
        .walk()
        .and_then(|walk| walk_rows::side(walk, model.direction));
    let mut picture = Picture::new(colours);
    title(&mut picture, model, side);
    let mut columns = Vec::new();
    let (mut left, mut bottom) = (MARGIN, TOP + 160.0);
    for tier in &board.tiers {
        let folded = model.board.is_folded(tier) || tier.policies.is_empty();
        let right = left + if folded { SPINE } else { TIER };
        let marked = match folded {
            true => spine(&mut picture, left, &spine_text(tier)),
            false => column(&mut picture, left, tier, side),
        };
        bottom = bottom.max(marked.2);
        columns.extend(side.map(|side| Column {
            left,
            right,
            stop: board_view::stop(side, tier),
            mark: marked.0,
            below: marked.1,
        }));
        left = right + GUTTER;
    }
    let hits = model.analysis.board.profile_hits;
    let text = format!(
        "Profile · kns.* allows · {}",
        words::count((hits.allow + hits.deny) as usize, "hit")
    );
    spine(&mut picture, left, &text);
    if let Some(action) = board_view::profile_part(side) {
        picture.node((left + 13.0, TOP + 11.0), Some(action));
    }
    draw_route(&mut picture, &columns);
    picture.width = (left + SPINE + MARGIN) as u32;
    picture.height = (bottom + MARGIN) as u32;
    picture
}

fn title(picture: &mut Picture, model: &Model, side: Option<&Side>) {
    let colours = picture.colours;
    let flow = model
        .shown
        .as_ref()
        .and_then(|shown| model.row(&shown.flow));
    let mut text = model.name.to_string();
    if let (Some(flow), Some(side)) = (flow, side) {
        let at = match model.direction {
            tierwalk_protocol::walk::Direction::Egress => "egress",
            tierwalk_protocol::walk::Direction::Ingress => "ingress",
        };
        text = format!(
            "{text} · {} · {at} at {}: {}",
            words::flow(flow),
            side.endpoint,
            words::verdict(side.verdict)
        );
    }
    picture.text((MARGIN, 22.0), STRONG, colours.ink, &text);
}

fn spine_text(tier: &TierColumn) -> String {
    let policies = match tier.policies.len() {
        0 => "no policies".to_owned(),
        count => words::policies(count),
    };
    format!(
        "{} · {policies} · ends in {}",
        tier.name,
        words::action(tier.default_action)
    )
}

/// Where a mark would stand, what is below it, and where the column ends.
fn spine(picture: &mut Picture, left: f64, text: &str) -> (f64, f64, f64) {
    let colours = picture.colours;
    // Upright text, letter for letter sideways, needs a turned path; a turned group of one text does it.
    picture.turned((left + 9.0, TOP + 24.0), SMALL, colours.ink_3, text);
    let end = TOP + 24.0 + text.chars().count() as f64 * 6.2;
    picture.path(
        &format!(
            "M{left} {TOP}V{end}M{right} {TOP}V{end}",
            right = left + SPINE
        ),
        colours.line,
        false,
    );
    (TOP + 11.0, TOP + 24.0, end)
}

fn column(
    picture: &mut Picture,
    left: f64,
    tier: &TierColumn,
    side: Option<&Side>,
) -> (f64, f64, f64) {
    let colours = picture.colours;
    let lane = Lane::of(side, tier);
    let part = &lane.part;
    let ink = if part.skipped.is_some() {
        colours.ink_3
    } else {
        colours.ink
    };
    picture.text(
        (left + RAIL, TOP + 14.0),
        HEAD,
        ink,
        &cut(&tier.name, HEAD, 100.0),
    );
    picture.text_before(
        (left + TIER, TOP + 14.0),
        SMALL,
        colours.ink_3,
        &words::order(tier.order),
    );
    let below = match &part.skipped {
        Some(why) => format!("skipped: {}", why.replace("policy selects it", "here")),
        None => format!("ends in {}", words::action(tier.default_action)),
    };
    picture.text(
        (left + RAIL, TOP + 31.0),
        SMALL,
        colours.ink_3,
        &cut(&below, SMALL, TIER - RAIL),
    );
    let mut top = TOP + 44.0;
    let mut marked = None;
    for policy in &tier.policies {
        let part = lane.part(&policy.policy);
        card(picture, (left, top), policy, part);
        if matches!(part, Part::Decided(_)) {
            marked = marked.or(Some((top + CARD / 2.0, top + CARD + 5.0)));
        }
        top += CARD + 10.0;
    }
    if part.end.is_some() && marked.is_none() {
        marked = Some((top + 17.0, top + 39.0));
    }
    end(picture, (left, top), tier, part.end);
    let (mark, below) = marked.unwrap_or((top, top));
    (mark, below, top + 34.0)
}

fn card(picture: &mut Picture, (left, top): (f64, f64), card: &PolicyCard, part: Part) {
    let colours = picture.colours;
    let staged = card.flags.contains(&Flag::Staged);
    let applies = part != Part::None;
    let edge = match part {
        Part::Decided(_) => Some(colours.ink),
        Part::None if !staged => None,
        _ => Some(colours.line),
    };
    let fill = if applies { colours.surface } else { "none" };
    picture.rect(
        (left + 0.5, top + 0.5),
        (TIER - 1.0, CARD - 1.0),
        fill,
        edge,
        staged,
    );
    let ink = if applies { colours.ink } else { colours.ink_3 };
    let font = if applies { STRONG } else { PLAIN };
    let order = words::order(card.order);
    let room = TIER - RAIL - 14.0 - order.chars().count() as f64 * 6.4;
    picture.text(
        (left + RAIL, top + 16.0),
        font,
        ink,
        &cut(&card.policy.name, font, room),
    );
    picture.text_before(
        (left + TIER - 8.0, top + 16.0),
        SMALL,
        colours.ink_3,
        &order,
    );
    let scope = match card.policy.namespace.as_str() {
        "" => "global",
        namespace => namespace,
    };
    let scope = format!("{} {scope}", card.short_kind);
    picture.text(
        (left + RAIL, top + 31.0),
        SMALL,
        colours.ink_2,
        &cut(&scope, SMALL, TIER - RAIL - 56.0),
    );
    picture.text_before(
        (left + TIER - 8.0, top + 31.0),
        SMALL,
        colours.ink_2,
        &words::count(card.endpoints as usize, "pod"),
    );
    match part {
        Part::Decided(action) => picture.node((left + 11.0, top + CARD / 2.0), Some(action)),
        Part::Tried => picture.node((left + 11.0, top + CARD / 2.0), None),
        Part::None | Part::Applies => {}
    }
    hits(picture, (left + RAIL, top + 46.0), card.hits);
    if let Some(flag) = board_view::flag(card) {
        let colour = if flag == Flag::Staged {
            colours.staged
        } else {
            colours.ink_2
        };
        picture.text_before(
            (left + TIER - 8.0, top + 46.0),
            SMALL,
            colour,
            flag_word(flag),
        );
    }
}

fn hits(picture: &mut Picture, (mut x, y): (f64, f64), hits: Hits) {
    let colours = picture.colours;
    let all = [
        (Action::Allow, hits.allow),
        (Action::Deny, hits.deny),
        (Action::Pass, hits.pass),
    ];
    for (action, count) in all.into_iter().filter(|(_, count)| *count > 0) {
        picture.action((x, y - 9.0), action, 10);
        picture.text((x + 13.0, y), SMALL, colours.ink_2, &count.to_string());
        x += 34.0;
    }
}

fn end(picture: &mut Picture, (left, top): (f64, f64), tier: &TierColumn, decided: Option<Action>) {
    let colours = picture.colours;
    let deny = decided == Some(Action::Deny);
    if deny {
        picture.rect((left, top), (TIER, 34.0), colours.deny_wash, None, false);
    }
    let line = if deny { colours.deny } else { colours.line };
    picture.path(&format!("M{left} {top}H{}", left + TIER), line, false);
    picture.text(
        (left + RAIL, top + 21.0),
        SMALL,
        colours.ink_2,
        "End of tier",
    );
    if let Some(action) = decided {
        picture.node((left + 11.0, top + 17.0), Some(action));
    }
    let action = words::action(decided.unwrap_or(tier.default_action));
    let said = match tier.end_hits.deny + tier.end_hits.pass {
        0 => action.to_owned(),
        hits => format!("{action} · {hits}"),
    };
    let colour = if deny { colours.deny } else { colours.ink_3 };
    picture.text_before((left + TIER - 8.0, top + 21.0), SMALL, colour, &said);
}

/// The route, and its marks on top of it.
fn draw_route(picture: &mut Picture, columns: &[Column]) {
    let colours = picture.colours;
    let layout = Layout {
        top: TOP - 10.0,
        rail: 11.0,
        gutter: GUTTER / 2.0,
    };
    let route = route::draw(columns, layout);
    for path in &route.solid {
        picture.path(path, colours.ink, false);
    }
    for path in &route.dashed {
        picture.path(path, colours.ink, true);
    }
    if let Some(start) = route.start {
        picture.node(start, None);
    }
}
