//! How a command ends.

use std::fmt;
use std::io;

/// A command did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Errors, failed expectations or differences.
    Findings,
    /// What another program's users expect.
    Status(u8),
}

impl Outcome {
    /// Findings, if there are any.
    pub fn findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Clean }
    }

    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Status(code) => code,
        }
    }
}

/// A command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// A file cannot be read.
    Unreadable {
        /// Its path.
        path: String,
        /// What the system says.
        error: io::Error,
    },
    /// A file cannot be written or removed.
    Unwritable {
        /// Its path.
        path: String,
        /// What the system says.
        error: io::Error,
    },
    /// What was asked makes no sense.
    Usage(String),
    /// The output went away.
    Output(io::Error),
}

impl Failure {
    /// What was asked makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => write!(f, "cannot read `{path}`: {error}"),
            Self::Unwritable { path, error } => write!(f, "cannot write `{path}`: {error}"),
            Self::Usage(message) => f.write_str(message),
            Self::Output(error) => write!(f, "cannot write: {error}"),
        }
    }
}
