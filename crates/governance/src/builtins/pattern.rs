//! `regex.*` with the patterns compiled once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};
use regorus::Value;

use super::{Failure, text, wrong_type};

/// Patterns kept; a policy has few of its own, but may make them from data.
const MOST_KEPT: usize = 256;
const MOST_BYTES: usize = 1 << 20;

/// Compiled patterns, shared by all copies of an engine.
#[derive(Clone, Default)]
pub(super) struct Patterns(Arc<Mutex<BTreeMap<String, Regex>>>);

impl Patterns {
    pub(super) fn is_match(&self, args: &[Value]) -> Result<Value, Failure> {
        let (pattern, subject) = (text(args, 0)?, text(args, 1)?);
        Ok(Value::from(self.compiled(pattern)?.is_match(subject)))
    }

    /// `regex.find_n(pattern, text, n)`: all, if `n` is negative.
    pub(super) fn find(&self, args: &[Value]) -> Result<Value, Failure> {
        let (pattern, subject) = (text(args, 0)?, text(args, 1)?);
        let most = args.get(2).and_then(|most| most.as_i64().ok());
        let most = most.ok_or_else(|| wrong_type(2, "number", args.get(2)))?;
        let compiled = self.compiled(pattern)?;
        let found = compiled.find_iter(subject);
        let found = found.take(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(texts(found.map(|found| found.as_str())))
    }

    /// `regex.replace(text, pattern, by)`.
    pub(super) fn replace(&self, args: &[Value]) -> Result<Value, Failure> {
        let (subject, pattern, by) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
        let replaced = self.compiled(pattern)?.replace_all(subject, by);
        Ok(Value::from(replaced.as_ref()))
    }

    /// `regex.split(pattern, text)`.
    pub(super) fn split(&self, args: &[Value]) -> Result<Value, Failure> {
        let (pattern, subject) = (text(args, 0)?, text(args, 1)?);
        Ok(texts(self.compiled(pattern)?.split(subject)))
    }

    fn compiled(&self, pattern: &str) -> Result<Regex, Failure> {
        // Whoever panicked while holding it has left it whole.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.get(pattern) {
            return Ok(found.clone());
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let compiled = compile(pattern)?;
        kept.insert(pattern.to_owned(), compiled.clone());
        Ok(compiled)
    }
}

fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    Value::from(texts.map(Value::from).collect::<Vec<_>>())
}

fn compile(pattern: &str) -> Result<Regex, Failure> {
    RegexBuilder::new(pattern)
        .size_limit(MOST_BYTES)
        .build()
        .map_err(|error| format!("error parsing regexp: {error}"))
}
