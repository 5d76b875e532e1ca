//! A workspace as Markdown: its flows, its policies by tier, its problems.

use std::fmt::Write as _;

use tierwalk_protocol::{Diagnostic, FlowRow, PolicyCard, TierColumn};

use crate::state::{Model, board_filter::flag_word, flips, markdown, words};

pub(super) fn text(model: &Model) -> String {
    let analysis = &model.analysis;
    let mut out = format!("# {}\n\n", model.name);
    flows(&mut out, analysis.flows.iter().map(|flow| &**flow));
    if let Some((flow, walk)) = model
        .shown
        .as_ref()
        .and_then(|shown| model.row(&shown.flow))
        .zip(model.walk())
    {
        // Writing to a string does not fail.
        let _ = writeln!(out, "## The flow at hand\n\n{}", markdown::walk(flow, walk));
    }
    out.push_str("## Policies, in order of evaluation\n");
    for tier in &analysis.board.tiers {
        policies(&mut out, tier);
    }
    problems(&mut out, &analysis.diagnostics);
    out
}

fn flows<'a>(out: &mut String, flows: impl Iterator<Item = &'a FlowRow>) {
    out.push_str("## Flows\n\n| Verdict | From | To | Port | Decided by | Pending | Expected |\n|---|---|---|---|---|---|---|\n");
    for flow in flows {
        let end = |end: &tierwalk_protocol::EndLabel| match end.namespace.as_str() {
            "" => end.name.clone(),
            namespace => format!("{namespace}/{}", end.name),
        };
        let verdict = flow.verdict.map_or("not read", words::verdict);
        let pending = flow.pending.filter(|_| flow.pending != flow.verdict);
        let unmet = if flips::unmet(flow) { ", not met" } else { "" };
        let expected = flow
            .expected
            .map(|it| format!("{}{unmet}", words::expected(it)));
        let by = flow.error.clone().unwrap_or_else(|| decided(flow));
        let cells = [
            verdict.to_owned(),
            end(&flow.from),
            end(&flow.to),
            flow.port.clone(),
            by,
            pending.map_or("same", words::verdict).to_owned(),
            expected.unwrap_or_default(),
        ];
        let _ = writeln!(out, "| {} |", cells.map(|cell| escaped(&cell)).join(" | "));
    }
    out.push('\n');
}

fn decided(flow: &FlowRow) -> String {
    match (flow.decided_in.as_str(), flow.decided_by.as_str()) {
        (tier, "") => tier.to_owned(),
        (tier, by) => format!("{tier}: {by}"),
    }
}

fn policies(out: &mut String, tier: &TierColumn) {
    let order = words::order(tier.order);
    let order = if order.is_empty() {
        String::new()
    } else {
        format!(", order {order}")
    };
    let end = words::action(tier.default_action);
    let _ = writeln!(out, "\n### Tier {}{order}, ends in {end}\n", tier.name);
    if tier.policies.is_empty() {
        out.push_str("No policies.\n");
        return;
    }
    out.push_str("| Order | Policy | Kind | Endpoints | Allow | Deny | Pass | Flags | Where |\n|---|---|---|---|---|---|---|---|---|\n");
    for card in &tier.policies {
        policy(out, card);
    }
}

fn policy(out: &mut String, card: &PolicyCard) {
    let name = match card.policy.namespace.as_str() {
        "" => card.policy.name.clone(),
        namespace => format!("{namespace}/{}", card.policy.name),
    };
    let flags: Vec<&str> = card.flags.iter().copied().map(flag_word).collect();
    let cells = [
        words::order(card.order),
        name,
        card.short_kind.clone(),
        card.endpoints.to_string(),
        card.hits.allow.to_string(),
        card.hits.deny.to_string(),
        card.hits.pass.to_string(),
        flags.join(", "),
        words::place(&card.place),
    ];
    let _ = writeln!(out, "| {} |", cells.map(|cell| escaped(&cell)).join(" | "));
}

fn problems(out: &mut String, problems: &[Diagnostic]) {
    out.push_str("\n## Problems\n\n");
    if problems.is_empty() {
        out.push_str("None.\n");
    }
    for problem in problems {
        let place = format!("{}:{}", problem.place.file, problem.place.line);
        let _ = writeln!(
            out,
            "- {} `{place}`: {} ({})",
            words::severity(problem.severity),
            problem.message,
            problem.code
        );
    }
}

/// A bar would end the cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}
