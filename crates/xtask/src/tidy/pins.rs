//! Versions: what is pinned in several places is the same in all, and the lock file is up to date.

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
    if !lock_is_current() {
        missing.push(
            "Cargo.lock does not match the manifests; `cargo fetch` and commit it".to_owned(),
        );
    }
    Ok(missing)
}

fn lock_is_current() -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["metadata", "--locked", "--format-version", "1"];
    process::capture(&cargo, &arguments).is_ok()
}
