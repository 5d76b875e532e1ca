//! `tierwalk compile`.

mod disk;
mod report;

use std::path::Path;

use tierwalk_resources::Mode;
use tierwalk_source::{Diagnostic, Severity};
use tierwalk_template::{Cluster, Project, ProjectObject, ProjectOptions, compile_project};
use tierwalk_workspace::Workspace;
use tierwalk_yaml::Document;

use crate::args::Compile;
use crate::diagnostics::Printer;
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;
use crate::validate::plural;
use crate::{Io, inputs};
use disk::{Change, Plan};

/// Compiles templates to policies.
pub fn run(args: &Compile, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let directory = args.directory.as_deref().map(Path::new);
    let workspace = inputs::open_outside(&args.paths.paths, directory, io.input)?;
    let project = project(&workspace, args);
    print_problems(&workspace, &project, paint, io)?;
    let clusters = clusters(&project, args.cluster.as_deref())?;
    let errors = project
        .diagnostics
        .iter()
        .filter(|(_, problem)| problem.is_error())
        .count();
    if errors > 0 {
        let errors = paint.bad(plural(errors, "error"));
        writeln!(io.err, "{errors}; nothing is compiled")?;
        return Ok(Outcome::Findings);
    }
    if project.documents == 0 {
        let hint = "a template begins with `PolicyName:`, `NetworkSetName:` or `template:`";
        writeln!(
            io.err,
            "warning: there are no templates in these files; {hint}"
        )?;
    }
    let Some(directory) = directory else {
        print_objects(&project, &clusters, io)?;
        return Ok(Outcome::Clean);
    };
    let sets = sets(&project, &clusters);
    let plan = disk::plan(directory, &sets, args.cluster.is_some())?;
    if !args.check {
        disk::carry_out(&plan)?;
    }
    report::print(&project, &clusters, &plan, args.check, paint, io)?;
    let differs = plan.iter().any(|file| file.change != Change::Same);
    Ok(Outcome::findings(args.check && differs))
}

fn project(workspace: &Workspace, args: &Compile) -> Project {
    let files: Vec<_> = workspace
        .paths()
        .filter_map(|path| Some((path, workspace.text(path)?)))
        .collect();
    let options = ProjectOptions {
        compat: args.compat,
        isolation: args.isolation,
        validate: Some(&problems),
    };
    compile_project(&files, options)
}

/// What is wrong with an object, for the places in the template that made it.
fn problems(yaml: &str) -> Vec<Diagnostic> {
    let mut problems = tierwalk_resources::read(&Document::parse(yaml), Mode::Load).diagnostics;
    problems.retain(|problem| problem.severity <= Severity::Warning);
    problems
}

fn print_problems(
    workspace: &Workspace,
    project: &Project,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    let printer = Printer::new(workspace, paint);
    for (file, problem) in &project.diagnostics {
        if let Some(problem) = workspace.told_diagnostic(file, problem) {
            writeln!(io.err, "{}\n", printer.print(&problem))?;
        }
    }
    Ok(())
}

/// The clusters to compile for; one without a name if none are listed.
fn clusters<'p>(
    project: &'p Project,
    name: Option<&str>,
) -> Result<Vec<Option<&'p Cluster>>, Failure> {
    let Some(name) = name else {
        return Ok(match project.clusters.is_empty() {
            true => vec![None],
            false => project.clusters.iter().map(Some).collect(),
        });
    };
    let found = project.clusters.iter().find(|cluster| cluster.name == name);
    let known: Vec<_> = project
        .clusters
        .iter()
        .map(|cluster| cluster.name.as_str())
        .collect();
    match found {
        Some(cluster) => Ok(vec![Some(cluster)]),
        None if known.is_empty() => Err(Failure::usage(format!(
            "there is no cluster `{name}`: no clusters are listed in these files (`kind: Clusters`)"
        ))),
        None => Err(Failure::usage(format!(
            "there is no cluster `{name}`; listed are {}",
            known.join(", ")
        ))),
    }
}

/// The folder of each cluster, and its objects.
fn sets<'p>(
    project: &'p Project,
    clusters: &[Option<&'p Cluster>],
) -> Vec<(Option<&'p str>, Vec<&'p ProjectObject>)> {
    clusters
        .iter()
        .map(|cluster| {
            (
                cluster.map(|cluster| cluster.name.as_str()),
                project.set(*cluster),
            )
        })
        .collect()
}

/// Prints one document for each object; where clusters are listed, each with the cluster that it is for and
/// why, and after them the objects that are not.
fn print_objects(
    project: &Project,
    clusters: &[Option<&Cluster>],
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    let mut first = true;
    for cluster in clusters {
        let placements = cluster.map(|cluster| project.placements(cluster));
        for (index, object) in project.objects.iter().enumerate() {
            let placement = placements
                .as_ref()
                .and_then(|placements| placements.get(index));
            if placement.is_some_and(|placement| !placement.goes) {
                continue;
            }
            if !first {
                writeln!(io.out, "---")?;
            }
            first = false;
            if let (Some(cluster), Some(placement)) = (cluster, placement) {
                writeln!(io.out, "# cluster {}: {}", cluster.name, placement.reason)?;
            }
            write!(io.out, "{}", object.manifest.text)?;
        }
        for (object, placement) in project.objects.iter().zip(placements.iter().flatten()) {
            if let Some(cluster) = cluster.filter(|_| !placement.goes) {
                let (name, reason) = (&cluster.name, &placement.reason);
                writeln!(
                    io.out,
                    "# not for cluster {name}: {}, since {reason}",
                    object.manifest.object
                )?;
            }
        }
    }
    Ok(())
}

/// Everything that is to be done in the directory.
type Plans = Vec<Plan>;
