//! Conftest's command lines: exit status and output, up to the order of files, which Conftest does not keep
//! from run to run.

mod shape;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use clap::Parser;
use serde::Deserialize;

use super::{Mismatch, Tally};
use crate::args::{Cli, Command};
use crate::paint::Paint;
use crate::{Io, check, finish};

#[derive(Deserialize)]
struct Case {
    name: String,
    files: BTreeMap<String, String>,
    args: Vec<String>,
    exit: u8,
    stdout: String,
}

/// What a command line gave.
struct Run {
    exit: u8,
    stdout: String,
}

/// Compares one command line.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let case: Case = serde_json::from_str(vector)?;
    let differs = match run(&case) {
        Ok(run) => of_run(&case, &run),
        Err(error) => vec![Mismatch::new("files", "written", error.to_string())],
    };
    tally.note(|| case.name.clone(), differs);
    Ok(())
}

fn of_run(case: &Case, run: &Run) -> Vec<Mismatch> {
    let exit = Mismatch::unless_equal("exit status", &case.exit, &run.exit, u8::to_string);
    let stdout = if case.stdout.trim().is_empty() {
        // An error, whose words are each program's own.
        None
    } else {
        let format = format(&case.args);
        let shape = |text: &str| shape::of(format, text);
        Mismatch::unless_equal(
            "standard output",
            &shape(&case.stdout),
            &shape(&run.stdout),
            |shape| shape.join("\n"),
        )
    };
    exit.into_iter().chain(stdout).collect()
}

fn format(args: &[String]) -> &str {
    let at = args.iter().position(|arg| arg == "-o");
    at.and_then(|at| args.get(at + 1))
        .map_or("stdout", String::as_str)
}

/// Runs the command line in a directory that holds the files, and nothing else.
fn run(case: &Case) -> io::Result<Run> {
    let directory = Directory::new()?;
    for (path, text) in &case.files {
        let path = directory.0.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, text)?;
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io {
        input: &mut io::empty(),
        out: &mut out,
        err: &mut err,
        terminal: false,
    };
    let paint = Paint { on: false };
    let result = match Cli::try_parse_from(arguments(case)).map(|cli| cli.command) {
        Ok(Command::Check(args)) => check::run_in(&directory.0, &args, paint, &mut io),
        Ok(Command::Verify(args)) => check::verify_in(&directory.0, &args, paint, &mut io),
        _ => return Err(io::Error::other("neither `test` nor `verify`")),
    };
    let exit = finish(result, &mut io);
    Ok(Run {
        exit,
        stdout: String::from_utf8_lossy(&out).into_owned(),
    })
}

fn arguments(case: &Case) -> Vec<String> {
    let mut args = vec!["tierwalk".to_owned()];
    args.extend(case.args.iter().map(|arg| match arg.as_str() {
        "test" => "check".to_owned(),
        arg => arg.to_owned(),
    }));
    // Conftest knows one version at a time, unless told version 1; this case is about refusing the other.
    if case.name == "v0-as-v1" {
        args.extend(["--rego-version".to_owned(), "v1".to_owned()]);
    }
    args
}

/// A directory of its own, removed when dropped.
struct Directory(PathBuf);

impl Directory {
    fn new() -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tierwalk-conform-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // What stays behind in the system's temporary directory harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
