//! Other programs: started, watched, reported.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::{Outcome, progress::Ticker, repo};

/// How much of a failed program's output is shown.
const SHOWN_LINES: usize = 300;

/// A program of the repository's own tools, run from the root with these tools first on `PATH`.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(repo::root()).env("PATH", path());
    command
}

/// Cargo, as this program was started by it.
pub fn cargo() -> Command {
    let mut command = command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    // Set by the outer cargo for this program; a changed environment makes build scripts run again.
    for (name, _) in std::env::vars()
        .filter(|(name, _)| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
    {
        command.env_remove(name);
    }
    command
}

fn path() -> std::ffi::OsString {
    let own = [repo::at(".tools/bin"), repo::at("node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let all = own.into_iter().chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).unwrap_or(inherited)
}

/// A program that was started, with its output in a log.
pub struct Running {
    child: Child,
    log: PathBuf,
}

/// Runs a program to its end with its output in a log, which is shown if it fails.
pub fn run(name: &str, command: &mut Command) -> Outcome {
    start(name, command)?.wait()
}

/// Starts a program with its output in a log.
pub fn start(name: &str, command: &mut Command) -> Outcome<Running> {
    let log = log_path(name)?;
    let file =
        File::create(&log).map_err(|error| format!("cannot write {}: {error}", log.display()))?;
    let copy = file.try_clone().map_err(|error| error.to_string())?;
    command.stdin(Stdio::null()).stdout(file).stderr(copy);
    let child = command
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    Ok(Running { child, log })
}

impl Running {
    /// Waits for its end and says how far it is; the log is shown if it fails.
    pub fn wait(mut self) -> Outcome {
        let mut ticker = Ticker::default();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(format!("{status}\n{}", tail(&self.log))),
                Ok(None) => ticker.tick(|| last_line_of(&self.log)),
                Err(error) => return Err(error.to_string()),
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Runs a program to its end with its output on the terminal.
pub fn show(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed: {status}", program(command)))
    }
}

/// What a program prints on its standard output.
pub fn capture(program: &str, arguments: &[&str]) -> Outcome<String> {
    let mut command = command(program);
    command.args(arguments).stderr(Stdio::null());
    let output = command
        .output()
        .map_err(|error| not_started(&command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(format!("{program} {} failed", arguments.join(" ")))
    }
}

/// The first program of this name on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = path();
    let mut places = std::env::split_paths(&path).map(|directory| directory.join(program));
    places.find(|place| place.is_file())
}

fn log_path(name: &str) -> Outcome<PathBuf> {
    let logs = repo::at("target/xtask");
    fs::create_dir_all(&logs)
        .map_err(|error| format!("cannot make {}: {error}", logs.display()))?;
    Ok(logs.join(format!("{name}.log")))
}

fn tail(log: &Path) -> String {
    let text = read_lossy(log);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(SHOWN_LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

fn last_line_of(log: &Path) -> String {
    let text = read_lossy(log);
    text.lines().last().unwrap_or_default().trim().to_owned()
}

fn read_lossy(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", program(command))
}
