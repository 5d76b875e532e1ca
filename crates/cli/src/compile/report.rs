//! What was done, and which object goes where.

use tierwalk_template::{Cluster, ObjectSource, Project};

use super::Plans;
use super::disk::Change;
use crate::Io;
use crate::failure::Failure;
use crate::paint::Paint;
use crate::validate::plural;

/// Prints the files that changed, the placements where clusters are listed, and a summary.
pub fn print(
    project: &Project,
    clusters: &[Option<&Cluster>],
    plans: &Plans,
    check: bool,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    for plan in plans {
        let word = match (plan.change, check) {
            (Change::Same, _) => continue,
            (Change::Added, true) => "missing",
            (Change::Added, false) => "added",
            (Change::Changed, true) => "differs",
            (Change::Changed, false) => "changed",
            (Change::Removed, true) => "left over",
            (Change::Removed, false) => "removed",
        };
        writeln!(io.out, "{word:9} {}", plan.path.display())?;
    }
    for cluster in clusters.iter().flatten() {
        placements(project, cluster, paint, io)?;
    }
    nowhere(project, clusters, io)?;
    summary(project, plans, check, paint, io)
}

/// For each object, whether it goes to a cluster, and why.
fn placements(
    project: &Project,
    cluster: &Cluster,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    writeln!(
        io.out,
        "{}",
        paint.strong(format!("cluster {}", cluster.name))
    )?;
    for (object, placement) in project.objects.iter().zip(project.placements(cluster)) {
        let mark = paint.mark(placement.goes);
        let reason = paint.quiet(placement.reason);
        writeln!(io.out, "  {mark} {}  {reason}", object.manifest.object)?;
    }
    Ok(())
}

/// Objects that go to none of the clusters that are listed.
fn nowhere(
    project: &Project,
    clusters: &[Option<&Cluster>],
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    if clusters.iter().all(Option::is_none) {
        return Ok(());
    }
    let placements: Vec<_> = project
        .clusters
        .iter()
        .map(|cluster| project.placements(cluster))
        .collect();
    for (index, object) in project.objects.iter().enumerate() {
        let goes = |placements: &Vec<tierwalk_template::Placement>| {
            placements.get(index).is_some_and(|it| it.goes)
        };
        if !placements.iter().any(goes) {
            let clusters = object
                .manifest
                .clusters
                .as_ref()
                .map_or("", |clusters| &clusters.text);
            writeln!(
                io.out,
                "goes nowhere: {}, since no cluster has `{clusters}`",
                object.manifest.object
            )?;
        }
    }
    Ok(())
}

fn summary(
    project: &Project,
    plans: &Plans,
    check: bool,
    paint: Paint,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    let of = |source| {
        project
            .objects
            .iter()
            .filter(|object| object.source == source)
            .count()
    };
    let count = |change| plans.iter().filter(|plan| plan.change == change).count();
    let documents = plural(project.documents, "document");
    let mut objects = plural(of(ObjectSource::Compiled), "object");
    for (source, words) in [
        (ObjectSource::Written, "written by hand"),
        (ObjectSource::Isolation, "of isolation"),
    ] {
        if of(source) > 0 {
            objects = format!("{objects}, {} {words}", of(source));
        }
    }
    let changed = count(Change::Added) + count(Change::Changed);
    let removed = count(Change::Removed);
    let files = plural(plans.len() - removed, "file");
    let state = match (check, changed + removed) {
        (_, 0) => paint.good(format!("{files}, up to date")),
        (true, differ) => paint.bad(format!("{files}, {differ} not up to date")),
        (false, _) => format!("{files}: {changed} written, {removed} removed"),
    };
    writeln!(io.out, "{documents} → {objects} → {state}")?;
    Ok(())
}
