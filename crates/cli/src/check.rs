//! `tierwalk check`: what `conftest test` does, with its flags, output and exit status.

mod args;
mod config;
pub mod export;
pub mod files;
pub mod problems;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::{Instant, SystemTime};

use tierwalk_governance::output::{self, Format, Style};
use tierwalk_governance::own;
use tierwalk_governance::pack::{self, Settings};
use tierwalk_governance::{
    CheckOptions, CheckResult, FileDiagnostic, Input, LoadOptions, Namespaces, Policies,
    PolicyFile, Report, Totals, VersionChoice, check, verify,
};

pub use args::{Check, Export, Verify};
use args::{RegoVersion, Shared};
use config::Config;
use files::Reader;
use problems::Problems;

use crate::Io;
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;

const DEFAULT_POLICY: &str = "policy";
const DEFAULT_SETTINGS: &str = "checks.yaml";
/// Where the files of the pack seem to be.
const PACK: &str = "pack";
/// Conftest's exit status for anything that keeps it from checking.
const BROKEN: u8 = 1;

/// Checks files against policies.
pub fn run(args: &Check, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    run_in(Path::new(""), args, paint, io)
}

/// The same with paths relative to a directory.
pub fn run_in(
    base: &Path,
    args: &Check,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::new(paint);
    let mut args = args.clone();
    let config = Config::read(base, args.shared.config_file.as_deref());
    if let Err(message) = config.and_then(|config| config.check(&mut args)) {
        problems.say(message);
        return problems.print(io);
    }
    match results(base, &args, io, &mut problems)? {
        Some(results) => {
            problems.print_placed(io)?;
            show(&args, &results, paint, io)
        }
        None => problems.print(io),
    }
}

/// Runs the `test_` rules of policies.
pub fn run_verify(args: &Verify, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    verify_in(Path::new(""), args, paint, io)
}

/// The same with paths relative to a directory.
pub fn verify_in(
    base: &Path,
    args: &Verify,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::new(paint);
    let mut args = args.clone();
    let config = Config::read(base, args.shared.config_file.as_deref());
    if let Err(message) = config.and_then(|config| config.verify(&mut args)) {
        problems.say(message);
        return problems.print(io);
    }
    let results = load(base, &args.shared, args.builtin_errors, &mut problems)
        .map(|policies| verify(&policies, &args.namespace, args.shared.trace))
        .and_then(|report| accept(report, &mut problems));
    let Some(results) = results else {
        return problems.print(io);
    };
    problems.print_placed(io)?;
    let totals = Totals::of(&results);
    let status = totals.exit(false);
    if args.shared.quiet && status == 0 {
        return Ok(Outcome::Status(status));
    }
    if args.shared.trace {
        write!(io.err, "{}", output::trace(&results, paint.on))?;
    }
    let style = Style {
        show_skipped: true,
        ..style(&args.shared, paint)
    };
    let format = args.shared.format()?;
    let is_report = matches!(args.report.as_deref(), Some("full" | "notes" | "fails"));
    if is_report && format != Format::Stdout {
        problems.say("`--report` goes with `--output stdout` only");
        return problems.print(io);
    }
    let text = match is_report {
        true => output::report(&results),
        false => output::render(format, &results, &style),
    };
    write!(io.out, "{text}")?;
    Ok(Outcome::Status(status))
}

/// The results, or nothing after a problem.
fn results(
    base: &Path,
    args: &Check,
    io: &mut Io<'_>,
    problems: &mut Problems,
) -> Result<Option<Vec<CheckResult>>, Failure> {
    let reader = Reader::new(base);
    if args.paths.is_empty() {
        problems.say("name at least one file or directory to check; see `tierwalk check --help`");
        return Ok(None);
    }
    let Some(inputs) = inputs(&reader, args, io, problems)? else {
        return Ok(None);
    };
    let Some(policies) = load(base, &args.shared, args.builtin_errors, problems) else {
        return Ok(None);
    };
    let options = CheckOptions {
        namespaces: match args.all_namespaces {
            true => Namespaces::All,
            false if args.namespace.is_empty() => Namespaces::default(),
            false => Namespaces::Named(args.namespace.clone()),
        },
        combine: args.combine,
        directory: reader.directory(),
        trace: args.shared.trace,
    };
    Ok(accept(check(&policies, &inputs, &options), problems))
}

fn inputs(
    reader: &Reader,
    args: &Check,
    io: &mut Io<'_>,
    problems: &mut Problems,
) -> Result<Option<Vec<Input>>, Failure> {
    let parser = match args.parser.as_deref() {
        None | Some("") => None,
        Some(name) => match tierwalk_governance::Parser::named(name) {
            Some(parser) => Some(parser),
            None => {
                problems.say(format!("`{name}` files are not read; yaml and json are"));
                return Ok(None);
            }
        },
    };
    let mut files = match reader.inputs(&args.paths, args.ignore.as_deref(), parser, io) {
        Ok(files) => files,
        Err(message) => {
            problems.say(message);
            return Ok(None);
        }
    };
    let mut inputs = Vec::new();
    for file in &mut files {
        if let Some(name) = args.stdin_filename.as_ref().filter(|_| file.path == "-") {
            file.path.clone_from(name);
        }
        match Input::parse(file) {
            Ok(input) => inputs.push(input),
            Err(problem) => problems.add(problem, Some(&file.text)),
        }
    }
    Ok(problems.is_empty().then_some(inputs))
}

/// Policies and data without a single error, as Conftest wants them.
fn load(
    base: &Path,
    args: &Shared,
    builtin_errors: bool,
    problems: &mut Problems,
) -> Option<Policies> {
    let sources = match sources(&Reader::new(base), args) {
        Ok(sources) => sources,
        Err(message) => {
            problems.say(message);
            return None;
        }
    };
    start_clock();
    let options = LoadOptions {
        version: match args.rego_version {
            None | Some(RegoVersion::Auto) => VersionChoice::Detect,
            Some(RegoVersion::V0) => VersionChoice::V0,
            Some(RegoVersion::V1) => VersionChoice::V1,
        },
        builtin_errors,
        now: now(),
        ..LoadOptions::default()
    };
    let (policies, mut found) = Policies::load(&sources.policies, &sources.data, &options);
    found.extend(sources.problems);
    let is_sound = !found.iter().any(FileDiagnostic::is_error);
    problems.keep_texts(&sources.policies);
    problems.keep_texts(&sources.data);
    problems.keep_texts(&sources.settings);
    for problem in found {
        problems.add(problem, None);
    }
    is_sound.then_some(policies)
}

/// What policies are made of.
#[derive(Default)]
struct Sources {
    policies: Vec<PolicyFile>,
    data: Vec<PolicyFile>,
    settings: Vec<PolicyFile>,
    problems: Vec<FileDiagnostic>,
}

fn sources(reader: &Reader, args: &Shared) -> Result<Sources, String> {
    let mut sources = Sources {
        data: reader.data(&args.data)?,
        ..Sources::default()
    };
    let default = [DEFAULT_POLICY.to_owned()];
    let paths = match args.policy.as_slice() {
        // The pack alone is enough.
        [] if args.asks_pack() && !reader.has(DEFAULT_POLICY) => &[],
        [] => &default[..],
        paths => paths,
    };
    if !paths.is_empty() {
        sources.policies = reader.policies(paths)?;
    }
    if args.asks_pack() {
        add_pack(reader, args, &mut sources)?;
    }
    Ok(sources)
}

fn add_pack(reader: &Reader, args: &Shared, sources: &mut Sources) -> Result<(), String> {
    let settings = match args.settings.as_deref() {
        None if reader.has(DEFAULT_SETTINGS) => Some(DEFAULT_SETTINGS),
        named => named,
    };
    let settings = match settings {
        Some(path) => {
            let file = reader.file(path)?;
            let own = sources.policies.iter().flat_map(own::check_names);
            let own: Vec<String> = own.collect();
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            let (settings, problems) = Settings::read_beside(path, &file.text, now(), &own);
            sources.problems.extend(problems);
            sources.settings.push(file);
            settings
        }
        None => Settings::default(),
    };
    sources.policies = own::without(std::mem::take(&mut sources.policies), settings.off());
    sources.policies.extend(pack::policies(PACK));
    sources.policies.push(pack::tests(PACK));
    sources.data.push(settings.data(PACK));
    Ok(())
}

/// One rule that cannot be evaluated spoils the whole run: a check that did not happen is no success.
fn accept(report: Report, problems: &mut Problems) -> Option<Vec<CheckResult>> {
    let mut told: Vec<FileDiagnostic> = Vec::new();
    for error in report.errors {
        if !told.contains(&error) {
            told.push(error.clone());
            problems.add(error, None);
        }
    }
    told.is_empty().then_some(report.results)
}

fn show(
    args: &Check,
    results: &[CheckResult],
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<Outcome, Failure> {
    let status = Totals::of(results).exit(args.fail_on_warn);
    if !args.shared.quiet || status != 0 {
        if args.shared.trace {
            write!(io.err, "{}", output::trace(results, paint.on))?;
        }
        let style = Style {
            suppress_exceptions: args.suppress_exceptions,
            ..style(&args.shared, paint)
        };
        write!(
            io.out,
            "{}",
            output::render(args.shared.format()?, results, &style)
        )?;
    }
    Ok(Outcome::Status(if args.no_fail { 0 } else { status }))
}

fn style(args: &Shared, paint: Paint) -> Style {
    Style {
        color: paint.on && !args.no_color,
        junit_hide_message: args.junit_hide_message,
        github_hide_passed: args.github_hide_passed,
        ..Style::default()
    }
}

impl Shared {
    /// Settings speak of the shipped checks too.
    fn asks_pack(&self) -> bool {
        self.pack || self.settings.is_some()
    }

    fn format(&self) -> Result<Format, Failure> {
        let name = self.output.as_deref().unwrap_or("stdout");
        Format::named(name).ok_or_else(|| {
            let names: Vec<&str> = Format::NAMES.iter().map(|(name, _)| *name).collect();
            Failure::usage(format!(
                "`{name}` is no output format; {} are",
                names.join(", ")
            ))
        })
    }
}

/// Lets checks be stopped that run too long.
pub fn start_clock() {
    tierwalk_governance::set_clock(|| {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    });
}

/// Nanoseconds since 1970.
pub fn now() -> Option<i64> {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()?;
    i64::try_from(since.as_nanos()).ok()
}
