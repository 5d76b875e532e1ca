//! All files of a workspace compiled together: definitions first, then everything that uses them, and then
//! which object goes to which cluster.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tierwalk_source::{Diagnostic, LineIndex, Severity, Span};
use tierwalk_yaml::{Chunk, Document, Node, split};

use crate::annotation::{self, AnnotatedPods, isolation};
use crate::clusters::{self, CLUSTERS_ANNOTATION, Cluster, Placement, placement};
use crate::definition::Library;
use crate::document::{DocumentKind, Options, Validate, compile_document, read_definition};
use crate::manifest::{Manifest, ObjectId};
use crate::source_map::{SourceMap, TemplatePlace};

/// How to compile a project.
#[derive(Clone, Copy, Default)]
pub struct ProjectOptions<'a> {
    /// Write what the published generator writes.
    pub compat: bool,
    /// Isolate namespaces as Calico's first Kubernetes plugin did, for pods without the policy annotation.
    pub isolation: bool,
    /// What is wrong with an object: outputs are checked with it, and the outputs of definitions.
    pub validate: Option<Validate<'a>>,
}

/// What became of the files of a project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The objects in the order of files and documents, then those of namespace isolation. Objects written by
    /// hand are among them if clusters are listed.
    pub objects: Vec<ProjectObject>,
    /// The clusters that are listed.
    pub clusters: Vec<Cluster>,
    /// Problems: the file, and the problem with spans in the whole file.
    pub diagnostics: Vec<(String, Diagnostic)>,
    /// How many documents were compiled, that is, are templates, instances or annotated pods.
    pub documents: usize,
}

/// An object and where it comes from.
#[derive(Clone, Debug)]
pub struct ProjectObject {
    /// The file of its template; none for namespace isolation.
    pub file: Option<String>,
    /// Where its document begins in the file, in bytes.
    pub offset: usize,
    /// How it came about.
    pub source: ObjectSource,
    /// The object. Places in its source map are relative to the whole file.
    pub manifest: Manifest,
}

/// How an object came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectSource {
    /// Compiled from a template, an instance or an annotation.
    Compiled,
    /// Written by hand, and taken as it is.
    Written,
    /// Made by namespace isolation.
    Isolation,
}

/// Compiles files, given as paths and texts.
pub fn compile_project(files: &[(&str, &str)], options: ProjectOptions<'_>) -> Project {
    let mut compiler = Compiler {
        library: Library::shipped(),
        options,
        project: Project::default(),
        pods: Vec::new(),
    };
    for (path, text) in files {
        compiler.define(path, text);
    }
    for (path, text) in files {
        compiler.file(path, text);
    }
    if options.isolation {
        compiler.isolate();
    }
    compiler.project.warn_unlisted_clusters();
    compiler.project.leave_out_written();
    compiler.project.refuse_duplicates();
    compiler.project
}

struct Compiler<'a> {
    library: Library,
    options: ProjectOptions<'a>,
    project: Project,
    pods: Vec<AnnotatedPods>,
}

impl Compiler<'_> {
    /// Takes in the definitions of a file.
    fn define(&mut self, path: &str, text: &str) {
        for chunk in split(text)
            .into_iter()
            .filter(|chunk| chunk.text.contains("PolicyTemplate"))
        {
            let Some(definition) = read_definition(chunk.text) else {
                continue;
            };
            let (name, span) = (
                definition.name.clone(),
                definition.span.shifted(chunk.offset),
            );
            let before = self.library.add(definition);
            if before.is_some_and(|before| !before.shipped) {
                let problem = Diagnostic::error(
                    "template/duplicate-template",
                    span,
                    format!("template `{name}` is defined twice"),
                );
                let problem = problem.help("give each template a name of its own");
                self.project.diagnostics.push((path.to_owned(), problem));
            }
        }
    }

    fn file(&mut self, path: &str, text: &str) {
        let index = LineIndex::new(text);
        for chunk in split(text) {
            let line = index.position(text, chunk.offset).line - 1;
            self.document(path, chunk, line);
        }
    }

    fn document(&mut self, path: &str, chunk: Chunk<'_>, line: u32) {
        let options = Options {
            compat: self.options.compat,
            validate: self.options.validate,
        };
        let mut compiled = compile_document(chunk.text, &self.library, options);
        if let Some(validate) = self.options.validate {
            compiled.validate(validate, options);
        }
        self.project.clusters.append(&mut compiled.clusters);
        let makes_objects = !matches!(
            compiled.kind,
            DocumentKind::Other | DocumentKind::Definition | DocumentKind::Clusters
        );
        self.project.documents += usize::from(makes_objects);
        if compiled.kind != DocumentKind::Other {
            let shifted = compiled
                .diagnostics
                .into_iter()
                .map(|problem| problem.shifted(chunk.offset));
            self.project
                .diagnostics
                .extend(shifted.map(|problem| (path.to_owned(), problem)));
        }
        for mut manifest in compiled.manifests {
            manifest.map = manifest.map.shifted(chunk.offset, line);
            self.object(path, chunk.offset, ObjectSource::Compiled, manifest);
        }
        if matches!(compiled.kind, DocumentKind::Other | DocumentKind::Annotated) {
            self.written(path, chunk);
        }
    }

    fn object(&mut self, path: &str, offset: usize, source: ObjectSource, manifest: Manifest) {
        self.project.objects.push(ProjectObject {
            file: Some(path.to_owned()),
            offset,
            source,
            manifest,
        });
    }

    /// Objects written by hand, and the pods of namespace isolation.
    fn written(&mut self, path: &str, chunk: Chunk<'_>) {
        let document = Document::parse(chunk.text);
        let Some(root) = &document.root else { return };
        self.pods.extend(annotation::pods(root));
        let Some(object) = policy_object(root) else {
            return;
        };
        let named = root
            .get("metadata")
            .and_then(|metadata| metadata.get("annotations"))
            .and_then(|annotations| annotations.get(CLUSTERS_ANNOTATION));
        let clusters = match named.map(clusters::selector) {
            None => None,
            Some(Ok(clusters)) => clusters,
            Some(Err(problem)) => {
                let problem = problem.shifted(chunk.offset);
                self.project.diagnostics.push((path.to_owned(), problem));
                return;
            }
        };
        let manifest = Manifest {
            object,
            text: body(chunk.text),
            map: SourceMap::default(),
            clusters,
        };
        self.object(path, chunk.offset, ObjectSource::Written, manifest);
    }

    fn isolate(&mut self) {
        for manifest in isolation(&self.pods) {
            self.project.objects.push(ProjectObject {
                file: None,
                offset: 0,
                source: ObjectSource::Isolation,
                manifest,
            });
        }
    }
}

/// The object of a document that is Calico or Kubernetes network policy, and is applied to clusters.
fn policy_object(root: &Node) -> Option<ObjectId> {
    let text = |node: Option<&Node>| node.and_then(Node::as_str).map(str::to_owned);
    let (group, _) = root.get("apiVersion")?.as_str()?.split_once('/')?;
    if !group.ends_with("projectcalico.org") && !group.ends_with("networking.k8s.io") {
        return None;
    }
    let metadata = root.get("metadata")?;
    Some(ObjectId {
        kind: text(root.get("kind"))?,
        kubernetes: group.ends_with("networking.k8s.io"),
        namespace: text(metadata.get("namespace")),
        name: text(metadata.get("name"))?,
    })
}

/// The text of a document without its markers, ending in a line break.
fn body(text: &str) -> String {
    let is_marker = |line: &&str| !matches!(line.trim_end(), "---" | "...");
    let lines: Vec<_> = text.lines().filter(is_marker).collect();
    format!("{}\n", lines.join("\n").trim_matches('\n'))
}

impl ProjectObject {
    /// The place that gave it its name.
    fn name_place(&self) -> Option<&TemplatePlace> {
        let mut lines = self.manifest.text.lines();
        let line = lines.position(|line| line.trim_start().starts_with("name:"))?;
        self.manifest.map.origin(line as u32 + 1)
    }
}

impl Project {
    /// For each object, in order, whether it goes to a cluster, and why.
    pub fn placements(&self, cluster: &Cluster) -> Vec<Placement> {
        let of = |object: &ProjectObject| placement(object.manifest.clusters.as_ref(), cluster);
        self.objects.iter().map(of).collect()
    }

    /// The objects that go to a cluster; all of them without one.
    pub fn set(&self, cluster: Option<&Cluster>) -> Vec<&ProjectObject> {
        let goes = |object: &&ProjectObject| {
            cluster.is_none_or(|cluster| placement(object.manifest.clusters.as_ref(), cluster).goes)
        };
        self.objects.iter().filter(goes).collect()
    }

    /// Objects written by hand belong to the sets of clusters; without clusters there is nothing to do for them.
    fn leave_out_written(&mut self) {
        if self.clusters.is_empty() {
            self.objects
                .retain(|object| object.source != ObjectSource::Written);
        }
    }

    /// Reports objects that are made twice for the same cluster, and keeps the first.
    fn refuse_duplicates(&mut self) {
        let mut doubles = Vec::new();
        let clusters: Vec<Option<&Cluster>> = match self.clusters.is_empty() {
            true => vec![None],
            false => self.clusters.iter().map(Some).collect(),
        };
        for cluster in clusters {
            let mut first: BTreeMap<&ObjectId, usize> = BTreeMap::new();
            for (index, object) in self.objects.iter().enumerate() {
                let clusters = object.manifest.clusters.as_ref();
                if cluster.is_some_and(|cluster| !placement(clusters, cluster).goes) {
                    continue;
                }
                match first.get(&object.manifest.object) {
                    Some(before) => doubles.push((index, *before)),
                    None => {
                        first.insert(&object.manifest.object, index);
                    }
                }
            }
        }
        doubles.sort_unstable();
        doubles.dedup_by_key(|(index, _)| *index);
        for (index, before) in &doubles {
            self.report_double(*index, *before);
        }
        for (index, _) in doubles.into_iter().rev() {
            self.objects.remove(index);
        }
    }

    fn report_double(&mut self, index: usize, before: usize) {
        let (Some(object), Some(before)) = (self.objects.get(index), self.objects.get(before))
        else {
            return;
        };
        let first = match (&before.file, before.name_place()) {
            (Some(file), Some(place)) => format!("{file}, line {}", place.line),
            (Some(file), None) => file.clone(),
            (None, _) => "namespace isolation".to_owned(),
        };
        let message = format!(
            "`{}` is made twice; first by {first}",
            object.manifest.object
        );
        let place = object
            .name_place()
            .map_or(Span::empty(object.offset), |place| place.span);
        let problem = Diagnostic::error("template/duplicate-object", place, message)
            .help("the second would overwrite the first; give it another name, or other clusters");
        let file = object
            .file
            .clone()
            .or_else(|| before.file.clone())
            .unwrap_or_default();
        self.diagnostics.push((file, problem));
    }

    /// Clusters are named, but none are listed.
    fn warn_unlisted_clusters(&mut self) {
        if !self.clusters.is_empty() {
            return;
        }
        for object in &self.objects {
            let (Some(file), Some(clusters)) = (&object.file, &object.manifest.clusters) else {
                continue;
            };
            let problem = Diagnostic::new(
                Severity::Warning,
                "template/no-clusters",
                clusters.span.shifted(object.offset),
                format!("`{}` has no effect: no clusters are listed", clusters.text),
            )
            .help("list them in a document of `kind: Clusters`, each with its labels");
            self.diagnostics.push((file.clone(), problem));
        }
    }
}
