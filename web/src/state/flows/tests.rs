use tierwalk_protocol::{Place, Reply, compose::Choice};

use super::*;
use crate::{
    engine::Event,
    fixture,
    state::{Msg as Any, files::Files},
};

/// A model whose engine answers.
fn model() -> Model {
    let mut model = Model {
        files: Files::default().with("flows/f.yaml", "flows:\n- a -> b tcp/1\n"),
        ..Model::default()
    };
    analysed(&mut model, fixture::analysis());
    model
}

fn analysed(model: &mut Model, analysis: Analysis) {
    let event = Event::Analysis {
        revision: model.asked,
        analysis: Rc::new(analysis),
    };
    model.update(Any::Engine(event));
}

fn say(model: &mut Model, msg: Msg) -> Vec<Effect> {
    model.update(Any::Flows(msg))
}

fn reply(model: &mut Model, reply: FlowsReply) {
    let event = Event::Reply {
        id: model.questions,
        reply: Some(Box::new(Reply::Flows(reply))),
    };
    model.update(Any::Engine(event));
}

fn text(model: &Model) -> &str {
    model.files.text("flows/f.yaml").map_or("", |text| text)
}

fn write(model: &mut Model, line: &str, (from, to): (u32, u32), insert: &str) {
    say(model, Msg::Write(line.to_owned(), to));
    let choice = Choice {
        label: insert.to_owned(),
        insert: insert.to_owned(),
        detail: String::new(),
    };
    let completion = Completion {
        line: line.to_owned(),
        from,
        to,
        choices: vec![choice],
        verdict: None,
    };
    reply(model, FlowsReply::Completion(completion));
}

#[test]
fn a_choice_takes_the_place_of_the_word_at_the_cursor() {
    let mut model = model();
    write(&mut model, "shop/we tcp/80", (0, 7), "shop/web ");
    say(&mut model, Msg::Move(1));
    assert_eq!(
        (model.flows.entry.open, model.flows.entry.at),
        (true, Some(0))
    );
    say(&mut model, Msg::Choose(0));
    assert_eq!(model.flows.entry.text, "shop/web tcp/80");
    assert_eq!(model.flows.entry.cursor.0, 9);
}

#[test]
fn an_answer_for_an_older_line_is_not_shown() {
    let mut model = model();
    write(&mut model, "a", (0, 1), "ab ");
    say(&mut model, Msg::Write("x".to_owned(), 1));
    let old = Completion {
        line: "a".to_owned(),
        ..Completion::default()
    };
    reply(&mut model, FlowsReply::Completion(old));
    assert_eq!(model.flows.entry.completion.line, "a");
    assert_eq!(
        model.flows.entry.completion.choices.len(),
        1,
        "the choices of before stay until new ones come"
    );
}

#[test]
fn a_choice_of_an_older_line_waits_for_those_of_this_one() {
    let mut model = model();
    write(&mut model, "a -> we", (5, 7), "shop/web ");
    say(&mut model, Msg::Choose(0));
    let line = "a -> shop/web den";
    say(&mut model, Msg::Write(line.to_owned(), 17));
    say(&mut model, Msg::Choose(0));
    assert_eq!(
        model.flows.entry.text, line,
        "not among the choices of before"
    );
    let completion = Completion {
        line: line.to_owned(),
        from: 14,
        to: 17,
        choices: vec![Choice {
            label: "deny".to_owned(),
            insert: "deny".to_owned(),
            detail: String::new(),
        }],
        verdict: None,
    };
    reply(&mut model, FlowsReply::Completion(completion));
    assert_eq!(model.flows.entry.text, "a -> shop/web deny");
}

#[test]
fn a_line_that_cannot_be_read_stays_with_its_problem() {
    let mut model = model();
    say(&mut model, Msg::Write("a -> B tcp/1".to_owned(), 0));
    say(&mut model, Msg::Submit);
    let problem = LineProblem {
        line: 1,
        column: 6,
        message: "`B` is not a pod".to_owned(),
        help: String::new(),
    };
    let lines = vec!["a -> B tcp/1".to_owned()];
    reply(
        &mut model,
        FlowsReply::Lines(Lines {
            lines,
            problems: vec![problem],
        }),
    );
    assert_eq!(
        model
            .flows
            .entry
            .problem
            .as_ref()
            .map(|problem| problem.column),
        Some(6)
    );
    assert_eq!(text(&model), "flows:\n- a -> b tcp/1\n");
    say(&mut model, Msg::Write("a -> c tcp/1".to_owned(), 0));
    say(&mut model, Msg::Submit);
    let lines = vec!["a -> c tcp/1".to_owned()];
    reply(
        &mut model,
        FlowsReply::Lines(Lines {
            lines,
            problems: vec![],
        }),
    );
    assert_eq!(model.flows.entry.text, "");
    assert_eq!(
        model
            .files
            .iter()
            .filter(|file| file.text.contains("a -> c tcp/1"))
            .count(),
        1
    );
}

#[test]
fn expectations_are_written_as_the_engine_says_and_undone_in_one_step() {
    let mut model = model();
    let edits = vec![Edit {
        place: Place {
            file: "flows/f.yaml".to_owned(),
            line: 2,
            column: 15,
            from: 21,
            to: 21,
        },
        text: " deny".to_owned(),
    }];
    reply(&mut model, FlowsReply::Edits(edits.clone()));
    assert_eq!(text(&model), "flows:\n- a -> b tcp/1 deny\n");
    reply(&mut model, FlowsReply::Edits(edits));
    assert_eq!(
        text(&model),
        "flows:\n- a -> b tcp/1 deny\n",
        "edits of an older text are not made"
    );
    model.update(Any::Undo);
    assert_eq!(text(&model), "flows:\n- a -> b tcp/1\n");
}

#[test]
fn flips_are_counted_from_the_last_edit_or_from_the_baseline() {
    let mut model = model();
    let flip = |model: &mut Model, verdict| {
        model.update(Any::Paste("x -> y tcp/1".to_owned()));
        let mut analysis = fixture::analysis();
        std::sync::Arc::make_mut(&mut analysis.flows[0]).verdict = Some(verdict);
        analysed(model, analysis);
    };
    flip(&mut model, Verdict::Allow);
    flip(&mut model, Verdict::Allow);
    assert_eq!(model.flips().len(), 1);
    say(&mut model, Msg::Since(Since::LastEdit));
    assert_eq!(model.flips().len(), 0);
    flip(&mut model, Verdict::Deny);
    assert_eq!(model.flips().len(), 1);
    say(&mut model, Msg::Since(Since::Baseline));
    assert_eq!(model.flips().len(), 0);
}

#[test]
fn all_pairs_go_to_a_file_of_their_own() {
    let mut model = model();
    model.update(Any::Panel(Some(Panel::MoreFlows)));
    reply(
        &mut model,
        FlowsReply::Namespaces(vec![("dev".to_owned(), 1), ("shop".to_owned(), 3)]),
    );
    assert_eq!(
        (
            model.flows.pairs.from.as_str(),
            model.flows.pairs.port.as_str()
        ),
        ("shop", "tcp/8080")
    );
    say(&mut model, Msg::WritePairs);
    reply(&mut model, FlowsReply::Pairs(Err("Too many.".to_owned())));
    assert_eq!(model.flows.pairs.problem.as_deref(), Some("Too many."));
    reply(
        &mut model,
        FlowsReply::Pairs(Ok(vec!["shop/a -> shop/b tcp/8080".to_owned()])),
    );
    let written = model
        .files
        .text("flows/shop-pairs.yaml")
        .map_or("", |text| text);
    assert!(
        written.ends_with("flows:\n- shop/a -> shop/b tcp/8080\n"),
        "{written}"
    );
}
