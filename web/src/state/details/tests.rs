//! What the page says about the chosen policy.

use tierwalk_protocol::Reply;

use super::*;
use crate::{fixture, state::Msg};

fn end(namespace: &str, name: &str) -> EndLabel {
    EndLabel {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    }
}

fn model() -> Model {
    Model {
        analysis: Shared::from(fixture::analysis()),
        files: [(fixture::BACKEND, "# backend\nkind: NetworkPolicy\n")]
            .into_iter()
            .fold(Files::default(), |files, (path, text)| {
                files.with(path, text)
            }),
        ..Model::default()
    }
}

fn backend(model: &Model) -> PolicyRef {
    let tiers = model.analysis.board.tiers.iter();
    let mut cards = tiers.flat_map(|tier| &tier.policies);
    let card = cards.find(|card| card.policy.name == "backend");
    card.expect("the fixture has it").policy.clone()
}

fn choose(model: &mut Model) {
    let policy = backend(model);
    let effects = model.update(Msg::Policy(policy.clone()));
    let [.., Effect::Ask(id, Question::Selected(_))] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let selected = Selected {
        policy,
        total: 1,
        endpoints: vec![end("storefront", "backend")],
    };
    model.replied(*id, Reply::Selected(selected));
}

#[test]
fn choosing_a_policy_shows_it_until_a_flow_is_chosen() {
    let mut model = model();
    choose(&mut model);
    let details = model.details().expect("details");
    assert!(matches!(&details.what, What::Card(_, tier) if tier == "default"));
    assert_eq!(details.flows.all, 2);
    assert_eq!(details.flows.to, details.flows.either);
    assert_eq!(model.highlighted_lines(), Some((1, 2)));
    model.update(Msg::Flow("allowed".to_owned()));
    assert_eq!(model.details(), None);
    assert!(model.highlighted().is_none());
}

#[test]
fn an_open_form_stays_open() {
    let mut model = model();
    model.update(Msg::ShowForm(true));
    choose(&mut model);
    assert!(model.shows_object());
    assert_eq!(model.details(), None);
}

#[test]
fn a_narrow_page_keeps_its_walk_and_shows_the_policy_on_the_board() {
    let mut model = Model {
        width: Width::Narrow,
        ..model()
    };
    choose(&mut model);
    assert!(!model.details.shown);
    assert!(model.details().is_some());
}

#[test]
fn a_policy_in_error_says_so() {
    let mut model = model();
    let mut analysis = fixture::analysis();
    let policy = PolicyRef {
        name: "broken".to_owned(),
        ..backend(&model)
    };
    analysis.board.tiers[0].broken.push(BrokenPolicy {
        policy: policy.clone(),
        short_kind: "np".to_owned(),
        tier: Some("security".to_owned()),
        order: Some(1.0),
        problem: "no".to_owned(),
        place: fixture::place(fixture::BACKEND, 2),
    });
    model.analysis = Shared::from(analysis);
    let first = board_view::neighbour(&model.analysis.board, None, 0, 0);
    assert_eq!(first.as_ref(), Some(&policy), "its order puts it first");
    model.update(Msg::Policy(policy));
    assert_eq!(*model.open, *fixture::BACKEND, "its text is shown");
    let details = model.details().expect("details");
    assert!(matches!(details.what, What::Broken(_)));
}

#[test]
fn the_text_of_a_policy_ends_where_its_document_does() {
    let text = "a: 1\n---\n\n# two\nb: 2\n\n---\nc: 3\n";
    let files = Files::default().with("f", text);
    assert_eq!(document(&files, "f", 1), Some((1, 1)));
    assert_eq!(document(&files, "f", 5), Some((4, 5)));
    assert_eq!(document(&files, "f", 8), Some((8, 8)));
}

#[test]
fn pods_and_host_endpoints_are_found_among_the_selected() {
    let selected = Selected {
        policy: backend(&model()),
        total: 3,
        endpoints: vec![end("a", "b"), end("b", "a"), end("", "node")],
    };
    for known in &selected.endpoints {
        assert!(selects(&selected, known));
    }
    assert!(!selects(&selected, &end("a", "a")));
}
