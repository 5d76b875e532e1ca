//! The workspace as cargo sees it.

use serde_json::Value;

use crate::{Outcome, process::capture};

/// One package of the workspace.
pub struct Package {
    /// `tierwalk-yaml`.
    pub name: String,
    /// Names of the packages it depends on, for whatever purpose, in order.
    pub dependencies: Vec<Dependency>,
    /// Names of its benchmarks.
    pub benches: Vec<String>,
}

/// What a package depends on.
pub struct Dependency {
    /// Name of the package.
    pub name: String,
    /// Only for tests.
    pub dev: bool,
}

/// The packages of the workspace, in order of their names.
pub fn packages() -> Outcome<Vec<Package>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let text = capture(&cargo, &["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut packages: Vec<Package> = list(&metadata, "packages").map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

fn package(value: &Value) -> Package {
    let benches =
        list(value, "targets").filter(|target| list(target, "kind").any(|kind| kind == "bench"));
    Package {
        name: text(value, "name"),
        benches: benches.map(|target| text(target, "name")).collect(),
        dependencies: list(value, "dependencies").map(dependency).collect(),
    }
}

fn dependency(value: &Value) -> Dependency {
    Dependency {
        name: text(value, "name"),
        dev: value.get("kind").and_then(Value::as_str) == Some("dev"),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let items = value.get(key).and_then(Value::as_array);
    items.into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
