//! Text of a policy to a module, in whichever version of the language it is written.

#[cfg(test)]
mod tests;

use std::num::{NonZeroU32, NonZeroUsize};

use regorus::unstable::{Module as Tree, Parser};
use regorus::{PolicyLengthConfig, Source};
use tierwalk_source::{Diagnostic, Span};

use crate::error::{self, EngineError};
use crate::facts::{self, Module, RegoVersion};
use crate::guard::{self, Refusal};
use crate::{FileDiagnostic, PolicyFile, VersionChoice};

const MOST_BYTES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1 << 20);
const MOST_LINES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(20_000);
const MOST_COLUMNS: NonZeroU32 = NonZeroU32::MIN.saturating_add(1 << 16);

/// How long a policy may be.
pub(crate) const LENGTHS: PolicyLengthConfig = PolicyLengthConfig {
    max_col: MOST_COLUMNS,
    max_file_bytes: MOST_BYTES,
    max_lines: MOST_LINES,
};

/// A policy that can be read.
pub(crate) struct Parsed {
    pub module: Module,
    pub tree: Tree,
    pub text: String,
}

/// Reads a policy.
pub(crate) fn parse(file: &PolicyFile, choice: VersionChoice) -> Result<Parsed, FileDiagnostic> {
    if let Some(refusal) = guard::refusal(&file.text) {
        return Err(refused(file, refusal));
    }
    let (tree, version) = match choice {
        VersionChoice::V0 => (tree(file, RegoVersion::V0), RegoVersion::V0),
        VersionChoice::V1 => (tree(file, RegoVersion::V1), RegoVersion::V1),
        VersionChoice::Detect => detect(file),
    };
    let tree = tree.map_err(|error| error.diagnostic(&file.text, "governance/syntax"))?;
    let version = if tree.rego_v1 {
        RegoVersion::V1
    } else {
        version
    };
    Ok(Parsed {
        module: facts::module(&file.path, &tree, version),
        tree,
        text: file.text.clone(),
    })
}

/// Version 1 if it can be read as such; else version 0. What is neither is blamed in the version that could
/// read more of it.
fn detect(file: &PolicyFile) -> (Result<Tree, EngineError>, RegoVersion) {
    let newer = match tree(file, RegoVersion::V1) {
        Ok(tree) => return (Ok(tree), RegoVersion::V1),
        Err(error) => error,
    };
    match tree(file, RegoVersion::V0) {
        Err(older) if (older.line, older.column) > (newer.line, newer.column) => {
            (Err(older), RegoVersion::V0)
        }
        Err(_) => (Err(newer), RegoVersion::V1),
        read => (read, RegoVersion::V0),
    }
}

fn tree(file: &PolicyFile, version: RegoVersion) -> Result<Tree, EngineError> {
    try_tree(file, version).map_err(|error| {
        let mut error = error::read(&error);
        error.path.clone_from(&file.path);
        error
    })
}

/// The tree of a text in a version; nothing, if it cannot be read.
pub(crate) fn tree_of(text: &str, version: RegoVersion) -> Option<Tree> {
    try_tree(&PolicyFile::new("", text), version).ok()
}

fn try_tree(file: &PolicyFile, version: RegoVersion) -> anyhow::Result<Tree> {
    let source = Source::from_contents_with_limits(
        file.path.clone(),
        file.text.clone(),
        MOST_BYTES,
        MOST_LINES,
    )?;
    let mut parser = Parser::new(&source)?;
    parser.set_max_col(MOST_COLUMNS);
    if version == RegoVersion::V1 {
        parser.enable_rego_v1()?;
    }
    parser.parse()
}

fn refused(file: &PolicyFile, refusal: Refusal) -> FileDiagnostic {
    let (offset, message, help) = match refusal {
        Refusal::Long(offset) => (
            offset,
            "this expression is too long",
            "split it: name its parts as rules of their own",
        ),
        Refusal::Deep(offset) => (
            offset,
            "there are too many brackets within brackets",
            "name the inner parts as rules of their own, or put them into a data file",
        ),
    };
    let span = Span::new(offset, offset + 1);
    let diagnostic = Diagnostic::error("governance/too-deep", span, message).help(help);
    FileDiagnostic::new(file.path.clone(), diagnostic)
}
