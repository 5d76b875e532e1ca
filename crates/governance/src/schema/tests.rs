use serde_json::json;
use tierwalk_yaml::Document;

use super::check;

fn told(text: &str) -> Vec<(String, String)> {
    let schema = json!({
        "type": "object",
        "required": ["name"],
        "additionalProperties": false,
        "properties": {
            "name": {"type": "string"},
            "mode": {"enum": ["fast", "slow"]},
            "until": {"type": "string", "format": "date"},
            "pattern": {"type": "string", "format": "regex"},
            "list": {"$ref": "#/$defs/list"},
            "map": {"type": "object", "additionalProperties": {"type": "number"}},
        },
        "$defs": {"list": {"type": "array", "items": {"type": "boolean"}}},
    });
    let document = Document::parse(text);
    let root = document.root.as_ref();
    let problems = root
        .map(|root| check(&schema, root, "x"))
        .unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| (problem.span.of(text).to_owned(), problem.message))
        .collect()
}

fn is(text: &str, at: &str, message: &str) {
    assert_eq!(told(text), [(at.to_owned(), message.to_owned())]);
}

#[test]
fn what_fits_is_not_told() {
    assert!(
        told(
            "name: a\nmode: fast\nuntil: 2026-12-31\nlist: [true]\nmap: {x: 1.5}\npattern: ^a+$\n"
        )
        .is_empty()
    );
}

#[test]
fn what_does_not_fit_is_told_where_it_stands() {
    is("mode: fast\n", "mode", "`name` is missing");
    is("name: 1\n", "1", "this must be text, it is the number `1`");
    is(
        "name: a\nmode: quick\n",
        "quick",
        "`quick` is not among fast, slow",
    );
    is(
        "name: a\nuntil: 2026-13-01\n",
        "2026-13-01",
        "`2026-13-01` is no date; write 2026-12-31",
    );
    is(
        "name: a\npattern: '['\n",
        "'['",
        "`[` is no regular expression",
    );
    is(
        "name: a\nlist: [yes, 'no']\n",
        "'no'",
        "this must be true or false, it is the text `no`",
    );
    is(
        "name: a\nmap: {x: }\n",
        "",
        "this must be a number, it is empty",
    );
    is("name: a\nnmae: b\n", "nmae", "there is no `nmae` here");
}
