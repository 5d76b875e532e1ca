use serde_json::json;

use super::*;

fn evaluate(source: &str) -> Result<Value, String> {
    tierwalk_source::with_room(|| evaluate_here(source))
}

fn evaluate_here(source: &str) -> Result<Value, String> {
    let language = Language::default();
    let expression = language
        .read(source, &Scope::default())
        .map_err(|slip| slip.message)?;
    let object = json!({
        "metadata": {"name": "web", "labels": {"zone": "blue", "a.b/c": "d"}},
        "spec": {"order": 500, "nets": ["10.0.0.0/8", "192.168.0.0/16"], "rules": [{"action": "Allow"}]},
    });
    let question = language.question([("object", from_json(&object)), ("oldObject", Value::Null)]);
    question.evaluate(&expression)
}

fn holds(source: &str) {
    assert_eq!(evaluate(source), Ok(Value::Bool(true)), "{source}");
}

#[test]
fn what_policies_say_about_labels() {
    holds("has(object.metadata.labels.zone)");
    holds("!has(object.metadata.labels.other)");
    holds("'a.b/c' in object.metadata.labels && object.metadata.labels['a.b/c'] == 'd'");
    holds("object.metadata.labels.all(key, !key.startsWith('secret/'))");
    holds("object.metadata.?annotations[?'owner'].orValue('nobody') == 'nobody'");
    holds("object.?metadata.labels.zone.hasValue()");
    holds("object.metadata.name.matches('^[a-z]+$')");
    holds("object.metadata.labels.zone in ['blue', 'green']");
    holds("oldObject == null");
}

#[test]
fn what_policies_say_about_rules_and_orders() {
    holds("object.spec.order >= 500 && object.spec.order + 1 == 501");
    holds("object.spec.rules.exists(rule, rule.action == 'Allow')");
    holds("object.spec.rules.map(rule, rule.action) == ['Allow']");
    holds("object.spec.nets.all(net, isCIDR(net) && cidr(net).prefixLength() >= 8)");
    holds(
        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')",
    );
    holds("ip.isCanonical('2001:db8::1') && !ip.isCanonical('2001:DB8::0001')");
    holds("isIP('::1') && ip('127.0.0.1').isLoopback() && ip('::1').family() == 6");
}

#[test]
fn kubernetes_own_functions() {
    holds("'a,b'.split(',').size() == 2 && ['a', 'b'].join('-') == 'a-b'");
    holds("'Web'.lowerAscii() == 'web' && 'x-y'.replace('-', '.') == 'x.y' && ' a '.trim() == 'a'");
    holds("'abc 123'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]') == ['1', '2']");
    holds("[1, 2, 3].sum() == 6 && [3, 1].max() == 3 && [3, 1].min() == 1 && [1, 2].isSorted()");
    holds(
        "sets.contains([1, 2], [2]) && sets.intersects([1], [1, 2]) && !sets.equivalent([1], [2])",
    );
    holds("'%s has %d'.format(['web', 2]) == 'web has 2'");
}

#[test]
fn errors_are_worded_as_in_kubernetes() {
    assert_eq!(
        evaluate("object.spec.other == 1"),
        Err("no such key: other".to_owned())
    );
    assert_eq!(
        evaluate("object.spec.order + 'a' == ''"),
        Err("no such overload".to_owned())
    );
    assert!(truth(&Value::Int(1)).is_err());
}

#[test]
fn functions_that_only_a_cluster_has_are_told_as_such() {
    for (source, name) in [
        ("quantity('1Gi') == quantity('1024Mi')", "quantity"),
        (
            "timestamp(object.metadata.creationTimestamp) == null",
            "timestamp",
        ),
        ("object.metadata.name.validate().hasValue()", "validate"),
    ] {
        let (at, message, _) = slip(source);
        let told = format!("function `{name}` of Kubernetes is not simulated");
        assert_eq!((at.as_str(), message), (name, told), "{source}");
    }
}

fn slip(source: &str) -> (String, String, Option<String>) {
    let language = Language::default();
    let variables = ["zone".to_owned()];
    let scope = Scope {
        variables: &variables,
    };
    let slip = language.read(source, &scope).expect_err(source);
    let at = source.get(slip.range).unwrap_or_default().to_owned();
    (at, slip.message, slip.help)
}

#[test]
fn slips_are_told_at_their_place() {
    let did = |name: &str| Some(format!("did you mean `{name}`?"));
    assert_eq!(
        slip("1 == 1 && objct.x"),
        (
            "objct".into(),
            "there is no name `objct`".into(),
            did("object")
        )
    );
    assert_eq!(
        slip("'ä' == 'ä' && object.name.startWith('a')"),
        (
            "startWith".into(),
            "there is no function `startWith`".into(),
            did("startsWith")
        )
    );
    assert_eq!(
        slip("variables.zon == ''"),
        (
            "zon".into(),
            "there is no variable `zon`".into(),
            did("zone")
        )
    );
    assert_eq!(slip("zone == ''").2, Some("write `variables.zone`".into()));
    assert_eq!(slip("object.list.all(1 > 2)").1, "`all` does not fit here");
    assert_eq!(slip("[1].all(x, y)").0, "y");
    let (at, message, _) = slip("object.spec &&\n  ) == 1");
    assert_eq!(at, ")");
    assert!(message.starts_with("this is not CEL"), "{message}");
}

#[test]
fn no_expression_runs_for_ever() {
    let list = format!("[{}]", vec!["1"; 1000].join(","));
    let nested = format!("{list}.all(a, {list}.all(b, {list}.all(c, {list}.all(d, true))))");
    let error = evaluate(&nested).unwrap_err();
    assert!(error.contains("cost limit exceeded"), "{error}");
}

#[test]
fn bottomless_nesting_is_refused() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}true{}", open.repeat(times), close.repeat(times))
    };
    for source in [
        deep("(", ")", 20_000),
        deep("[", "]", 20_000),
        deep("!", "", 20_000),
        format!("{}1 > 0", "1 + ".repeat(600)),
        deep("true ? true : ", "", 590),
        format!("object{}", ".a".repeat(1_000)),
    ] {
        assert!(evaluate(&source).is_err());
    }
    holds(&deep("(", ")", 40));
    holds(&deep("!!", "", 20));
    holds(&format!("{}1 > 0", "1 + ".repeat(100)));
    holds(&format!("{}true", "object.spec.order > 1 && ".repeat(150)));
}
