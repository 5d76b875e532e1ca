//! Prints the workspaces that are measured in the browser, as JSON.

use std::io::{BufWriter, Write};

use serde_json::json;
use tierwalk_tests::shapes::{Shape, busy, large, production, team, templates};

fn main() -> std::io::Result<()> {
    let shapes = [
        team(10),
        team(100),
        team(1_000),
        busy(),
        large(),
        production(),
        templates(),
    ];
    let shapes: Vec<_> = shapes.iter().map(described).collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &shapes)?;
    out.flush()
}

fn described(shape: &Shape) -> serde_json::Value {
    json!({
        "name": shape.name,
        "files": shape.files,
        "edited": shape.edited,
        "flow": shape.flow,
    })
}
