//! Texts that people paste: flow lines as they are, or a table with a flow in each row.
//!
//! ```text
//! source,destination,port,protocol,expected
//! storefront/frontend,storefront/backend,8080,TCP,deny
//! ```
//!
//! Cells are parted by tabs, `|` or commas. Without a header the columns are those above, in that order.

use tierwalk_protocol::compose::{LineProblem, Lines};

use super::line;

#[cfg(test)]
mod tests;

/// The names that a column may have, the first being ours.
const COLUMNS: [(Column, &[&str]); 5] = [
    (Column::Source, &["source", "src", "from", "client"]),
    (
        Column::Destination,
        &["destination", "dest", "dst", "to", "server"],
    ),
    (
        Column::Port,
        &["port", "dport", "destination port", "dest port", "dst port"],
    ),
    (Column::Protocol, &["protocol", "proto"]),
    (
        Column::Expected,
        &["expected", "expect", "verdict", "action", "result"],
    ),
];

const ALLOWED: [&str; 6] = ["allow", "allowed", "accept", "permit", "yes", "true"];
const DENIED: [&str; 7] = ["deny", "denied", "drop", "reject", "block", "no", "false"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Source,
    Destination,
    Port,
    Protocol,
    Expected,
}

/// The flow lines of a text, with what is wrong with them.
pub fn lines(text: &str) -> Lines {
    let rows: Vec<&str> = text.lines().filter(|line| !is_blank(line)).collect();
    let lines = match separator(&rows) {
        Some(separator) => table(&rows, separator),
        None => rows.into_iter().map(plain).collect(),
    };
    let problems = (1..)
        .zip(&lines)
        .filter_map(|(number, line)| problem(number, line));
    Lines {
        problems: problems.collect(),
        lines,
    }
}

fn is_blank(line: &str) -> bool {
    line::without_comment(line).trim().is_empty()
}

/// A line of a list, without its dash and quotes.
fn plain(line: &str) -> String {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line).trim();
    let quoted = ['"', '\'']
        .into_iter()
        .find_map(|quote| line.strip_prefix(quote)?.strip_suffix(quote));
    quoted.unwrap_or(line).to_owned()
}

/// What parts the cells, if every line has at least two of it.
fn separator(rows: &[&str]) -> Option<char> {
    let parts_all = |c: &char| rows.iter().all(|row| row.matches(*c).count() >= 2);
    let is_list = rows
        .iter()
        .any(|row| row.contains("->") || row.contains('→'));
    ['\t', '|', ',']
        .into_iter()
        .find(|c| !rows.is_empty() && !is_list && parts_all(c))
}

fn table(rows: &[&str], separator: char) -> Vec<String> {
    let cells = rows.iter().map(|row| cells(row, separator));
    let mut cells = cells.filter(|cells| !is_rule(cells)).peekable();
    let header = cells.peek().and_then(|cells| header(cells));
    let columns = match header {
        Some(columns) => {
            cells.next();
            columns
        }
        None => COLUMNS.map(|(column, _)| Some(column)).to_vec(),
    };
    cells.map(|cells| flow(&columns, &cells)).collect()
}

fn cells(row: &str, separator: char) -> Vec<&str> {
    let row = row.trim_matches(' ');
    let row = match separator {
        '|' => row.strip_prefix('|').unwrap_or(row),
        _ => row,
    };
    let row = match separator {
        '|' => row.strip_suffix('|').unwrap_or(row),
        _ => row,
    };
    row.split(separator)
        .map(|cell| cell.trim().trim_matches(['"', '`']))
        .collect()
}

/// The line below the header of a table in Markdown.
fn is_rule(cells: &[&str]) -> bool {
    cells
        .iter()
        .all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | '=')))
}

/// The columns that a header names; those that say nothing about a flow are skipped.
fn header(cells: &[&str]) -> Option<Vec<Option<Column>>> {
    let named = |cell: &&str| {
        let cell = cell.to_ascii_lowercase();
        let mut columns = COLUMNS.iter();
        columns
            .find(|(_, names)| names.contains(&cell.as_str()))
            .map(|(column, _)| *column)
    };
    let columns: Vec<_> = cells.iter().map(named).collect();
    let has = |column| columns.contains(&Some(column));
    (has(Column::Source) && has(Column::Destination)).then_some(columns)
}

/// The flow line of a row. What cannot be read stays in it, to be told where it is listed.
fn flow(columns: &[Option<Column>], cells: &[&str]) -> String {
    let cell = |wanted| {
        let at = columns.iter().position(|column| *column == Some(wanted));
        at.and_then(|at| cells.get(at)).copied().unwrap_or_default()
    };
    let service = service(cell(Column::Port), cell(Column::Protocol));
    let ends = format!(
        "{} -> {} {service}",
        cell(Column::Source),
        cell(Column::Destination)
    );
    [ends.as_str(), expected(cell(Column::Expected))]
        .join(" ")
        .trim()
        .to_owned()
}

/// `8080` and `TCP`, either way round, or both in one cell.
fn service(port: &str, protocol: &str) -> String {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    match (port, protocol) {
        ("" | "-" | "any", protocol) => protocol.to_ascii_lowercase(),
        (port, "" | "-") if is_number(port) => format!("tcp/{port}"),
        (port, "" | "-") => port.to_ascii_lowercase(),
        (port, protocol) if is_number(protocol) && !is_number(port) => {
            format!("{}/{protocol}", port.to_ascii_lowercase())
        }
        (port, _) if port.contains('/') => port.to_ascii_lowercase(),
        (port, protocol) => format!("{}/{port}", protocol.to_ascii_lowercase()),
    }
}

fn expected(cell: &str) -> &str {
    let is_one_of = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is_one_of(&ALLOWED) {
        "allow"
    } else if is_one_of(&DENIED) {
        "deny"
    } else if cell == "-" {
        ""
    } else {
        cell
    }
}

fn problem(number: u32, text: &str) -> Option<LineProblem> {
    let problem = line::parse(text).err()?;
    let before = text.get(..problem.span.start as usize).unwrap_or_default();
    let column = before.encode_utf16().count() + 1;
    Some(LineProblem {
        line: number,
        column: u32::try_from(column).unwrap_or(u32::MAX),
        message: problem.message,
        help: problem.help.unwrap_or_default(),
    })
}
