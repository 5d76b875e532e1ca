//! Files to check, parsed as Conftest parses them.

#[cfg(test)]
mod tests;

use regorus::Value;
use tierwalk_source::{Diagnostic, LineIndex, Span};
use tierwalk_yaml::{Document, Path};

use crate::{FileDiagnostic, value};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parser {
    /// YAML 1.1, as Kubernetes reads it.
    Yaml,
    /// JSON.
    Json,
}

impl Parser {
    /// By Conftest's name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "yaml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// By the ending of a file's name, in any case. `None` for formats that are not read (Conftest
    /// `parser/parser.go`, `NewFromPath`).
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        if name.starts_with("dockerfile.") || name.starts_with(".env.") {
            return None;
        }
        match name.rsplit_once('.')?.1 {
            "yml" | "yaml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its path, as it is shown.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its format, if not by its name.
    pub parser: Option<Parser>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its path.
    pub path: String,
    pub(crate) documents: Vec<InputDocument>,
}

/// What `input` is, once.
#[derive(Clone, Debug)]
pub(crate) struct InputDocument {
    pub value: Value,
    pub document: Document,
    /// Where its text starts in the file.
    pub offset: usize,
    /// Where it is in the document: an item of a list, or all of it.
    pub root: Path,
}

impl Input {
    /// Reads a file. A file of several documents, or of a list, is several inputs.
    pub fn parse(file: &InputFile) -> Result<Self, FileDiagnostic> {
        let blame = |problem: Box<Diagnostic>| FileDiagnostic::new(file.path.clone(), problem);
        let parser = file.parser.or_else(|| Parser::of_path(&file.path));
        let documents = match parser {
            Some(Parser::Yaml) => yaml(&file.text),
            Some(Parser::Json) => json(&file.text),
            None => Err(Box::new(unknown(&file.path))),
        };
        Ok(Self {
            path: file.path.clone(),
            documents: documents.map_err(blame)?,
        })
    }

    /// What `input` is to a policy, for each time it is checked.
    pub fn json(&self) -> Vec<serde_json::Value> {
        let documents = self.documents.iter();
        let plain = documents.map(|it| value::as_combined(&it.value));
        plain.map(|it| value::to_json(&it)).collect()
    }

    /// How many times it is checked.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }
}

fn unknown(path: &str) -> Diagnostic {
    Diagnostic::error(
        "governance/unknown-format",
        Span::default(),
        format!("`{path}` is neither YAML nor JSON by its name"),
    )
    .help("say `--parser yaml` or `--parser json` if it is")
}

fn yaml(text: &str) -> Result<Vec<InputDocument>, Box<Diagnostic>> {
    let parts = parts(text);
    if let [(offset, part)] = parts.as_slice() {
        return read(part, *offset).map(items);
    }
    parts
        .into_iter()
        .map(|(offset, part)| read(part, offset))
        .collect()
}

/// Splits as Conftest does, at lines that are `---` and nothing else.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let separator = if text.contains("\r\n") {
        "\r\n---\r\n"
    } else {
        "\n---\n"
    };
    let mut parts = Vec::new();
    let mut offset = 0;
    for part in text.split(separator) {
        parts.push((offset, part));
        offset += part.len() + separator.len();
    }
    if text.starts_with('%') && parts.len() > 1 {
        let first = parts.get(1).map_or(0, |(offset, part)| offset + part.len());
        parts.drain(..2);
        parts.insert(0, (0, text.get(..first).unwrap_or_default()));
    }
    parts
}

fn read(part: &str, offset: usize) -> Result<InputDocument, Box<Diagnostic>> {
    // Kubernetes' reader takes the first document of what it is given.
    let first = tierwalk_yaml::split(part)
        .first()
        .map_or(part, |chunk| chunk.text);
    let document = Document::parse(first);
    if let Some(problem) = document
        .diagnostics
        .iter()
        .find(|problem| problem.is_error())
        && problem.code != "yaml/duplicate-key"
    {
        return Err(Box::new(problem.clone().shifted(offset)));
    }
    let value = document.root.as_ref().map_or(Value::Null, value::from_node);
    Ok(InputDocument {
        value: value::as_input(&value),
        document,
        offset,
        root: Path::root(),
    })
}

/// A list is as many inputs as it has items.
fn items(whole: InputDocument) -> Vec<InputDocument> {
    let Value::Array(items) = &whole.value else {
        return vec![whole];
    };
    items
        .iter()
        .enumerate()
        .map(|(index, item)| InputDocument {
            value: item.clone(),
            document: whole.document.clone(),
            offset: whole.offset,
            root: whole.root.index(index),
        })
        .collect()
}

fn json(text: &str) -> Result<Vec<InputDocument>, Box<Diagnostic>> {
    let text = text.trim_start_matches('\u{feff}');
    let value = serde_json::from_str::<serde_json::Value>(text)
        .map_err(|error| Box::new(json_error(text, &error)))?;
    // JSON is YAML enough for its places to be found.
    let document = Document::parse(text);
    Ok(items(InputDocument {
        value: value::as_input(&Value::from(value)),
        document,
        offset: 0,
        root: Path::root(),
    }))
}

fn json_error(text: &str, error: &serde_json::Error) -> Diagnostic {
    let lines = LineIndex::new(text);
    let line = lines
        .line_start(u32::try_from(error.line()).unwrap_or(1))
        .unwrap_or(0);
    let at = (line + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Diagnostic::error(
        "governance/input",
        Span::empty(at),
        format!("this is no JSON: {message}"),
    )
}
