//! `cargo xtask size`: what the release page weighs.

use std::{fs, path::Path, process::Command};

use crate::{
    Outcome,
    page::{self, Profile},
    process,
    progress::Steps,
    repo, tools,
};

/// What may be fetched before the page is first painted, in bytes after brotli.
pub const FIRST_PAINT_LIMIT: u64 = 200_000;

/// Loaded after the page is painted, by the start of the name.
const LATER: &[&str] = &["worker-", "editor-", STATIC];

/// Files that are there to be opened, not loaded by the page.
const STATIC: &str = "static/";

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

/// The limit on what comes before the first paint, for a release page that is already built.
pub fn within_limit() -> Outcome {
    check(&weigh(&Profile::Release.dist())?)
}

fn check(weights: &[Weight]) -> Outcome {
    let first: u64 = weights
        .iter()
        .filter(|weight| is_first(weight))
        .map(|weight| weight.brotli)
        .sum();
    println!("before the first paint: {first} bytes after brotli, of {FIRST_PAINT_LIMIT}");
    if first > FIRST_PAINT_LIMIT {
        return Err("too much before the first paint".to_owned());
    }
    Ok(())
}

fn is_first(weight: &Weight) -> bool {
    !LATER.iter().any(|start| weight.name.starts_with(start))
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
