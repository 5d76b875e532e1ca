//! What tests of this crate share.

use tierwalk_yaml::{Document, split};

use crate::model::{Converted, Entity, Model, Part, Rule};
use crate::{BuildOptions, Built, Mode, Object, build, read};

/// The objects of a text, numbered by document.
pub(crate) fn objects(text: &str) -> Vec<(u32, Object)> {
    let mut objects = Vec::new();
    for (number, chunk) in (0..).zip(split(text)) {
        let document = Document::parse(chunk.text);
        assert_eq!(document.diagnostics, [], "{}", chunk.text);
        let checked = read(&document, Mode::Load);
        let errors = checked.diagnostics.iter().filter(|found| found.is_error());
        assert_eq!(
            errors.count(),
            0,
            "{:?} {}",
            checked.diagnostics,
            chunk.text
        );
        objects.extend(checked.value.into_iter().map(|object| (number, object)));
    }
    objects
}

/// What objects build.
pub(crate) fn build_all(objects: &[(u32, Object)], options: BuildOptions) -> Built {
    let objects: Vec<_> = objects
        .iter()
        .map(|(number, object)| (*number, object))
        .collect();
    build(&objects, options)
}

/// What a text builds.
pub(crate) fn built(text: &str, options: BuildOptions) -> Built {
    build_all(&objects(text), options)
}

/// The model of a text.
pub(crate) fn model(text: &str) -> Model {
    built(text, BuildOptions::default()).model
}

/// The policies of one kind, in `prod` if the kind has a namespace, with this spec in flow style.
pub(crate) fn policies(api_version: &str, kind: &str, spec: &str) -> Vec<Converted> {
    let is_global = ["Global", "Cluster", "Admin"]
        .iter()
        .any(|word| kind.contains(word));
    let namespace = if is_global { "" } else { ", namespace: prod" };
    let text = format!(
        "apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: p{namespace}}}\nspec: {spec}\n"
    );
    let policies = model(&text).policies.into_iter();
    policies.map(|policy| (*policy.converted).clone()).collect()
}

/// The one policy of a Calico kind.
pub(crate) fn calico(kind: &str, spec: &str) -> Converted {
    only(policies("projectcalico.org/v3", kind, spec))
}

/// The one that there is.
pub(crate) fn only<T: std::fmt::Debug>(items: Vec<T>) -> T {
    let [item] = <[T; 1]>::try_from(items).unwrap();
    item
}

/// The selectors of parts as they are evaluated.
pub(crate) fn canonical(parts: &[Part]) -> Vec<String> {
    parts.iter().map(|part| part.selector.canonical()).collect()
}

/// A rule as a line: what it does, its protocol, and the peer and ports that it wants.
pub(crate) fn line(rule: &Rule) -> String {
    let protocol = rule.protocol.map(|protocol| protocol.name().into_owned());
    let protocol = protocol.unwrap_or_else(|| "any".into());
    let (source, destination) = (side(&rule.source), side(&rule.destination));
    format!("{:?} {protocol} {source} -> {destination}", rule.action)
}

fn side(entity: &Entity) -> String {
    let nets = entity.nets.iter().map(|net| net.to_string());
    let not_nets = entity.not_nets.iter().map(|net| format!("not {net}"));
    let ranges = entity
        .ports
        .ranges
        .iter()
        .map(|range| match range.start() == range.end() {
            true => format!("port {}", range.start()),
            false => format!("port {}:{}", range.start(), range.end()),
        });
    let names = entity.ports.names.iter().map(|name| format!("port {name}"));
    let words = canonical(&entity.positive).into_iter();
    let words: Vec<String> = words
        .chain(nets)
        .chain(not_nets)
        .chain(names)
        .chain(ranges)
        .collect();
    if words.is_empty() {
        "*".into()
    } else {
        words.join(" ")
    }
}
