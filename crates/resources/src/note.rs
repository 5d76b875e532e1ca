use tierwalk_source::Diagnostic;
use tierwalk_yaml::Path;

use crate::model::Origin;

/// Something to say that only the documents together show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Number that the caller gave the document.
    pub document: u32,
    /// The field it is about, from the document's root.
    pub path: Path,
    /// What is to be said. Its span is empty: where the path leads is for the caller to find.
    pub diagnostic: Diagnostic,
}

impl Note {
    /// A note on a field of the object at `origin`.
    pub(crate) fn at(origin: Origin, field: &str, diagnostic: Diagnostic) -> Self {
        Self {
            document: origin.document,
            path: origin.path.join(&Path::parse(field)),
            diagnostic,
        }
    }
}
