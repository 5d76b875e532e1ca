//! Expressions in CEL, as admission policies have them.
//!
//! The library is `cel`, with its hand-written parser: it is small and knows its depth, where the generated one overflows
//! the stack at few brackets. That parser is not yet promised to stay, so the version is pinned. What Kubernetes adds to the language is in [`functions`]. Names and functions that are not
//! there are refused when an expression is read, as the API server does. What an expression may work through is
//! bounded, so that none runs for ever.

mod authorizer;
mod fields;
mod functions;
mod guard;
mod names;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cel::parser::PrattParser;
use cel::{Context, Env, ExecutionError, IdedExpr, Value};
use serde_json::Value as Json;

pub(crate) use authorizer::authorizer;
pub(crate) use names::Scope;
use value::to_text;
pub(crate) use value::{from_json, map, weight};

/// Longer expressions are not read.
const MAX_LENGTH: usize = 64 << 10;
/// How many items all comprehensions of one question may go through.
const BUDGET: u64 = 1_000_000;
/// The function that counts what a comprehension goes through. No expression can call it by this name.
const WEIGH: &str = "@weigh";

/// Why an expression cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// Which bytes of the expression.
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

/// An expression, ready to be evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    /// As written.
    pub source: String,
    root: Arc<IdedExpr>,
}

impl Expression {
    /// Each name that it reads, with the fields after it.
    pub fn reads(&self) -> Vec<Vec<String>> {
        fields::read(&self.root)
    }
}

/// The language: read expressions with it, evaluate them in it.
#[derive(Clone)]
pub(crate) struct Language {
    env: Arc<Env>,
}

impl Default for Language {
    fn default() -> Self {
        let mut env = Env::stdlib();
        // Only a name that is taken twice is refused, and these are not.
        let _ = env.add_extension(cel::extensions::strings);
        Self { env: Arc::new(env) }
    }
}

impl Language {
    /// Reads an expression.
    pub fn read(&self, source: &str, scope: &Scope<'_>) -> Result<Expression, Slip> {
        if source.len() > MAX_LENGTH {
            return Err(Slip {
                range: 0..source.len(),
                message: "the expression is too long".to_owned(),
                help: Some(format!("{} KiB are read", MAX_LENGTH >> 10)),
            });
        }
        guard::check(source)?;
        let parsed = PrattParser::new()
            .enable_optional_syntax(true)
            .parse(source);
        let mut root = parsed.map_err(|errors| syntax(source, &errors))?;
        names::resolve(&mut root, scope).map_err(|refused| refused.slip(source))?;
        Ok(Expression {
            source: source.to_owned(),
            root: Arc::new(root),
        })
    }

    /// A place in which expressions are evaluated, with what they know by name.
    pub fn question<'v>(
        &self,
        variables: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Question<'v> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        for (name, value) in variables {
            context.add_variable_from_value(name, value);
        }
        functions::add(&mut context);
        let left = Arc::new(AtomicU64::new(BUDGET));
        let _ = context.add_function(WEIGH, move |range: Value| weigh(range, &left));
        Question { context }
    }
}

/// What one policy is asked about one request.
pub(crate) struct Question<'v> {
    context: Context<'v, 'v>,
}

impl Question<'_> {
    /// Evaluates an expression; what goes wrong is told as Kubernetes tells it.
    pub fn evaluate(&self, expression: &Expression) -> Result<Value, String> {
        Value::resolve(&expression.root, &self.context).map_err(|error| told(&error))
    }

    /// Lets `authorizer` answer for somebody.
    pub fn authorize(&mut self, user: &crate::User, rbac: &crate::rbac::Rbac) {
        authorizer::add(&mut self.context, user, rbac);
    }

    /// Sets what expressions know by a name.
    pub fn set(&mut self, name: &str, value: Value) {
        self.context.add_variable_from_value(name, value);
    }
}

/// Counts the items of what a comprehension goes through.
fn weigh(range: Value, left: &AtomicU64) -> Result<Value, ExecutionError> {
    let items = match &range {
        Value::List(items) => items.len(),
        Value::Map(map) => map.map.len(),
        _ => 0,
    };
    let cost = 1 + items as u64;
    match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
        left.checked_sub(cost)
    }) {
        Ok(_) => Ok(range),
        Err(_) => Err(ExecutionError::function_error(
            "evaluation",
            "operation cancelled: actual cost limit exceeded",
        )),
    }
}

/// As cel-go words it.
fn told(error: &ExecutionError) -> String {
    match error {
        ExecutionError::NoSuchKey(key) => format!("no such key: {key}"),
        ExecutionError::NoSuchOverload(_) => "no such overload".to_owned(),
        ExecutionError::FunctionError { message, .. } => message.clone(),
        ExecutionError::DivisionByZero(_) => "division by zero".to_owned(),
        ExecutionError::RemainderByZero(_) => "modulus by zero".to_owned(),
        ExecutionError::IndexOutOfBounds(index) => {
            format!("index out of bounds: {}", to_text(index))
        }
        ExecutionError::ValuesNotComparable(..)
        | ExecutionError::UnsupportedBinaryOperator(..)
        | ExecutionError::UnexpectedType { .. } => "no such overload".to_owned(),
        error => error.to_string(),
    }
}

fn syntax(source: &str, errors: &cel::ParseErrors) -> Slip {
    let first = errors.errors.first();
    let (line, column) = first.map_or((1, 1), |error| error.pos);
    let start = place(source, line, column);
    let message = first.map_or("", |error| error.msg.as_str());
    let message = message.strip_prefix("Syntax error: ").unwrap_or(message);
    let message = message.lines().next().unwrap_or_default().to_lowercase();
    let message = match message.contains("<eof>") {
        true => "it ends too early",
        false => message.trim(),
    };
    Slip {
        range: start..word_end(source, start),
        message: format!("this is not CEL: {message}"),
        help: None,
    }
}

/// The byte at a line and column, both from 1, of characters.
fn place(source: &str, line: isize, column: isize) -> usize {
    let lines = usize::try_from(line - 1).unwrap_or(0);
    let start: usize = source.split_inclusive('\n').take(lines).map(str::len).sum();
    let rest = source.get(start..).unwrap_or_default();
    start + byte_at(rest, usize::try_from(column - 1).unwrap_or(0))
}

/// The byte at which a character begins.
fn byte_at(text: &str, chars: usize) -> usize {
    let at = text.char_indices().nth(chars);
    at.map_or(text.len(), |(at, _)| at)
}

/// The end of the word or sign that begins at a byte.
fn word_end(source: &str, start: usize) -> usize {
    let rest = source.get(start..).unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let word = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    start + word.max(sign)
}

/// Whether a value is true; anything that is no truth value is an error.
pub(crate) fn truth(value: &Value) -> Result<bool, String> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        _ => Err("cel expression must evaluate to a bool".to_owned()),
    }
}

/// The values that a request brings.
pub(crate) fn value(json: Option<&Json>) -> Value {
    json.map_or(Value::Null, from_json)
}
