//! As much of JSON Schema as the settings of checks need, told at the field that does not fit.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};
use tierwalk_source::{Diagnostic, Span, nearest};
use tierwalk_yaml::{Entry, Kind, Node};

/// Checks a YAML node against a schema.
pub(crate) fn check(schema: &Value, node: &Node, code: &'static str) -> Vec<Diagnostic> {
    let mut checker = Checker {
        root: schema,
        code,
        problems: Vec::new(),
    };
    checker.node(schema, node);
    checker.problems
}

struct Checker<'a> {
    root: &'a Value,
    code: &'static str,
    problems: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn say(&mut self, span: Span, message: String) -> Option<&mut Diagnostic> {
        self.problems
            .push(Diagnostic::error(self.code, span, message));
        self.problems.last_mut()
    }

    fn node(&mut self, schema: &'a Value, node: &Node) {
        let schema = self.resolved(schema);
        if let Some(wanted) = schema.get("type").and_then(Value::as_str)
            && !is_of(node, wanted)
        {
            let message = format!(
                "this must be {}, it is {}",
                article(wanted),
                described(node)
            );
            self.say(node.span, message);
            return;
        }
        self.choice(schema, node);
        self.text(schema, node);
        if let Kind::Map(entries) = &node.kind {
            self.object(schema, node, entries);
        }
        if let (Kind::Seq(items), Some(of)) = (&node.kind, schema.get("items")) {
            items.iter().for_each(|item| self.node(of, item));
        }
    }

    /// What `$ref` points to.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| self.root.pointer(target.strip_prefix('#')?));
        target.unwrap_or(schema)
    }

    fn choice(&mut self, schema: &Value, node: &Node) {
        let Some(choices) = schema.get("enum").and_then(Value::as_array) else {
            return;
        };
        let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
        let written = node.as_str().unwrap_or_default();
        if !choices.contains(&written) {
            let message = format!("`{written}` is not among {}", choices.join(", "));
            let guess = nearest(written, choices.iter().copied());
            let guess = guess.map(|guess| format!("did you mean `{guess}`?"));
            if let Some(problem) = self.say(node.span, message) {
                problem.help = guess;
            }
        }
    }

    fn text(&mut self, schema: &Value, node: &Node) {
        let Some(text) = node.as_str() else { return };
        let problem = match schema.get("format").and_then(Value::as_str) {
            Some("date") if !is_date(text) => {
                Some(format!("`{text}` is no date; write 2026-12-31"))
            }
            Some("regex") => regex::Regex::new(text)
                .err()
                .map(|_| format!("`{text}` is no regular expression")),
            _ if text.is_empty() && schema.get("minLength").is_some() => {
                Some("this must not be empty".to_owned())
            }
            _ => None,
        };
        if let Some(message) = problem {
            self.say(node.span, message);
        }
    }

    fn object(&mut self, schema: &'a Value, node: &Node, entries: &[Entry]) {
        let known = schema.get("properties").and_then(Value::as_object);
        for entry in entries {
            let property = known.and_then(|known| known.get(&*entry.key));
            match (property, schema.get("additionalProperties")) {
                (Some(of), _) | (None, Some(of @ Value::Object(_))) => self.node(of, &entry.value),
                (None, Some(Value::Bool(false))) => self.unknown(entry, known),
                (None, _) => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if node.get(key).is_none() {
                let span = entries.first().map_or(node.span, |entry| entry.key_span);
                self.say(span, format!("`{key}` is missing"));
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, known: Option<&Map<String, Value>>) {
        let names = known.into_iter().flatten();
        let names: Vec<&str> = names.map(|(name, _)| name.as_str()).collect();
        let guess = nearest(&entry.key, names.iter().copied());
        let help = match guess {
            Some(guess) => format!("did you mean `{guess}`?"),
            None => format!("there is {}", names.join(", ")),
        };
        let message = format!("there is no `{}` here", entry.key);
        if let Some(problem) = self.say(entry.key_span, message) {
            problem.help = Some(help);
        }
    }
}

fn is_of(node: &Node, wanted: &str) -> bool {
    match &node.kind {
        Kind::Null => wanted == "null",
        Kind::Bool(_) => wanted == "boolean",
        Kind::Int(_) => matches!(wanted, "number" | "integer"),
        Kind::Float(_) => wanted == "number",
        Kind::Str(_) => wanted == "string",
        Kind::Seq(_) => wanted == "array",
        Kind::Map(_) => wanted == "object",
    }
}

fn described(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "empty".to_owned(),
        Kind::Bool(value) => format!("`{value}`"),
        Kind::Int(value) => format!("the number `{value}`"),
        Kind::Float(value) => format!("the number `{value}`"),
        Kind::Str(text) => format!("the text `{text}`"),
        Kind::Seq(_) => "a list".to_owned(),
        Kind::Map(_) => "a mapping".to_owned(),
    }
}

fn article(wanted: &str) -> &str {
    match wanted {
        "array" => "a list",
        "object" => "a mapping",
        "string" => "text",
        "boolean" => "true or false",
        "number" | "integer" => "a number",
        other => other,
    }
}

fn is_date(text: &str) -> bool {
    crate::builtins::nanoseconds(&format!("{text}T00:00:00Z")).is_some()
}
