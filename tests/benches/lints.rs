//! What lints cost: the whole pass over a compiled workspace, which every edit of a policy pays.

#![expect(
    clippy::expect_used,
    reason = "a benchmark without its workspace has nothing to measure"
)]

use std::path::Path;

use divan::Bencher;
use tierwalk_protocol::File;
use tierwalk_resources::{BuildOptions, Mode, Object, build, read};
use tierwalk_tests::shapes;
use tierwalk_tiers::Engine;
use tierwalk_yaml::{Document, split};

fn main() {
    divan::main();
}

fn files(name: &str) -> Vec<File> {
    match name {
        "storefront" => storefront(),
        "large" => shapes::large().files,
        "production" => shapes::production().files,
        policies => shapes::team(policies.parse().expect("a number of policies")).files,
    }
}

fn storefront() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/examples/storefront");
    let folders = ["cluster", "policies"].map(|folder| root.join(folder));
    let entries = folders
        .iter()
        .flat_map(|folder| folder.read_dir().expect("a folder"));
    let paths = entries.map(|entry| entry.expect("a file").path());
    paths
        .map(|path| File {
            path: path.display().to_string(),
            text: std::fs::read_to_string(path).expect("a text"),
        })
        .collect()
}

fn engine(name: &str) -> Engine {
    let files = files(name);
    let chunks = files.iter().flat_map(|file| split(&file.text));
    let mut objects: Vec<(u32, Object)> = Vec::new();
    for (number, chunk) in (0..).zip(chunks) {
        let checked = read(&Document::parse(chunk.text), Mode::Load);
        objects.extend(checked.value.into_iter().map(|object| (number, object)));
    }
    let objects: Vec<_> = objects.iter().map(|(number, it)| (*number, it)).collect();
    Engine::compile(build(&objects, BuildOptions::default()).model)
}

#[divan::bench(args = ["storefront", "100", "1000", "large", "production"], sample_count = 20, sample_size = 1)]
fn lint(bencher: Bencher, name: &str) {
    let engine = engine(name);
    bencher
        .with_inputs(|| engine.clone())
        .bench_values(|engine| tierwalk_lints::lint(&engine));
}
