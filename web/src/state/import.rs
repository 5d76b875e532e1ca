//! What comes in by paste, drop or choice of files.

use tierwalk_protocol::{File, share::is_path};

use crate::share_link::{self, Link};

#[cfg(test)]
mod tests;

/// Files above this size are not taken in, in bytes.
pub const MAX_FILE: usize = 20 << 20;

/// What a pasted text is.
#[derive(Debug, PartialEq, Eq)]
pub enum Pasted {
    /// No text at all.
    Binary,
    /// Lines of flows, to be added to the flow file.
    Flows(Vec<String>),
    /// A table with a flow in each row, for the engine to read.
    Table(String),
    /// A document of its own, with a name for its file.
    Document {
        /// A name that says what it holds.
        name: String,
        /// The text.
        text: String,
    },
}

/// What a pasted share link opens.
pub fn link(text: &str) -> Option<Link> {
    let text = text.trim();
    let (_, hash) = text.split_once('#').filter(|_| text.starts_with("http"))?;
    share_link::from_hash(hash)?.ok()
}

/// Tells flow lines from documents.
pub fn pasted(text: &str) -> Option<Pasted> {
    if text.trim().is_empty() {
        return None;
    }
    if !is_text(text) {
        return Some(Pasted::Binary);
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines().all(is_flow_line) {
        return Some(Pasted::Flows(lines().map(str::to_owned).collect()));
    }
    if is_table(text) {
        return Some(Pasted::Table(text.to_owned()));
    }
    Some(Pasted::Document {
        name: name_of(text),
        text: text.to_owned(),
    })
}

/// A dropped file's bytes as text, or what is wrong with it.
pub fn read(path: &str, bytes: Vec<u8>) -> Result<File, String> {
    if bytes.len() > MAX_FILE {
        return Err(format!(
            "`{path}` is larger than {} MB and was left out",
            MAX_FILE >> 20
        ));
    }
    let text = text_of(bytes).ok_or_else(|| format!("`{path}` is not text and was left out"))?;
    Ok(File {
        path: tidy(path),
        text,
    })
}

/// Bytes as text, without a byte order mark: UTF-8, or UTF-16 as PowerShell writes what a command prints.
fn text_of(bytes: Vec<u8>) -> Option<String> {
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    };
    text.filter(|text| is_text(text))
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty())
}

/// Whether this is text that somebody wrote: programs have NULs in what else looks like it.
pub fn is_text(text: &str) -> bool {
    !text.contains('\0')
}

/// Whether a dropped path is worth reading: no hidden folders, no dependencies.
pub fn wanted(path: &str) -> bool {
    path.split('/')
        .all(|part| !part.starts_with('.') && part != "node_modules" && part != "__MACOSX")
}

/// A path that a workspace may hold, made from any.
fn tidy(path: &str) -> String {
    let parts = path
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect::<Vec<_>>()
        .join("/");
    if is_path(&parts) {
        parts
    } else {
        "imported.yaml".to_owned()
    }
}

/// Drops the folder that all dropped files share, as the folder's own name says nothing here.
pub fn without_common_folder(mut files: Vec<File>) -> Vec<File> {
    let Some(folder) = files.first().and_then(|file| file.path.split_once('/')) else {
        return files;
    };
    let prefix = format!("{}/", folder.0);
    let is_root = files
        .iter()
        .all(|file| file.path.starts_with(&prefix) && file.path[prefix.len()..].contains('/'));
    if is_root {
        for file in &mut files {
            file.path.drain(..prefix.len());
        }
    }
    files
}

/// Whether every line has the same number of cells, at least three, and none of the first two holds blanks.
fn is_table(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let cells = |line: &str, separator| line.matches(separator).count();
    let is_end = |cell: &str| {
        !cell
            .trim()
            .trim_matches(['"', '`'])
            .contains([' ', '{', ':'])
    };
    ['\t', '|', ','].into_iter().any(|separator| {
        let count = lines().next().map_or(0, |line| cells(line, separator));
        let ends = |line: &str| {
            line.trim_start_matches('|')
                .split(separator)
                .take(2)
                .all(is_end)
        };
        count >= 2 && lines().all(|line| cells(line, separator) == count && ends(line))
    })
}

fn is_flow_line(line: &str) -> bool {
    line.split_once("->").is_some_and(|(from, to)| {
        is_end(from) && is_end(to.split_whitespace().next().unwrap_or(""))
    })
}

fn is_end(end: &str) -> bool {
    let end = end.trim().trim_start_matches("- ");
    !end.is_empty() && !end.contains(char::is_whitespace)
}

/// `kind: NetworkPolicy` and `name: web` give `imported/web.yaml`; a list gives `imported/pasted.yaml`.
fn name_of(text: &str) -> String {
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("  name:"))
        .map(|name| name.trim().trim_matches(['"', '\'']))
        .filter(|name| !name.is_empty() && is_path(name) && !name.contains('/'));
    format!("imported/{}.yaml", name.unwrap_or("pasted"))
}
