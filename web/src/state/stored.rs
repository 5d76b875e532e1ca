//! A workspace as this browser's storage keeps it.

use serde::{Deserialize, Serialize};
use tierwalk_protocol::{File, share};

use super::{Model, files::Files, flips::Baseline};

#[cfg(test)]
mod tests;

/// Raised when the shape changes.
pub const VERSION: u32 = 1;

/// Above this many bytes files are packed, as storage is scarce.
const PLAIN_BYTES: usize = 256 << 10;

/// A workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// [`VERSION`].
    pub version: u32,
    /// Name of the workspace.
    pub name: String,
    /// The file in the editor.
    pub open: String,
    /// The chosen flow.
    pub flow: Option<String>,
    /// Whether it differs from the example or link it was opened from.
    pub edited: bool,
    /// What flips are counted against.
    pub baseline: Option<Baseline>,
    /// Its files.
    pub files: StoredFiles,
}

/// Files, plain or packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StoredFiles {
    /// As a share link packs them.
    Packed(String),
    /// As they are.
    Plain(Vec<File>),
}

impl Stored {
    /// The workspace of the model.
    pub fn of(model: &Model) -> Self {
        let plain = model.files.plain();
        Self {
            version: VERSION,
            name: model.name.to_string(),
            open: model.open.to_string(),
            flow: model.flow.clone(),
            edited: model.edited,
            baseline: model.baseline.clone(),
            files: if model.files.bytes() > PLAIN_BYTES {
                StoredFiles::Packed(share::encode(&plain))
            } else {
                StoredFiles::Plain(plain)
            },
        }
    }

    /// Its files; `None` if they cannot be unpacked.
    pub fn files(&self) -> Option<Files> {
        match &self.files {
            StoredFiles::Plain(files) => Some(files.clone().into()),
            StoredFiles::Packed(link) => share::decode(link).ok().map(Files::from),
        }
    }
}
