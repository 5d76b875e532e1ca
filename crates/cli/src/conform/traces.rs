//! Flows and their traces, hit by hit.

use serde::Deserialize;
use tierwalk_protocol::{Action, File, HitKind, PolicyHit, Side, Verdict, Walk};
use tierwalk_workspace::{Detail, Workspace, flows};

use super::{Mismatch, Tally};

#[derive(Deserialize)]
struct Scenario {
    name: String,
    resources: String,
    flows: Vec<Flow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flow {
    from: End,
    to: End,
    protocol: String,
    port: Option<u16>,
    icmp: Option<Icmp>,
    ip_version: Option<u8>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum End {
    Pod { namespace: String, pod: String },
    Address { ip: String },
}

#[derive(Deserialize)]
struct Icmp {
    r#type: u8,
    code: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expect {
    verdict: Word,
    pending_verdict: Word,
    egress: Option<ExpectedSide>,
    ingress: Option<ExpectedSide>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExpectedSide {
    verdict: Word,
    pending_verdict: Word,
    enforced: Vec<Hit>,
    pending: Vec<Hit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Allow,
    Deny,
    Pass,
    Log,
}

/// A hit in the vectors' words; those of the engine are put into them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Hit {
    kind: String,
    #[serde(default)]
    namespace: String,
    name: String,
    #[serde(default)]
    tier: String,
    rule: i32,
    action: Word,
}

/// Compares all flows of one scenario.
pub fn compare(vector: &str, tally: &mut Tally) -> Result<(), serde_json::Error> {
    let scenario: Scenario = serde_json::from_str(vector)?;
    let workspace = Workspace::open(vec![File {
        path: "resources.yaml".into(),
        text: scenario.resources,
    }]);
    let problem = first_error(&workspace);
    for (number, flow) in scenario.flows.iter().enumerate() {
        let line = line(flow);
        let mut differs = match walk(&workspace, &line) {
            Ok(walk) => of_walk(&flow.expect, &walk),
            Err(message) => vec![Mismatch::new("evaluation", "a trace", message)],
        };
        if let Some(problem) = problem.as_ref().filter(|_| !differs.is_empty()) {
            differs.push(Mismatch::new("resources", "valid", problem));
        }
        tally.note(
            || format!("{}, flow {number}: {line}", scenario.name),
            differs,
        );
    }
    Ok(())
}

fn first_error(workspace: &Workspace) -> Option<String> {
    let problems = workspace.analysis(None).diagnostics;
    let error = problems
        .into_iter()
        .find(|problem| problem.severity == tierwalk_protocol::Severity::Error)?;
    Some(format!("line {}: {}", error.place.line, error.message))
}

/// The flow as a line of a flow file.
fn line(flow: &Flow) -> String {
    let end = |end: &End| match end {
        End::Pod { namespace, pod } => format!("{namespace}/{pod}"),
        End::Address { ip } => ip.clone(),
    };
    let protocol = flow.protocol.to_lowercase();
    let service = match (&flow.port, &flow.icmp) {
        (Some(port), _) => format!("{protocol}/{port}"),
        (None, Some(icmp)) => format!("{protocol}/{}/{}", icmp.r#type, icmp.code),
        (None, None) => protocol,
    };
    let version = if flow.ip_version == Some(6) {
        " ipv6"
    } else {
        ""
    };
    format!(
        "{} -> {} {service}{version}",
        end(&flow.from),
        end(&flow.to)
    )
}

fn walk(workspace: &Workspace, line: &str) -> Result<Walk, String> {
    let mut flow = flows::parse(line).map_err(|error| error.message)?.flow;
    outside(&mut flow.source);
    outside(&mut flow.destination);
    let walk = workspace.trace(&flow, Detail::Hits);
    walk.map_err(|error| error.to_string())
}

/// The vectors evaluate no policy at an address, even if a host endpoint has it.
fn outside(end: &mut flows::End) {
    if let flows::End::Address(address) = *end {
        *end = flows::End::Outside(address);
    }
}

fn of_walk(expect: &Expect, walk: &Walk) -> Vec<Mismatch> {
    let mut differs = Vec::new();
    verdict("verdict", expect.verdict, walk.verdict, &mut differs);
    verdict(
        "pendingVerdict",
        expect.pending_verdict,
        walk.pending_verdict,
        &mut differs,
    );
    side(
        "egress",
        expect.egress.as_ref(),
        walk.egress.as_ref(),
        &mut differs,
    );
    side(
        "ingress",
        expect.ingress.as_ref(),
        walk.ingress.as_ref(),
        &mut differs,
    );
    differs
}

fn verdict(what: &str, expected: Word, actual: Verdict, differs: &mut Vec<Mismatch>) {
    let actual = match actual {
        Verdict::Allow => Word::Allow,
        Verdict::Deny => Word::Deny,
    };
    differs.extend(Mismatch::unless_equal(what, &expected, &actual, |word| {
        format!("{word:?}")
    }));
}

fn side(
    name: &str,
    expected: Option<&ExpectedSide>,
    actual: Option<&Side>,
    differs: &mut Vec<Mismatch>,
) {
    match (expected, actual) {
        (None, None) => {}
        (Some(expected), Some(actual)) => {
            let field = |field: &str| format!("{name}.{field}");
            verdict(&field("verdict"), expected.verdict, actual.verdict, differs);
            let pending = actual.pending_verdict;
            verdict(
                &field("pendingVerdict"),
                expected.pending_verdict,
                pending,
                differs,
            );
            trace(
                &field("enforced"),
                &expected.enforced,
                &actual.enforced,
                differs,
            );
            trace(
                &field("pending"),
                &expected.pending,
                &actual.pending,
                differs,
            );
        }
        (expected, _) => {
            let (wants, has) = ("a policy endpoint", "none");
            let (expected, actual) = if expected.is_some() {
                (wants, has)
            } else {
                (has, wants)
            };
            differs.push(Mismatch::new(name, expected, actual));
        }
    }
}

/// Hit by hit; at the end of a tier only tier and action count.
fn trace(what: &str, expected: &[Hit], actual: &[PolicyHit], differs: &mut Vec<Mismatch>) {
    let actual: Vec<Hit> = actual.iter().map(in_their_words).collect();
    let same = expected.len() == actual.len()
        && expected
            .iter()
            .zip(&actual)
            .all(|(expected, actual)| agree(expected, actual));
    if !same {
        differs.push(Mismatch::new(what, show(expected), show(&actual)));
    }
}

fn agree(expected: &Hit, actual: &Hit) -> bool {
    if expected.rule == -1 {
        return (expected.rule, &expected.tier, expected.action)
            == (actual.rule, &actual.tier, actual.action);
    }
    expected == actual
}

fn in_their_words(hit: &PolicyHit) -> Hit {
    let named = hit.trigger.as_ref();
    Hit {
        kind: kind(named.map_or(hit.kind, |policy| policy.kind)).into(),
        namespace: named
            .map_or(&hit.namespace, |policy| &policy.namespace)
            .clone(),
        name: named.map_or(&hit.name, |policy| &policy.name).clone(),
        tier: hit.tier.clone(),
        rule: hit.rule_index,
        action: match hit.action {
            Action::Allow => Word::Allow,
            Action::Deny => Word::Deny,
            Action::Pass => Word::Pass,
            Action::Log => Word::Log,
        },
    }
}

fn kind(kind: HitKind) -> &'static str {
    match kind {
        HitKind::CalicoNetworkPolicy => "NetworkPolicy",
        HitKind::GlobalNetworkPolicy => "GlobalNetworkPolicy",
        HitKind::StagedNetworkPolicy => "StagedNetworkPolicy",
        HitKind::StagedGlobalNetworkPolicy => "StagedGlobalNetworkPolicy",
        HitKind::StagedKubernetesNetworkPolicy => "StagedKubernetesNetworkPolicy",
        HitKind::NetworkPolicy => "KubernetesNetworkPolicy",
        HitKind::ClusterNetworkPolicy => "KubernetesClusterNetworkPolicy",
        HitKind::Profile => "Profile",
        HitKind::EndOfTier => "EndOfTier",
    }
}

fn show(hits: &[Hit]) -> String {
    let one = |hit: &Hit| {
        let slash = if hit.namespace.is_empty() { "" } else { "/" };
        let name = format!("{}{slash}{}", hit.namespace, hit.name);
        format!(
            "{}|{} {name}|{:?}|{}",
            hit.tier, hit.kind, hit.action, hit.rule
        )
    };
    match hits {
        [] => "no hits".into(),
        hits => hits.iter().map(one).collect::<Vec<_>>().join("  "),
    }
}
