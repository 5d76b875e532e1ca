//! What can be written: the kinds, their fields, what each means. One table for completion and for
//! hovers; a test holds it against what the readers of the kinds accept.

mod calico;
mod cluster;
mod kubernetes;
mod labels;
mod surroundings;
mod workloads;

#[cfg(test)]
mod tests;

use tierwalk_yaml::{Path, Segment};

/// A mapping's fields.
#[derive(Debug)]
pub(crate) struct Struct {
    /// Its name in Calico's or Kubernetes' API.
    pub source: &'static str,
    /// Its fields; several lists, since kinds share some.
    pub fields: &'static [&'static [Field]],
}

/// A field.
#[derive(Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub shape: Shape,
    /// What it means, in one or two sentences.
    pub doc: &'static str,
    /// What holds where it is not written.
    pub default: Option<&'static str>,
    pub required: bool,
}

/// What a field's value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Any text.
    Text,
    Number,
    Boolean,
    /// One of these words.
    Words(&'static [Word]),
    /// The name of a tier.
    Tier,
    /// The name of a namespace.
    Namespace,
    /// The name of a service account.
    ServiceAccount,
    /// The name of a service.
    Service,
    /// Port, range or name of a port.
    Port,
    /// An address or network.
    Net,
    /// A selector in Calico's language.
    Selector(Of),
    /// A mapping of labels.
    Labels(Of),
    /// The key of a label.
    LabelKey,
    List(&'static Shape),
    Struct(&'static Struct),
    /// Something that is of no interest here.
    Other,
}

/// What has the labels that a selector is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Endpoints,
    /// Endpoints and network sets.
    Peers,
    Namespaces,
    ServiceAccounts,
    /// Labels that an object gives itself.
    Itself,
}

/// A word that a field takes.
#[derive(Debug)]
pub(crate) struct Word {
    pub text: &'static str,
    pub doc: &'static str,
}

/// A kind.
#[derive(Debug)]
pub(crate) struct Kind {
    pub api_version: &'static str,
    pub name: &'static str,
    pub doc: &'static str,
    /// Its fields but for `apiVersion`, `kind` and `metadata`.
    pub body: &'static Struct,
    pub namespaced: bool,
}

impl Field {
    const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            doc,
            default: None,
            required: false,
        }
    }

    const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl Struct {
    /// Its fields, in the order of the table.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().copied().flatten()
    }

    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }
}

const fn word(text: &'static str, doc: &'static str) -> Word {
    Word { text, doc }
}

/// A kind of Kubernetes that lives in a namespace.
const fn kind_of(
    api_version: &'static str,
    name: &'static str,
    body: &'static Struct,
    doc: &'static str,
) -> Kind {
    Kind {
        api_version,
        name,
        doc,
        body,
        namespaced: true,
    }
}

const METADATA: Struct = Struct {
    source: "ObjectMeta",
    fields: &[&[
        Field::new(
            "name",
            Shape::Text,
            "The object's name, unique among those of its kind and namespace.",
        )
        .required(),
        Field::new(
            "labels",
            Shape::Labels(Of::Itself),
            "Labels, which selectors match.",
        ),
        Field::new("annotations", Shape::Other, "Notes that no selector sees."),
    ]],
};

const NAMESPACED_METADATA: Struct = Struct {
    source: "ObjectMeta",
    fields: &[
        METADATA.fields[0],
        &[Field::new(
            "namespace",
            Shape::Namespace,
            "The namespace that the object lives in.",
        )
        .or("default")],
    ],
};

static ENVELOPE: [Field; 3] = [
    Field::new("apiVersion", Shape::Other, "Group and version of the kind.").required(),
    Field::new("kind", Shape::Other, "What the object is.").required(),
    Field::new(
        "metadata",
        Shape::Struct(&METADATA),
        "Name, labels, annotations.",
    )
    .required(),
];

static NAMESPACED_ENVELOPE: [Field; 3] = [
    Field::new("apiVersion", Shape::Other, "Group and version of the kind.").required(),
    Field::new("kind", Shape::Other, "What the object is.").required(),
    Field::new(
        "metadata",
        Shape::Struct(&NAMESPACED_METADATA),
        "Name, namespace, labels, annotations.",
    )
    .required(),
];

/// All kinds, Calico's first.
pub(crate) fn kinds() -> impl Iterator<Item = &'static Kind> {
    calico::KINDS
        .iter()
        .chain(kubernetes::KINDS)
        .chain(surroundings::KINDS)
        .chain(workloads::KINDS)
        .chain(cluster::KINDS)
}

/// The kind of an object. `crd.projectcalico.org/v1` has the fields of `projectcalico.org/v3`.
pub(crate) fn kind(api_version: &str, name: &str) -> Option<&'static Kind> {
    let api_version = match api_version {
        "crd.projectcalico.org/v1" => "projectcalico.org/v3",
        other => other,
    };
    let named = || kinds().filter(|kind| kind.name == name);
    let exact = named().find(|kind| kind.api_version == api_version);
    exact.or_else(|| named().next().filter(|_| api_version.is_empty()))
}

impl Kind {
    fn envelope(&self) -> &'static [Field] {
        if self.namespaced {
            &NAMESPACED_ENVELOPE
        } else {
            &ENVELOPE
        }
    }

    /// The fields of the whole object.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.envelope().iter().chain(self.body.fields())
    }

    /// The field at a path, with the name of the mapping that has it.
    pub fn field_at(&self, path: &[Segment]) -> Option<(&'static Field, &'static str)> {
        let (field, _, source) = self.walk(path)?;
        let is_field = matches!(path.last(), Some(Segment::Key(_)));
        is_field.then_some((field, source))
    }

    /// What the value at a path is; the whole object at the root has none.
    pub fn shape_at(&self, path: &[Segment]) -> Option<Shape> {
        self.walk(path).map(|(_, shape, _)| shape)
    }

    fn walk(&self, path: &[Segment]) -> Option<(&'static Field, Shape, &'static str)> {
        let (first, rest) = path.split_first()?;
        let Segment::Key(name) = first else {
            return None;
        };
        let mut field = self.fields().find(|field| field.name == &**name)?;
        let (mut shape, mut source) = (field.shape, self.body.source);
        for segment in rest {
            shape = match (segment, shape) {
                (Segment::Index(_), Shape::List(item)) => *item,
                (Segment::Key(name), Shape::Struct(inner)) => {
                    field = inner.field(name)?;
                    source = inner.source;
                    field.shape
                }
                _ => return None,
            };
        }
        Some((field, shape, source))
    }
}

/// The shapes of all values of an object that the table knows, as far as they are written.
pub(crate) fn each_shape(
    kind: &Kind,
    node: &tierwalk_yaml::Node,
    path: &Path,
    visit: &mut dyn FnMut(&Path, &tierwalk_yaml::Node, Shape),
) {
    for entry in node.entries() {
        if let Some(field) = kind.fields().find(|field| field.name == &*entry.key) {
            descend(&entry.value, &path.key(&entry.key), field.shape, visit);
        }
    }
}

fn descend(
    node: &tierwalk_yaml::Node,
    path: &Path,
    shape: Shape,
    visit: &mut dyn FnMut(&Path, &tierwalk_yaml::Node, Shape),
) {
    visit(path, node, shape);
    match shape {
        Shape::List(item) => {
            for (index, node) in node.items().iter().enumerate() {
                descend(node, &path.index(index), *item, visit);
            }
        }
        Shape::Struct(inner) => {
            for entry in node.entries() {
                if let Some(field) = inner.field(&entry.key) {
                    descend(&entry.value, &path.key(&entry.key), field.shape, visit);
                }
            }
        }
        _ => {}
    }
}
