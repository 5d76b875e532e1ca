//! The `tierwalk` binary: everything is in the library, where tests can call it.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let terminal = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = tierwalk_cli::run(
        std::env::args_os(),
        &mut tierwalk_cli::Io {
            input: &mut io::stdin().lock(),
            out: &mut out,
            err: &mut io::stderr().lock(),
            terminal,
        },
    );
    // A reader that went away, as `head` does, is no failure.
    let _ = out.flush();
    ExitCode::from(code)
}
