//! Finding and reading policies, data and the files to check.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use regex::Regex;
use tierwalk_governance::{InputFile, Parser, PolicyFile};

use crate::Io;

const STDIN: &str = "-";
const DEFAULT_DATA: &str = "data";

/// Reads files relative to a directory; paths are shown as they were given.
pub struct Reader {
    base: PathBuf,
}

/// A file as it is shown, and where it is.
struct Found {
    shown: String,
    path: PathBuf,
}

impl Reader {
    /// Relative to `base`.
    pub fn new(base: &Path) -> Self {
        Self {
            base: base.to_owned(),
        }
    }

    /// The directory that paths are relative to, for policies that ask.
    pub fn directory(&self) -> String {
        let current = std::env::current_dir().unwrap_or_default();
        current.join(&self.base).display().to_string()
    }

    /// The files to check, each once: files as given, directories searched for what can be read.
    pub fn inputs(
        &self,
        paths: &[String],
        ignore: Option<&str>,
        parser: Option<Parser>,
        io: &mut Io<'_>,
    ) -> Result<Vec<InputFile>, String> {
        let ignore = ignore
            .filter(|pattern| !pattern.is_empty())
            .map(Regex::new)
            .transpose()
            .map_err(|error| format!("`--ignore` is no regular expression: {error}"))?;
        let mut seen = BTreeSet::new();
        let mut files = Vec::new();
        for path in paths.iter().filter(|path| !path.is_empty()) {
            for (shown, text) in self.input(path, ignore.as_ref(), io)? {
                if seen.insert(shown.clone()) {
                    let parser = parser.or((shown == STDIN).then_some(Parser::Yaml));
                    files.push(InputFile {
                        path: shown,
                        text,
                        parser,
                    });
                }
            }
        }
        if files.is_empty() {
            return Err("there is no file to check".to_owned());
        }
        Ok(files)
    }

    fn input(
        &self,
        path: &str,
        ignore: Option<&Regex>,
        io: &mut Io<'_>,
    ) -> Result<Vec<(String, String)>, String> {
        if path == STDIN {
            let mut bytes = Vec::new();
            let read = io.input.read_to_end(&mut bytes);
            read.map_err(|error| unreadable(path, &error))?;
            return Ok(vec![(path.to_owned(), lossy(bytes))]);
        }
        let found = self.search(path, &|name| {
            !ignore.is_some_and(|ignore| ignore.is_match(name)) && Parser::of_path(name).is_some()
        })?;
        found
            .into_iter()
            .map(|found| Ok((found.shown.clone(), found.read()?)))
            .collect()
    }

    /// The policies of files and directories.
    pub fn policies(&self, paths: &[String]) -> Result<Vec<PolicyFile>, String> {
        let policies = self.read_all(paths, &|name| name.ends_with(".rego"))?;
        if policies.is_empty() {
            return Err(format!(
                "there are no policies (*.rego) in {}",
                paths.join(", ")
            ));
        }
        Ok(policies)
    }

    /// What a cluster holds: objects, and checks in Rego.
    pub fn cluster(&self, paths: &[String]) -> Result<Vec<PolicyFile>, String> {
        self.read_all(paths, &|name| is_manifest(name) || name.ends_with(".rego"))
    }

    /// Files to apply; `-` is standard input.
    pub fn manifests(&self, paths: &[String], io: &mut Io<'_>) -> Result<Vec<PolicyFile>, String> {
        let mut files = Vec::new();
        for path in paths {
            if path == STDIN {
                let mut bytes = Vec::new();
                let read = io.input.read_to_end(&mut bytes);
                read.map_err(|error| unreadable(path, &error))?;
                files.push(PolicyFile::new("STDIN", lossy(bytes)));
            } else if self.base.join(path).is_file() {
                files.push(self.file(path)?);
            } else {
                files.extend(self.read_all(std::slice::from_ref(path), &is_manifest)?);
            }
        }
        if files.is_empty() {
            return Err("there is no *.yaml, *.yml or *.json file to apply".to_owned());
        }
        Ok(files)
    }

    /// The data of files and directories; of `data`, if none is named and it is there.
    pub fn data(&self, paths: &[String]) -> Result<Vec<PolicyFile>, String> {
        let default = [DEFAULT_DATA.to_owned()];
        let paths = match paths {
            [] if self.base.join(DEFAULT_DATA).is_dir() => &default,
            paths => paths,
        };
        self.read_all(paths, &is_manifest)
    }

    /// Whether there is a file or directory of this name.
    pub fn has(&self, path: &str) -> bool {
        self.base.join(path).exists()
    }

    /// One file.
    pub fn file(&self, path: &str) -> Result<PolicyFile, String> {
        let found = Found {
            shown: path.to_owned(),
            path: self.base.join(path),
        };
        Ok(PolicyFile::new(path, found.read()?))
    }

    fn read_all(
        &self,
        paths: &[String],
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<PolicyFile>, String> {
        let mut files: Vec<PolicyFile> = Vec::new();
        for path in paths {
            for found in self.search(path, wanted)? {
                if !files.iter().any(|file| file.path == found.shown) && wanted(&found.shown) {
                    files.push(PolicyFile::new(found.shown.clone(), found.read()?));
                }
            }
        }
        Ok(files)
    }

    /// A file as it is, or what is wanted below a directory, in the order of the names.
    fn search(&self, path: &str, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Found>, String> {
        let root = self.base.join(path);
        let metadata = fs::metadata(&root).map_err(|error| unreadable(path, &error))?;
        if !metadata.is_dir() {
            return Ok(vec![Found {
                shown: path.to_owned(),
                path: root,
            }]);
        }
        let mut found = Vec::new();
        let mut visited = BTreeSet::new();
        let shown = clean(path);
        walk(&root, &shown, wanted, &mut visited, &mut found)
            .map_err(|error| unreadable(path, &error))?;
        Ok(found)
    }
}

fn is_manifest(name: &str) -> bool {
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Follows links, but no directory twice.
fn walk(
    directory: &Path,
    shown: &str,
    wanted: &dyn Fn(&str) -> bool,
    visited: &mut BTreeSet<PathBuf>,
    found: &mut Vec<Found>,
) -> io::Result<()> {
    if !visited.insert(directory.canonicalize()?) {
        return Ok(());
    }
    let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = match shown {
            "" => name,
            above => format!("{above}/{name}"),
        };
        if fs::metadata(&path)?.is_dir() {
            walk(&path, &shown, wanted, visited, found)?;
        } else if wanted(&shown) {
            found.push(Found { shown, path });
        }
    }
    Ok(())
}

/// A directory as Go's `filepath.Join` begins paths below it.
fn clean(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

impl Found {
    fn read(&self) -> Result<String, String> {
        let bytes = fs::read(&self.path).map_err(|error| unreadable(&self.shown, &error))?;
        Ok(lossy(bytes))
    }
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn unreadable(path: &str, error: &io::Error) -> String {
    format!("cannot read `{path}`: {error}")
}
