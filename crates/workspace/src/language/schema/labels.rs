//! What the kinds of Kubernetes share: label selectors, and protocols.

use super::{Field, Of, Shape, Struct, Word, word};

pub(super) static OPERATORS: [Word; 4] = [
    word("In", "The label has one of `values`."),
    word("NotIn", "The label has none of `values`, or is not there."),
    word("Exists", "The label is there."),
    word("DoesNotExist", "The label is not there."),
];

pub(super) static PROTOCOLS: [Word; 3] = [word("TCP", ""), word("UDP", ""), word("SCTP", "")];

static REQUIREMENT: Struct = Struct {
    source: "LabelSelectorRequirement",
    fields: &[&[
        Field::new("key", Shape::LabelKey, "Name of the label.").required(),
        Field::new(
            "operator",
            Shape::Words(&OPERATORS),
            "How the label is compared.",
        )
        .required(),
        Field::new(
            "values",
            Shape::List(&Shape::Text),
            "Values, for `In` and `NotIn`.",
        ),
    ]],
};

macro_rules! label_selector {
    ($name:ident, $of:expr) => {
        pub(super) static $name: Struct = Struct {
            source: "LabelSelector",
            fields: &[&[
                Field::new(
                    "matchLabels",
                    Shape::Labels($of),
                    "Labels with exactly these values; all must hold.",
                ),
                Field::new(
                    "matchExpressions",
                    Shape::List(&Shape::Struct(&REQUIREMENT)),
                    "Conditions on labels; all must hold.",
                ),
            ]],
        };
    };
}

label_selector!(PODS, Of::Endpoints);
label_selector!(NAMESPACES, Of::Namespaces);
