//! Input that is meant to harm, or that somebody pasted by mistake: a diagnostic, soon, and nothing lost.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tierwalk_protocol::{Analysis, Diagnostic, File, Severity, Verdict};
use tierwalk_tests::command::{Scratch, tierwalk};
use tierwalk_workspace::Workspace;

/// What a user waits at most, in an optimized build.
const PATIENCE: Duration = Duration::from_secs(3);

/// How much slower the build under test may be.
const SLOWER: u32 = if cfg!(debug_assertions) { 20 } else { 1 };

const GOOD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: x}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: x}
---
flows:
- x/a -> x/b tcp/80 allow
";

/// Analyses one file beside a good one, whose flow must keep its verdict.
fn analyse(path: &str, text: String) -> Analysis {
    let start = Instant::now();
    let files = vec![
        File {
            path: path.into(),
            text,
        },
        File {
            path: "good.yaml".into(),
            text: GOOD.into(),
        },
    ];
    let mut workspace = Workspace::open(files);
    let analysis = workspace.analysis(None);
    workspace.edit(Vec::new(), &["good.yaml".into()]);
    assert!(start.elapsed() < PATIENCE * SLOWER, "{:?}", start.elapsed());
    let good = analysis
        .flows
        .iter()
        .find(|row| row.place.file == "good.yaml")
        .unwrap();
    assert_eq!(good.verdict, Some(Verdict::Allow), "nothing else is lost");
    analysis
}

fn problems<'a>(analysis: &'a Analysis, path: &str) -> Vec<&'a Diagnostic> {
    analysis
        .diagnostics
        .iter()
        .filter(|problem| problem.place.file == path)
        .collect()
}

/// The code of the first error, and its line.
fn first_error(text: String) -> (String, u32) {
    let analysis = analyse("bad.yaml", text);
    let problems = problems(&analysis, "bad.yaml");
    let error = problems
        .iter()
        .find(|problem| problem.severity == Severity::Error);
    let error = error.unwrap_or_else(|| panic!("an error is said: {problems:?}"));
    assert!(error.help.is_some(), "{error:?}");
    (error.code.clone(), error.place.line)
}

#[test]
fn alias_bombs() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}, ", level - 1).repeat(10);
        text += &format!("a{level}: &a{level} [{alias}]\n");
    }
    assert_eq!(first_error(text).0, "yaml/too-many-aliases");
}

#[test]
fn ten_thousand_levels() {
    assert_eq!(first_error("[".repeat(10_000)).0, "yaml/too-deep");
    assert_eq!(first_error("{a: ".repeat(10_000)).0, "yaml/too-deep");
    let block: String = (0..10_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(
        first_error(block.chars().take(9 << 20).collect()).0,
        "yaml/too-deep"
    );
}

#[test]
fn files_over_the_limit() {
    let (code, line) = first_error("a: b\n".repeat(3 << 20));
    assert_eq!((code.as_str(), line), ("file/too-large", 1));
}

#[test]
fn ten_megabytes_of_policy() {
    let policy = |number| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p{number}, namespace: x}}\nspec: {{selector: app == 'nobody', ingress: [{{action: Allow, protocol: TCP, destination: {{ports: [80, '90:99']}}}}]}}\n---\n"
        )
    };
    let size = if cfg!(debug_assertions) {
        1 << 20
    } else {
        10 << 20
    };
    let text: String = (0..size / policy(10_000).len()).map(policy).collect();
    let analysis = analyse("many.yaml", text);
    let problems = problems(&analysis, "many.yaml");
    let is_hint = |problem: &&Diagnostic| problem.severity == Severity::Hint;
    assert!(problems.iter().all(is_hint), "{:?}", problems.first());
}

#[test]
fn binary_files() {
    let (code, line) = first_error("PNG\n\0\0\0\u{1}".to_owned());
    assert_eq!((code.as_str(), line), ("file/not-text", 2));
}

#[test]
fn files_in_other_encodings() {
    let scratch = Scratch::new();
    let utf16 = ["\u{feff}apiVersion: v1\r\n"]
        .concat()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect::<Vec<_>>();
    let path = scratch.write("powershell.yaml", utf16);
    let run = tierwalk(&["validate", &path]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("this file is UTF-16"), "{}", run.out);
    let latin = scratch.write("latin.yaml", b"a: b\n# gr\xfc\xdfe\n");
    let run = tierwalk(&["validate", &latin]);
    assert!(run.out.contains("latin.yaml:2:5"), "{}", run.out);
    assert!(run.out.contains("not a text file in UTF-8"), "{}", run.out);
}

#[test]
fn tabs() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n";
    assert_eq!(first_error(text.into()), ("yaml/syntax".into(), 4));
}

#[test]
fn duplicate_keys() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: y}\nspec: {}\nspec: {}\n";
    assert_eq!(first_error(text.into()), ("yaml/duplicate-key".into(), 5));
    let million: String = (0..200_000).map(|_| "a: b\n").collect();
    let analysis = analyse("bad.yaml", million);
    let listed = problems(&analysis, "bad.yaml");
    assert!(listed.len() < 300, "{}", listed.len());
    assert_eq!(listed.last().unwrap().code, "file/more-problems");
}

#[test]
fn merged_mappings() {
    let keys = |prefix: &str, count: usize| -> String {
        (0..count)
            .map(|key| format!("  {prefix}{key}: b\n"))
            .collect()
    };
    let (own, base) = (keys("own", 200_000), keys("base", 50_000));
    let text = format!("base: &base\n{base}all:\n  <<: *base\n{own}");
    analyse("bad.yaml", text);
}

#[test]
fn long_selectors() {
    let policy = |selector: &str| {
        format!(
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {{name: p}}\nspec:\n  selector: \"{selector}\"\n"
        )
    };
    let long = format!("a == 'b'{}", " || a == 'b'".repeat(9_000));
    let nested = format!("{}all(){}", "(".repeat(50_000), ")".repeat(50_000));
    for selector in [long, nested, "!".repeat(100_000), "a".repeat(100_000)] {
        let analysis = analyse("bad.yaml", policy(&selector));
        let problems = problems(&analysis, "bad.yaml");
        let error = problems
            .iter()
            .find(|problem| problem.severity == Severity::Error)
            .unwrap();
        assert_eq!(error.place.line, 5);
        assert!(
            error.message.len() < 3_000,
            "the message does not repeat it all"
        );
    }
}

#[test]
fn a_million_lines() {
    let lines = if cfg!(debug_assertions) {
        100_000
    } else {
        1_000_000
    };
    let analysis = analyse("log.yaml", "GET /\n".repeat(lines));
    assert!(!problems(&analysis, "log.yaml").is_empty());
    let analysis = analyse("log.flows", "GET /\n".repeat(lines));
    let listed = problems(&analysis, "log.flows");
    assert!(listed.len() < 300, "{}", listed.len());
    assert!(analysis.flows.len() < 30_000, "rows are bounded, too");
    assert_eq!(
        analysis.files[1].errors, 20_001,
        "those read, and that there are more"
    );
}

#[test]
fn documents_without_end() {
    let count = if cfg!(debug_assertions) {
        20_000
    } else {
        1_000_000
    };
    let analysis = analyse("empty.yaml", "---\n".repeat(count));
    assert_eq!(problems(&analysis, "empty.yaml"), Vec::<&Diagnostic>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damage_to_a_policy_never_panics_and_places_fit(
        at in 0usize..600,
        len in 0usize..40,
        instead in "[\\[\\]{}:,'\"&*|>#%@!\t \n\r\u{0}-~é🙂]{0,12}",
    ) {
        let policy = "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: x\nspec:\n  tier: default\n  order: 5\n  selector: app == 'a' && has(b)\n  types: [Ingress, Egress]\n  ingress:\n  - action: Allow\n    protocol: TCP\n    source: {selector: \"a in {'b', 'c'}\", nets: [10.0.0.0/8]}\n    destination: {ports: [80, \"90:99\", http]}\n  - action: Deny\n    notProtocol: 6\n    icmp: {type: 8}\n  egress:\n  - action: Log\n    destination:\n      services: {name: s, namespace: x}\n  - action: Pass\n---\nflows:\n- x/a -> x/b tcp/80 allow\n";
        let start = at.min(policy.len());
        let end = (start + len).min(policy.len());
        let text = [&policy[..start], &instead, &policy[end..]].concat();
        let units = text.encode_utf16().count() as u32;
        let files = vec![
            File { path: "bad.yaml".into(), text },
            File { path: "good.yaml".into(), text: GOOD.into() },
        ];
        let analysis = Workspace::open(files).analysis(Some("x/a -> x/b tcp/80"));
        for problem in problems(&analysis, "bad.yaml") {
            prop_assert!(problem.place.from <= problem.place.to && problem.place.to <= units);
            prop_assert!(!problem.message.is_empty());
        }
    }
}
