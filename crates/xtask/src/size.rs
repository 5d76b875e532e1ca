//! `cargo xtask size`: what the release page weighs.

use std::{fs, path::Path, process::Command};

use crate::{
    Outcome,
    page::{self, Profile},
    process,
    progress::Steps,
    repo, tools,
};

/// Stages of a first visit: what is fetched up to its end, and how much that may be after brotli.
const STAGES: [Stage; 2] = [
    Stage {
        name: "up to the first paint: the document and its style sheets",
        limit: 200_000,
        belongs: |name| has_extension(name, &["html", "css"]),
    },
    Stage {
        name: "up to the page: its code too, but not the engine and the editor",
        limit: 520_000,
        belongs: |name| !LATER.iter().any(|start| name.starts_with(start)),
    },
];

/// Loaded when the page is there, by the start of the name.
const LATER: &[&str] = &[
    "worker-",
    "checker-",
    "editor-",
    "examples-",
    "service-worker",
    STATIC,
];

/// Files that are there to be opened, not loaded by the page.
const STATIC: &str = "static/";

struct Stage {
    name: &'static str,
    limit: u64,
    belongs: fn(&str) -> bool,
}

struct Weight {
    name: String,
    raw: u64,
    brotli: u64,
}

/// `cargo xtask size`.
pub fn run(_: &[String]) -> Outcome {
    let mut steps = Steps::new(tools::STEPS + 1);
    tools::ensure(&mut steps)?;
    steps.step(Profile::Release.name(), || page::build(Profile::Release))?;
    let weights = weigh(&Profile::Release.dist())?;
    println!("\n{:>10} {:>10}  file", "bytes", "brotli");
    for weight in weights
        .iter()
        .filter(|weight| !weight.name.starts_with(STATIC))
    {
        println!("{:>10} {:>10}  {}", weight.raw, weight.brotli, weight.name);
    }
    check(&weights)
}

/// The limits, for a release page that is already built.
pub fn within_limits() -> Outcome {
    check(&weigh(&Profile::Release.dist())?)
}

fn check(weights: &[Weight]) -> Outcome {
    println!();
    let heavy: Vec<&str> = STAGES
        .iter()
        .filter(|stage| is_too_heavy(stage, weights))
        .map(|stage| stage.name)
        .collect();
    if heavy.is_empty() {
        Ok(())
    } else {
        Err(format!("over the limit {}", heavy.join(", and ")))
    }
}

fn is_too_heavy(stage: &Stage, weights: &[Weight]) -> bool {
    let fetched = weights
        .iter()
        .filter(|weight| (stage.belongs)(&weight.name));
    let sum: u64 = fetched.map(|weight| weight.brotli).sum();
    println!(
        "{sum:>10} of {} bytes after brotli {}",
        stage.limit, stage.name
    );
    sum > stage.limit
}

fn has_extension(name: &str, wanted: &[&str]) -> bool {
    let extension = Path::new(name).extension();
    wanted
        .iter()
        .any(|wanted| extension.is_some_and(|extension| extension == *wanted))
}

fn weigh(dist: &Path) -> Outcome<Vec<Weight>> {
    repo::walk(dist)?
        .iter()
        .map(|file| {
            let raw = fs::metadata(file).map_err(|error| error.to_string())?.len();
            let name = file.strip_prefix(dist).unwrap_or(file);
            Ok(Weight {
                name: name.to_string_lossy().into_owned(),
                raw,
                brotli: brotli(file)?,
            })
        })
        .collect()
}

/// Node has brotli built in.
fn brotli(file: &Path) -> Outcome<u64> {
    let script = "const z = require('node:zlib'), f = require('node:fs');\
        console.log(z.brotliCompressSync(f.readFileSync(process.argv[1])).length)";
    let mut node: Command = process::command("node");
    let output = node
        .args(["-e", script])
        .arg(file)
        .output()
        .map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&output.stdout);
    printed
        .trim()
        .parse()
        .map_err(|_| format!("cannot compress {}", file.display()))
}
