//! `yaml.*` and hashes.

use regorus::Value;
use sha2::{Digest, Sha256};
use tierwalk_yaml::Document;

use super::{Entry, Failure, text};
use crate::value;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("yaml.unmarshal", 1, unmarshal),
    ("yaml.marshal", 1, marshal),
    ("yaml.is_valid", 1, |args| {
        Ok(Value::from(unmarshal(args).is_ok()))
    }),
    ("json.marshal", 1, |args| {
        Ok(Value::from(
            args.first().map(value::json_text).unwrap_or_default(),
        ))
    }),
    ("crypto.sha256", 1, sha256),
];

fn unmarshal(args: &[Value]) -> Result<Value, Failure> {
    let document = Document::parse(text(args, 0)?);
    match document
        .diagnostics
        .iter()
        .find(|problem| problem.is_error())
    {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(document.root.as_ref().map_or(Value::Null, |root| {
            value::data_from_node(root, &document.text)
        })),
    }
}

fn marshal(args: &[Value]) -> Result<Value, Failure> {
    let value = args.first().map_or(serde_json::Value::Null, value::to_json);
    serde_yaml::to_string(&value)
        .map(Value::from)
        .map_err(|error| error.to_string())
}

fn sha256(args: &[Value]) -> Result<Value, Failure> {
    let digest = Sha256::digest(text(args, 0)?.as_bytes());
    Ok(Value::from(
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>(),
    ))
}
