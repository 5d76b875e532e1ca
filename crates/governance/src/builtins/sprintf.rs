//! `sprintf` as in OPA, which hands its arguments to Go's `fmt.Sprintf`.

use regorus::Value;

use super::gofmt::{self, Arg};
use super::{Entry, Failure, text, wrong_type};
use crate::value;

pub(super) const FUNCTIONS: &[Entry] = &[("sprintf", 2, sprintf)];

fn sprintf(args: &[Value]) -> Result<Value, Failure> {
    let format = text(args, 0)?;
    match args.get(1) {
        Some(Value::Array(items)) => {
            let items: Vec<Arg> = items.iter().map(arg).collect();
            Ok(Value::from(gofmt::sprintf(format, &items)))
        }
        other => Err(wrong_type(1, "array", other)),
    }
}

/// OPA `v1/topdown/strings.go`, `builtinSprintf`: integers, floats and strings as they are, anything else
/// as the text of the term.
fn arg(item: &Value) -> Arg {
    match item {
        Value::String(text) => Arg::Text(text.to_string()),
        Value::Number(_) => match (item.as_i128(), item.as_f64()) {
            (Ok(int), _) if !value::is_float(item) => Arg::Int(int),
            (_, Ok(float)) => Arg::Float(float),
            _ => Arg::Text(value::number_text(item)),
        },
        other => Arg::Text(value::term(other)),
    }
}
