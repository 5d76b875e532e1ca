//! A Chrome or Chromium for the browser tests: found, else installed, else asked for.

use std::path::{Path, PathBuf};

use crate::{Outcome, process, repo};

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chrome.exe",
];

const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const ASKED_FOR: &str = "no Chrome or Chromium: install one (Debian: `apt-get install chromium`), or set CHROME to its path";

/// The browser's program. `CHROME` decides, if it is set.
pub fn ensure() -> Outcome<PathBuf> {
    if let Some(chosen) = std::env::var_os("CHROME") {
        let chosen = PathBuf::from(chosen);
        return if chosen.is_file() {
            Ok(chosen)
        } else {
            Err(format!(
                "CHROME names {}, which is not there",
                chosen.display()
            ))
        };
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    println!("no Chrome or Chromium found; installing one");
    install()?;
    installed().ok_or_else(|| ASKED_FOR.to_owned())
}

fn installed() -> Option<PathBuf> {
    let named = NAMES.iter().find_map(|name| process::find(name));
    let placed = || {
        PLACES
            .iter()
            .map(PathBuf::from)
            .find(|place| place.is_file())
    };
    named.or_else(placed).or_else(playwrights_own)
}

/// Where `npx playwright install chromium` puts it.
fn playwrights_own() -> Option<PathBuf> {
    let home = PathBuf::from(std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?);
    let caches = [
        ".cache/ms-playwright",
        "Library/Caches/ms-playwright",
        "AppData/Local/ms-playwright",
    ];
    let versions = caches
        .iter()
        .filter_map(|cache| home.join(cache).read_dir().ok())
        .flatten()
        .flatten();
    versions
        .map(|version| version.path())
        .filter(|path| is_chromium(path))
        .find_map(|path| {
            repo::walk(&path)
                .ok()?
                .into_iter()
                .find(|file| is_program(file))
        })
}

fn is_chromium(directory: &Path) -> bool {
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("chromium-")
}

fn is_program(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default();
    ["chrome", "Chromium", "chrome.exe"]
        .iter()
        .any(|program| name == *program)
}

fn install() -> Outcome {
    let installed = if is_debian_root() {
        apt()
    } else {
        playwright()
    };
    installed.map_err(|why| format!("{ASKED_FOR}\n{why}"))
}

fn is_debian_root() -> bool {
    let root = process::capture("id", &["-u"]).is_ok_and(|id| id == "0");
    root && process::find("apt-get").is_some()
}

fn apt() -> Outcome {
    process::run(
        "apt-update",
        process::command("apt-get").args(["update", "-qq"]),
    )?;
    let mut install = process::command("apt-get");
    install
        .args([
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
        ])
        .env("DEBIAN_FRONTEND", "noninteractive");
    process::run("apt-install", &mut install)
}

fn playwright() -> Outcome {
    let mut install = process::command("npx");
    process::run(
        "playwright-install",
        install.args(["playwright", "install", "chromium"]),
    )
}
