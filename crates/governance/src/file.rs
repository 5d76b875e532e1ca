use tierwalk_source::Diagnostic;

/// A file of policies or data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its path, as it is shown.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl PolicyFile {
    /// A file.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }
}

/// A problem and the file it is in; its spans are those of the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiagnostic {
    /// Path of the file; empty if the problem is in none.
    pub path: String,
    /// The problem.
    pub diagnostic: Box<Diagnostic>,
}

impl FileDiagnostic {
    /// A problem in a file.
    pub fn new(path: impl Into<String>, diagnostic: impl Into<Box<Diagnostic>>) -> Self {
        Self {
            path: path.into(),
            diagnostic: diagnostic.into(),
        }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.diagnostic.is_error()
    }
}
