//! One file for each object. Files that were written before and belong to no object any more are removed;
//! files that others wrote are left alone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tierwalk_template::ProjectObject;

use super::Plans;
use crate::failure::Failure;
use crate::inputs::unreadable;

/// How every file begins that is written here.
const HEADER: &str = "# Compiled by tierwalk from ";

/// What is to be done with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub path: PathBuf,
    pub change: Change,
    pub text: String,
}

/// How a file on disk compares with what is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is not there.
    Added,
    /// It is there with another text.
    Changed,
    /// It is there.
    Same,
    /// It is there and should not be.
    Removed,
}

/// Compares sets of objects with a directory. With `only`, just the folders of these sets are looked at; else
/// also those of clusters that are gone.
pub fn plan(
    directory: &Path,
    sets: &[(Option<&str>, Vec<&ProjectObject>)],
    only: bool,
) -> Result<Plans, Failure> {
    let mut wanted = BTreeMap::new();
    for (cluster, objects) in sets {
        let folder = cluster.map_or_else(|| directory.to_owned(), |name| directory.join(name));
        for object in objects {
            wanted.insert(
                folder.join(object.manifest.object.file_name()),
                text(object),
            );
        }
    }
    let folders = if only {
        sets.iter()
            .filter_map(|(cluster, _)| cluster.map(|name| directory.join(name)))
            .collect()
    } else {
        folders(directory)?
    };
    let mut plans = Vec::new();
    for folder in folders {
        let found = written_before(&folder)?;
        let left_over = found.into_iter().filter(|path| !wanted.contains_key(path));
        plans.extend(left_over.map(|path| Plan {
            path,
            change: Change::Removed,
            text: String::new(),
        }));
    }
    for (path, text) in wanted {
        let change = compare(&path, &text)?;
        plans.push(Plan { path, change, text });
    }
    plans.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(plans)
}

/// The object's text under a line that says where it comes from. The name of the file alone is given, so that
/// the text does not depend on where the command runs.
fn text(object: &ProjectObject) -> String {
    let file = object
        .file
        .as_deref()
        .map(Path::new)
        .and_then(Path::file_name);
    let source = file.map_or_else(
        || "namespace isolation".into(),
        |name| name.to_string_lossy(),
    );
    format!("{HEADER}{source}\n{}", object.manifest.text)
}

fn compare(path: &Path, text: &str) -> Result<Change, Failure> {
    match fs::read(path) {
        Ok(bytes) if bytes == text.as_bytes() => Ok(Change::Same),
        Ok(_) => Ok(Change::Changed),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Change::Added),
        Err(error) => Err(unreadable(&path.display().to_string(), error)),
    }
}

/// The directory and the folders in it.
fn folders(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut folders = vec![directory.to_owned()];
    if directory.is_dir() {
        for entry in fs::read_dir(directory)? {
            folders.extend(Some(entry?.path()).filter(|path| path.is_dir()));
        }
    }
    Ok(folders)
}

/// Files of a folder that were written here.
fn written_before(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(&folder.display().to_string(), error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_yaml = path
            .extension()
            .is_some_and(|extension| extension == "yaml");
        if is_yaml && fs::read(&path).is_ok_and(|bytes| bytes.starts_with(HEADER.as_bytes())) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Writes and removes files.
pub fn carry_out(plans: &Plans) -> Result<(), Failure> {
    for plan in plans {
        let failed = |error| Failure::Unwritable {
            path: plan.path.display().to_string(),
            error,
        };
        match plan.change {
            Change::Same => {}
            Change::Removed => fs::remove_file(&plan.path).map_err(failed)?,
            Change::Added | Change::Changed => {
                if let Some(folder) = plan.path.parent() {
                    fs::create_dir_all(folder).map_err(failed)?;
                }
                fs::write(&plan.path, &plan.text).map_err(failed)?;
            }
        }
    }
    Ok(())
}
