//! Under the board: flows, problems, flips, and a line to add a flow.

use tierwalk_protocol::{Analysis, Selected};
use yew::prelude::*;

use super::{
    On, button, click,
    find_panel::FindPanel,
    flow_entry::FlowEntry,
    flow_table::FlowTable,
    flow_tools::FlowTools,
    marks::{Mark, mark},
    problem_list::ProblemList,
    silence::silence,
};
use crate::{
    shared::Shared,
    state::{
        Drawer as Tab, EngineState, Msg, Panel,
        files::Files,
        find,
        flips::Baseline,
        flow_list::{Arrangement, Filter, Order},
        flows::{Entry, Pairs, Since},
    },
};

/// Properties of [`Drawer`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The endpoints that the chosen policy selects.
    pub selected: Option<Shared<Selected>>,
    /// What flips are counted against.
    pub baseline: Option<Baseline>,
    /// The chosen flow.
    pub flow: Option<String>,
    /// How the flows are arranged.
    pub arrangement: Arrangement,
    /// The order that came of it.
    pub order: Option<Shared<Order>>,
    /// Which flows are listed.
    pub filter: Filter,
    /// What flips are counted from.
    pub since: Since,
    /// What is being written.
    pub entry: Entry,
    /// All pairs that are about to be written.
    pub pairs: Pairs,
    /// Flows are being evaluated.
    pub stale: bool,
    /// How the engine is, as long as there is nothing from it to show.
    #[prop_or_default]
    pub silence: Option<EngineState>,
    /// What floats.
    pub panel: Option<Panel>,
    /// The list that is shown.
    pub tab: Tab,
    /// Only the head shows.
    pub folded: bool,
    /// The files.
    pub files: Files,
    /// What is looked for in them.
    pub find: find::State,
    /// How many flows flipped.
    pub flipped: usize,
    /// Messages.
    pub on: On,
}

/// Three lists as tabs.
#[component]
pub fn Drawer(props: &Props) -> Html {
    let on = &props.on;
    html! {
        <section class={classes!("pane", "drawer", props.folded.then_some("folded"))} id="flows" aria-label="Flows">
            <h2 class="sr">{ "Flows" }</h2>
            <div class="phead">
                <div class="tabs" role="tablist" aria-label="Drawer" onkeydown={keys(props)}>
                    { tab(props, Tab::Flows, "Flows", props.analysis.flows.len()) }
                    { tab(props, Tab::Problems, "Problems", props.analysis.diagnostics.len()) }
                    { tab(props, Tab::Flipped, "Only flipped", props.flipped) }
                    { tab(props, Tab::Find, "Find", None) }
                </div>
                <span class="grow" />
                if matches!(props.tab, Tab::Flows | Tab::Flipped) && !props.folded {
                    <FlowTools arrangement={props.arrangement} filter={props.filter.clone()} since={props.since} flipped={props.tab == Tab::Flipped}
                        pairs={props.pairs.clone()} panel={props.panel.clone()} {on} />
                }
                { button(on, "Add flow", "sm wide", || Msg::Entry) }
                { fold(props) }
            </div>
            if !props.folded {
                <div class="list-of" role="tabpanel" id="drawer-list" aria-labelledby={id(props.tab)}>{ list(props) }</div>
                <FlowEntry entry={props.entry.clone()} {on} />
            }
        </section>
    }
}

fn fold(props: &Props) -> Html {
    let (label, kind) = if props.folded {
        ("Open the drawer", Mark::More)
    } else {
        ("Fold the drawer", Mark::Open)
    };
    html! {
        <button type="button" class="btn sm fold-drawer" aria-label={label} title={label} aria-expanded={(!props.folded).to_string()}
            onclick={click(&props.on, || Msg::FoldDrawer)}>{ mark(kind, "s10") }</button>
    }
}

fn id(tab: Tab) -> &'static str {
    match tab {
        Tab::Flows => "tab-flows",
        Tab::Problems => "tab-problems",
        Tab::Flipped => "tab-flipped",
        Tab::Find => "tab-find",
    }
}

fn tab(props: &Props, tab: Tab, label: &str, count: impl Into<Option<usize>>) -> Html {
    let selected = props.tab == tab;
    html! {
        <button type="button" role="tab" id={id(tab)} aria-selected={selected.to_string()} aria-controls={(!props.folded).then_some("drawer-list")}
            tabindex={if selected { "0" } else { "-1" }} onclick={click(&props.on, move || Msg::Drawer(tab))}>
            { label }if let Some(count) = count.into() { <span class="n">{ count }</span> }
        </button>
    }
}

/// Arrows go from tab to tab.
fn keys(props: &Props) -> Callback<KeyboardEvent> {
    const TABS: [Tab; 4] = [Tab::Flows, Tab::Problems, Tab::Flipped, Tab::Find];
    let (on, now) = (props.on.clone(), props.tab);
    Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => TABS.len() - 1,
            "ArrowRight" => 1,
            _ => return,
        };
        event.prevent_default();
        let at = TABS.iter().position(|tab| *tab == now).unwrap_or(0);
        on.emit(Msg::DrawerByKey(TABS[(at + by) % TABS.len()]));
    })
}

fn list(props: &Props) -> Html {
    let on = &props.on;
    let table = |flipped: bool| {
        let filter = Filter {
            flipped: flipped || props.filter.flipped,
            ..props.filter.clone()
        };
        html! {
            <FlowTable analysis={props.analysis.clone()} selected={props.selected.clone()} baseline={props.baseline.clone()} flipped={props.flipped > 0} flow={props.flow.clone()} {filter}
                arrangement={props.arrangement} order={props.order.clone()} stale={props.stale} {on} />
        }
    };
    if let Some(engine) = props.silence.as_ref().filter(|_| props.tab != Tab::Find) {
        return html! { <div class="scroll" tabindex="-1">{ silence(engine, on) }</div> };
    }
    match props.tab {
        Tab::Flows if props.analysis.flows.is_empty() => html! {
            <div class="scroll empty" tabindex="-1"><b>{ "No flows yet" }</b>
                <p>{ "Write one: " }<code>{ "storefront/frontend -> backend tcp/8080" }</code></p>
                { button(on, "All pairs in a namespace", "edge sm", || Msg::Panel(Some(Panel::MoreFlows))) }
            </div>
        },
        Tab::Flows => table(false),
        Tab::Problems if props.analysis.diagnostics.is_empty() => {
            let files = crate::state::words::count(props.files.len(), "file");
            empty(&format!("No problems in {files}."))
        }
        Tab::Problems => {
            html! { <div class="scroll" tabindex="-1"><ProblemList analysis={props.analysis.clone()} {on} /></div> }
        }
        Tab::Flipped if props.flipped == 0 => empty(match props.since {
            Since::Baseline => "Nothing flipped since the baseline.",
            Since::LastEdit => "Nothing flipped since the last edit.",
        }),
        Tab::Flipped => table(true),
        Tab::Find => {
            html! { <div class="scroll" tabindex="-1"><FindPanel find={props.find.clone()} files={props.files.clone()} {on} /></div> }
        }
    }
}

fn empty(what: &str) -> Html {
    html! { <div class="scroll empty" tabindex="-1"><b>{ what }</b></div> }
}
