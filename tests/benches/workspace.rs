//! What a user waits for, natively: opening, an edit, a walk. `tests/e2e/bench.mjs` measures the same
//! workspaces in the browser.

#![expect(
    clippy::expect_used,
    reason = "a benchmark without its workspace has nothing to measure"
)]

use divan::{Bencher, black_box};
use tierwalk_protocol::{Answer, File, Request, View};
use tierwalk_tests::shapes::{self, Shape};
use tierwalk_workspace::Workspace;

fn main() {
    divan::main();
}

fn shape(name: &str) -> Shape {
    match name {
        "large" => shapes::large(),
        "busy" => shapes::busy(),
        "production" => shapes::production(),
        "templates" => shapes::templates(),
        policies => shapes::team(policies.parse().expect("a number of policies")),
    }
}

const SHAPES: [&str; 7] = [
    "10",
    "100",
    "1000",
    "busy",
    "large",
    "production",
    "templates",
];

/// Text to verdicts: parse, validate, compile, evaluate every flow.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn open(bencher: Bencher, name: &str) {
    let files = shape(name).files;
    bencher
        .with_inputs(|| (Workspace::default(), files.clone()))
        .bench_local_values(|(mut workspace, files)| ask(&mut workspace, open_request(files)));
}

/// One word of one file changed, to verdicts.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn edit(bencher: Bencher, name: &str) {
    let shape = shape(name);
    let mut workspace = opened(&shape);
    let before = original(&shape);
    let mut texts = [shape.edited.clone(), before].into_iter().cycle();
    bencher
        .with_inputs(|| texts.next().map(edit_request))
        .bench_local_values(|request| request.map(|request| ask(&mut workspace, request)));
}

/// The walk of one flow with every clause explained.
#[divan::bench(args = SHAPES, sample_count = 20, sample_size = 1)]
fn walk(bencher: Bencher, name: &str) {
    let shape = shape(name);
    let workspace = opened(&shape);
    bencher.bench_local(|| {
        workspace
            .walk(black_box(&shape.flow))
            .expect("the flow has a walk")
    });
}

fn opened(shape: &Shape) -> Workspace {
    let mut workspace = Workspace::default();
    ask(&mut workspace, open_request(shape.files.clone()));
    workspace
}

fn original(shape: &Shape) -> File {
    let same = shape
        .files
        .iter()
        .find(|file| file.path == shape.edited.path);
    same.cloned()
        .expect("the edited file is one of the workspace's")
}

fn open_request(files: Vec<File>) -> Request {
    Request::Open {
        revision: 1,
        files,
        view: View::default(),
    }
}

fn edit_request(file: File) -> Request {
    Request::Edit {
        revision: 2,
        changed: vec![file],
        removed: Vec::new(),
        view: View::default(),
    }
}

fn ask(workspace: &mut Workspace, request: Request) -> Answer {
    workspace.answer(request)
}
