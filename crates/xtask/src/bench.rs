//! `cargo xtask bench`: every benchmark of the workspace, natively and in the browser.

use crate::{Outcome, metadata, process};

/// `cargo xtask bench [name]`.
pub fn run(arguments: &[String]) -> Outcome {
    for package in metadata::packages()? {
        for bench in &package.benches {
            println!("\n{} {bench}, native", package.name);
            let mut command = process::cargo();
            command.args([
                "bench",
                "--profile",
                "native",
                "--package",
                &package.name,
                "--bench",
                bench,
                "--",
            ]);
            process::show(command.args(arguments))?;
        }
    }
    Ok(())
}
