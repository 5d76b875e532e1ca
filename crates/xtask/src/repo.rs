//! Where things are in the repository.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use crate::{Outcome, process::capture};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// A path below the root.
pub fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// The text of a file below the root.
pub fn read(path: &str) -> Outcome<String> {
    fs::read_to_string(at(path)).map_err(|error| format!("cannot read {path}: {error}"))
}

/// Held until it is dropped: of two programs that want the same thing done, one waits for the other.
pub fn lock(name: &str) -> Outcome<File> {
    let directory = at("target/xtask");
    let path = directory.join(format!("{name}.lock"));
    fs::create_dir_all(&directory)
        .and_then(|()| File::create(&path))
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| format!("cannot lock {}: {error}", path.display()))
}

/// Files that git tracks, or would track, by their paths from the root.
pub fn tracked() -> Outcome<Vec<String>> {
    let listed = capture(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard"],
    )?;
    let there = listed.lines().filter(|path| at(path).is_file());
    Ok(there.map(str::to_owned).collect())
}

/// Every file below a directory, in order.
pub fn walk(directory: &Path) -> Outcome<Vec<PathBuf>> {
    let shown = directory.display();
    let entries =
        fs::read_dir(directory).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(walk(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
