//! `# METADATA` comments of Rego: YAML about what follows them.

#[cfg(test)]
mod tests;

use serde::Deserialize;
use serde_json::Value;

/// What a policy says about itself, or about one of its rules.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Annotation {
    /// A few words.
    pub title: String,
    /// A few sentences.
    pub description: String,
    /// Anything else.
    pub custom: Value,
    /// Line of what it is about, from 1.
    #[serde(skip)]
    pub line: u32,
}

/// The annotations of a policy, in the order written. Those that are no YAML are passed over, as comments are.
pub fn annotations(text: &str) -> Vec<Annotation> {
    let mut found = Vec::new();
    let mut lines = (1u32..).zip(text.lines()).peekable();
    while let Some((_, line)) = lines.next() {
        if line.trim_end() != "# METADATA" {
            continue;
        }
        let mut yaml = String::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with('#')) {
            let line = line.trim_start_matches('#');
            yaml.push_str(line.strip_prefix(' ').unwrap_or(line));
            yaml.push('\n');
        }
        let line = lines.peek().map_or(0, |(number, _)| *number);
        if let Ok(annotation) = serde_yaml::from_str::<Annotation>(&yaml) {
            found.push(Annotation { line, ..annotation });
        }
    }
    found
}
