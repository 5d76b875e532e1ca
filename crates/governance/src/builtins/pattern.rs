//! `regex.match` and `re_match` with the patterns compiled once.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};
use regorus::Value;

use super::{Failure, text};

/// Patterns kept; a policy has few of its own, but may make them from data.
const MOST_KEPT: usize = 256;
const MOST_BYTES: usize = 1 << 20;

#[derive(Clone, Default)]
pub(super) struct Patterns(BTreeMap<String, Regex>);

impl Patterns {
    pub(super) fn is_match(&mut self, args: &[Value]) -> Result<Value, Failure> {
        let (pattern, subject) = (text(args, 0)?, text(args, 1)?);
        Ok(Value::from(self.compiled(pattern)?.is_match(subject)))
    }

    fn compiled(&mut self, pattern: &str) -> Result<&Regex, Failure> {
        if !self.0.contains_key(pattern) {
            if self.0.len() >= MOST_KEPT {
                self.0.clear();
            }
            self.0.insert(pattern.to_owned(), compile(pattern)?);
        }
        self.0
            .get(pattern)
            .ok_or_else(|| "the pattern is gone".to_owned())
    }
}

fn compile(pattern: &str) -> Result<Regex, Failure> {
    RegexBuilder::new(pattern)
        .size_limit(MOST_BYTES)
        .build()
        .map_err(|error| format!("error parsing regexp: {error}"))
}
