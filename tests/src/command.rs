//! The command line, called inside the test.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a command line printed, and its exit status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Exit status.
    pub code: u8,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs `tierwalk` with these arguments.
pub fn tierwalk(arguments: &[&str]) -> Run {
    tierwalk_with(arguments, b"")
}

/// Runs `tierwalk` with these arguments and something on standard input.
pub fn tierwalk_with(arguments: &[&str], mut input: &[u8]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["tierwalk"].iter().chain(arguments).map(OsString::from);
    let code = tierwalk_cli::run(
        arguments,
        &mut tierwalk_cli::Io {
            input: &mut input,
            out: &mut out,
            err: &mut err,
            terminal: false,
        },
    );
    Run {
        code,
        out: String::from_utf8_lossy(&out).into_owned(),
        err: String::from_utf8_lossy(&err).into_owned(),
    }
}

/// A directory of its own, removed when dropped.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new, empty one.
    ///
    /// # Panics
    /// If the system lets no directory be made.
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tierwalk-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        assert!(
            fs::create_dir_all(&path).is_ok(),
            "cannot make {}",
            path.display()
        );
        Self(path)
    }

    /// Writes a file, and returns its path.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| fs::write(&path, content));
        assert!(written.is_ok(), "cannot write {}", path.display());
        path.display().to_string()
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Text without the path of this directory, which differs from run to run.
    pub fn anonymous(&self, text: &str) -> String {
        text.replace(&self.0.display().to_string(), "DIR")
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is in the system's directory for such things.
        let _ = fs::remove_dir_all(&self.0);
    }
}
