//! Templates as the page shows them: compiled, as forms, and to start from.

use tierwalk_protocol::{CompiledLine, CompiledObject, LineOrigin, Placement, TemplateFile};
use tierwalk_template::{DocumentKind, Manifest, PlaceKind, placement};

use crate::files::SourceFile;
use crate::read::Read;
use crate::{Workspace, form};

pub(crate) use starters::{known, starters};

mod starters;

/// The templates of a file; `None` if it holds none.
pub(crate) fn file(workspace: &Workspace, path: &str) -> Option<TemplateFile> {
    let file = workspace.files.get(path)?;
    let mut shown = TemplateFile {
        file: path.to_owned(),
        ..TemplateFile::default()
    };
    if !has_templates(file) {
        return None;
    }
    let placer = workspace.placer(path)?;
    for (offset, read) in &file.documents {
        let Some(template) = &read.template else {
            continue;
        };
        let line = file.lines.position(&file.text, *offset).line;
        let manifests = template.manifests.iter();
        let manifests = manifests.filter_map(|manifest| manifest.made.as_ref());
        shown
            .objects
            .extend(manifests.map(|manifest| object(workspace, manifest, line - 1)));
        let library = &workspace.templates.library;
        let number = shown.forms.len();
        let form = form::form(read, library, placer, *offset, number);
        shown.forms.extend(form);
    }
    shown.detachable = !shown.objects.is_empty()
        && file
            .documents
            .iter()
            .all(|(_, read)| stands_for_objects(read));
    Some(shown)
}

/// Whether a document is nothing but a template whose objects go to all clusters.
fn stands_for_objects(read: &Read) -> bool {
    let Some(template) = &read.template else {
        return read.document.root.is_none() && read.flows.is_empty();
    };
    let compiles = matches!(
        template.kind,
        DocumentKind::Template | DocumentKind::Instance
    );
    let everywhere = template.manifests.iter().all(|it| it.clusters.is_none());
    compiles && everywhere && !template.manifests.is_empty()
}

/// Whether a file holds templates, or definitions of them.
pub(crate) fn has_templates(file: &SourceFile) -> bool {
    let mut documents = file.documents.iter();
    documents.any(|(_, read)| read.template.is_some())
}

/// How many objects the templates of a file make.
pub(crate) fn compiled(file: &SourceFile) -> u32 {
    let documents = file.documents.iter();
    let templates = documents.filter_map(|(_, read)| read.template.as_ref());
    templates
        .map(|template| template.manifests.len() as u32)
        .sum()
}

/// The names of the clusters that are listed.
pub(crate) fn clusters(workspace: &Workspace) -> Vec<String> {
    let clusters = workspace.templates.clusters.iter();
    clusters.map(|cluster| cluster.name.clone()).collect()
}

fn object(workspace: &Workspace, manifest: &Manifest, lines_before: u32) -> CompiledObject {
    let lines = (1..).zip(manifest.text.lines());
    let clusters = workspace.templates.clusters.iter();
    CompiledObject {
        kind: manifest.object.kind.clone(),
        namespace: manifest.object.namespace.clone(),
        name: manifest.object.name.clone(),
        file_name: manifest.object.file_name(),
        lines: lines
            .map(|(number, text)| line(manifest, number, text, lines_before))
            .collect(),
        clusters: clusters
            .map(|cluster| {
                let placement = placement(manifest.clusters.as_ref(), cluster);
                Placement {
                    cluster: cluster.name.clone(),
                    goes: placement.goes,
                    reason: placement.reason,
                }
            })
            .collect(),
    }
}

/// A line that follows from the kind of object alone has no line of the template.
fn line(manifest: &Manifest, number: u32, text: &str, lines_before: u32) -> CompiledLine {
    let place = manifest.map.origin(number);
    let origin = match place.map(|place| place.kind) {
        Some(PlaceKind::Written) => LineOrigin::Line,
        Some(PlaceKind::Default) => LineOrigin::Default,
        Some(PlaceKind::Structure) | None => LineOrigin::None,
    };
    CompiledLine {
        text: text.to_owned(),
        line: place
            .filter(|_| origin != LineOrigin::None)
            .map(|place| place.line + lines_before),
        origin,
    }
}
