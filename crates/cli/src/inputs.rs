//! The files that a command reads.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tierwalk_workspace::{FileKind, STDIN, Workspace};

use crate::failure::Failure;

/// Reads files, directories and standard input (`-`) into a workspace.
pub fn open(paths: &[String], stdin: &mut dyn Read) -> Result<Workspace, Failure> {
    open_outside(paths, None, stdin)
}

/// As [`open`], but for what is found in one directory.
pub fn open_outside(
    paths: &[String],
    directory: Option<&Path>,
    stdin: &mut dyn Read,
) -> Result<Workspace, Failure> {
    let directory = directory.and_then(|directory| directory.canonicalize().ok());
    let is_outside = |file: &Path| match (&directory, file.canonicalize()) {
        (Some(directory), Ok(file)) => !file.starts_with(directory),
        _ => true,
    };
    let mut files = Vec::new();
    for path in paths {
        if path == "-" {
            let mut bytes = Vec::new();
            stdin
                .read_to_end(&mut bytes)
                .map_err(|error| unreadable(STDIN, error))?;
            files.push((STDIN.to_owned(), bytes));
        } else {
            let found = expand(Path::new(path))?;
            for file in found.into_iter().filter(|file| is_outside(file)) {
                let name = file.display().to_string();
                let bytes = fs::read(&file).map_err(|error| unreadable(&name, error))?;
                files.push((name, bytes));
            }
        }
    }
    Ok(Workspace::from_bytes(files))
}

fn expand(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let name = path.display().to_string();
    let metadata = fs::metadata(path).map_err(|error| unreadable(&name, error))?;
    if !metadata.is_dir() {
        return match FileKind::of(&name) {
            FileKind::Other => Err(Failure::usage(format!(
                "`{name}` is no *.yaml, *.yml, *.json or *.flows file; pipe it to `-` if it holds YAML"
            ))),
            _ => Ok(vec![path.to_owned()]),
        };
    }
    let mut found = Vec::new();
    search(path, &mut found).map_err(|error| unreadable(&name, error))?;
    Ok(found)
}

/// Files of known kinds below a directory, in the order of their paths. Hidden directories and links to
/// directories are left alone.
fn search(directory: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type()?.is_dir() {
            if !hidden {
                search(&path, found)?;
            }
        } else if path.is_file() && FileKind::of(&path.to_string_lossy()) != FileKind::Other {
            found.push(path);
        }
    }
    Ok(())
}

/// A file that cannot be read.
pub fn unreadable(path: &str, error: io::Error) -> Failure {
    Failure::Unreadable {
        path: path.to_owned(),
        error,
    }
}
