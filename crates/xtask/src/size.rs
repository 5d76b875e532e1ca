//! `cargo xtask size`: what the release page weighs.

use std::{fs, path::Path, process::Command};

use crate::{
    Outcome,
    page::{self, Profile},
    process, repo,
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
        limit: 540_000,
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
    page::make(Profile::Release)?;
    let weights = weigh(|name| !name.starts_with(STATIC))?;
    println!("\n{:>10} {:>10}  file", "bytes", "brotli");
    for weight in &weights {
        println!("{:>10} {:>10}  {}", weight.raw, weight.brotli, weight.name);
    }
    check(&weights)
}

/// The limits, for a release page that is already built.
pub fn within_limits() -> Outcome {
    check(&weigh(is_limited)?)
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

fn is_limited(name: &str) -> bool {
    STAGES.iter().any(|stage| (stage.belongs)(name))
}

/// The files of the release page that are `wanted`, by name.
fn weigh(wanted: fn(&str) -> bool) -> Outcome<Vec<Weight>> {
    let dist = Profile::Release.dist();
    let files = repo::walk(&dist)?;
    let named = files.iter().map(|file| {
        let name = file.strip_prefix(&dist).unwrap_or(file);
        (name.to_string_lossy().into_owned(), file)
    });
    named
        .filter(|(name, _)| wanted(name))
        .map(|(name, file)| {
            let raw = fs::metadata(file).map_err(|error| error.to_string())?.len();
            let brotli = brotli(file)?;
            Ok(Weight { name, raw, brotli })
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
