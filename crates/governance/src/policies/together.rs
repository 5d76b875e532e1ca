//! All rules that report, asked at once.
//!
//! Asked one by one, rules that share others would have those evaluated over and over. So a module is added
//! that collects the values of a package's rules in one.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::facts::{Module, RuleKind};
use crate::finding::Level;

/// The package of the added module.
const PACKAGE: &str = "tierwalk_together";
/// What it seems to be called.
pub(super) const PATH: &str = "(all rules together)";

/// The added module, and for each package the rule of it to ask.
pub(super) fn module<'a>(
    modules: impl Iterator<Item = &'a Module>,
) -> (String, BTreeMap<String, String>) {
    let mut packages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut functions = BTreeSet::new();
    for module in modules {
        for rule in &module.rules {
            let reports =
                rule.plain && (Level::of(&rule.name).is_some() || rule.name == "exception");
            match rule.kind {
                RuleKind::Function => {
                    functions.insert((module.package.as_str(), rule.name.as_str()));
                }
                _ if reports => {
                    packages
                        .entry(&module.package)
                        .or_default()
                        .insert(&rule.name);
                }
                _ => {}
            }
        }
    }
    let mut text = format!("package {PACKAGE}\n");
    let mut asks = BTreeMap::new();
    for (index, (package, names)) in packages.into_iter().enumerate() {
        let rule = format!("p{index}");
        let names = names
            .into_iter()
            .filter(|name| !functions.contains(&(package, name)));
        for name in names {
            text.push_str(&format!(
                "{rule} contains [\"{name}\", value] if value := data.{package}.{name}\n"
            ));
            asks.insert(package.to_owned(), format!("data.{PACKAGE}.{rule}"));
        }
    }
    (text, asks)
}

/// Values by the name of their rule; rules without a value are not among them.
pub(super) fn answers(package: &str, value: &Value) -> BTreeMap<String, Value> {
    let mut answers = BTreeMap::new();
    let Value::Set(pairs) = value else {
        return answers;
    };
    for pair in pairs.iter() {
        if let Value::Array(pair) = pair {
            let mut pair = pair.iter();
            if let (Some(Value::String(name)), Some(value)) = (pair.next(), pair.next()) {
                answers.insert(format!("data.{package}.{name}"), value.clone());
            }
        }
    }
    answers
}
