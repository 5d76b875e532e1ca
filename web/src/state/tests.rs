//! What the page promises, told to the model.

mod engine;
mod files;
mod reading;
mod workspaces;

use std::rc::Rc;

use tierwalk_protocol::Analysis;

use super::*;
use crate::{engine::Event, fixture};

const BACKEND: &str = "policies/backend.yaml";

/// The storefront, with its first analysis.
fn opened() -> Model {
    let mut model = Model::default();
    model.update(Msg::Example(0));
    answer(&mut model, fixture::analysis());
    model
}

fn answer(model: &mut Model, analysis: Analysis) -> Vec<Effect> {
    let revision = model.asked;
    model.update(Msg::Engine(Event::Analysis {
        revision,
        analysis: Rc::new(analysis),
    }))
}

fn type_in(model: &mut Model, path: &str, text: &str) -> Vec<Effect> {
    model.update(Msg::Typed {
        path: path.into(),
        text: text.into(),
        at: 0.0,
    })
}

fn paths(model: &Model) -> Vec<String> {
    model
        .files
        .iter()
        .map(|file| file.path.to_string())
        .collect()
}
