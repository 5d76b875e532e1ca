//! `tierwalk export`: the shipped checks for other tools.

use std::fs;
use std::path::Path;

use tierwalk_governance::pack::{Settings, export};

use super::args::Export;
use super::files::Reader;
use super::problems::Problems;
use super::{DEFAULT_SETTINGS, now};
use crate::Io;
use crate::failure::{Failure, Outcome};
use crate::inputs::unreadable;
use crate::paint::Paint;

/// Writes the files of a pipeline into a directory. Files that say something else already are kept, unless
/// told otherwise.
pub fn run(args: &Export, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let mut problems = Problems::new(paint);
    let Some(settings) = settings(args, &mut problems) else {
        return problems.print(io);
    };
    problems.print_placed(io)?;
    let directory = Path::new(&args.directory);
    let files = export(&settings);
    let differs =
        |path: &Path, text: &str| fs::read_to_string(path).is_ok_and(|existing| existing != text);
    if !args.force {
        let in_the_way = files
            .iter()
            .find(|file| differs(&directory.join(&file.path), &file.text));
        if let Some(file) = in_the_way {
            let path = directory.join(&file.path);
            return Err(Failure::usage(format!(
                "`{}` is there and says something else; `--force` writes over it",
                path.display()
            )));
        }
    }
    for file in &files {
        let path = directory.join(&file.path);
        let written = fs::create_dir_all(path.parent().unwrap_or(directory))
            .and_then(|()| fs::write(&path, &file.text));
        written.map_err(|error| unreadable(&path.display().to_string(), error))?;
        writeln!(io.out, "{}", path.display())?;
    }
    Ok(Outcome::Clean)
}

/// The settings; nothing, if they have errors.
fn settings(args: &Export, problems: &mut Problems) -> Option<Settings> {
    let reader = Reader::new(Path::new(""));
    let path = match args.settings.as_deref() {
        None if !reader.has(DEFAULT_SETTINGS) => return Some(Settings::default()),
        named => named.unwrap_or(DEFAULT_SETTINGS),
    };
    let file = reader
        .file(path)
        .map_err(|message| problems.say(message))
        .ok()?;
    let (settings, found) = Settings::read(path, &file.text, now());
    let is_sound = !found
        .iter()
        .any(tierwalk_governance::FileDiagnostic::is_error);
    for problem in found {
        problems.add(problem, Some(&file.text));
    }
    is_sound.then_some(settings)
}
