//! The engine's worker in a real browser, played by scripts that answer, hang, die or are outdated.

use std::{cell::RefCell, rc::Rc, time::Duration};

use gloo::utils::document;
use tierwalk_protocol::{File, PROTOCOL_VERSION, View};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::{Callback, platform::time::sleep};

use super::{Engine, Event, Stop};

wasm_bindgen_test_configure!(run_in_browser);

/// Answers everything, except that it hangs on a file called `hang` and dies of one called `die`.
const WORKER: &str = r#"
    onmessage = ({ data }) => {
        const paths = (data.files ?? data.changed ?? []).map((file) => file.path);
        if (paths.includes("hang")) for (;;);
        if (paths.includes("die")) throw new Error("out of luck");
        const files = paths.map((path) => ({ path, errors: 0, warnings: 0, staged: false, ignored: [] }));
        const board = { tiers: [], profileHits: { allow: 0, deny: 0, pass: 0 } };
        const analysis = { files: [], diagnostics: [], board, flows: [] };
        const parts = { files: [{ from: 0, count: 0, new: files }] };
        postMessage({ type: "analysis", revision: data.revision, analysis, parts });
    };
    postMessage({ type: "ready", protocol: VERSION });
"#;

/// An engine whose worker runs this script, and what it says.
struct Played {
    engine: Engine,
    heard: Rc<RefCell<Vec<Event>>>,
}

fn play(script: &str) -> Played {
    let literal = js_sys::JSON::stringify(&script.into()).expect("a text has a literal");
    let code = format!("URL.createObjectURL(new Blob([{literal}], {{ type: 'text/javascript' }}))");
    let url = js_sys::eval(&code).expect("blobs are supported");
    start(&url.as_string().expect("an address is a text"))
}

fn start(url: &str) -> Played {
    let document = document();
    let head = document
        .query_selector("head")
        .ok()
        .flatten()
        .expect("a page has a head");
    head.set_inner_html(&format!("<meta name='tierwalk-worker' content='{url}'>"));
    let heard = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&heard);
    let engine = Engine::start(Callback::from(move |event| sink.borrow_mut().push(event)));
    Played { engine, heard }
}

fn worker(version: u32) -> String {
    WORKER.replace("VERSION", &version.to_string())
}

fn file(path: &str) -> File {
    File {
        path: path.to_owned(),
        text: "x".to_owned(),
    }
}

impl Played {
    async fn until(&self, wanted: impl Fn(&Event) -> bool) -> Event {
        for _ in 0..300 {
            if let Some(event) = self.heard.borrow().iter().find(|event| wanted(event)) {
                return event.clone();
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("not heard; but: {:?}", self.heard.borrow());
    }

    async fn paths_of(&self, wanted: u32) -> Vec<String> {
        let event = self.until(
            |event| matches!(event, Event::Analysis { revision, .. } if *revision == wanted),
        );
        let Event::Analysis { analysis, .. } = event.await else {
            return Vec::new();
        };
        analysis
            .files
            .iter()
            .map(|file| file.path.clone())
            .collect()
    }

    fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.heard
            .borrow()
            .iter()
            .filter(|event| wanted(event))
            .count()
    }
}

fn is_stop(event: &Event) -> bool {
    matches!(event, Event::Stopped { .. })
}

#[wasm_bindgen_test]
async fn what_was_asked_before_the_worker_listens_is_answered() {
    let played = play(&worker(PROTOCOL_VERSION));
    let revision = played
        .engine
        .open(vec![file("a"), file("b")], View::default());
    assert_eq!(played.paths_of(revision).await, ["a", "b"]);
    assert_eq!(played.count(is_stop), 0);
}

#[wasm_bindgen_test]
async fn a_worker_that_hangs_is_replaced_and_the_next_edit_is_answered_with_every_file() {
    let played = play(&worker(PROTOCOL_VERSION));
    played.engine.open(vec![file("a")], View::default());
    let hung = played
        .engine
        .edit(vec![file("hang")], Vec::new(), View::default());
    let stop = played.until(is_stop).await;
    let expected = Event::Stopped {
        revision: Some(hung),
        why: Stop::TimedOut,
        retried: true,
    };
    assert_eq!(stop, expected);
    played
        .until(|event| matches!(event, Event::Stopped { retried: false, .. }))
        .await;
    let mended = played
        .engine
        .edit(Vec::new(), vec!["hang".to_owned()], View::default());
    assert_eq!(played.paths_of(mended).await, ["a"]);
}

#[wasm_bindgen_test]
async fn a_worker_that_dies_says_why_and_is_replaced() {
    let played = play(&worker(PROTOCOL_VERSION));
    played.engine.open(vec![file("die")], View::default());
    let Event::Stopped {
        why: Stop::Died(why),
        ..
    } = played.until(is_stop).await
    else {
        panic!("it did not hang");
    };
    assert!(why.contains("out of luck"), "{why}");
    let mended = played.engine.open(vec![file("a")], View::default());
    assert_eq!(played.paths_of(mended).await, ["a"]);
}

#[wasm_bindgen_test]
async fn a_worker_of_another_version_is_not_talked_to() {
    let played = play(&worker(PROTOCOL_VERSION + 1));
    played.engine.open(vec![file("a")], View::default());
    played.until(|event| *event == Event::Outdated).await;
    sleep(Duration::from_millis(100)).await;
    assert_eq!(
        played.count(|event| matches!(event, Event::Analysis { .. })),
        0
    );
}

#[wasm_bindgen_test]
async fn a_script_that_cannot_be_loaded_is_tried_twice_and_then_with_the_next_edit() {
    let played = start("./no-such-worker.js");
    played
        .until(|event| matches!(event, Event::Stopped { retried: false, .. }))
        .await;
    sleep(Duration::from_millis(200)).await;
    assert_eq!(played.count(is_stop), 2);
    played.engine.open(vec![file("a")], View::default());
    sleep(Duration::from_millis(500)).await;
    assert!(played.count(is_stop) > 2);
}

#[wasm_bindgen_test]
async fn an_engine_that_is_dropped_ends_its_worker() {
    let played = play(
        "postMessage({ type: 'ready', protocol: 1 }); setInterval(() => postMessage({ type: 'failed', message: 'alive' }), 20)",
    );
    let heard = Rc::clone(&played.heard);
    drop(played);
    sleep(Duration::from_millis(300)).await;
    assert_eq!(heard.borrow().len(), 0);
}
