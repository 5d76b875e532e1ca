//! `tierwalk apply`: what `kubectl apply` would say, as somebody, to a cluster that is in files.

#[cfg(test)]
mod tests;

use std::path::Path;

use clap::{Args, ValueEnum};
use serde::Serialize;
use tierwalk_cluster::{Api, Applied, Change, Cluster, Options, Persona};

use crate::Io;
use crate::args::Output;
use crate::check::files::Reader;
use crate::check::now;
use crate::check::problems::Problems;
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;
use crate::validate::json;

/// `tierwalk apply`.
#[derive(Clone, Debug, Args)]
pub struct Apply {
    /// Files and directories to apply; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// Persona: a user of a kubeconfig among the files, or a user's name, as for `kubectl` [default: a cluster admin].
    #[arg(long = "as", value_name = "PERSONA")]
    pub persona: Option<String>,
    /// Further groups that the persona is in.
    #[arg(long = "as-group", value_name = "GROUP", requires = "persona")]
    pub groups: Vec<String>,
    /// What is in the cluster: objects, roles and bindings, admission policies, Gatekeeper's templates and
    /// constraints, `checks.yaml`, kubeconfigs that name personas.
    #[arg(
        short,
        long,
        visible_alias = "rbac",
        value_name = "PATH",
        value_delimiter = ','
    )]
    pub cluster: Vec<String>,
    /// Checks in Rego that admission asks as well.
    #[arg(short, long, value_name = "PATH", value_delimiter = ',')]
    pub policy: Vec<String>,
    /// Data for these checks; `data` is not taken by itself.
    #[arg(
        short,
        long,
        value_name = "PATH",
        value_delimiter = ',',
        requires = "policy"
    )]
    pub data: Vec<String>,
    /// Ask the shipped checks, as exported for Gatekeeper.
    #[arg(long)]
    pub pack: bool,
    /// How Calico's objects are served: as custom resources with Calico's webhook, or by Calico's API server.
    #[arg(long, value_enum, default_value_t)]
    pub api: Served,
    /// Namespace of objects that name none.
    #[arg(short, long, default_value = "default")]
    pub namespace: String,
    /// How to answer.
    #[arg(short, long, value_enum, default_value_t)]
    pub output: Output,
}

/// How Calico's objects are served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Served {
    /// As custom resources.
    #[default]
    Crd,
    /// By Calico's API server.
    Aggregated,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Report<'a> {
    persona: &'a Persona,
    refused: usize,
    applied: &'a [Applied],
}

/// Applies files.
pub fn run(args: &Apply, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    run_in(Path::new(""), args, paint, io)
}

/// The same with paths relative to a directory.
fn run_in(base: &Path, args: &Apply, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let mut problems = Problems::new(paint);
    let reader = Reader::new(base);
    let files = reader.manifests(&args.paths, io).map_err(Failure::usage)?;
    let mut cluster = load(&reader, args, &mut problems).map_err(Failure::usage)?;
    let persona = persona(&cluster, args);
    let mut applied = Vec::new();
    problems.keep_texts(&files);
    for file in &files {
        let (said, found) = cluster.apply(&persona.user, file);
        applied.extend(said);
        for problem in found {
            problems.add(problem, None);
        }
    }
    problems.print_placed(io)?;
    let refused = applied
        .iter()
        .filter(|one| one.change == Change::Refused)
        .count();
    match args.output {
        Output::Json => json(
            &Report {
                persona: &persona,
                refused,
                applied: &applied,
            },
            io,
        )?,
        Output::Text => text(&applied, io)?,
    }
    Ok(Outcome::findings(refused > 0 || problems.has_errors()))
}

fn load(reader: &Reader, args: &Apply, problems: &mut Problems) -> Result<Cluster, String> {
    let mut files = reader.cluster(&args.cluster)?;
    if !args.policy.is_empty() {
        files.extend(reader.policies(&args.policy)?);
    }
    let data = match args.data.as_slice() {
        [] => Vec::new(),
        paths => reader.data(paths)?,
    };
    crate::check::start_clock();
    let options = Options {
        api: match args.api {
            Served::Crd => Api::Crd,
            Served::Aggregated => Api::Aggregated,
        },
        namespace: args.namespace.clone(),
        data,
        pack: args.pack,
        now: now(),
        ..Options::default()
    };
    let (cluster, found) = Cluster::load(&files, &options);
    problems.keep_texts(&files);
    for problem in found {
        problems.add(problem, None);
    }
    Ok(cluster)
}

fn persona(cluster: &Cluster, args: &Apply) -> Persona {
    let Some(name) = &args.persona else {
        return Persona::cluster_admin();
    };
    let mut persona = cluster.persona(name);
    let groups = args.groups.iter();
    let new = groups.filter(|group| !persona.user.groups.contains(group));
    let new: Vec<String> = new.cloned().collect();
    persona.user.groups.extend(new);
    persona
}

/// As `kubectl`: what was done on standard output, what was not and warnings on standard error.
fn text(applied: &[Applied], io: &mut Io<'_>) -> Result<(), Failure> {
    for one in applied {
        let (warnings, rest) = one.printed.split_at(one.warnings_length());
        write!(io.err, "{warnings}")?;
        match one.change {
            Change::Refused => writeln!(io.err, "{rest}")?,
            _ => writeln!(io.out, "{rest}")?,
        }
    }
    Ok(())
}
