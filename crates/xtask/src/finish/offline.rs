//! The service worker: the list of all files of this build, and the script that keeps them.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{bytes, read, short_hash, write};
use crate::{Outcome, repo};

/// Where the script stands in the finished page. Its name is the same in every build: that is how a browser finds the next one.
const NAME: &str = "service-worker.js";

/// Folders that are copied along but that the page does not load.
const NOT_LOADED: &[&str] = &["static/css/", "static/examples/"];

/// Writes the service worker for what is in `dist` now; nothing there may change afterwards.
pub fn write_worker(dist: &Path) -> Outcome {
    let files = loaded(dist)?;
    let mut parts = Vec::new();
    for file in &files {
        parts.push(file.as_bytes().to_vec());
        parts.push(bytes(&dist.join(file))?);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let index = bytes(&dist.join("index.html"))?;
    let source = read(&repo::at("web/offline").join(NAME))?;
    write(
        &dist.join(NAME),
        &script(&short_hash(&parts), &files, &index, &source),
    )
}

/// Paths of everything a page of this build may ask for, in order.
fn loaded(dist: &Path) -> Outcome<Vec<String>> {
    let path = |file: &Path| {
        let path = file.strip_prefix(dist).unwrap_or(file);
        path.to_string_lossy().replace('\\', "/")
    };
    let all = repo::walk(dist)?;
    let all = all.iter().map(|file| path(file));
    let not =
        |path: &String| path != NAME && !NOT_LOADED.iter().any(|start| path.starts_with(start));
    Ok(all.filter(not).collect())
}

fn script(build: &str, files: &[String], index: &[u8], source: &str) -> String {
    let address = |file: &String| match file.as_str() {
        "index.html" => "  \"./\",\n".to_owned(),
        file => format!("  \"./{file}\",\n"),
    };
    let files: String = files.iter().map(address).collect();
    let index = format!("{:x}", Sha256::digest(index));
    format!(
        "const BUILD = \"{build}\";\nconst INDEX = \"{index}\";\nconst FILES = [\n{files}];\n\n{source}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_kept_under_the_address_that_opens_it() {
        let files = ["a-1.js".to_owned(), "index.html".to_owned()];
        let script = script("b", &files, b"", "rest");
        assert!(script.contains("const FILES = [\n  \"./a-1.js\",\n  \"./\",\n];\n\nrest"));
        assert!(script.contains("const BUILD = \"b\";"));
        assert!(script.contains("const INDEX = \"e3b0c442"));
    }
}
