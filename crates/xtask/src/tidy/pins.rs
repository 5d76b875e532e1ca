//! Versions: those of dependencies stand once, what is pinned in several places is the same in all, and the lock file is up to date.

use crate::{Outcome, process, repo, tools};

pub(super) fn check() -> Outcome<Vec<String>> {
    let wasm_bindgen = tools::WASM_BINDGEN;
    let wanted = [
        ("Cargo.toml", format!("wasm-bindgen = \"={wasm_bindgen}\"")),
        ("Trunk.toml", format!("wasm_bindgen = \"{wasm_bindgen}\"")),
        (
            "Trunk.toml",
            format!("trunk-version = \"={}\"", tools::TRUNK),
        ),
    ];
    let mut missing = Vec::new();
    for (path, text) in wanted {
        if !repo::read(path)?.contains(&text) {
            missing.push(format!("{path} is to say {text}"));
        }
    }
    for path in repo::tracked()?.iter().filter(|path| is_member(path)) {
        let manifest = repo::read(path)?;
        let told = |line| format!("{path}: `{line}` has its version in the root Cargo.toml");
        missing.extend(own_versions(&manifest).map(told));
    }
    if !lock_is_current() {
        missing.push(
            "Cargo.lock does not match the manifests; `cargo fetch` and commit it".to_owned(),
        );
    }
    Ok(missing)
}

/// The fuzz targets are no part of the workspace, as they need another compiler.
fn is_member(path: &str) -> bool {
    path.ends_with("/Cargo.toml") && !path.starts_with("tests/fuzz/")
}

/// Dependencies of a manifest that name a version themselves.
pub(super) fn own_versions(manifest: &str) -> impl Iterator<Item = &str> {
    let mut in_dependencies = false;
    manifest.lines().filter(move |line| {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        }
        in_dependencies && line.contains(" = \"")
    })
}

fn lock_is_current() -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["metadata", "--locked", "--format-version", "1"];
    process::capture(&cargo, &arguments).is_ok()
}
