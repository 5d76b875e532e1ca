//! A workspace as the page sees it.

mod edits;
mod files;
mod problems;
mod shown;

use tierwalk_protocol::{Analysis, File, Place, Verdict};

fn storefront() -> Vec<File> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../static/examples/storefront");
    let mut files = Vec::new();
    for folder in ["cluster", "flows", "policies"] {
        for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let entry = entry.unwrap();
            files.push(File {
                path: format!("{folder}/{}", entry.file_name().to_string_lossy()),
                text: std::fs::read_to_string(entry.path()).unwrap(),
            });
        }
    }
    files
}

fn text<'a>(files: &'a [File], path: &str) -> &'a str {
    &files.iter().find(|file| file.path == path).unwrap().text
}

fn file(path: &str, text: impl Into<String>) -> File {
    File {
        path: path.into(),
        text: text.into(),
    }
}

fn verdict(analysis: &Analysis, id: &str) -> Option<Verdict> {
    analysis
        .flows
        .iter()
        .find(|row| row.id.starts_with(id))
        .unwrap()
        .verdict
}

/// The text at a place, taken as an editor does: by UTF-16 code units.
fn at(text: &str, place: &Place) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[place.from as usize..place.to as usize]).unwrap()
}

const DENIED: &str = "storefront/frontend -> storefront/backend tcp/8080";
