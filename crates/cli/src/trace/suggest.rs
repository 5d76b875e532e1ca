//! What would change a verdict, for people and programs.

use serde::Serialize;
use tierwalk_protocol::{Change, PieceStyle, Suggestion, Suggestions, Walk};

use crate::Io;
use crate::failure::Failure;
use crate::paint::Paint;

/// A walk, and what would change its verdict if that was asked.
#[derive(Serialize)]
pub struct Told {
    /// The walk.
    #[serde(flatten)]
    pub walk: Walk,
    /// The edits that would change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestions: Option<Suggestions>,
}

/// Prints suggestions as a list, each with the lines that it changes.
pub fn print(suggestions: &Suggestions, paint: Paint, io: &mut Io<'_>) -> Result<(), Failure> {
    writeln!(io.out)?;
    writeln!(io.out, "What would change this")?;
    for suggestion in &suggestions.list {
        one(&suggestions.flow, suggestion, paint, io)?;
    }
    for line in notes(suggestions) {
        writeln!(io.out, "  {}", paint.quiet(line))?;
    }
    Ok(())
}

fn notes(suggestions: &Suggestions) -> Vec<String> {
    let mut notes = Vec::new();
    if suggestions.list.is_empty() {
        notes.push("no single small edit that was tried".to_owned());
    } else if suggestions.both {
        notes.push("both ends deny, so one edit alone does not flip it".to_owned());
    }
    match suggestions.untried {
        0 => {}
        1 => notes.push("1 more edit was not tried".to_owned()),
        more => notes.push(format!("{more} more edits were not tried")),
    }
    let template = suggestions.template.iter();
    notes.extend(template.map(|it| format!("{}:{}: {}", it.place.file, it.place.line, it.why)));
    notes
}

fn one(flow: &str, suggestion: &Suggestion, paint: Paint, io: &mut Io<'_>) -> Result<(), Failure> {
    let title = suggestion.title.iter().map(|piece| match piece.style {
        PieceStyle::Code => format!("`{}`", piece.text),
        PieceStyle::Plain | PieceStyle::Strong => piece.text.clone(),
    });
    let title: String = title.collect();
    let place = &suggestion.place;
    let place = paint.quiet(format!("{}:{}", place.file, place.line));
    writeln!(io.out, "  {}. {place}", paint.strong(&title))?;
    let effect = suggestion.effect(flow);
    let expectations = suggestion.expectations().map(|it| format!(". {it}"));
    writeln!(io.out, "    {effect}{}", expectations.unwrap_or_default())?;
    for change in &suggestion.changes {
        lines(change, paint, io)?;
    }
    Ok(())
}

fn lines(change: &Change, paint: Paint, io: &mut Io<'_>) -> Result<(), Failure> {
    for line in &change.before {
        writeln!(io.out, "    {}", paint.quiet(format!("- {line}")))?;
    }
    for line in &change.after {
        writeln!(io.out, "    + {line}")?;
    }
    Ok(())
}
