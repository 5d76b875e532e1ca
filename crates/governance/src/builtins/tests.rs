use regorus::Engine;

use super::{Host, register};

fn evaluate(expression: &str, strict: bool) -> Result<String, String> {
    let mut engine = Engine::new();
    engine.set_strict_builtin_errors(strict);
    let host = Host {
        now: Some(1_763_000_000_000_000_000),
        strict,
    };
    register(&mut engine, host).map_err(|error| error.to_string())?;
    let module = format!("package t\nx := {expression}\n");
    engine
        .add_policy("t.rego".into(), module)
        .map_err(|error| error.to_string())?;
    engine
        .eval_rule("data.t.x".into())
        .map(|value| crate::value::term(&value))
        .map_err(|error| error.to_string())
}

fn is(expression: &str, expected: &str) {
    assert_eq!(
        evaluate(expression, false).as_deref(),
        Ok(expected),
        "{expression}"
    );
}

#[test]
fn sprintf_shows_terms_as_opa_does() {
    is(r#"sprintf("%v", [{"b", "a"}])"#, r#""{\"a\", \"b\"}""#);
    is(
        r#"sprintf("%v %v", [set(), {"k": [1, true, null]}])"#,
        r#""set() {\"k\": [1, true, null]}""#,
    );
    is(r#"sprintf("%d", ["x"])"#, r#""%!d(string=x)""#);
    is(r#"sprintf("%v", [1.0])"#, r#""1""#);
}

#[test]
fn networks() {
    is(r#"net.cidr_contains("10.0.0.0/8", "10.1.0.0/16")"#, "true");
    is(r#"net.cidr_contains("10.0.0.0/8", "0.0.0.0/0")"#, "false");
    is(r#"net.cidr_contains("10.0.0.0/8", "10.9.9.9")"#, "true");
    is(r#"net.cidr_overlap("10.0.0.0/8", "10.1.0.0/16")"#, "true");
    is(
        r#"net.cidr_intersects("10.1.0.0/16", "10.0.0.0/8")"#,
        "true",
    );
    is(
        r#"net.cidr_expand("10.0.0.0/30")"#,
        r#"{"10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3"}"#,
    );
    is(
        r#"net.cidr_merge(["10.0.0.0/25", "10.0.0.128/25"])"#,
        r#"{"10.0.0.0/24"}"#,
    );
    is(
        r#"net.cidr_contains_matches(["10.0.0.0/8"], ["10.1.0.0/16", "11.0.0.0/8"])"#,
        "{[0, 0]}",
    );
    is(r#"net.cidr_is_valid("10.0.0.0/33")"#, "false");
    is(
        r#"net.cidr_contains("10.0.0.0/8", "no address")"#,
        "<undefined>",
    );
}

#[test]
fn old_functions() {
    is(r#"re_match("^a+$", "aaa")"#, "true");
    is(r#"regex.match(`^\d+$`, "12a")"#, "false");
    is("any([false, true])", "true");
    is("all({true})", "true");
    is("set_diff({1, 2}, {2})", "{1}");
    is(r#"cast_array({1, 2})"#, "[1, 2]");
    is(r#"cast_string(1)"#, "<undefined>");
}

#[test]
fn patterns() {
    is(r#"regex.find_n("a.", "ab ac ad", 2)"#, r#"["ab", "ac"]"#);
    is(
        r#"regex.find_n("a.", "ab ac ad", -1)"#,
        r#"["ab", "ac", "ad"]"#,
    );
    is(
        r#"regex.replace("a=1, b=2", `(\w)=(\d)`, "$2=$1")"#,
        r#""1=a, 2=b""#,
    );
    is(r#"regex.split(",\\s*", "a, b,c")"#, r#"["a", "b", "c"]"#);
}

#[test]
fn times() {
    is(
        r#"time.parse_rfc3339_ns("1970-01-02T00:00:01.5Z")"#,
        "86401500000000",
    );
    is(
        r#"time.parse_rfc3339_ns("2026-11-21T10:00:00+01:00")"#,
        "1795251600000000000",
    );
    is("time.date(time.now_ns())", "[2025, 11, 13]");
    is("time.clock([3661000000000, \"UTC\"])", "[1, 1, 1]");
    is("time.weekday(0)", "\"Thursday\"");
    is("time.date(time.add_date(0, 0, 14, -1))", "[1971, 2, 28]");
}

/// OPA `internal/yaml`: version 1.2 of YAML, as in data files.
#[test]
fn yaml_is_read_as_opa_reads_it() {
    is(
        r#"yaml.unmarshal("a: yes\non: 0x10\nc: true")"#,
        r#"{"a": "yes", "c": true, "on": 16}"#,
    );
    is(r#"yaml.is_valid("a: [")"#, "false");
}

/// What OPA 1.21 gave.
#[test]
fn values_are_written_as_opa_writes_them() {
    is(
        r#"json.marshal({"b": [1, 2.5], "a": "<é> & \n"})"#,
        r#""{\"a\":\"\\u003cé\\u003e \\u0026 \\n\",\"b\":[1,2.5]}""#,
    );
    is("1000000", "1000000");
    is("1000000.5 + 1", "1.0000015e+06");
    is("1000000 / 2", "500000");
    is(r#"to_number("12.5")"#, "12.5");
    is(r#"to_number(" 12")"#, "<undefined>");
    is(r#"upper("straße")"#, r#""STRAßE""#);
    is("array.flatten([1, [2, [3]]])", "[1, 2, [3]]");
}

#[test]
fn a_failing_function_is_an_error_only_if_asked() {
    is(r#"to_number("web-1")"#, "<undefined>");
    assert!(evaluate(r#"to_number("web-1")"#, true).is_err());
    is(r#"regex.match("[", "a")"#, "<undefined>");
    assert!(evaluate(r#"regex.match("[", "a")"#, true).is_err());
}

/// A range of a billion numbers would fill the memory long before a deadline.
#[test]
fn ranges_are_bounded() {
    is("numbers.range(3, 1)", "[3, 2, 1]");
    assert!(evaluate("numbers.range(1, 1000000000)", false).is_err());
}
