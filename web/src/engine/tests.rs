use tierwalk_protocol::{File, HitKind, PolicyRef, Question, Request, View};

use super::{DEADLINE_MS, deadline_ms, queue::Queue};

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn looking_at(flow: &str) -> View {
    View {
        flow: Some(flow.to_owned()),
        ..View::default()
    }
}

fn paths(files: &[File]) -> Vec<&str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn nothing_is_sent_while_a_request_is_under_way() {
    let mut queue = Queue::default();
    queue.open(vec![file("a", "1")], View::default());
    assert!(queue.next().is_some());
    queue.edit(vec![file("a", "2")], Vec::new(), View::default());
    assert_eq!(queue.next(), None);
    queue.answered(1);
    assert!(queue.next().is_some());
}

#[test]
fn edits_made_meanwhile_are_one_request_with_the_last_text_and_revision() {
    let mut queue = Queue::default();
    queue.open(vec![file("a", "1"), file("b", "1")], View::default());
    queue.next();
    queue.edit(
        vec![file("a", "2"), file("c", "1")],
        Vec::new(),
        View::default(),
    );
    queue.edit(vec![file("a", "3")], vec!["b".to_owned()], looking_at("x"));
    queue.answered(1);
    let expected = Request::Edit {
        revision: 3,
        changed: vec![file("a", "3"), file("c", "1")],
        removed: vec!["b".to_owned()],
        view: looking_at("x"),
    };
    assert_eq!(queue.next(), Some(expected));
}

#[test]
fn a_file_that_went_and_came_back_is_not_removed() {
    let mut queue = Queue::default();
    queue.edit(Vec::new(), vec!["a".to_owned()], View::default());
    queue.edit(vec![file("a", "2")], Vec::new(), View::default());
    let Some(Request::Edit {
        changed, removed, ..
    }) = queue.next()
    else {
        panic!("an edit is waiting");
    };
    assert_eq!((paths(&changed), removed.len()), (vec!["a"], 0));
}

#[test]
fn a_new_worker_hears_every_file_as_it_is_now() {
    let mut queue = Queue::default();
    queue.open(vec![file("a", "1"), file("b", "1")], View::default());
    queue.next();
    queue.answered(1);
    queue.edit(vec![file("b", "2")], Vec::new(), looking_at("x"));
    queue.next();
    assert_eq!(queue.lost(), Some(2));
    let expected = Request::Open {
        revision: 2,
        files: vec![file("a", "1"), file("b", "2")],
        view: looking_at("x"),
    };
    assert_eq!(queue.next(), Some(expected));
}

#[test]
fn a_worker_that_dies_before_anything_was_opened_is_asked_for_nothing() {
    let mut queue = Queue::default();
    assert_eq!(queue.lost(), None);
    assert_eq!(queue.next(), None);
}

#[test]
fn a_walk_alone_is_asked_for_as_such() {
    let mut queue = Queue::default();
    queue.walk("x".to_owned());
    let expected = Request::Walk {
        revision: 1,
        flow: "x".to_owned(),
    };
    assert_eq!(queue.next(), Some(expected));
}

#[test]
fn an_answer_to_an_older_worker_does_not_end_the_wait() {
    let mut queue = Queue::default();
    queue.open(Vec::new(), View::default());
    queue.next();
    queue.answered(0);
    queue.walk("x".to_owned());
    assert_eq!(queue.next(), None);
}

#[test]
fn large_texts_get_more_time() {
    let mut queue = Queue::default();
    queue.open(vec![file("a", "1")], View::default());
    assert_eq!(queue.next().as_ref().map(deadline_ms), Some(DEADLINE_MS));
    queue.lost();
    queue.open(vec![file("a", &"x".repeat(3_000_000))], View::default());
    assert_eq!(
        queue.next().as_ref().map(deadline_ms),
        Some(DEADLINE_MS + 3_000)
    );
}

#[test]
fn a_question_is_asked_after_what_was_typed_before() {
    let mut queue = Queue::default();
    queue.open(vec![file("a", "1")], View::default());
    queue.next();
    queue.ask(1, question());
    queue.edit(vec![file("a", "2")], Vec::new(), View::default());
    queue.answered(1);
    assert!(matches!(queue.next(), Some(Request::Edit { .. })));
    queue.answered(2);
    let asked = Request::Ask {
        revision: 2,
        id: 1,
        question: question(),
    };
    assert_eq!(queue.next(), Some(asked));
    queue.answered(2);
    assert_eq!(queue.next(), None);
}

fn question() -> Question {
    Question::Selected(PolicyRef {
        kind: HitKind::GlobalNetworkPolicy,
        namespace: String::new(),
        name: "a".to_owned(),
    })
}
