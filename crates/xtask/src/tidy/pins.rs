//! A version that is pinned in several places is the same in all.

use crate::{Outcome, repo, tools};

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
    Ok(missing)
}
