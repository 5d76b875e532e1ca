//! The command line: what it prints is reviewed as behaviour, in `snapshots/`.

use insta::assert_snapshot;
use tierwalk_tests::command::{Run, Scratch, tierwalk, tierwalk_with};

const STOREFRONT: &str = "../static/examples/storefront";

/// Everything a user sees of a run.
fn shown(run: &Run) -> String {
    format!(
        "exit {}\n--- out\n{}--- err\n{}",
        run.code, run.out, run.err
    )
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

const BROKEN: &str = "\
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  selector: app = 'web'
  ingress:
  - action: Allow
    protocol: tcp
    destination:
      ports: [8080]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
flows:
- shop/web -> shop/nobody tcp/80 allow
- shop/web => shop/web tcp/80
";

#[test]
fn validate_prints_problems_as_rustc_does() {
    let run = tierwalk_with(&["validate", "-"], BROKEN.as_bytes());
    assert_snapshot!(shown(&run));
}

#[test]
fn validate_in_json_has_files_and_diagnostics() {
    let run = tierwalk_with(&["validate", "-o", "json", "-"], BROKEN.as_bytes());
    let answer = json(&run);
    assert_eq!(run.code, 1);
    assert_eq!(answer["errors"], 3);
    assert_eq!(answer["files"][0]["ignored"][0]["kind"], "v1 ConfigMap");
    let first = &answer["diagnostics"][0];
    assert_eq!(
        (&first["place"]["file"], &first["place"]["line"]),
        (&"<stdin>".into(), &7.into())
    );
}

#[test]
fn validate_has_nothing_against_the_examples() {
    for example in ["default-deny", "pass-and-allow", "staged"] {
        let run = tierwalk(&["validate", &format!("../static/examples/{example}")]);
        assert_eq!(run.code, 0, "{}", shown(&run));
        assert!(run.out.contains("no problems in"), "{}", run.out);
    }
}

#[test]
fn validate_warns_of_the_shadowed_policy_of_the_storefront() {
    let run = tierwalk(&["validate", STOREFRONT]);
    assert_eq!(run.code, 0, "{}", shown(&run));
    assert!(run.out.contains("0 errors, 1 warning in"), "{}", run.out);
    let warning = "rule is never reached: `ingress[0]` of `storefront/frontend` comes first";
    assert!(run.out.contains(warning), "{}", run.out);
}

#[test]
fn trace_tells_the_walk_of_a_denied_flow() {
    let run = tierwalk(&[
        "trace",
        "--from",
        "storefront/frontend",
        "--to",
        "backend",
        "--port",
        "8080",
        STOREFRONT,
    ]);
    assert_snapshot!(shown(&run));
}

#[test]
fn trace_tells_what_would_change_the_verdict() {
    let run = tierwalk(&[
        "trace",
        "--from",
        "storefront/frontend",
        "--to",
        "backend",
        "--port",
        "8080",
        "--suggest",
        STOREFRONT,
    ]);
    let all = shown(&run);
    let (_, suggestions) = all.split_once("What would change this").unwrap();
    assert_snapshot!(suggestions);
}

#[test]
fn trace_tells_what_staged_policies_would_change() {
    let run = tierwalk(&[
        "trace",
        "--from",
        "storefront/microservice1",
        "--to",
        "logging",
        "--port",
        "9200",
        STOREFRONT,
    ]);
    assert_snapshot!(shown(&run));
}

#[test]
fn trace_in_json_has_the_shape_of_the_walk() {
    let run = tierwalk(&[
        "trace",
        "-o",
        "json",
        "--from",
        "storefront/microservice2",
        "--to",
        "203.0.113.9",
        "--port",
        "443",
        STOREFRONT,
    ]);
    let walk = json(&run);
    assert_eq!(run.code, 0, "a denied flow is an answer, not a finding");
    assert_eq!(walk["verdict"], "Deny");
    assert_eq!(
        walk["ingress"],
        serde_json::Value::Null,
        "no policy endpoint at an address"
    );
    let hits = walk["egress"]["enforced"].as_array().unwrap();
    let names: Vec<_> = hits
        .iter()
        .map(|hit| hit["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["security-pass", "twilio-integration"]);
    assert_eq!(hits[1]["kind"], "GlobalNetworkPolicy");
    assert_eq!(
        (&hits[1]["ruleIndex"], &hits[1]["action"]),
        (&1.into(), &"Deny".into())
    );
}

#[test]
fn trace_in_json_names_the_policy_that_the_end_of_a_tier_is_charged_to() {
    let run = tierwalk(&[
        "trace",
        "-o",
        "json",
        "--from",
        "storefront/frontend",
        "--to",
        "backend",
        "--port",
        "8080",
        STOREFRONT,
    ]);
    let hits = &json(&run)["ingress"]["enforced"];
    let last = hits.as_array().and_then(|hits| hits.last()).unwrap();
    assert_eq!(
        (&last["kind"], &last["ruleIndex"]),
        (&"EndOfTier".into(), &(-1).into())
    );
    assert_eq!(last["trigger"]["name"], "backend");
}

#[test]
fn trace_takes_every_protocol() {
    let verdict = |options: &[&str]| {
        let fixed = [
            "trace",
            "-o",
            "json",
            "--from",
            "storefront/frontend",
            "--to",
            "backend",
        ];
        let run = tierwalk(&[&fixed, options, &[STOREFRONT]].concat());
        assert_eq!(run.code, 0, "{}", shown(&run));
        json(&run)["verdict"].clone()
    };
    assert_eq!(verdict(&["--protocol", "ICMP"]), "Deny");
    assert_eq!(
        verdict(&["--protocol", "icmp", "--icmp-type", "8", "--icmp-code", "0"]),
        "Deny"
    );
    assert_eq!(verdict(&["--protocol", "47"]), "Deny");
    assert_eq!(verdict(&["--protocol", "17", "--port", "53"]), "Deny");
}

#[test]
fn trace_says_what_is_missing() {
    let trace = |options: &[&str]| {
        let run = tierwalk(&[&["trace"], options, &[STOREFRONT]].concat());
        assert_eq!(run.code, 2, "{}", shown(&run));
        run.err
    };
    assert_snapshot!(trace(&[
        "--from",
        "storefront/frontnd",
        "--to",
        "backend",
        "--port",
        "80"
    ]));
    assert_snapshot!(trace(&["--from", "storefront/frontend", "--to", "backend"]));
    assert_snapshot!(trace(&[
        "--from",
        "storefront/frontend",
        "--to",
        "10.0.0.0/8",
        "--port",
        "80"
    ]));
}

#[test]
fn test_reports_each_flow_with_its_reason() {
    assert_snapshot!(shown(&tierwalk(&["test", STOREFRONT])));
}

#[test]
fn test_passes_only_if_every_expectation_is_met() {
    let run = tierwalk(&["test", "../static/examples/pass-and-allow"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.ends_with("3 passed, 0 failed\n"), "{}", run.out);
}

#[test]
fn test_writes_junit() {
    let scratch = Scratch::new();
    let flows = scratch.write(
        "flows/a.yaml",
        "flows:\n- {from: a/x, to: b/db, port: 80, expect: allow, name: 'x < z'}\n- a/x -> a/none tcp/1 deny\n- a/x -> b/db tcp/1\n- a/x -> b/db tcp/2 deny\n",
    );
    let pods = scratch.write(
        "pods.yaml",
        "{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: b}}\n",
    );
    let run = tierwalk(&["test", "-o", "junit", &flows, &pods]);
    assert_snapshot!(scratch.anonymous(&shown(&run)));
}

#[test]
fn test_without_flows_is_wrong_usage() {
    let run = tierwalk(&["test", "../static/examples/storefront/policies"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no flows"), "{}", run.err);
}

#[test]
fn files_are_found_in_directories_and_only_readable_ones() {
    let scratch = Scratch::new();
    scratch.write(
        "b.yml",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n",
    );
    scratch.write("a/flows.flows", "# none\n");
    scratch.write(
        "a/c.json",
        r#"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "c"}}"#,
    );
    scratch.write("notes.md", "# not: [yaml");
    scratch.write(".git/config.yaml", "not: [yaml");
    let run = tierwalk(&[
        "validate",
        "-o",
        "json",
        &scratch.path().display().to_string(),
    ]);
    let answer = json(&run);
    let files = answer["files"].as_array().unwrap();
    let files: Vec<_> = files
        .iter()
        .map(|file| scratch.anonymous(file["path"].as_str().unwrap()))
        .collect();
    assert_eq!(files, ["DIR/a/c.json", "DIR/a/flows.flows", "DIR/b.yml"]);
    assert_eq!(run.code, 0);
}

#[test]
fn wrong_usage_is_exit_2() {
    assert_eq!(tierwalk(&["validate", "no/such/file.yaml"]).code, 2);
    assert_eq!(tierwalk(&["validate", "../README.md"]).code, 2);
    assert_eq!(tierwalk(&["validate"]).code, 2);
    assert_eq!(tierwalk(&["frobnicate"]).code, 2);
    let help = tierwalk(&["--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("Exit status:"), "{}", help.out);
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let arguments = [
        "trace",
        "--from",
        "dev/toolbox",
        "--to",
        "dev/web",
        "--port",
        "1",
        STOREFRONT,
    ];
    assert!(!tierwalk(&arguments).out.contains('\u{1b}'));
    let coloured = tierwalk(&[&["--color", "always"], &arguments[..]].concat());
    assert!(coloured.out.contains('\u{1b}'));
}
