//! Functions that the engine lacks, or in which it departs from OPA.
//!
//! A function that fails is undefined, as in OPA, unless built-in errors are asked for.

mod casts;
mod encoding;
pub(crate) mod gofmt;
mod guards;
mod net;
mod pattern;
mod sprintf;
mod time;

pub(crate) use time::nanoseconds;

use anyhow::Result;
use regorus::unstable::BUILTINS;
use regorus::{Engine, Value};

use pattern::Patterns;

/// What functions need of the host.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Host {
    /// Nanoseconds since 1970, for `time.now_ns`.
    pub now: Option<i64>,
    /// Whether a function that fails is an error.
    pub strict: bool,
}

/// Why a function has no result, in OPA's words.
pub(super) type Failure = String;

type Function = fn(&[Value]) -> Result<Value, Failure>;

/// Name, number of arguments, function.
type Entry = (&'static str, u8, Function);

/// Functions of OPA that version 1 of the language no longer has.
const DEPRECATED: &[&str] = &[
    "all",
    "any",
    "cast_array",
    "cast_boolean",
    "cast_null",
    "cast_object",
    "cast_set",
    "cast_string",
    "net.cidr_overlap",
    "re_match",
    "set_diff",
];

/// Functions of OPA that need the network, the host or keys.
const ABSENT: &[&str] = &[
    "crypto.",
    "graphql.",
    "http.send",
    "io.jwt.",
    "net.lookup_ip_addr",
    "opa.runtime",
    "providers.",
    "rand.intn",
    "rego.",
    "strings.render_template",
    "time.format",
    "time.parse_ns",
    "uuid.",
];

/// Functions with a regular expression.
const PATTERNS: &[(&str, u8, PatternFunction)] = &[
    ("re_match", 2, Patterns::is_match),
    ("regex.find_n", 3, Patterns::find),
    ("regex.match", 2, Patterns::is_match),
    ("regex.replace", 3, Patterns::replace),
    ("regex.split", 2, Patterns::split),
];

type PatternFunction = fn(&Patterns, &[Value]) -> Result<Value, Failure>;

fn entries() -> impl Iterator<Item = &'static Entry> {
    [
        casts::FUNCTIONS,
        encoding::FUNCTIONS,
        guards::FUNCTIONS,
        net::FUNCTIONS,
        sprintf::FUNCTIONS,
        time::FUNCTIONS,
    ]
    .into_iter()
    .flatten()
}

/// Adds the functions to an engine.
pub(crate) fn register(engine: &mut Engine, host: Host) -> Result<()> {
    for (name, arity, function) in entries() {
        add(engine, name, *arity, host, *function)?;
    }
    let patterns = Patterns::default();
    for (name, arity, function) in PATTERNS {
        let patterns = patterns.clone();
        add(engine, name, *arity, host, move |args| {
            function(&patterns, args)
        })?;
    }
    let now = host.now.map_or(Value::Undefined, Value::from);
    add(engine, "time.now_ns", 0, host, move |_| Ok(now.clone()))?;
    engine.add_extension(
        "numbers.range".into(),
        2,
        Box::new(|args: Vec<Value>| casts::range(&args)),
    )
}

fn add(
    engine: &mut Engine,
    name: &str,
    arity: u8,
    host: Host,
    mut function: impl FnMut(&[Value]) -> Result<Value, Failure> + Clone + Send + Sync + 'static,
) -> Result<()> {
    let shown = name.to_owned();
    let extension = move |args: Vec<Value>| match function(&args) {
        Ok(value) => Ok(value),
        Err(failure) if host.strict => Err(anyhow::anyhow!("{shown}: {failure}")),
        Err(_) => Ok(Value::Undefined),
    };
    engine.add_extension(name.to_owned(), arity, Box::new(extension))
}

/// Whether there is a function of this name.
pub(crate) fn is_known(name: &str) -> bool {
    matches!(name, "print" | "regex.match" | "time.now_ns")
        || entries().any(|entry| entry.0 == name)
        || is_deprecated(name)
        || (BUILTINS.contains_key(name) && !is_absent(name))
}

/// Whether version 1 of the language no longer has this function.
pub(crate) fn is_deprecated(name: &str) -> bool {
    DEPRECATED.contains(&name)
}

/// Whether OPA has a function of this name that is left out here.
pub(crate) fn is_absent(name: &str) -> bool {
    ABSENT
        .iter()
        .any(|absent| name == *absent || (absent.ends_with('.') && name.starts_with(absent)))
}

/// Names of all functions, for suggestions.
pub(crate) fn names<'a>() -> impl Iterator<Item = &'a str> {
    BUILTINS
        .keys()
        .copied()
        .chain(entries().map(|entry| entry.0))
}

/// The text of a string argument.
pub(super) fn text(args: &[Value], index: usize) -> Result<&str, Failure> {
    match args.get(index) {
        Some(Value::String(text)) => Ok(text),
        other => Err(wrong_type(index, "string", other)),
    }
}

/// What OPA says of an argument of the wrong type.
pub(super) fn wrong_type(index: usize, wanted: &str, got: Option<&Value>) -> Failure {
    format!(
        "operand {} must be {wanted} but got {}",
        index + 1,
        got.map_or("nothing", type_name)
    )
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Set(_) => "set",
        Value::Object(_) => "object",
        Value::Undefined => "undefined",
    }
}
#[cfg(test)]
mod tests;
