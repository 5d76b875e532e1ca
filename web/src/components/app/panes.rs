//! The panes of the page, each drawn from the model.

use tierwalk_protocol::FlowRow;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        board::Board, check_details::CheckDetails, checks::Checks, compiled::Compiled,
        drawer::Drawer, form::Form, inspector::Inspector, matrix::Matrix, object_form::ObjectForm,
        policy_details::PolicyPane, strip::Strip, text_pane::TextPane, top_bar::TopBar,
    },
    shared::Shared,
    state::{
        EngineState, Middle, Model, Msg, Pane, Panel, Width,
        checks::State,
        flips::{Flip, Flipped},
        one_edit, words,
    },
};

pub(super) fn bar(model: &Model, on: &Callback<Msg>) -> Html {
    let seeking = model.panel == Some(Panel::Palette);
    let found = seeking.then(|| model.found().into_iter().cloned().collect());
    let query = seeking.then(|| model.palette.query.clone());
    html! {
        <TopBar name={model.name.to_string()} id={model.id} kept={model.kept.clone()} back={model.back}
            saves={model.saves.list.clone()} taken={model.saves.taken.clone()}
            comparison={(model.panel == Some(Panel::Workspaces)).then(|| model.comparison()).flatten()}
            said={model.said.clone().map(AttrValue::from)} saved={model.saved} panel={model.panel.clone()}
            letters={model.preferences.letters} mac={model.mac}
            theme={model.preferences.theme} present={model.preferences.present}
            query={query.unwrap_or_default()} {found} at={model.palette.at} {on} />
    }
}

fn shown_flow(model: &Model) -> Option<FlowRow> {
    let shown = model.shown.as_ref()?;
    model.row(&shown.flow).map(|flow| (**flow).clone())
}

pub(super) fn strip(model: &Model, flipped: &Flipped, on: &Callback<Msg>) -> Html {
    html! {
        <Strip counts={flipped.counts.clone()} flips={flipped.flips.clone()} engine={model.engine.clone()} saved={model.saved}
            notice={model.notice.clone().map(AttrValue::from)} offer={model.offers_zip()} can_undo={model.history.can_undo()}
            baseline={model.baseline.is_some()} mac={model.mac} {on} />
    }
}

pub(super) fn text(model: &Model, on: &Callback<Msg>) -> Html {
    html! {
        <TextPane workspace={model.id} files={model.files.clone()} baseline={model.baseline_files.clone()} open={model.open.clone()}
            analysis={model.analysis.clone()} walk={model.walk().cloned()} direction={model.direction}
            target={model.target.clone()} mapped={mapped(model)} focus={model.editor_focus} panel={model.panel.clone()}
            answers={model.language.answers.clone()} renaming={model.language.renaming.clone()} opened={model.opened.clone()}
            policy={model.open_module().cloned()} checked={model.checked()} selection={model.checks.selection} {on} />
    }
}

/// The line of a template that is pointed at, or the lines of the chosen policy.
fn mapped(model: &Model) -> Option<(u32, u32)> {
    let line = model
        .templates
        .line
        .filter(|_| model.is_template(&model.open));
    line.map(|line| (line, line))
        .or_else(|| model.highlighted_lines())
}

pub(super) fn board(model: &Model, on: &Callback<Msg>) -> Html {
    let views = model.views();
    match model.middle() {
        Middle::Board => {}
        Middle::Matrix => {
            return html! { <Matrix {views} matrix={model.matrix.clone()} {on} /> };
        }
        Middle::Compiled => {
            return html! { <Compiled {views} analysis={model.analysis.clone()} open={model.open.to_string()} line={model.templates.line} {on} /> };
        }
        Middle::Checks => return checks(model, on),
    }
    html! {
        <Board {views} analysis={model.analysis.clone()} walk={model.walk().cloned()} flow={shown_flow(model)} direction={model.direction}
            panel={model.panel.clone()} policy={model.policy.clone()} selected={model.details.selected.clone()} details={model.details().filter(|_| model.width == Width::Narrow)} shown={model.board.clone()} form={model.preferences.board} narrow={model.width == Width::Narrow} silence={model.silence()} {on} />
    }
}

fn checks(model: &Model, on: &Callback<Msg>) -> Html {
    let State {
        report,
        by_team,
        chosen,
        health,
        apply,
        ..
    } = &model.checks;
    html! {
        <Checks report={report.clone()} any={model.has_checks()} groups={model.finding_groups()} by_team={*by_team}
            chosen={chosen.clone()} health={health.clone()} apply={apply.what} views={model.views()} {on} />
    }
}

pub(super) fn drawer(model: &Model, flipped: usize, on: &Callback<Msg>) -> Html {
    let flows = &model.flows;
    html! {
        <Drawer arrangement={flows.arrangement} order={flows.order.clone().map(Shared::from)} filter={flows.filter.clone()} since={flows.since} entry={flows.entry.clone()}
            pairs={flows.pairs.clone()} panel={model.panel.clone()} stale={model.late && model.engine == EngineState::Ready}
            analysis={model.analysis.clone()} baseline={model.flip_base().cloned()} flow={model.flow.clone()} tab={model.drawer}
            folded={model.drawer_folded()} silence={model.silence()} selected={model.highlighted().cloned()} files={model.files.clone()} find={model.find.clone()} {flipped} {on} />
    }
}

pub(super) fn inspector(model: &Model, on: &Callback<Msg>) -> Html {
    if model.shows_form() {
        return html! { <Form analysis={model.analysis.clone()} line={model.templates.line} {on} /> };
    }
    if let Some(report) = model
        .checks
        .report
        .clone()
        .filter(|_| model.middle() == Middle::Checks)
    {
        let State {
            excepting,
            input,
            evaluated,
            ..
        } = &model.checks;
        return html! {
            <CheckDetails {report} files={model.files.clone()} open={model.open.clone()} finding={model.chosen_finding().map(|it| it.0)}
                check={model.chosen_check().map(|it| it.0)} excepting={*excepting} input={*input} object={model.object_at_hand()}
                evaluated={evaluated.clone()} today={browser::today()} {on} />
        };
    }
    if model.shows_object() {
        let form = &model.objects.form;
        return html! { <ObjectForm form={form.form.clone()} why={form.why.clone()} {on} /> };
    }
    if model.details.shown {
        return html! { <PolicyPane details={model.details()} {on} /> };
    }
    let flow = shown_flow(model);
    let was = flow.as_ref().and_then(|flow| model.flip_base()?.was(flow));
    let edit = was
        .and(model.baseline_files.as_ref())
        .and_then(|before| one_edit::between(before, &model.files));
    html! {
        <Inspector pair={model.matrix.pair.is_some()} sides={true} {flow} walk={model.walk().cloned()} direction={model.direction} step={model.step}
            toggled={model.toggled.clone()} suggestions={model.suggestions()} silence={model.silence()} {was} {edit} {on} />
    }
}

/// Read out when flows flip and when something is said in passing, and at no other time.
pub(super) fn spoken(model: &Model, flips: &[Flip]) -> String {
    let flipped = || match flips.is_empty() {
        true => String::new(),
        false => words::spoken(flips),
    };
    match (&model.said, &model.notice) {
        (Some(said), _) => said.replace('`', ""),
        (None, Some(notice)) => format!("{} {}", notice.replace('`', ""), flipped()),
        (None, None) => flipped(),
    }
}

pub(super) fn notes(model: &Model) -> [AttrValue; 5] {
    let flows = model.analysis.flows.len().to_string();
    let verdict = model.verdict().map_or("none", words::verdict);
    let tiers = words::count(model.analysis.board.tiers.len(), "tier");
    let file = words::stem(&model.open).to_owned();
    [
        flows.into(),
        verdict.into(),
        tiers.into(),
        file.into(),
        "examples".into(),
    ]
}

pub(super) fn pane_name(pane: Pane) -> &'static str {
    match pane {
        Pane::Flows => "flows",
        Pane::Walk => "walk",
        Pane::Board => "board",
        Pane::Text => "text",
        Pane::More => "more",
    }
}
