//! The same checks for other tools: a policy folder for Conftest with its pipeline, templates for Gatekeeper.

use serde_json::{Value, json};

use super::{Check, FILES, Settings, checks, page, policies, tests};
use crate::PolicyFile;
use crate::finding::Level;

const POLICY: &str = "policy";
const WORKFLOW: &str = include_str!("../../pack/workflow.yaml");
const TARGET: &str = "admission.k8s.gatekeeper.sh";

/// Files of a ready pipeline: `policy/` and `data/` for Conftest, a GitHub workflow that runs it, and a
/// template with its constraint for Gatekeeper per check that is on.
pub fn export(settings: &Settings) -> Vec<PolicyFile> {
    let mut files = policies(POLICY);
    for file in &mut files {
        file.text = above_its_rule(&file.text);
    }
    files.push(tests(POLICY));
    files.push(settings.data("data/checks.yaml"));
    files.push(PolicyFile::new(
        ".github/workflows/network-policies.yaml",
        WORKFLOW,
    ));
    let on = checks()
        .into_iter()
        .filter(|check| settings.is_enabled(&check.id));
    files.extend(on.map(|check| gatekeeper(&check, settings)));
    files
}

/// Template and constraint of a check.
fn gatekeeper(check: &Check, settings: &Settings) -> PolicyFile {
    let path = format!("gatekeeper/{}.yaml", check.id);
    let parts = [template(check), constraint(check, settings)];
    let parts = parts.map(|part| serde_yaml::to_string(&part).unwrap_or_default());
    PolicyFile::new(path, parts.join("---\n"))
}

/// `TierwalkOpenIngress`.
fn kind(check: &Check) -> String {
    let words = check.id.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    format!("Tierwalk{}", words.collect::<String>())
}

fn template(check: &Check) -> Value {
    let kind = kind(check);
    let libs = ["lib.rego", "exception.rego"];
    let libs = FILES.iter().filter(|(name, _)| libs.contains(name));
    let libs: Vec<String> = libs
        .map(|(_, rego)| *rego)
        .chain([check.rego])
        .map(for_gatekeeper)
        .collect();
    json!({
        "apiVersion": "templates.gatekeeper.sh/v1",
        "kind": "ConstraintTemplate",
        "metadata": {
            "name": kind.to_lowercase(),
            "annotations": {"description": check.why},
        },
        "spec": {
            "crd": {"spec": {
                "names": {"kind": kind},
                "validation": {"openAPIV3Schema": {
                    "type": "object",
                    "x-kubernetes-preserve-unknown-fields": true,
                }},
            }},
            "targets": [{"target": TARGET, "code": [{"engine": "Rego", "source": {
                "version": "v1",
                "rego": entry(check),
                "libs": libs,
            }}]}],
        },
    })
}

/// The rule that Gatekeeper asks, on top of the check.
fn entry(check: &Check) -> String {
    format!(
        "package {package}\n\n\
         violation contains {{\"msg\": finding.msg, \"details\": {{\"path\": finding.path}}}} if {{\n\
         \tsome finding in data.lib.tierwalk.check.{rule}\n\
         \tnot excepted\n\
         }}\n\n\
         excepted if {{\n\
         \tsome names in data.lib.tierwalk.check.exception\n\
         \t\"{id}\" in names\n\
         }}\n",
        package = kind(check).to_lowercase(),
        rule = page::rule(check),
        id = check.id,
    )
}

/// Gatekeeper knows the object as `input.review.object` and the settings as `input.parameters`, and lets
/// templates see nothing of `data` but their libraries.
fn for_gatekeeper(rego: &str) -> String {
    let rego = rego
        .replace("package main\n", "package lib.tierwalk.check\n")
        .replace("package tierwalk.lib\n", "package lib.tierwalk.lib\n")
        .replace(
            "import data.tierwalk.lib\n",
            "import data.lib.tierwalk.lib\n",
        )
        .replace(
            "object.get(data.tierwalk.checks, check, {})",
            "settings_of(check)",
        )
        .replace(
            "data.tierwalk.exceptions",
            "object.get(input.parameters, \"exceptions\", [])",
        )
        .replace(
            "now := data.tierwalk.now if data.tierwalk.now\n\nelse := time.now_ns()",
            "now := time.now_ns()",
        );
    let rego = without_metadata(&rego);
    let rego = replaced_word(&rego, "input", "input.review.object");
    let rego = rego.replace("input.review.object.parameters", "input.parameters");
    if rego.contains("settings_of") {
        return rego + "\nsettings_of(_) := object.union({\"enabled\": true}, input.parameters)\n";
    }
    rego
}

/// With the annotation above the rule that reports: above the package it would be about the package, and OPA
/// allows one of those for all files of a package.
fn above_its_rule(rego: &str) -> String {
    let code = without_metadata(rego);
    let annotation = rego.strip_suffix(&code).unwrap_or_default();
    let mut out = String::with_capacity(rego.len());
    let mut annotation = Some(annotation);
    for line in code.split_inclusive('\n') {
        let name = line.split([' ', '_']).next().unwrap_or_default();
        if Level::of(name).is_some() {
            out.push_str(annotation.take().unwrap_or_default());
        }
        out.push_str(line);
    }
    out
}

/// The examples would be most of a template.
fn without_metadata(rego: &str) -> String {
    match rego.strip_prefix("# METADATA\n") {
        Some(rest) => {
            let lines = rest.split_inclusive('\n');
            lines.skip_while(|line| line.starts_with('#')).collect()
        }
        None => rego.to_owned(),
    }
}

/// With a name replaced wherever it stands by itself in code: not in text, comments or after a dot.
fn replaced_word(rego: &str, word: &str, by: &str) -> String {
    let mut out = String::with_capacity(rego.len());
    for line in rego.split_inclusive('\n') {
        let mut quote = None;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            if quote.is_none() && c == '#' {
                out.push_str(rest);
                break;
            }
            let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(length.max(c.len_utf8()));
            match quote {
                None if name == word && !out.ends_with('.') => out.push_str(by),
                _ => out.push_str(name),
            }
            quote = match quote {
                None if matches!(c, '"' | '`') => Some(c),
                Some(open) if open == c && !out.ends_with("\\\"") => None,
                quote => quote,
            };
            rest = after;
        }
    }
    out
}

fn constraint(check: &Check, settings: &Settings) -> Value {
    let mut parameters = settings.checks.get(&check.id).cloned().unwrap_or_default();
    if let Some(fields) = parameters.as_object_mut() {
        fields.remove("enabled");
        let exceptions: Vec<&Value> = settings
            .exceptions
            .iter()
            .filter(|entry| names(entry, &check.id))
            .collect();
        if !exceptions.is_empty() {
            fields.insert("exceptions".to_owned(), json!(exceptions));
        }
    }
    json!({
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": kind(check),
        "metadata": {"name": check.id.replace('_', "-")},
        "spec": {
            "enforcementAction": match check.level {
                crate::Level::Failure => "deny",
                crate::Level::Warning => "warn",
            },
            "match": {"kinds": [
                {"apiGroups": ["projectcalico.org", "crd.projectcalico.org"], "kinds": ["*"]},
                {"apiGroups": ["networking.k8s.io"], "kinds": ["NetworkPolicy"]},
            ]},
            "parameters": parameters,
        },
    })
}

fn names(entry: &Value, check: &str) -> bool {
    let checks = entry.get("checks").and_then(Value::as_array);
    checks.is_some_and(|checks| checks.iter().any(|name| name == check))
}
