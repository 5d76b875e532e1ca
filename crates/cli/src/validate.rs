//! `tierwalk validate`.

use serde::Serialize;
use tierwalk_protocol::{Diagnostic, FileSummary};

use crate::args::{Output, Validate};
use crate::diagnostics::Printer;
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;
use crate::{Io, inputs};

/// The answer in JSON.
#[derive(Serialize)]
struct Report<'a> {
    errors: u32,
    warnings: u32,
    files: &'a [FileSummary],
    diagnostics: &'a [Diagnostic],
}

/// Checks policies and flows.
pub fn run(args: &Validate, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let workspace = inputs::open(&args.paths.paths, io.input)?;
    let analysis = workspace.analysis(None);
    let report = Report {
        errors: analysis.files.iter().map(|file| file.errors).sum(),
        warnings: analysis.files.iter().map(|file| file.warnings).sum(),
        files: &analysis.files,
        diagnostics: &analysis.diagnostics,
    };
    match args.output {
        Output::Json => json(&report, io)?,
        Output::Text => {
            let printer = Printer::new(&workspace, paint);
            for diagnostic in report.diagnostics {
                writeln!(io.out, "{}\n", printer.print(diagnostic))?;
            }
            text(&report, paint, io)?;
        }
    }
    Ok(Outcome::findings(report.errors > 0))
}

fn text(report: &Report<'_>, paint: Paint, io: &mut Io<'_>) -> Result<(), Failure> {
    for file in report.files {
        for ignored in &file.ignored {
            let place = format!("{}:{}", file.path, ignored.line);
            let what = format!("ignored: {} `{}`", ignored.kind, ignored.name);
            writeln!(io.out, "{what} {}", paint.quiet(format!("at {place}")))?;
        }
    }
    let files = plural(report.files.len(), "file");
    if report.errors + report.warnings == 0 {
        writeln!(io.out, "{}", paint.good(format!("no problems in {files}")))?;
        return Ok(());
    }
    let errors = plural(report.errors as usize, "error");
    let errors = if report.errors > 0 {
        paint.bad(errors)
    } else {
        errors
    };
    let warnings = plural(report.warnings as usize, "warning");
    writeln!(io.out, "{errors}, {warnings} in {files}")?;
    Ok(())
}

/// `1 error`, `2 errors`.
pub fn plural(count: usize, thing: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{s}")
}

/// Prints an answer for programs.
pub fn json(answer: &impl Serialize, io: &mut Io<'_>) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *io.out, answer).map_err(std::io::Error::from)?;
    writeln!(io.out)?;
    Ok(())
}
