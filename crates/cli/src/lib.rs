//! The `tierwalk` command line: validate, trace, test, compile, check, verify, export, apply and conform.
//!
//! Exit status: 0 nothing to complain about, 1 findings (errors, failed expectations, differences),
//! 2 wrong usage or files that cannot be read.

mod apply;
mod args;
mod check;
mod compile;
mod conform;
mod diagnostics;
mod failure;
mod inputs;
mod paint;
mod test;
mod trace;
mod validate;

use std::ffi::OsString;
use std::io::{Read, Write};

use clap::Parser;

use args::{Cli, Command};
use failure::{Failure, Outcome};
use paint::Paint;

/// Where the command reads and writes.
pub struct Io<'a> {
    /// Standard input, read when a path is `-`.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
    /// Whether a person looks at the output: colour by default.
    pub terminal: bool,
}

/// Runs one command line, the program's name first, and returns the exit status.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> u8 {
    match Cli::try_parse_from(args) {
        Ok(cli) => finish(command(cli, io), io),
        Err(error) => usage(&error, io),
    }
}

fn command(cli: Cli, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let paint = Paint::new(cli.color, io.terminal);
    match cli.command {
        Command::Validate(args) => validate::run(&args, paint, io),
        Command::Trace(args) => trace::run(&args, paint, io),
        Command::Test(args) => test::run(&args, paint, io),
        Command::Check(args) => check::run(&args, paint, io),
        Command::Verify(args) => check::run_verify(&args, paint, io),
        Command::Export(args) => check::export::run(&args, paint, io),
        Command::Apply(args) => apply::run(&args, paint, io),
        Command::Compile(args) => compile::run(&args, paint, io),
        Command::Conform(args) => conform::run(&args, paint, io),
    }
}

fn finish(result: Result<Outcome, Failure>, io: &mut Io<'_>) -> u8 {
    match result {
        Ok(outcome) => outcome.code(),
        Err(Failure::Output(_)) => 0,
        Err(failure) => {
            // Nothing can be said where standard error is closed.
            let _ = writeln!(io.err, "error: {failure}");
            2
        }
    }
}

fn usage(error: &clap::Error, io: &mut Io<'_>) -> u8 {
    let text = error.render();
    let target = if error.use_stderr() {
        &mut *io.err
    } else {
        &mut *io.out
    };
    let _ = if io.terminal {
        write!(target, "{}", text.ansi())
    } else {
        write!(target, "{text}")
    };
    u8::try_from(error.exit_code()).unwrap_or(2)
}
