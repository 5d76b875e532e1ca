//! Components, rendered natively.

use std::rc::Rc;

use tierwalk_protocol::{Direction, Severity, Verdict};
use yew::{LocalServerRenderer, prelude::*};

use super::*;
use crate::{
    fixture,
    shared::Shared,
    state::{
        BoardForm, Drawer as Tab, EngineState, Saved,
        files::Files,
        find,
        flips::{Baseline, Counts},
    },
};

fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
{
    pollster::block_on(
        LocalServerRenderer::<C>::with_props(props)
            .hydratable(false)
            .render(),
    )
}

/// Words as a reader meets them, without marks.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut tag = false;
    for c in html.chars() {
        match c {
            '<' => tag = true,
            '>' => {
                tag = false;
                out.push(' ');
            }
            c if !tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inspector(walk: bool) -> inspector::Props {
    inspector::Props {
        silence: None,
        sides: false,
        pair: false,
        flow: Some(fixture::flow("denied", walk.then_some(Verdict::Deny))),
        walk: walk.then(|| Shared::from(fixture::denied_walk())),
        direction: Direction::Ingress,
        step: 4,
        toggled: Vec::new(),
        suggestions: None,
        was: None,
        edit: None,
        on: On::noop(),
    }
}

#[test]
fn the_inspector_says_verdict_reason_and_steps_in_this_order() {
    let text = words(&render::<inspector::Inspector>(inspector(true)));
    let order = [
        "frontend → backend tcp/8080",
        "Deny expected deny",
        "frontend may send this; backend may not receive it.",
        "Nearest: ingress[0] backend.yaml:18",
        "Egress at storefront/frontend Allow",
        "Ingress at storefront/backend Deny",
        "security security-pass ingress[0] Pass",
        "platform no Ingress policy selects it skipped",
        "default storefront/backend no rule matched",
        "ingress[0] Allow 1 of 3 clauses failed",
        "did not hold source app in {&quot;microservice1&quot;, &quot;microservice2&quot;} has app = &quot;frontend&quot;",
        "ingress[1] Allow 3 of 4 clauses failed",
        "default End of tier Deny 1|default|np:storefront/backend|deny|-1",
        "step 5 of 5",
    ];
    let mut rest = text.as_str();
    for part in order {
        let plain = part.replace("&quot;", "\"");
        let found = rest.find(part).or_else(|| rest.find(&plain));
        let at = found
            .unwrap_or_else(|| panic!("`{part}` is missing after what came before, in: {rest}"));
        rest = &rest[at..];
    }
}

#[test]
fn a_line_that_cannot_be_read_says_why_where_the_walk_would_be() {
    let text = words(&render::<inspector::Inspector>(inspector(false)));
    assert!(text.contains("not read"), "{text}");
    assert!(text.contains("no pod frontned in storefront"), "{text}");
}

#[test]
fn without_a_flow_the_inspector_says_what_to_do() {
    let props = inspector::Props {
        flow: None,
        walk: None,
        ..inspector(true)
    };
    assert!(
        words(&render::<inspector::Inspector>(props))
            .contains("Choose a flow to see who decides it.")
    );
}

fn board(form: BoardForm) -> board::Props {
    board::Props {
        silence: None,
        details: None,
        views: crate::state::Model::default().views(),
        analysis: Shared::from(fixture::analysis()),
        walk: Some(Shared::from(fixture::denied_walk())),
        flow: Some(fixture::flow("denied", Some(Verdict::Deny))),
        direction: Direction::Ingress,
        panel: None,
        policy: None,
        selected: None,
        shown: crate::state::board_filter::State::default(),
        form,
        narrow: false,
        on: On::noop(),
    }
}

#[test]
fn the_board_is_in_order_of_evaluation() {
    let text = words(&render::<board::Board>(board(BoardForm::List)));
    let order = [
        "security 500",
        "security-pass",
        "platform 700",
        "skipped: no Ingress here",
        "kube-admin · no policies · ends in Pass",
        "default",
        "Staged",
        "End of tier Deny",
        "kube-baseline",
        "Profile · kns.* allows · 9 hits",
    ];
    let mut rest = text.as_str();
    for part in order {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("`{part}` is missing in: {rest}"));
        rest = &rest[at..];
    }
}

#[test]
fn the_board_is_one_tab_stop() {
    let html = render::<board::Board>(board(BoardForm::List));
    let (_, board) = html.split_once("class=\"board list\"").unwrap();
    assert_eq!(board.matches("tabindex=\"0\"").count(), 1, "{board}");
}

#[test]
fn a_board_without_policies_says_what_follows_and_offers_one_thing() {
    let mut analysis = fixture::analysis();
    for tier in &mut analysis.board.tiers {
        tier.policies.clear();
    }
    let props = board::Props {
        analysis: Shared::from(analysis),
        ..board(BoardForm::List)
    };
    let text = words(&render::<board::Board>(props));
    assert!(text.contains("No policy selects any pod Every flow is allowed by its namespace profile. Add a default deny"), "{text}");
}

fn drawer(tab: Tab) -> drawer::Props {
    let mut analysis = fixture::analysis();
    analysis.flows.push(fixture::flow("unread", None).into());
    analysis.diagnostics = vec![fixture::problem("policies/backend.yaml", Severity::Warning)];
    let before = [fixture::flow("denied", Some(Verdict::Allow))];
    drawer::Props {
        silence: None,
        selected: None,
        analysis: Shared::from(analysis),
        baseline: Some(Baseline::of(&before)),
        flow: Some("denied".to_owned()),
        arrangement: Default::default(),
        order: None,
        filter: Default::default(),
        since: Default::default(),
        entry: Default::default(),
        pairs: Default::default(),
        stale: false,
        panel: None,
        tab,
        folded: false,
        files: Files::default(),
        find: find::State::default(),
        flipped: 1,
        on: On::noop(),
    }
}

#[test]
fn a_flow_row_says_what_it_was_and_an_unread_one_why() {
    let text = words(&render::<drawer::Drawer>(drawer(Tab::Flows)));
    assert!(
        text.contains(
            "Deny was Allow storefront/ frontend → backend tcp/8080 default same none set allow deny"
        ),
        "{text}"
    );
    assert!(text.contains("not read"), "{text}");
    assert!(
        text.contains("no pod frontned in storefront storefront.yaml:6"),
        "{text}"
    );
}

#[test]
fn only_flipped_shows_only_what_flipped() {
    let html = render::<drawer::Drawer>(drawer(Tab::Flipped));
    assert_eq!(html.matches("<tr").count(), 2, "{html}");
}

#[test]
fn a_problem_has_place_help_and_code() {
    let text = words(&render::<drawer::Drawer>(drawer(Tab::Problems)));
    assert!(text.contains("warning: selector matches nothing: no pod in storefront has app = loging the rule is valid and never applies backend.yaml:25 · selector/matches-nothing"), "{text}");
}

fn strip(engine: EngineState, saved: Saved) -> strip::Props {
    strip::Props {
        counts: Counts::of(&fixture::analysis().flows),
        flips: Rc::default(),
        engine,
        saved,
        notice: None,
        offer: false,
        can_undo: false,
        baseline: true,
        mac: true,
        on: On::noop(),
    }
}

#[test]
fn the_strip_sums_up_at_rest() {
    let text = words(&render::<strip::Strip>(strip(
        EngineState::Ready,
        Saved::Yes,
    )));
    assert_eq!(
        text,
        "2 flows 1 Allow 1 Deny 2 expectations met Nothing flipped since the baseline Pin as baseline"
    );
}

#[test]
fn the_strip_names_two_flips_and_counts_the_rest() {
    let was = |id: &str| fixture::flow(id, Some(Verdict::Deny));
    let now: Vec<_> = ["a", "b", "c"]
        .iter()
        .map(|id| fixture::flow(id, Some(Verdict::Allow)).into())
        .collect();
    let flips = Baseline::of(&["a", "b", "c"].map(was)).flips(&now);
    let props = strip::Props {
        flips: Rc::new(flips),
        offer: false,
        can_undo: true,
        ..strip(EngineState::Ready, Saved::Yes)
    };
    let text = words(&render::<strip::Strip>(props));
    assert!(
        text.starts_with("3 flows flipped storefront/ frontend → backend tcp/8080 Deny → Allow"),
        "{text}"
    );
    assert!(text.contains("and 1 more"), "{text}");
    assert!(text.ends_with("Undo ⌘Z Pin as baseline"), "{text}");
}

#[test]
fn trouble_is_said_with_what_is_safe() {
    let stopped = words(&render::<strip::Strip>(strip(
        EngineState::Stopped,
        Saved::Yes,
    )));
    assert!(stopped.starts_with("Evaluation was stopped after 2 s. Your text is safe; verdicts are from before that edit."), "{stopped}");
    let full = words(&render::<strip::Strip>(strip(
        EngineState::Ready,
        Saved::Full,
    )));
    assert!(full.starts_with("Not saved: this browser’s storage is full. Keep the tab open, or download the files. Download zip"), "{full}");
}

#[test]
fn markup_sets_no_inline_style() {
    let html = [
        render::<inspector::Inspector>(inspector(true)),
        render::<board::Board>(board(BoardForm::List)),
        render::<drawer::Drawer>(drawer(Tab::Flows)),
    ]
    .concat();
    assert!(
        !html.contains("style="),
        "the content policy refuses inline styles"
    );
}

#[test]
fn one_edit_that_flipped_the_flow_is_named() {
    let props = inspector::Props {
        was: Some(Verdict::Allow),
        edit: Some(crate::state::one_edit::OneEdit {
            place: fixture::place("policies/backend.yaml", 18),
            before: "\"microservice2\"".to_owned(),
            after: "\"frontend\"".to_owned(),
        }),
        ..inspector(true)
    };
    let text = words(&render::<inspector::Inspector>(props)).replace("&quot;", "\"");
    assert!(
        text.contains(
            "Your edit did this: backend.yaml:18 , \"microservice2\" became \"frontend\" ."
        ),
        "{text}"
    );
}
