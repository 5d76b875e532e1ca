//! The matrix as comma-separated values.

use tierwalk_protocol::MatrixCell;

use super::table::{Cell, Table, is_wanted, name};

/// One line per source and one column per destination, those that the filters let through.
pub(super) fn text(table: &Table, from: &str, to: &str) -> String {
    let wanted = |filter: &str| -> Vec<usize> {
        let ends = table.ends.iter().enumerate();
        let wanted = ends.filter(|(_, end)| is_wanted(end, filter));
        wanted.map(|(index, _)| index).collect()
    };
    let (rows, columns) = (wanted(from), wanted(to));
    let named = |end: &usize| table.ends.get(*end).map(name).unwrap_or_default();
    let mut text = quoted(&format!("from \\ to, {}", table.service));
    for column in &columns {
        text.push(',');
        text.push_str(&quoted(&named(column)));
    }
    text.push_str("\r\n");
    for row in &rows {
        text.push_str(&quoted(&named(row)));
        for column in &columns {
            text.push(',');
            text.push_str(word(table.cell(*row, *column)));
        }
        text.push_str("\r\n");
    }
    text
}

/// What stands in a cell.
fn word(cell: Cell) -> &'static str {
    match cell {
        Cell::Itself | Cell::Unknown => "",
        Cell::Is(MatrixCell::Allow) => "Allow",
        Cell::Is(MatrixCell::Deny) => "Deny",
        Cell::Is(MatrixCell::AllowPendingDeny) => "Allow (pending Deny)",
        Cell::Is(MatrixCell::DenyPendingAllow) => "Deny (pending Allow)",
        Cell::Is(MatrixCell::NoEndpoint | MatrixCell::Apart) => "-",
    }
}

/// Quoted where needed (RFC 4180). What a spreadsheet would take for a formula is quoted with an apostrophe.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    if text.contains([',', '"', '\n']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}
