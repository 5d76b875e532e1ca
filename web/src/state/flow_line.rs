//! Adding a line to a flow file.

use std::{rc::Rc, sync::Arc};

use tierwalk_protocol::FlowRow;

use super::files::Files;

#[cfg(test)]
mod tests;

/// Where flows go when no file holds any.
const NEW_FILE: &str = "flows/flows.yaml";

/// The file that new flows go to: the one the last flow is in, else the first under `flows/`.
pub fn file_for(files: &Files, flows: &[Arc<FlowRow>]) -> String {
    let last = flows.last().map(|flow| flow.place.file.as_str());
    let listed = last.filter(|path| files.contains(path));
    let folder = || {
        files
            .iter()
            .map(|file| &*file.path)
            .find(|path| path.starts_with("flows/"))
    };
    listed.or_else(folder).unwrap_or(NEW_FILE).to_owned()
}

/// The text with more flows: as items of its list, or as lines where the file has a flow in each line.
pub fn append(path: &str, text: Option<&Rc<str>>, lines: &[impl AsRef<str>]) -> String {
    let text = text.map_or("", |text| text);
    let lines = lines
        .iter()
        .map(|line| line.as_ref().trim().trim_start_matches("- "));
    if path.ends_with(".flows") {
        return lines.fold(with_newline(text), |out, line| out + line + "\n");
    }
    let mut out = if has_list(text) {
        text.trim_end().to_owned()
    } else {
        format!("{}flows:", with_newline(text))
    };
    out.push('\n');
    for line in lines {
        out.push_str(indent(text));
        out.push_str("- ");
        out.push_str(&scalar(line));
        out.push('\n');
    }
    out
}

fn has_list(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "flows:")
}

fn with_newline(text: &str) -> String {
    let trimmed = text.trim_end();
    if trimmed.is_empty() {
        String::new()
    } else {
        format!("{trimmed}\n")
    }
}

/// The indentation of the last item.
fn indent(text: &str) -> &str {
    let item = text
        .lines()
        .rev()
        .find(|line| line.trim_start().starts_with("- "));
    item.map_or("", |line| &line[..line.len() - line.trim_start().len()])
}

/// Quotes what YAML would not read as one plain string.
fn scalar(line: &str) -> String {
    let plain = line.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !line.contains(": ")
        && !line.contains(" #")
        && !line.ends_with(':');
    if plain {
        line.to_owned()
    } else {
        format!("'{}'", line.replace('\'', "''"))
    }
}
