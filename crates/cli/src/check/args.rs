//! Flags, named as Conftest names them.

use clap::{Args, ValueEnum};

/// Which Rego.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RegoVersion {
    /// Each module in its own version.
    #[default]
    Auto,
    /// Before OPA 1.0.
    V0,
    /// Since OPA 1.0.
    V1,
}

impl RegoVersion {
    /// As Conftest's configuration names it.
    pub fn named(name: &str) -> Option<Self> {
        Self::from_str(name, true).ok()
    }
}

/// Flags of `check` and `verify`.
#[derive(Clone, Debug, Args)]
pub struct Shared {
    /// Policy files and directories [default: policy].
    #[arg(short, long, value_name = "PATH", value_delimiter = ',')]
    pub policy: Vec<String>,
    /// Data files and directories; `data` is taken if it is there.
    #[arg(short, long, value_name = "PATH", value_delimiter = ',')]
    pub data: Vec<String>,
    /// Ask the checks that are shipped, beside the policies that are there.
    #[arg(long)]
    pub pack: bool,
    /// Settings of the checks, as the page has them; asks the shipped checks that are on there. With `--pack`,
    /// `checks.yaml` is taken if it is there.
    #[arg(long, value_name = "FILE")]
    pub settings: Option<String>,
    /// Format: stdout, json, tap, table, junit, github, azuredevops or sarif [default: stdout].
    #[arg(short, long, value_name = "FORMAT")]
    pub output: Option<String>,
    /// Version of Rego [default: auto].
    #[arg(long, value_enum, ignore_case = true, value_name = "VERSION")]
    pub rego_version: Option<RegoVersion>,
    /// Print nothing unless something fails.
    #[arg(long)]
    pub quiet: bool,
    /// Do not colour the output.
    #[arg(long)]
    pub no_color: bool,
    /// In GitHub's format, leave out files in which all checks passed.
    #[arg(long)]
    pub github_hide_passed: bool,
    /// What stands for flags that are not given [default: conftest.toml, if it is there].
    #[arg(short, long, value_name = "FILE")]
    pub config_file: Option<String>,
    /// Show on standard error which lines of the policies were reached.
    #[arg(long)]
    pub trace: bool,
    /// Name JUnit's tests by file alone.
    #[arg(long)]
    pub junit_hide_message: bool,
}

/// `tierwalk check`.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Files and directories to check; `-` is standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Flags of `check` and `verify`.
    #[command(flatten)]
    pub shared: Shared,
    /// Packages to ask; may hold `*` [default: main].
    #[arg(short, long, value_delimiter = ',')]
    pub namespace: Vec<String>,
    /// Ask all packages.
    #[arg(long)]
    pub all_namespaces: bool,
    /// Check all files together, as one list.
    #[arg(long)]
    pub combine: bool,
    /// Exit 1 for warnings and 2 for failures.
    #[arg(long)]
    pub fail_on_warn: bool,
    /// Exit 0 whatever is found.
    #[arg(long)]
    pub no_fail: bool,
    /// Do not list exceptions.
    #[arg(long)]
    pub suppress_exceptions: bool,
    /// Stop at built-in functions that fail, instead of taking them as undefined.
    #[arg(long = "show-builtin-errors")]
    pub builtin_errors: bool,
    /// Leave out files whose path matches this expression.
    #[arg(long, value_name = "REGEX")]
    pub ignore: Option<String>,
    /// Read all files as this: yaml or json.
    #[arg(long, value_name = "FORMAT")]
    pub parser: Option<String>,
    /// The name that standard input goes by.
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
}

/// `tierwalk verify`.
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// Flags of `check` and `verify`.
    #[command(flatten)]
    pub shared: Shared,
    /// Stop at built-in functions that fail, instead of taking them as undefined.
    #[arg(long = "show-builtin-errors")]
    pub builtin_errors: bool,
    /// Packages whose tests count; may hold `*` [default: all].
    #[arg(short, long, value_delimiter = ',')]
    pub namespace: Vec<String>,
    /// List the tests by name: full, notes or fails.
    #[arg(long, value_name = "WHAT")]
    pub report: Option<String>,
}

/// `tierwalk export`.
#[derive(Clone, Debug, Args)]
pub struct Export {
    /// Directory to write into.
    #[arg(value_name = "DIR")]
    pub directory: String,
    /// Settings of the shipped checks; `checks.yaml` is taken if it is there.
    #[arg(long, value_name = "FILE")]
    pub settings: Option<String>,
    /// Write over files that say something else.
    #[arg(long)]
    pub force: bool,
}
