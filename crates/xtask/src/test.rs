//! `cargo xtask test`: every test of the repository, part by part.

mod conformance;
mod e2e;
mod unit;
mod wasm;

use std::time::Instant;

use crate::{
    Outcome,
    page::{self, Profile},
    process::{self, Running},
    progress::{begin, end, seconds},
};

struct Part {
    name: &'static str,
    needs_page: bool,
    run: fn(&mut Log, &mut Options),
}

const PARTS: &[Part] = &[
    Part {
        name: "unit",
        needs_page: false,
        run: unit::run,
    },
    Part {
        name: "wasm",
        needs_page: false,
        run: wasm::run,
    },
    Part {
        name: "conformance",
        needs_page: false,
        run: conformance::run,
    },
    Part {
        name: "e2e",
        needs_page: true,
        run: e2e::run,
    },
];

struct Options {
    profile: Profile,
    /// The page is built beside the other parts, as it keeps one core busy at the most for long.
    page: Option<Outcome<Running>>,
    /// What stands after `--`, for the test runner.
    extra: Vec<String>,
}

/// What was checked, and what came of it.
#[derive(Default)]
struct Log {
    part: &'static str,
    done: Vec<Done>,
}

struct Done {
    part: &'static str,
    what: String,
    seconds: String,
    passed: bool,
}

impl Log {
    /// Runs one check; a failure is shown at once and does not keep the next from running.
    fn check(&mut self, what: &str, run: impl FnOnce() -> Outcome) -> bool {
        let head = format!("{}: {what}", self.part);
        begin(&head);
        let started = Instant::now();
        let result = run();
        let seconds = seconds(started.elapsed());
        match &result {
            Ok(()) => end(&head, &format!("ok ({seconds})")),
            Err(message) => end(&head, &format!("FAILED ({seconds})\n{message}\n")),
        }
        self.done.push(Done {
            part: self.part,
            what: what.to_owned(),
            seconds,
            passed: result.is_ok(),
        });
        result.is_ok()
    }
}

/// `cargo xtask test [part…] [--dev] [-- args]`.
pub fn run(arguments: &[String]) -> Outcome {
    let mut halves = arguments.splitn(2, |argument| argument == "--");
    let own = halves.next().unwrap_or_default();
    let chosen = choose(own)?;
    let started = Instant::now();
    let profile = Profile::from(own);
    let needs_page = chosen.iter().any(|part| part.needs_page);
    let mut options = Options {
        profile,
        page: needs_page.then(|| page::start(profile)),
        extra: halves.next().unwrap_or_default().to_vec(),
    };
    let mut log = Log::default();
    for part in chosen {
        log.part = part.name;
        (part.run)(&mut log, &mut options);
    }
    summary(&log, &seconds(started.elapsed()))
}

/// Runs cargo with these words, and with `extra` for the program that it runs.
fn cargo(name: &str, words: &str, extra: &[String]) -> Outcome {
    let mut command = process::cargo();
    command
        .args(words.split(' '))
        .env("CARGO_TERM_COLOR", "never");
    if !extra.is_empty() {
        command.arg("--").args(extra);
    }
    process::run(name, &mut command)
}

fn choose(arguments: &[String]) -> Outcome<Vec<&'static Part>> {
    let names: Vec<&String> = arguments
        .iter()
        .filter(|argument| *argument != "--dev")
        .collect();
    let known = |name: &&&String| PARTS.iter().any(|part| part.name == **name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let parts: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(format!(
            "no tests `{unknown}`; there are: {}",
            parts.join(", ")
        ));
    }
    let wanted = |part: &&Part| names.is_empty() || names.iter().any(|name| *name == part.name);
    Ok(PARTS.iter().filter(wanted).collect())
}

fn summary(log: &Log, time: &str) -> Outcome {
    println!("\nin {time}:");
    for done in &log.done {
        let mark = if done.passed { "ok  " } else { "FAIL" };
        println!(
            "  {mark}  {:<12} {} ({})",
            done.part, done.what, done.seconds
        );
    }
    let failed = log.done.iter().filter(|done| !done.passed).count();
    match failed {
        0 => Ok(()),
        1 => Err("1 check failed".to_owned()),
        _ => Err(format!("{failed} checks failed")),
    }
}
