use std::ffi::OsString;

use crate::Io;

const ROOT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../static/examples/personas/"
);

/// Exit status, standard output and standard error.
fn apply(args: &[&str], input: &str) -> (u8, String, String) {
    let cluster = format!("{ROOT}cluster");
    let all = ["tierwalk", "apply", "--cluster", &cluster]
        .into_iter()
        .chain(args.iter().copied());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = input.as_bytes();
    let mut io = Io {
        input: &mut input,
        out: &mut out,
        err: &mut err,
        terminal: false,
    };
    let status = crate::run(all.map(OsString::from), &mut io);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status, text(out), text(err))
}

fn policies() -> String {
    format!("{ROOT}policies")
}

#[test]
fn what_is_done_goes_out_and_what_is_refused_to_errors() {
    let (status, out, err) = apply(&["--as", "shop-admin", &policies()], "");
    assert_eq!(status, 1);
    assert_eq!(out, "networkpolicy.projectcalico.org/web created\n");
    assert!(
        err.starts_with("Error from server (Forbidden): error when creating "),
        "{err}"
    );
    assert_eq!(apply(&["--as", "platform-admin", &policies()], "").0, 0);
    assert_eq!(
        apply(&[&policies()], "").0,
        0,
        "a cluster admin, if nobody is named"
    );
}

#[test]
fn groups_can_be_added_as_for_kubectl() {
    assert_eq!(apply(&["--as", "eve", &policies()], "").0, 1);
    assert_eq!(
        apply(
            &["--as", "eve", "--as-group", "platform-admins", &policies()],
            ""
        )
        .0,
        0
    );
}

#[test]
fn both_ways_in() {
    let (_, _, err) = apply(&["--api", "aggregated", "--as", "nobody", &policies()], "");
    assert!(
        !err.contains("webhook")
            && err.contains("cannot create networkpolicies.projectcalico.org in tier"),
        "{err}"
    );
}

#[test]
fn for_programs() {
    let (status, out, _) = apply(
        &["-o", "json", "--as", "pay-admin", "-"],
        "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n",
    );
    assert_eq!(status, 1);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["refused"], 1);
    assert_eq!(report["persona"]["user"]["name"], "bob");
    let refusal = &report["applied"][0]["outcome"]["refusal"];
    assert_eq!(
        (&refusal["stage"], &refusal["reason"]),
        (&"rbac".into(), &"Forbidden".into())
    );
    assert_eq!(report["applied"][0]["namespace"], "default");
}

#[test]
fn what_cannot_be_read_is_wrong_usage() {
    assert_eq!(apply(&["missing.yaml"], "").0, 2);
    assert_eq!(apply(&[], "").0, 2);
    let (status, _, err) = apply(&["-"], "a: [");
    assert_eq!(status, 1, "{err}");
    assert!(err.contains("yaml/syntax"), "{err}");
}
