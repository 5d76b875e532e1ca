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
    /// Tells this save from every other one.
    #[serde(default)]
    pub stamp: String,
    /// The save that it follows.
    #[serde(default)]
    pub after: String,
    /// Name of the workspace.
    pub name: String,
    /// The file in the editor.
    pub open: String,
    /// The chosen flow.
    pub flow: Option<String>,
    /// The cluster whose objects take part.
    #[serde(default)]
    pub cluster: Option<String>,
    /// Whether it differs from the example or link it was opened from.
    pub edited: bool,
    /// What flips are counted against.
    pub baseline: Option<Baseline>,
    /// Its files, as they are.
    #[serde(default)]
    pub files: Vec<File>,
    /// Its files as a share link packs them, if they are many.
    #[serde(default)]
    pub packed: Option<String>,
}

impl Stored {
    /// The workspace of the model.
    pub fn of(model: &Model) -> Self {
        let large = model.files.bytes() > PLAIN_BYTES;
        let plain = model.files.plain();
        let packed = large.then(|| share::encode_quickly(&plain));
        Self {
            version: VERSION,
            stamp: String::new(),
            after: model.tabs.stamp.clone(),
            name: model.name.to_string(),
            open: model.open.to_string(),
            flow: model.flow.clone(),
            cluster: model.templates.cluster.clone(),
            edited: model.edited,
            baseline: model.baseline.clone(),
            files: if large { Vec::new() } else { plain },
            packed,
        }
    }

    /// Its files; `None` if they cannot be unpacked.
    pub fn files(&self) -> Option<Files> {
        match &self.packed {
            None => Some(self.files.clone().into()),
            Some(link) => share::decode(link)
                .ok()
                .map(|(files, _)| Files::from(files)),
        }
    }
}
