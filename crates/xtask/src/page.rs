//! The built page: `dist/` for release, `target/dist-dev/` for a quick look.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};

use crate::{
    Outcome, finish,
    process::{self, Running},
    progress::Steps,
    repo, tools,
};

/// How the page is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Small and fast.
    Release,
    /// Built quickly: no optimisation.
    Dev,
}

/// What the page is made of: directories and files below the root.
const INPUTS: &[&str] = &[
    "crates",
    "web",
    "static",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "package-lock.json",
    "rust-toolchain.toml",
];

impl Profile {
    /// `--dev` among the arguments, or not.
    pub fn from(arguments: &[String]) -> Self {
        if arguments.iter().any(|argument| argument == "--dev") {
            Self::Dev
        } else {
            Self::Release
        }
    }

    /// Where the built page is.
    pub fn dist(self) -> PathBuf {
        repo::at(self.dist_name())
    }

    /// For messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release page",
            Self::Dev => "development page",
        }
    }

    fn dist_name(self) -> &'static str {
        match self {
            Self::Release => "dist",
            Self::Dev => "target/dist-dev",
        }
    }

    fn stamp(self) -> PathBuf {
        let name = match self {
            Self::Release => "target/xtask/page-release",
            Self::Dev => "target/xtask/page-dev",
        };
        repo::at(name)
    }
}

/// `cargo xtask page`.
pub fn run(arguments: &[String]) -> Outcome {
    let profile = Profile::from(arguments);
    let steps = make(profile)?;
    println!("\nin {} after {}", profile.dist_name(), steps.elapsed());
    Ok(())
}

/// Installs the tools that are missing and builds the page, step by step.
pub fn make(profile: Profile) -> Outcome<Steps> {
    let mut steps = Steps::new(tools::STEPS + 1);
    tools::ensure(&mut steps)?;
    steps.step(profile.name(), || build(profile))?;
    Ok(steps)
}

/// Does the same in a process of its own, beside something else.
pub fn start(profile: Profile) -> Outcome<Running> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(own);
    command.arg("page");
    if profile == Profile::Dev {
        command.arg("--dev");
    }
    process::start("page", &mut command)
}

/// Builds the page, unless what it is made of is unchanged.
pub fn build(profile: Profile) -> Outcome<&'static str> {
    let wanted = fingerprint()?;
    let stamp = profile.stamp();
    let built = fs::read_to_string(&stamp).is_ok_and(|there| there == wanted);
    if built && profile.dist().join("index.html").is_file() {
        return Ok("unchanged");
    }
    trunk(profile)?;
    finish::finish(&profile.dist())?;
    fs::write(&stamp, wanted)
        .map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
    Ok("built")
}

/// Trunk must not look for tools on the network, and its `--offline` holds for cargo too: so what the
/// crates need is fetched first.
fn trunk(profile: Profile) -> Outcome {
    process::run("fetch", process::cargo().arg("fetch"))?;
    let mut command = process::command("trunk");
    command.args([
        "build",
        "--offline",
        "--skip-version-check",
        "--dist",
        profile.dist_name(),
    ]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    process::run("trunk", command.env("RUST_BACKTRACE", "0"))
}

/// Paths and contents of everything the page is made of.
fn fingerprint() -> Outcome<String> {
    let mut hash = Sha256::new();
    for input in INPUTS {
        let path = repo::at(input);
        let files = if path.is_dir() {
            repo::walk(&path)?
        } else {
            vec![path]
        };
        for file in files.iter().filter(|file| counts(file)) {
            let text = fs::read(file)
                .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
            hash.update(file.to_string_lossy().as_bytes());
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
    }
    Ok(format!("{:x}", hash.finalize()))
}

/// Tests and what the build itself writes are no part of the page.
fn counts(file: &Path) -> bool {
    let path = file.strip_prefix(repo::root()).unwrap_or(file);
    let skipped = ["dist", "tests", "tests.rs", "benches", "target", "cli"];
    !path
        .components()
        .any(|part| skipped.iter().any(|name| part.as_os_str() == *name))
}
