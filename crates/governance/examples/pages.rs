//! Writes the manual pages of the shipped checks: `cargo run -p tierwalk-governance --example pages`.

use std::fs;
use std::io;

use tierwalk_governance::pack;

fn main() -> io::Result<()> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/checks");
    fs::create_dir_all(directory)?;
    for check in pack::checks() {
        fs::write(format!("{directory}/{}.md", check.id), pack::page(&check))?;
    }
    fs::write(format!("{directory}/README.md"), pack::index())
}
