//! The pinned tools, installed into `.tools/`, and the npm packages.

use std::{fs, path::PathBuf, process::Command};

use sha2::{Digest, Sha256};

use crate::{
    Outcome,
    process::{capture, cargo, command, find, run as run_logged},
    progress::Steps,
    repo,
};

/// Trunk builds the page.
pub const TRUNK: &str = "0.21.14";
/// The command line of exactly the version that the crates use.
pub const WASM_BINDGEN: &str = "0.2.130";
const CARGO_FUZZ: &str = "0.13.2";

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What a tool is called, and what installs it; the latter says whether it was there.
type Tool = (&'static str, fn() -> Outcome<&'static str>);

const TOOLS: [Tool; 4] = [
    ("Rust target wasm32-unknown-unknown", wasm_target),
    ("wasm-bindgen", wasm_bindgen),
    ("trunk", trunk),
    ("npm packages", npm),
];

/// How many steps [`ensure`] takes.
pub const STEPS: usize = TOOLS.len();

/// `cargo xtask setup`.
pub fn run(_: &[String]) -> Outcome {
    let mut steps = Steps::new(STEPS);
    ensure(&mut steps)?;
    println!("all there after {}", steps.elapsed());
    Ok(())
}

/// Installs what is missing to build the page, step by step.
pub fn ensure(steps: &mut Steps) -> Outcome {
    for (name, install) in TOOLS {
        steps.step(name, install)?;
    }
    Ok(())
}

/// The same as one step of something larger.
pub fn ensure_all() -> Outcome {
    TOOLS
        .iter()
        .try_for_each(|(_, install)| install().map(|_| ()))
}

/// Installs cargo-fuzz if it is missing.
pub fn ensure_fuzz() -> Outcome {
    cargo_install("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, &["--locked"]).map(|_| ())
}

/// The npm packages alone, for tests that need no page.
pub fn npm() -> Outcome<&'static str> {
    if find("npm").is_none() {
        return Err("npm is missing; install Node.js 20 or newer".to_owned());
    }
    let _alone = repo::lock("npm")?;
    let wanted = digest(&repo::read("package-lock.json")?);
    let stamp = repo::at("node_modules/.tierwalk-lock");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok("there");
    }
    let arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    run_logged("npm", command("npm").args(arguments))?;
    fs::write(&stamp, wanted)
        .map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
    Ok("installed")
}

fn wasm_target() -> Outcome<&'static str> {
    let _alone = repo::lock("rustup")?;
    let sysroot = capture("rustc", &["--print", "sysroot"])?;
    let library = PathBuf::from(sysroot).join("lib/rustlib").join(WASM_TARGET);
    if library.is_dir() {
        return Ok("there");
    }
    let arguments = ["target", "add", WASM_TARGET];
    run_logged("rustup", command("rustup").args(arguments))?;
    Ok("installed")
}

/// Without --locked: its lock file names crate versions that the index may lack.
fn wasm_bindgen() -> Outcome<&'static str> {
    cargo_install("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN, &[])
}

fn trunk() -> Outcome<&'static str> {
    let options = ["--locked", "--no-default-features", "--features", "rustls"];
    cargo_install("trunk", "trunk", TRUNK, &options)
}

fn cargo_install(
    binary: &str,
    package: &str,
    version: &str,
    options: &[&str],
) -> Outcome<&'static str> {
    let _alone = repo::lock("tools")?;
    if installed_version(binary).as_deref() == Some(version) {
        return Ok("there");
    }
    let root = repo::at(".tools");
    let mut install = cargo();
    install
        .args([
            "install",
            package,
            "--version",
            version,
            "--force",
            "--root",
        ])
        .arg(&root)
        .args(options)
        .env("CARGO_TARGET_DIR", root.join("build"));
    run_logged(package, quick(&mut install))?;
    // Half a gigabyte that is of no further use; if it stays, nothing breaks.
    let _ = fs::remove_dir_all(root.join("build"));
    Ok("installed")
}

/// The tools wait for files and for rustc: unoptimised they are as good, and built in a third of the time.
fn quick(install: &mut Command) -> &mut Command {
    install
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
}

/// The last word of `trunk 0.21.14`.
fn installed_version(binary: &str) -> Option<String> {
    let program = repo::at(".tools/bin").join(binary);
    let said = capture(program.to_str()?, &["--version"]).ok()?;
    said.split_whitespace().last().map(str::to_owned)
}

fn digest(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}
