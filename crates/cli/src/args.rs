//! What can be asked on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing to complain about
  1  findings: errors, expectations that are not met, differences
  2  wrong usage, or a file that cannot be read";

/// Walk flows through the tiers of Calico and Kubernetes network policy, and see what decides each one.
#[derive(Debug, Parser)]
#[command(name = "tierwalk", version, after_help = EXIT_STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Colour the output.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// In a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check policies and flows; exit 1 if there are errors.
    Validate(Validate),
    /// Show what decides one flow, and why.
    Trace(Trace),
    /// Check the expected verdicts of flow files; exit 1 if one is not met.
    Test(Test),
    /// Check files against policies in Rego, as `conftest test` does, with its flags and exit status.
    Check(crate::check::Check),
    /// Run the tests of policies in Rego, as `conftest verify` does.
    Verify(crate::check::Verify),
    /// Write the shipped checks as a policy folder for Conftest, a workflow and Gatekeeper's templates.
    Export(crate::check::Export),
    /// Apply files as a persona to a cluster that is in files, and print what `kubectl apply` would; exit 1 if something is refused.
    Apply(crate::apply::Apply),
    /// Compile templates to policies; exit 1 if there are errors.
    Compile(Compile),
    /// Compare with conformance vectors of any family; exit 1 if one differs.
    Conform(Conform),
}

/// The files of a workspace.
#[derive(Debug, Args)]
pub struct Paths {
    /// Files and directories (searched for *.yaml, *.yml, *.json and *.flows); `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
}

/// How to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How to answer about tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TestOutput {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For build servers.
    Junit,
}

/// `tierwalk validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// What to read.
    #[command(flatten)]
    pub paths: Paths,
    /// How to answer.
    #[arg(short, long, value_enum, default_value_t)]
    pub output: Output,
}

/// `tierwalk trace`.
#[derive(Debug, Args)]
pub struct Trace {
    /// Source: `namespace/pod`, an address or a domain name.
    #[arg(long, value_name = "END")]
    pub from: String,
    /// Destination, written in the same way; a pod without namespace is in that of the source.
    #[arg(long, value_name = "END")]
    pub to: String,
    /// TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite or a number.
    #[arg(long, default_value = "TCP")]
    pub protocol: String,
    /// Destination port.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// ICMP type; an echo request if left out.
    #[arg(long, value_name = "N")]
    pub icmp_type: Option<u8>,
    /// ICMP code.
    #[arg(long, value_name = "N", requires = "icmp_type")]
    pub icmp_code: Option<u8>,
    /// Take the IPv6 addresses of pods.
    #[arg(long)]
    pub ipv6: bool,
    /// Also say which edits would flip the verdict, and which other flows they flip.
    #[arg(long)]
    pub suggest: bool,
    /// What to read.
    #[command(flatten)]
    pub paths: Paths,
    /// How to answer.
    #[arg(short, long, value_enum, default_value_t)]
    pub output: Output,
}

/// `tierwalk test`.
#[derive(Debug, Args)]
pub struct Test {
    /// What to read.
    #[command(flatten)]
    pub paths: Paths,
    /// How to answer.
    #[arg(short, long, value_enum, default_value_t)]
    pub output: TestOutput,
}

/// `tierwalk compile`.
#[derive(Debug, Args)]
pub struct Compile {
    /// What to read.
    #[command(flatten)]
    pub paths: Paths,
    /// Write one file for each object into this directory; one directory for each cluster, if clusters are
    /// listed. Without it, objects are printed.
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    pub directory: Option<String>,
    /// Compile for this cluster only.
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,
    /// Write what the published policy generator writes, for comparison.
    #[arg(long)]
    pub compat: bool,
    /// Write nothing; exit 1 if the files in the directory differ from what would be written.
    #[arg(long, requires = "directory")]
    pub check: bool,
    /// Isolate namespaces as Calico's first Kubernetes plugin did: pods without the annotation
    /// `projectcalico.org/policy` take traffic from their own namespace only, but for kube-system.
    #[arg(long)]
    pub isolation: bool,
}

/// `tierwalk conform`.
#[derive(Debug, Args)]
pub struct Conform {
    /// Vector files; each names its family.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// How many differences to print as text.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub max: usize,
    /// How to answer; `json` prints every difference.
    #[arg(short, long, value_enum, default_value_t)]
    pub output: Output,
}
