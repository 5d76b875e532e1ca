//! `cargo xtask bench`: every benchmark of the workspace, natively and in the browser.

use std::{fs, path::PathBuf};

use crate::{
    Outcome, browser,
    metadata::{self, Package},
    page::{self, Profile},
    process, repo, server, tools,
};

const BROWSER: &str = "browser";

/// `cargo xtask bench [name]`. A name picks one benchmark, or `browser`; what follows goes to it.
pub fn run(arguments: &[String]) -> Outcome {
    let (name, rest) = arguments
        .split_first()
        .map_or((None, arguments), |(name, rest)| (Some(name), rest));
    let wanted = |bench: &str| name.is_none_or(|name| name == bench);
    let packages = metadata::packages()?;
    let mut ran = false;
    for (package, bench) in packages
        .iter()
        .flat_map(benches)
        .filter(|(_, bench)| wanted(bench))
    {
        native(package, bench, rest)?;
        ran = true;
    }
    if wanted(BROWSER) {
        in_browser()?;
        ran = true;
    }
    if ran {
        Ok(())
    } else {
        Err(format!(
            "no such benchmark; there are: {}",
            names(&packages)
        ))
    }
}

fn benches(package: &Package) -> impl Iterator<Item = (&str, &str)> {
    let names = package.benches.iter();
    names.map(|bench| (package.name.as_str(), bench.as_str()))
}

fn names(packages: &[Package]) -> String {
    let native = packages.iter().flat_map(benches).map(|(_, bench)| bench);
    native.chain([BROWSER]).collect::<Vec<_>>().join(", ")
}

fn native(package: &str, bench: &str, arguments: &[String]) -> Outcome {
    println!("\n{bench}, native ({package})\n");
    let mut command = process::cargo();
    command.args([
        "bench",
        "--quiet",
        "--profile",
        "native",
        "--package",
        package,
        "--bench",
        bench,
    ]);
    if !arguments.is_empty() {
        command.arg("--").args(arguments);
    }
    process::show(&mut command)
}

/// The engine's worker as it is in the release page.
fn in_browser() -> Outcome {
    println!("\n{BROWSER}, the release page's worker\n");
    tools::ensure_all()?;
    page::build(Profile::Release)?;
    let address = server::start(&Profile::Release.dist())?;
    let mut command = process::command("node");
    command.arg("tests/e2e/bench.mjs").arg(shapes()?);
    command
        .env("CHROME", browser::ensure()?)
        .env("TIERWALK_URL", address);
    process::show(&mut command)
}

/// The measured workspaces as a file, for the browser.
fn shapes() -> Outcome<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let shapes = process::capture(
        &cargo,
        &[
            "run",
            "--quiet",
            "--package",
            "tierwalk-tests",
            "--bin",
            "shapes",
        ],
    )?;
    let path = repo::at("target/xtask/shapes.json");
    fs::write(&path, shapes)
        .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(path)
}
