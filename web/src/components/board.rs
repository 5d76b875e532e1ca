//! The board: tiers left to right, policies top to bottom, the profiles last.

use std::rc::Rc;

use tierwalk_protocol::{
    Analysis, Board as Tiers, BrokenPolicy, FlowRow, PolicyRef, Selected, Side, TierColumn, Walk,
    walk::Direction,
};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{
    On,
    board_drag::{self, Drag},
    board_filter::{BoardFilter, namespaces_of, nothing as board_filter_nothing},
    board_heads, button, click,
    marks::{Mark, labelled, verdict},
    route_line::{self, RouteLine},
    silence::silence,
    spine::Spine,
    tier::{self, Tier},
    views::Views,
};
use crate::{
    shared::Shared,
    state::{
        BoardForm, EngineState, Middle, Msg, Panel, Tab, board_filter,
        board_view::{self, Lane},
        details::Details,
        object, walk_rows, words,
    },
};

/// Properties of [`Board`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The walk of the chosen flow.
    pub walk: Option<Shared<Walk>>,
    /// Its row.
    pub flow: Option<FlowRow>,
    /// The end that is shown.
    pub direction: Direction,
    /// The chosen policy.
    pub policy: Option<PolicyRef>,
    /// The endpoints that a chosen policy selects.
    pub selected: Option<Shared<Selected>>,
    /// What there is to say about it, where that is shown below its card.
    pub details: Option<Details>,
    /// How the engine is, as long as there is nothing from it to show.
    #[prop_or_default]
    pub silence: Option<EngineState>,
    /// The form of the board.
    pub form: BoardForm,
    /// The views there are.
    pub views: Vec<Tab>,
    /// What floats.
    pub panel: Option<Panel>,
    /// What of the board is shown.
    pub shown: board_filter::State,
    /// There is room for one form only.
    pub narrow: bool,
    /// Messages.
    pub on: On,
}

/// The board and its switches.
#[component]
pub fn Board(props: &Props) -> Html {
    let board = use_node_ref();
    let drag = use_state(|| None::<Drag>);
    let moved = props
        .on
        .reform(|wanted| Msg::Object(object::Msg::Move(wanted)));
    let hands = board_drag::handlers(&drag, &board, &props.analysis, moved);
    let all = &props.analysis.board;
    let (tiers, hidden) = props.shown.filtered(all);
    let empty = is_empty(all);
    let none_left = hidden > 0 && is_empty(&tiers);
    let list = props.narrow || props.form == BoardForm::List;
    html! {
        <section class="pane mid" id="board" aria-label="Board">
            <div class="phead"><h2 class="sr">{ "Board" }</h2><Views views={props.views.clone()} shown={Middle::Board} on={&props.on} /><span class="grow" />{ button(&props.on, "Filter", "sm", || Msg::Board(board_filter::Msg::Open(true))) }</div>
            <div class="phead dirs">{ directions(props) }<span class="grow" />{ forms(props) }</div>
            { for props.shown.filter.as_ref().map(|filter| html! {
                <BoardFilter filter={filter.clone()} namespaces={namespaces_of(all)} {hidden} on={&props.on} />
            }) }
            <div class="scroll boardwrap">
                if let Some(engine) = &props.silence {
                    { silence(engine, &props.on) }
                } else if empty && !all.tiers.is_empty() {
                    <div class="empty"><b>{ "No policy selects any pod" }</b><p>{ "Every flow is allowed by its namespace profile." }</p>
                        { button(&props.on, "Add a default deny", "edge sm", || Msg::AddDefaultDeny) }</div>
                } else if let Some(filter) = props.shown.filter.as_ref().filter(|_| none_left) {
                    { board_filter_nothing(&props.on, filter, hidden) }
                } else {
                    <div ref={&board} class={classes!("board", list.then_some("list"), drag.as_ref().and_then(|drag| drag.over.as_ref()).map(|_| "dragging"))} onkeydown={keys(props, &tiers)}
                        onpointerdown={(hidden == 0).then_some(hands.down)} onpointermove={hands.go} onpointerup={hands.up} onpointercancel={hands.cancel}>
                        { columns(props, &tiers, &drag) }
                        if !list { <RouteLine {board} analysis={props.analysis.clone()} shown={props.shown.clone()} walk={props.walk.clone()} direction={props.direction} /> }
                    </div>
                }
            </div>
        </section>
    }
}

fn is_empty(board: &Tiers) -> bool {
    board.broken.is_empty() && board.tiers.iter().all(board_view::is_empty)
}

fn directions(props: &Props) -> Html {
    let Some((walk, flow)) = props.walk.as_ref().zip(props.flow.as_ref()) else {
        return html! {};
    };
    let at = |direction, label: &str, end: &str| {
        let side = walk_rows::side(walk, direction)?;
        let on = click(&props.on, move || Msg::Direction(direction));
        let pressed = (props.direction == direction).to_string();
        Some(
            html! { <button type="button" aria-pressed={pressed} onclick={on}>{ format!("{label} at {end}") }{ outcome(side) }</button> },
        )
    };
    html! {
        <div class="seg" role="group" aria-label="Direction">
            { for at(Direction::Egress, "Egress", &flow.from.name) }
            { for at(Direction::Ingress, "Ingress", &flow.to.name) }
        </div>
    }
}

fn outcome(side: &Side) -> Html {
    if side.reached {
        verdict(side.verdict)
    } else {
        labelled(Mark::None, "not reached", "null")
    }
}

fn forms(props: &Props) -> Html {
    if props.narrow {
        return html! {};
    }
    let form = |form, label: &str| {
        let pressed = (props.form == form).to_string();
        html! { <button type="button" aria-pressed={pressed} onclick={click(&props.on, move || Msg::Form(form))}>{ label }</button> }
    };
    html! {
        <div class="seg" role="group" aria-label="Layout">{ form(BoardForm::Columns, "Columns") }{ form(BoardForm::List, "List") }</div>
    }
}

fn columns(props: &Props, tiers: &Tiers, drag: &Option<Drag>) -> Html {
    let side = props
        .walk
        .as_ref()
        .and_then(|walk| walk_rows::side(walk, props.direction));
    let first = || board_view::neighbour(tiers, None, 0, 0);
    let stop = props.policy.clone().or_else(first);
    let names = tiers
        .tiers
        .iter()
        .filter(|tier| object::takes_policies(tier))
        .map(|tier| tier.name.clone());
    let names = Rc::new(names.collect::<Vec<_>>());
    let column = |tier: &TierColumn| {
        let hidden = props.shown.filter.is_some() && board_view::is_empty(tier);
        if hidden || props.shown.is_folded(tier) {
            return folded(props, tier, side, drag);
        }
        let here = |policy: &&PolicyRef| board_view::holds(tier, policy);
        let chosen = props.policy.as_ref().filter(here).cloned();
        let details = props.details.clone().filter(|_| chosen.is_some());
        let selected = props.selected.as_ref();
        let selected = selected.filter(|it| Some(&it.policy) == chosen.as_ref());
        let open = match &props.panel {
            Some(Panel::Card(policy)) => Some(policy),
            _ => None,
        };
        let lane = Lane::of(side, tier);
        let list = props.narrow || props.form == BoardForm::List;
        let closed = list
            && lane.part.skipped.is_some()
            && chosen.is_none()
            && props.shown.is_passed_over(tier);
        let adding = props.panel == Some(Panel::AddPolicy(tier.name.clone()));
        html! {
            <Tier tier={tier.clone()} {lane} {closed} {chosen} selected={selected.map(|it| words::selected(it))} details={details}
                stop={stop.as_ref().filter(here).cloned()} tiers={Rc::clone(&names)} drag={drag.clone()}
                open={open.filter(here).cloned()} adding={adding.then(|| props.analysis.clone())} on={&props.on} />
        }
    };
    html! { <>{ for tiers.tiers.iter().map(column) }{ adrift(props, tiers, &stop) }{ profile(tiers, side) }</> }
}

/// Policies with an error whose tier cannot be told, or is not there.
fn adrift(props: &Props, tiers: &Tiers, stop: &Option<PolicyRef>) -> Html {
    if tiers.broken.is_empty() {
        return html! {};
    }
    let card = |it: &BrokenPolicy| tier::broken(it, &props.policy, stop, &props.details, &props.on);
    html! {
        <section class="tier" aria-label="Left out">
            <header><h3>{ "Left out" }</h3><span>{ "in no tier of the board" }</span></header>
            <ol>{ for tiers.broken.iter().map(card) }</ol>
        </section>
    }
}

fn folded(props: &Props, tier: &TierColumn, side: Option<&Side>, drag: &Option<Drag>) -> Html {
    let over = drag
        .as_ref()
        .is_some_and(|drag| drag.place_in(&tier.name).is_some());
    let all = props.analysis.board.tiers.iter();
    let all = all
        .filter(|other| other.name == tier.name)
        .map(|tier| tier.policies.len())
        .sum();
    let policies = match (all, tier.policies.len()) {
        (0, _) => "no policies".to_owned(),
        (all, 0) => format!("{} hidden by the filter", words::policies(all)),
        (all, _) => words::policies(all),
    };
    let text = format!(
        "{} · {policies} · ends in {}",
        tier.name,
        words::action(tier.default_action)
    );
    let name = tier.name.clone();
    let onclick = click(&props.on, move || {
        Msg::Board(board_filter::Msg::Fold(name.clone()))
    });
    let name = tier.name.clone();
    let add = click(&props.on, move || {
        Msg::Board(board_filter::Msg::Add(name.clone()))
    });
    html! {
        <Spine {text} {add} route={route_line::word(side.map(|side| board_view::stop(side, tier)))} {onclick}
            tier={object::takes_policies(tier).then(|| AttrValue::from(tier.name.clone()))} drop={over}
            decided={side.and_then(|side| board_view::decided(side, tier))} />
    }
}

fn profile(tiers: &Tiers, side: Option<&Side>) -> Html {
    if tiers.tiers.is_empty() {
        return html! {};
    }
    let decided = board_view::profile_part(side);
    let hits = (tiers.profile_hits.allow + tiers.profile_hits.deny) as usize;
    let text = format!("Profile · kns.* allows · {}", words::count(hits, "hit"));
    let route = side.map(|_| if decided.is_some() { "ends" } else { "beyond" });
    html! { <Spine {text} {route} {decided} /> }
}

/// Arrows go from card to card; the board is one tab stop.
fn keys(props: &Props, shown: &Tiers) -> Callback<KeyboardEvent> {
    let mut shown = shown.clone();
    shown.tiers.retain(|tier| !props.shown.is_folded(tier));
    let (policy, on) = (props.policy.clone(), props.on.clone());
    Callback::from(move |event: KeyboardEvent| {
        let step = board_drag::step(&event).filter(|_| !event.default_prevented());
        let Some((across, down)) = step else {
            return;
        };
        event.prevent_default();
        if event.alt_key() {
            if let Some(policy) = policy
                .clone()
                .or_else(|| board_view::neighbour(&shown, None, 0, 0))
            {
                on.emit(Msg::Object(object::Msg::MoveBy(policy, across, down)));
            }
        } else if board_heads::moved(&event, across, down) {
        } else if let Some(next) = board_view::neighbour(&shown, policy.as_ref(), across, down) {
            on.emit(Msg::PolicyByKey(next));
        } else if down < 0 {
            board_heads::up(&event);
        }
    })
}
