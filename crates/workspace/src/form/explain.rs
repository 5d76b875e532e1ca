//! What can be written at a place of a template document, and what it means.

use tierwalk_template::{Definition, parse_rule};
use tierwalk_yaml::Segment;

use super::spec::{Shape, Spec};

/// A key of a template.
pub(crate) struct Known {
    /// As it is written.
    pub key: String,
    /// What it means, and its default.
    pub text: Vec<String>,
    /// What it can be, if there is a choice.
    pub options: Vec<String>,
    /// Its value is a selector.
    pub selector: bool,
    /// Its value is a rule on one line, or a list of such rules.
    pub rule: bool,
}

/// The key that a path leads to, from the values of a document on.
pub(crate) fn at(definition: &Definition, path: &[Segment]) -> Option<Known> {
    find(definition.fields.iter().map(Spec::of).collect(), path).map(known)
}

/// The keys of a rule in the list of this name, in the generator's words.
pub(crate) fn rule_keys(list: &str) -> Vec<Known> {
    Spec::of_rule(is_egress(list))
        .into_iter()
        .map(known)
        .collect()
}

/// A rule on one line in words. `namespaced` says whether its policy is known to belong to a namespace.
pub(crate) fn rule(text: &str, namespaced: bool) -> Option<String> {
    let rule = parse_rule(text).ok()?;
    Some(format!("It {}.", rule.describe(namespaced)))
}

fn is_egress(list: &str) -> bool {
    list.to_ascii_lowercase().contains("egress")
}

fn find(specs: Vec<Spec>, path: &[Segment]) -> Option<Spec> {
    let (Segment::Key(name), rest) = path.split_first()? else {
        return None;
    };
    let spec = specs.into_iter().find(|spec| *spec.key == **name)?;
    within(spec, rest, is_egress(name))
}

/// An item is explained as the list that it is in.
fn within(spec: Spec, path: &[Segment], egress: bool) -> Option<Spec> {
    match (path, spec.shape) {
        ([Segment::Index(_), rest @ ..], Shape::Items(item)) if !rest.is_empty() => {
            within(*item, rest, egress)
        }
        (_, Shape::Group(specs)) if !path.is_empty() => find(specs, path),
        ([_, ..], Shape::Rule) => find(Spec::of_rule(egress), path),
        ([] | [Segment::Index(_)], shape) => Some(Spec { shape, ..spec }),
        _ => None,
    }
}

fn known(spec: Spec) -> Known {
    let meaning = match spec.help.is_empty() {
        true => format!("{}.", spec.label),
        false => spec.help,
    };
    let (how, options) = match &spec.shape {
        Shape::Choice(options) => (Some("One of"), options.clone()),
        Shape::Choices(options) => (Some("Any of"), options.clone()),
        _ => (None, Vec::new()),
    };
    let listed = options.iter().map(|option| format!("`{option}`"));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let default = spec.default.filter(|default| !default.is_empty());
    let text = [
        Some(meaning),
        how.map(|how| format!("{how} {listed}.")),
        default.map(|default| format!("Default: `{default}`.")),
        spec.required.then(|| "It has to be set.".to_owned()),
    ];
    Known {
        key: spec.key,
        text: text.into_iter().flatten().collect(),
        options,
        selector: matches!(spec.shape, Shape::Code),
        rule: match &spec.shape {
            Shape::Rule => true,
            Shape::Items(item) => matches!(item.shape, Shape::Rule),
            _ => false,
        },
    }
}
