//! Engines from text.
#![allow(dead_code, reason = "each test file uses a part")]

use tierwalk_resources::model::Model;
use tierwalk_resources::{BuildOptions, Mode, Object, build, read};
use tierwalk_tiers::Engine;
use tierwalk_yaml::{Document, split};

/// The objects of a text, numbered by document.
pub fn objects(text: &str) -> Vec<(u32, Object)> {
    let mut objects = Vec::new();
    for (number, chunk) in (0..).zip(split(text)) {
        let document = Document::parse(chunk.text);
        let checked = read(&document, Mode::Load);
        objects.extend(checked.value.into_iter().map(|object| (number, object)));
    }
    objects
}

/// The model of a text.
pub fn model(text: &str, options: BuildOptions) -> Model {
    let objects = objects(text);
    let objects: Vec<_> = objects.iter().map(|(number, it)| (*number, it)).collect();
    build(&objects, options).model
}

/// The engine of a text.
pub fn engine(text: &str) -> Engine {
    Engine::compile(model(text, BuildOptions::default()))
}
