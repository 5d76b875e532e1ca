//! `cargo xtask fuzz`: generated input against the targets in `tests/fuzz/`.

use crate::{Outcome, process, repo, tools};

const DIRECTORY: &str = "tests/fuzz";
const SECONDS_EACH: &str = "20";

/// `cargo xtask fuzz [target] [seconds]`.
pub fn run(arguments: &[String]) -> Outcome {
    let there = targets()?;
    let wanted = arguments.first();
    if let Some(unknown) = wanted.filter(|name| !there.contains(name)) {
        return Err(format!(
            "no fuzz target `{unknown}`; there are: {}",
            there.join(", ")
        ));
    }
    let seconds = arguments.get(1).map_or(SECONDS_EACH, String::as_str);
    println!("cargo-fuzz …");
    tools::ensure_fuzz()?;
    for target in there
        .iter()
        .filter(|target| wanted.is_none_or(|wanted| wanted == *target))
    {
        println!("{target}, {seconds} s");
        fuzz(target, seconds)?;
    }
    Ok(())
}

fn targets() -> Outcome<Vec<String>> {
    let sources = repo::walk(&repo::at(DIRECTORY).join("fuzz_targets"))?;
    let rust = sources
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    Ok(rust
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .collect())
}

/// Sanitizers need a nightly compiler, which a program started by cargo gets through rustup only.
fn fuzz(target: &str, seconds: &str) -> Outcome {
    let mut command = process::command("rustup");
    command.args([
        "run",
        "nightly",
        "cargo",
        "fuzz",
        "run",
        "--fuzz-dir",
        DIRECTORY,
        target,
        "--",
    ]);
    command.arg(format!("-max_total_time={seconds}"));
    command
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("RUSTC");
    process::show(&mut command)
}
