//! What tests of this crate share.

use tierwalk_yaml::{Document, split};

use crate::model::Model;
use crate::{BuildOptions, Built, Mode, Object, build, read};

/// The objects of a text, numbered by document.
pub(crate) fn objects(text: &str) -> Vec<(u32, Object)> {
    let mut objects = Vec::new();
    for (number, chunk) in (0..).zip(split(text)) {
        let document = Document::parse(chunk.text);
        assert_eq!(document.diagnostics, [], "{}", chunk.text);
        let checked = read(&document, Mode::Load);
        assert_eq!(checked.diagnostics, [], "{}", chunk.text);
        objects.extend(checked.value.into_iter().map(|object| (number, object)));
    }
    objects
}

/// What a text builds.
pub(crate) fn built(text: &str, options: BuildOptions) -> Built {
    let objects = objects(text);
    let objects: Vec<_> = objects
        .iter()
        .map(|(number, object)| (*number, object))
        .collect();
    build(&objects, options)
}

/// The model of a text.
pub(crate) fn model(text: &str) -> Model {
    built(text, BuildOptions::default()).model
}
