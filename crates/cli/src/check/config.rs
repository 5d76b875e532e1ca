//! `conftest.toml`: what stands for flags that are not given.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use super::args::{Check, RegoVersion, Shared, Verify};

const NAME: &str = "conftest.toml";

/// One value or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

/// Conftest's configuration file. Keys that are not known here, plugins for one, are left alone.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Config {
    policy: Option<Names>,
    data: Option<Names>,
    namespace: Option<Names>,
    output: Option<String>,
    rego_version: Option<String>,
    ignore: Option<String>,
    parser: Option<String>,
    report: Option<String>,
    stdin_filename: Option<String>,
    all_namespaces: bool,
    combine: bool,
    fail_on_warn: bool,
    no_fail: bool,
    suppress_exceptions: bool,
    show_builtin_errors: bool,
    github_hide_passed: bool,
    quiet: bool,
    no_color: bool,
    trace: bool,
    junit_hide_message: bool,
}

impl Config {
    /// The file that is named, or that of a directory, if there is one.
    pub fn read(base: &Path, named: Option<&str>) -> Result<Self, String> {
        let name = named.unwrap_or(NAME);
        match fs::read_to_string(base.join(name)) {
            Ok(text) => toml::from_str(&text)
                .map_err(|error| format!("`{name}` cannot be read: {}", error.message())),
            Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(error) => Err(format!("cannot read `{name}`: {error}")),
        }
    }

    /// Fills in what was not said on the command line.
    pub fn check(&self, args: &mut Check) -> Result<(), String> {
        self.shared(&mut args.shared)?;
        fill(&mut args.namespace, self.namespace.as_ref());
        args.ignore = args.ignore.take().or_else(|| self.ignore.clone());
        args.parser = args.parser.take().or_else(|| self.parser.clone());
        args.all_namespaces |= self.all_namespaces;
        args.combine |= self.combine;
        args.fail_on_warn |= self.fail_on_warn;
        args.no_fail |= self.no_fail;
        args.suppress_exceptions |= self.suppress_exceptions;
        args.builtin_errors |= self.show_builtin_errors;
        args.stdin_filename = args
            .stdin_filename
            .take()
            .or_else(|| self.stdin_filename.clone());
        Ok(())
    }

    /// The same for tests of policies.
    pub fn verify(&self, args: &mut Verify) -> Result<(), String> {
        self.shared(&mut args.shared)?;
        args.builtin_errors |= self.show_builtin_errors;
        args.report = args.report.take().or_else(|| self.report.clone());
        fill(&mut args.namespace, self.namespace.as_ref());
        Ok(())
    }

    fn shared(&self, args: &mut Shared) -> Result<(), String> {
        fill(&mut args.policy, self.policy.as_ref());
        fill(&mut args.data, self.data.as_ref());
        args.output = args.output.take().or_else(|| self.output.clone());
        if let (None, Some(version)) = (args.rego_version, &self.rego_version) {
            args.rego_version = Some(RegoVersion::named(version).ok_or_else(|| {
                format!("`{NAME}`: `{version}` is no version of Rego; v0 and v1 are")
            })?);
        }
        args.github_hide_passed |= self.github_hide_passed;
        args.quiet |= self.quiet;
        args.no_color |= self.no_color;
        args.trace |= self.trace;
        args.junit_hide_message |= self.junit_hide_message;
        Ok(())
    }
}

fn fill(names: &mut Vec<String>, config: Option<&Names>) {
    if names.is_empty() {
        match config {
            Some(Names::One(name)) => names.push(name.clone()),
            Some(Names::Many(many)) => names.extend(many.iter().cloned()),
            None => {}
        }
    }
}
