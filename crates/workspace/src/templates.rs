//! Templates of a workspace: documents that stand for the resources they are compiled to. Compiled
//! objects take part as if they were typed; what is said about them is said at the template's lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tierwalk_resources::Mode;
use tierwalk_source::{Diagnostic, Span};
use tierwalk_template::{
    CLUSTERS_ANNOTATION, Cluster, ClusterSelector, CompiledDocument, Definition, DocumentKind,
    Library, Manifest, Options, cluster_selector, compile_document, placement, read_definition,
};
use tierwalk_yaml::{Document, Path};

use crate::files::SourceFile;
use crate::locate::Position;
use crate::read::Read;

/// What the template compiler made of a document.
#[derive(Debug)]
pub(crate) struct Template {
    pub kind: DocumentKind,
    /// The compiled objects, each as a document of its own.
    pub manifests: Vec<Arc<Read>>,
    /// The template it defines.
    pub definition: Option<Definition>,
    /// The clusters it lists.
    pub clusters: Vec<Cluster>,
}

/// What the templates of all files say together.
#[derive(Clone, Debug)]
pub(crate) struct Templates {
    pub library: Library,
    /// The documents that the library was made of.
    definitions: Vec<Arc<Read>>,
    /// The clusters that are listed, by file and place; the first of each name.
    pub clusters: Vec<Cluster>,
    /// The cluster whose objects take part; all objects do without one.
    pub chosen: Option<String>,
    pub findings: Vec<(Position, Diagnostic)>,
}

impl Default for Templates {
    fn default() -> Self {
        Self {
            library: Library::shipped(),
            definitions: Vec::new(),
            clusters: Vec::new(),
            chosen: None,
            findings: Vec::new(),
        }
    }
}

impl Templates {
    /// Takes in the definitions and clusters of the files. Instances are compiled again if a definition
    /// changed.
    pub fn learn(&mut self, files: &mut BTreeMap<String, SourceFile>) {
        let definitions: Vec<_> = all(files)
            .filter(|(_, read)| is(read, DocumentKind::Definition))
            .map(|(_, read)| Arc::clone(read))
            .collect();
        let known = self.definitions.len() == definitions.len()
            && (self.definitions.iter().zip(&definitions)).all(|(a, b)| Arc::ptr_eq(a, b));
        if !known {
            self.library = library(&definitions);
            self.definitions = definitions;
            for file in files.values_mut() {
                file.relearn(&self.library);
            }
        }
        self.clusters = clusters(files);
        self.findings = findings(files, self.clusters.is_empty());
    }

    /// The cluster whose objects take part.
    pub fn cluster(&self) -> Option<&Cluster> {
        let chosen = self.chosen.as_ref()?;
        self.clusters.iter().find(|cluster| cluster.name == *chosen)
    }

    /// Whether a document's objects take part.
    pub fn takes_part(&self, read: &Read) -> bool {
        let cluster = self.cluster();
        cluster.is_none_or(|cluster| placement(read.clusters.as_ref(), cluster).goes)
    }
}

/// Every document with where it stands.
fn all(files: &BTreeMap<String, SourceFile>) -> impl Iterator<Item = (Position, &Arc<Read>)> {
    files.iter().flat_map(|(path, file)| {
        let (path, documents): (Arc<str>, _) = (path.as_str().into(), file.documents.iter());
        documents.map(move |(offset, read)| {
            let position = Position {
                file: Arc::clone(&path),
                offset: *offset,
            };
            (position, read)
        })
    })
}

/// Whether a document is of this kind to the template compiler.
pub(crate) fn is(read: &Read, kind: DocumentKind) -> bool {
    read.template
        .as_ref()
        .is_some_and(|template| template.kind == kind)
}

fn library(definitions: &[Arc<Read>]) -> Library {
    let mut library = Library::shipped();
    let templates = definitions.iter().filter_map(|read| read.template.as_ref());
    let mut names = BTreeSet::new();
    for definition in templates.filter_map(|template| template.definition.as_ref()) {
        if names.insert(definition.name.as_str()) {
            library.add(definition.clone());
        }
    }
    library
}

fn clusters(files: &BTreeMap<String, SourceFile>) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let templates = all(files).filter_map(|(_, read)| read.template.as_ref());
    for cluster in templates.flat_map(|template| &template.clusters) {
        if clusters.iter().all(|known| known.name != cluster.name) {
            clusters.push(cluster.clone());
        }
    }
    clusters
}

/// Definitions of a name that is taken, and clusters that are named where none are listed.
fn findings(files: &BTreeMap<String, SourceFile>, unlisted: bool) -> Vec<(Position, Diagnostic)> {
    let mut names = BTreeSet::new();
    let mut findings = Vec::new();
    for (position, read) in all(files) {
        let Some(template) = &read.template else {
            continue;
        };
        let definition = template.definition.as_ref();
        if let Some(double) = definition.filter(|it| !names.insert(it.name.as_str())) {
            findings.push((position, defined_twice(double)));
            continue;
        }
        let named = template
            .manifests
            .iter()
            .find_map(|it| it.clusters.as_ref());
        if let Some(clusters) = named.filter(|_| unlisted) {
            findings.push((position, not_listed(clusters)));
        }
    }
    findings
}

fn defined_twice(definition: &Definition) -> Diagnostic {
    let message = format!("template `{}` is defined twice", definition.name);
    Diagnostic::error("template/duplicate-template", definition.span, message)
        .help("the first definition applies; give each template a name of its own")
}

fn not_listed(clusters: &ClusterSelector) -> Diagnostic {
    let message = format!("`{}` has no effect: no clusters are listed", clusters.text);
    Diagnostic::warning("template/no-clusters", clusters.span, message)
        .help("list them in a document of `kind: Clusters`, each with its labels")
}

/// A document as the template compiler sees it; nothing in it if it is not for the compiler.
pub(crate) fn read(text: &str, document: &Document, library: &Library) -> Read {
    if !is_template(text, document) {
        return Read::default();
    }
    let options = Options {
        compat: false,
        validate: Some(&problems),
    };
    let compiled = compile_document(text, library, options);
    match compiled.kind {
        DocumentKind::Other => Read::default(),
        _ => with_objects(text, document, compiled),
    }
}

/// Whether a document is worth compiling. The short form of the generator's template is no YAML.
fn is_template(text: &str, document: &Document) -> bool {
    match &document.root {
        Some(root) => DocumentKind::of(root) != DocumentKind::Other,
        None => text.contains("PolicyName"),
    }
}

fn problems(yaml: &str) -> Vec<Diagnostic> {
    tierwalk_resources::read(&Document::parse(yaml), Mode::Load).diagnostics
}

fn with_objects(text: &str, document: &Document, compiled: CompiledDocument) -> Read {
    let mut diagnostics = compiled.diagnostics;
    if document.root.is_some() {
        diagnostics.retain(|problem| !document.diagnostics.contains(problem));
    }
    let mut manifests = Vec::new();
    for manifest in compiled.manifests {
        let (read, problems) = manifest_document(manifest);
        diagnostics.extend(problems);
        manifests.push(Arc::new(read));
    }
    let is_definition = compiled.kind == DocumentKind::Definition;
    Read {
        template: Some(Template {
            kind: compiled.kind,
            manifests,
            definition: is_definition.then(|| read_definition(text)).flatten(),
            clusters: compiled.clusters,
        }),
        diagnostics,
        ..Read::default()
    }
}

/// A compiled object read as if it had been typed, and its problems, told at the template.
fn manifest_document(manifest: Manifest) -> (Read, Vec<Diagnostic>) {
    let document = Document::parse(&manifest.text);
    let objects = tierwalk_resources::read(&document, Mode::Load);
    let problems = objects.diagnostics.into_iter();
    let problems = problems.map(|problem| at_template(&manifest, problem));
    let problems = problems.collect();
    let read = Read {
        document,
        objects: objects.value,
        clusters: manifest.clusters.clone(),
        made: Some(manifest),
        ..Read::default()
    };
    (read, problems)
}

/// A problem of a compiled object, at the place of the template that made the line; else at its beginning.
pub(crate) fn at_template(manifest: &Manifest, problem: Diagnostic) -> Diagnostic {
    manifest
        .to_template(&problem)
        .unwrap_or_else(|| Diagnostic {
            span: Span::default(),
            related: Vec::new(),
            fixes: Vec::new(),
            ..problem
        })
}

/// The clusters that the annotation of a resource names.
pub(crate) fn annotated_clusters(
    document: &Document,
) -> Result<Option<ClusterSelector>, Box<Diagnostic>> {
    let path = Path::root()
        .key("metadata")
        .key("annotations")
        .key(CLUSTERS_ANNOTATION);
    match document.node_at(&path) {
        Some(node) => cluster_selector(node),
        None => Ok(None),
    }
}
