use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use clap::Parser;

use crate::args::{Cli, Command};
use crate::paint::Paint;
use crate::{Io, finish};

const POLICY: &str = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\n\
                      spec:\n  order: 100\n  selector: app == 'web'\n  types: [Ingress]\n";

/// A directory of its own, removed when dropped.
struct Directory(PathBuf);

impl Directory {
    fn with(files: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tierwalk-check-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        for (name, text) in files {
            let file = path.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(path)
    }

    /// Exit status, standard output, standard error.
    fn run(&self, line: &str, mut input: &[u8]) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut io = Io {
            input: &mut input,
            out: &mut out,
            err: &mut err,
            terminal: false,
        };
        let paint = Paint { on: false };
        let cli = Cli::try_parse_from(line.split(' ')).unwrap();
        let result = match cli.command {
            Command::Check(args) => super::run_in(&self.0, &args, paint, &mut io),
            Command::Verify(args) => super::verify_in(&self.0, &args, paint, &mut io),
            Command::Export(args) => super::export::run(&args, paint, &mut io),
            _ => panic!("{line}"),
        };
        let code = finish(result, &mut io);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (code, text(out), text(err))
    }

    fn shown(&self, line: &str) -> (u8, String) {
        let (code, out, _) = self.run(line, b"");
        (code, out.lines().last().unwrap_or_default().to_owned())
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_pack_needs_no_policies() {
    let directory = Directory::with(&[("a.yaml", POLICY)]);
    let (code, out, err) = directory.run("tierwalk check --pack a.yaml", b"");
    assert_eq!((code, err.as_str()), (1, ""));
    let first = out.lines().next().unwrap_or_default();
    assert_eq!(
        first,
        "FAIL - a.yaml - main - order 100 of web is below 500, the least in tier `default`"
    );
    assert_eq!(directory.run("tierwalk verify --pack", b"").0, 0);
}

#[test]
fn the_pack_goes_with_policies_of_ones_own() {
    let directory = Directory::with(&[
        ("a.yaml", POLICY),
        ("policy/x.rego", "package main\ndeny contains \"mine\"\n"),
    ]);
    let (_, out, _) = directory.run("tierwalk check --pack a.yaml", b"");
    assert!(
        out.contains("main - mine\n") && out.contains("order 100"),
        "{out}"
    );
}

#[test]
fn settings_are_found_and_held_to_their_schema() {
    let settings = "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks: {order: {min: 50}}\n";
    let directory = Directory::with(&[("a.yaml", POLICY), ("checks.yaml", settings)]);
    assert_eq!(directory.run("tierwalk check --pack a.yaml", b"").0, 0);
    fs::write(
        directory.0.join("checks.yaml"),
        settings.replace("order", "ordr"),
    )
    .unwrap();
    let (code, out, err) = directory.run("tierwalk check --pack a.yaml", b"");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("error[governance/settings]: there is no `ordr` here"),
        "{err}"
    );
    assert!(err.contains("checks.yaml:3"), "{err}");
}

#[test]
fn an_exception_that_ended_is_a_warning() {
    let settings = "apiVersion: tierwalk.dev/v1\nkind: Checks\nexceptions: [{checks: [order], reason: old, expires: 2020-01-31}]\n";
    let directory = Directory::with(&[("a.yaml", POLICY), ("other.yaml", settings)]);
    let (code, out, err) = directory.run("tierwalk check --pack --settings other.yaml a.yaml", b"");
    assert_eq!(code, 1);
    assert!(out.contains("1 failure, 0 exceptions"), "{out}");
    assert!(
        err.starts_with("warning[governance/exception-ended]"),
        "{err}"
    );
}

#[test]
fn conftests_configuration_stands_for_flags() {
    let directory = Directory::with(&[
        ("a.yaml", POLICY),
        ("rules/x.rego", "package b\nwarn contains \"w\"\n"),
        (
            "conftest.toml",
            "policy = \"rules\"\nnamespace = [\"b\"]\nfail-on-warn = true\nupdate = []\n",
        ),
    ]);
    let summary = "1 test, 0 passed, 1 warning, 0 failures, 0 exceptions".to_owned();
    assert_eq!(directory.shown("tierwalk check a.yaml"), (1, summary));
    let nothing = "0 tests, 0 passed, 0 warnings, 0 failures, 0 exceptions".to_owned();
    assert_eq!(
        directory.shown("tierwalk check a.yaml -n main"),
        (0, nothing)
    );
    fs::write(directory.0.join("conftest.toml"), "policy =").unwrap();
    let (code, _, err) = directory.run("tierwalk check a.yaml", b"");
    assert!(
        code == 1 && err.contains("`conftest.toml` cannot be read"),
        "{err}"
    );
}

#[test]
fn standard_input_is_yaml_and_shown_as_a_dash() {
    let directory =
        Directory::with(&[("policy/x.rego", "package main\ndeny contains input.kind\n")]);
    let (code, out, _) = directory.run("tierwalk check -", POLICY.as_bytes());
    assert_eq!(code, 1);
    assert!(out.starts_with("FAIL - - main - NetworkPolicy\n"), "{out}");
    let (_, out, _) = directory.run("tierwalk check -o json -", POLICY.as_bytes());
    assert!(out.contains("\"filename\": \"\""), "{out}");
}

/// Conftest's order is whatever Go's maps give; here it is that of the arguments, and of names in directories.
#[test]
fn files_come_in_the_order_given_each_once() {
    let directory = Directory::with(&[
        ("policy/x.rego", "package main\ndeny contains \"x\"\n"),
        ("d/b.yaml", POLICY),
        ("d/a/z.yml", POLICY),
        ("d/c.json", "{}"),
        ("d/notes.md", "no"),
        ("a.yaml", POLICY),
    ]);
    let (_, out, _) = directory.run("tierwalk check d/c.json d a.yaml", b"");
    let files: Vec<&str> = out
        .lines()
        .filter_map(|line| line.split(" - ").nth(1))
        .collect();
    assert_eq!(files, ["d/c.json", "d/a/z.yml", "d/b.yaml", "a.yaml"]);
}

#[test]
fn traces_go_to_standard_error() {
    let directory = Directory::with(&[
        ("a.yaml", POLICY),
        (
            "policy/x.rego",
            "package main\n\ndeny contains \"x\" if {\n\tinput.spec.order > 500\n\tinput.kind == \"x\"\n}\n",
        ),
    ]);
    let (_, out, err) = directory.run("tierwalk check --trace -o tap a.yaml", b"");
    assert!(out.starts_with("1..1\n"), "{out}");
    assert!(
        err.contains("file: a.yaml | query: data.main.deny\n"),
        "{err}"
    );
    assert!(err.contains("policy/x.rego: reached: 4\n"), "{err}");
}

#[test]
fn what_cannot_be_done_is_said() {
    let directory = Directory::with(&[
        ("a.yaml", POLICY),
        ("x.toml", "a = 1"),
        ("empty/readme", ""),
    ]);
    let says = |line: &str| {
        let (code, out, err) = directory.run(line, b"");
        assert_eq!((code, out.as_str()), (1, ""), "{line}");
        err
    };
    assert!(says("tierwalk check a.yaml").contains("cannot read `policy`"));
    assert!(
        says("tierwalk check -p empty a.yaml").contains("there are no policies (*.rego) in empty")
    );
    assert!(says("tierwalk check x.toml").contains("error[governance/unknown-format]"));
    assert!(says("tierwalk check --parser hcl2 a.yaml").contains("`hcl2` files are not read"));
    assert!(
        says("tierwalk check --ignore [ a.yaml").contains("`--ignore` is no regular expression")
    );
    let (code, _, err) = directory.run("tierwalk check --pack -o xml a.yaml", b"");
    assert!(
        code == 2 && err.contains("`xml` is no output format"),
        "{err}"
    );
}

#[test]
fn an_export_checks_as_the_pack_does() {
    let directory = Directory::with(&[("a.yaml", POLICY)]);
    let line = format!("tierwalk export {}", directory.0.display());
    let (code, out, err) = directory.run(&line, b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("policy/order.rego\n") && out.contains("gatekeeper/order.yaml\n"),
        "{out}"
    );
    let exported = directory.run("tierwalk check a.yaml", b"");
    fs::remove_dir_all(directory.0.join("policy")).unwrap();
    fs::remove_dir_all(directory.0.join("data")).unwrap();
    assert_eq!(exported, directory.run("tierwalk check --pack a.yaml", b""));
    fs::write(directory.0.join("gatekeeper/order.yaml"), "mine").unwrap();
    let (code, _, err) = directory.run(&line, b"");
    assert!(
        code == 2 && err.contains("order.yaml` is there and says something else"),
        "{err}"
    );
    assert_eq!(directory.run(&format!("{line} --force"), b"").0, 0);
}

#[test]
fn settings_switch_own_checks_off_as_in_the_page_and_except_from_them() {
    const OWN: &str = "package main\n\nimport rego.v1\n\ndeny_low contains \"too low\" if input.spec.order < 500\n\ndeny_tier contains \"no tier\" if not input.spec.tier\n";
    let settings =
        |own: &str| format!("apiVersion: tierwalk.dev/v1\nkind: Checks\nshipped: false\n{own}");
    let run = |own: &str| {
        let directory = Directory::with(&[
            ("policy/own.rego", OWN),
            ("web.yaml", POLICY),
            ("settings.yaml", &settings(own)),
        ]);
        directory.run("tierwalk check --settings settings.yaml web.yaml", b"")
    };
    let (code, out, _) = run("own: {low: true}\n");
    assert_eq!(
        (code, out.contains("too low"), out.contains("no tier")),
        (1, true, true)
    );
    let (code, out, _) = run("own: {low: false}\n");
    assert_eq!(
        (code, out.contains("too low"), out.contains("no tier")),
        (1, false, true)
    );
    let (code, out, err) = run(
        "own: {low: false}\nexceptions:\n- {checks: [tier], policy: web, reason: moves, expires: 2099-12-31}\n",
    );
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let (_, _, err) = run("own: {lwo: false}\n");
    assert!(err.contains("there is no check `lwo`"), "{err}");
}
