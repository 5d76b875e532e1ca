//! The shipped examples as one file, which the page loads beside the engine.

use std::{collections::BTreeMap, path::Path};

use serde_json::{Value, json};

use super::{read, short_hash, write};
use crate::{Outcome, repo};

/// Writes all examples below `dist` into one file; gives its address.
pub fn pack(dist: &Path) -> Outcome<String> {
    let text = packed(&dist.join("static/examples"))?;
    let name = format!("examples-{}.json", short_hash(&[text.as_bytes()]));
    write(&dist.join(&name), &text)?;
    Ok(format!("./{name}"))
}

/// `{"default-deny": [{"path": "cluster/shop.yaml", "text": "…"}]}`
fn packed(folder: &Path) -> Outcome<String> {
    let mut examples: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for file in repo::walk(folder)? {
        let path = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy();
        if let Some((name, path)) = path.split_once('/') {
            let entry = json!({ "path": path, "text": read(&file)? });
            examples.entry(name.to_owned()).or_default().push(entry);
        }
    }
    Ok(json!(examples).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_an_example_is_in_it() {
        let text = packed(&repo::at("static/examples")).expect("the examples are there");
        let examples: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(examples["default-deny"][0]["path"], "cluster/shop.yaml");
    }
}
