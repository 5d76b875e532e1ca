//! `tierwalk conform`: vector files against the engine.
//!
//! A vector file is JSON with a `family` and a list of `scenarios` or `cases`. Each family has a module
//! that compares one of them as the vectors' own description asks.

mod checks;
mod gatekeeper;
mod rbac;
mod selectors;
mod templates;
mod traces;
mod validation;

use std::fs;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::Io;
use crate::args::{Conform, Output};
use crate::failure::{Failure, Outcome};
use crate::inputs::unreadable;
use crate::paint::Paint;
use crate::validate::json;

/// A file of vectors; the vectors themselves are read one at a time.
#[derive(Deserialize)]
struct VectorFile<'a> {
    family: String,
    #[serde(borrow, default)]
    scenarios: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    cases: Vec<&'a RawValue>,
}

/// Compares one vector.
type Compare = fn(&str, &mut Tally) -> Result<(), serde_json::Error>;

/// What was compared so far.
#[derive(Debug, Default)]
pub struct Tally {
    passed: usize,
    differences: Vec<Difference>,
    file: String,
}

/// A vector that does not agree.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The file.
    file: String,
    /// Which vector of it.
    case: String,
    /// Where it differs.
    differs: Vec<Mismatch>,
}

/// One value that differs.
#[derive(Debug, Serialize)]
pub struct Mismatch {
    /// What is compared.
    what: String,
    /// What the vector says.
    expected: String,
    /// What the engine says.
    actual: String,
}

#[derive(Serialize)]
struct Report<'a> {
    passed: usize,
    failed: usize,
    differences: &'a [Difference],
}

impl Tally {
    /// Notes how a vector came out.
    pub fn note(&mut self, case: impl FnOnce() -> String, differs: Vec<Mismatch>) {
        if differs.is_empty() {
            self.passed += 1;
        } else {
            self.differences.push(Difference {
                file: self.file.clone(),
                case: case(),
                differs,
            });
        }
    }
}

impl Mismatch {
    /// A difference, unless the two are equal.
    pub fn unless_equal<T: PartialEq>(
        what: &str,
        expected: &T,
        actual: &T,
        show: impl Fn(&T) -> String,
    ) -> Option<Self> {
        (expected != actual).then(|| Self::new(what, show(expected), show(actual)))
    }

    /// A difference.
    pub fn new(
        what: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            expected: expected.into(),
            actual: actual.into(),
        }
    }
}

/// Compares vector files with the engine.
pub fn run(args: &Conform, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let mut tally = Tally::default();
    let mut printed = 0;
    for path in &args.files {
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
        path.clone_into(&mut tally.file);
        compare_file(path, &text, &mut tally)?;
        if args.output == Output::Text {
            printed = print_new(&tally, printed, args.max, paint, io)?;
        }
    }
    let failed = tally.differences.len();
    match args.output {
        Output::Json => json(
            &Report {
                passed: tally.passed,
                failed,
                differences: &tally.differences,
            },
            io,
        )?,
        Output::Text => {
            if failed > args.max {
                writeln!(
                    io.out,
                    "… and {} more; see --max and -o json",
                    failed - args.max
                )?;
            }
            writeln!(io.out, "{} passed, {failed} failed", tally.passed)?;
        }
    }
    Ok(Outcome::findings(failed > 0))
}

fn compare_file(path: &str, text: &str, tally: &mut Tally) -> Result<(), Failure> {
    let broken = |error: serde_json::Error| {
        Failure::usage(format!("`{path}` cannot be read as a vector file: {error}"))
    };
    let file: VectorFile<'_> = serde_json::from_str(text).map_err(broken)?;
    let compare: Compare = match file.family.as_str() {
        "checks" => checks::compare,
        "gatekeeper" => gatekeeper::compare,
        "rbac" => rbac::compare,
        "traces" => traces::compare,
        "selectors" => selectors::compare,
        "templates" => templates::compare,
        "validation" => validation::compare,
        family => return Err(Failure::usage(unsupported(path, family))),
    };
    for vector in file.scenarios.iter().chain(&file.cases) {
        compare(vector.get(), tally).map_err(broken)?;
    }
    Ok(())
}

fn unsupported(path: &str, family: &str) -> String {
    format!(
        "`{path}` is of family `{family}`, which is not supported; traces, selectors, validation, templates, checks, gatekeeper and rbac are"
    )
}

/// Prints differences as far as they fit into `max`; returns how many are printed now.
fn print_new(
    tally: &Tally,
    printed: usize,
    max: usize,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<usize, Failure> {
    let end = tally.differences.len().min(max);
    for difference in tally.differences.get(printed..end).unwrap_or_default() {
        writeln!(
            io.out,
            "{}: {}",
            difference.file,
            paint.strong(&difference.case)
        )?;
        for differs in &difference.differs {
            writeln!(io.out, "  {}", differs.what)?;
            writeln!(io.out, "    expected  {}", differs.expected)?;
            writeln!(io.out, "    actual    {}", differs.actual)?;
        }
    }
    Ok(end)
}
