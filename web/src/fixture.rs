//! The denied flow of the storefront, as the engine would report it.

use std::sync::Arc;

use tierwalk_protocol::{
    Action, Analysis, Board, Clause, Diagnostic, EndLabel, FileSummary, Flag, FlowRow, HitKind,
    Hits, Piece, PieceStyle, Place, PolicyCard, PolicyHit, PolicyRef, PolicyStep, Reason, RuleStep,
    Severity, Side, Step, TierColumn, TierStep, Verdict, Walk,
};

pub(crate) const BACKEND: &str = "policies/backend.yaml";

pub(crate) fn place(file: &str, line: u32) -> Place {
    Place {
        file: file.to_owned(),
        line,
        column: 1,
        from: line * 10,
        to: line * 10 + 9,
    }
}

pub(crate) fn flow(id: &str, verdict: Option<Verdict>) -> FlowRow {
    let end = |name: &str| EndLabel {
        namespace: "storefront".to_owned(),
        name: name.to_owned(),
    };
    FlowRow {
        id: id.to_owned(),
        place: place("flows/storefront.yaml", 6),
        from: end("frontend"),
        to: end("backend"),
        port: "tcp/8080".to_owned(),
        verdict,
        pending: verdict,
        expected: verdict,
        decided_in: "default".to_owned(),
        decided_by: "storefront/backend".to_owned(),
        error: verdict
            .is_none()
            .then(|| "no pod `frontned` in `storefront`".to_owned()),
    }
}

pub(crate) fn problem(file: &str, severity: Severity) -> Diagnostic {
    Diagnostic {
        code: "selector/matches-nothing".to_owned(),
        severity,
        message: "selector matches nothing: no pod in `storefront` has `app` = `loging`".to_owned(),
        help: Some("the rule is valid and never applies".to_owned()),
        place: place(file, 25),
        related: vec![],
        fixes: vec![],
    }
}

pub(crate) fn analysis() -> Analysis {
    let summary = |path: &str| FileSummary {
        path: path.to_owned(),
        ..FileSummary::default()
    };
    Analysis {
        files: vec![summary(BACKEND), summary("flows/storefront.yaml")],
        diagnostics: vec![],
        board: board(),
        flows: vec![
            flow("denied", Some(Verdict::Deny)).into(),
            flow("allowed", Some(Verdict::Allow)).into(),
        ],
        walk_of: Some("denied".to_owned()),
        walk: Some(denied_walk()),
        ..Analysis::default()
    }
}

pub(crate) fn board() -> Board {
    let security = [
        card("security", "block-embargo", 20.0),
        card("security", "security-pass", 1000.0),
    ];
    Board {
        tiers: vec![
            tier("security", 500.0, Action::Deny, security.into()),
            tier(
                "platform",
                700.0,
                Action::Deny,
                vec![card("platform", "allow-dns", 10.0)],
            ),
            tier("kube-admin", 1000.0, Action::Pass, vec![]),
            tier(
                "default",
                1_000_000.0,
                Action::Deny,
                vec![staged(), card("default", "backend", 530.0)],
            ),
            tier("kube-baseline", 10_000_000.0, Action::Pass, vec![]),
        ],
        profile_hits: Hits {
            allow: 9,
            ..Hits::default()
        },
        broken: Vec::new(),
    }
}

fn tier(name: &str, order: f64, default_action: Action, policies: Vec<PolicyCard>) -> TierColumn {
    TierColumn {
        name: name.to_owned(),
        order: Some(order),
        default_action,
        built_in: name != "security" && name != "platform",
        place: None,
        policies: policies.into_iter().map(Arc::new).collect(),
        broken: Vec::new(),
        end_hits: Hits::default(),
    }
}

fn card(tier: &str, name: &str, order: f64) -> PolicyCard {
    let policy = policy(tier, name);
    PolicyCard {
        short_kind: if policy.namespace.is_empty() {
            "gnp"
        } else {
            "np"
        }
        .to_owned(),
        place: place(&format!("policies/{name}.yaml"), 1),
        policy,
        order: Some(order),
        ingress: true,
        egress: false,
        endpoints: 1,
        hits: Hits {
            allow: 3,
            ..Hits::default()
        },
        flags: vec![],
    }
}

fn staged() -> PolicyCard {
    PolicyCard {
        short_kind: "snp".to_owned(),
        flags: vec![Flag::Staged],
        endpoints: 0,
        hits: Hits::default(),
        ..card("default", "microservice1", 510.0)
    }
}

fn policy(tier: &str, name: &str) -> PolicyRef {
    let namespaced = tier == "default";
    PolicyRef {
        kind: if namespaced {
            HitKind::CalicoNetworkPolicy
        } else {
            HitKind::GlobalNetworkPolicy
        },
        namespace: if namespaced { "storefront" } else { "" }.to_owned(),
        name: name.to_owned(),
    }
}

pub(crate) fn denied_walk() -> Walk {
    Walk {
        verdict: Verdict::Deny,
        pending_verdict: Verdict::Deny,
        egress: Some(egress()),
        ingress: Some(ingress()),
        reason: reason(),
    }
}

fn reason() -> Reason {
    let piece = |text: &str, style| Piece {
        text: text.to_owned(),
        style,
    };
    Reason {
        what: vec![
            piece("frontend", PieceStyle::Strong),
            piece(" may send this; ", PieceStyle::Plain),
            piece("backend", PieceStyle::Strong),
            piece(" may not receive it.", PieceStyle::Plain),
        ],
        more: vec![
            piece("Nearest: ", PieceStyle::Plain),
            piece("ingress[0]", PieceStyle::Code),
        ],
        decided_at: Some(place(BACKEND, 12)),
        more_at: Some(place(BACKEND, 18)),
    }
}

fn egress() -> Side {
    let rule = rule("egress[0]", true, vec![]);
    let step = PolicyStep {
        action: Some(Action::Allow),
        ..policy_step("default", "frontend", vec![rule])
    };
    Side {
        endpoint: "storefront/frontend".to_owned(),
        verdict: Verdict::Allow,
        pending_verdict: Verdict::Allow,
        reached: true,
        enforced: vec![hit("default", "frontend", Action::Allow, 0)],
        pending: vec![],
        enforced_strings: vec!["0|default|np:storefront/frontend|allow|0".to_owned()],
        steps: vec![Step::Tier(tier_step("default", None, vec![step]))],
    }
}

fn ingress() -> Side {
    let passes = PolicyStep {
        action: Some(Action::Pass),
        ..policy_step(
            "security",
            "security-pass",
            vec![rule("ingress[0]", true, vec![])],
        )
    };
    let idle = PolicyStep {
        applies: false,
        tried: false,
        ..policy_step("security", "block-embargo", vec![])
    };
    let mut end = tier_step(
        "default",
        None,
        vec![policy_step("default", "backend", backend_rules())],
    );
    end.end = Some(Action::Deny);
    end.place = Some(place(BACKEND, 12));
    let mut beyond = tier_step("kube-baseline", None, vec![]);
    beyond.reached = false;
    Side {
        endpoint: "storefront/backend".to_owned(),
        verdict: Verdict::Deny,
        pending_verdict: Verdict::Deny,
        reached: true,
        enforced: vec![
            hit("security", "security-pass", Action::Pass, 0),
            PolicyHit {
                kind: HitKind::EndOfTier,
                ..hit("default", "", Action::Deny, -1)
            },
        ],
        pending: vec![],
        enforced_strings: vec![
            "0|security|gnp:security-pass|pass|0".to_owned(),
            "1|default|np:storefront/backend|deny|-1".to_owned(),
        ],
        steps: vec![
            Step::Tier(tier_step("security", None, vec![idle, passes])),
            Step::Tier(tier_step(
                "platform",
                Some("no Ingress policy selects it"),
                vec![],
            )),
            Step::Tier(tier_step("kube-admin", Some("no policies"), vec![])),
            Step::Tier(end),
            Step::Tier(beyond),
        ],
    }
}

fn hit(tier: &str, name: &str, action: Action, rule_index: i32) -> PolicyHit {
    let policy = policy(tier, name);
    PolicyHit {
        kind: policy.kind,
        namespace: policy.namespace,
        name: policy.name,
        tier: tier.to_owned(),
        policy_index: 0,
        rule_index,
        action,
        trigger: None,
    }
}

fn tier_step(tier: &str, skipped: Option<&str>, policies: Vec<PolicyStep>) -> TierStep {
    TierStep {
        tier: tier.to_owned(),
        phase: String::new(),
        skipped: skipped.map(str::to_owned),
        reached: true,
        policies,
        omitted: 0,
        end: None,
        place: None,
    }
}

fn policy_step(tier: &str, name: &str, rules: Vec<RuleStep>) -> PolicyStep {
    PolicyStep {
        policy: policy(tier, name),
        place: Some(place(&format!("policies/{name}.yaml"), 1)),
        staged: false,
        applies: true,
        why: vec![],
        tried: true,
        rules,
        omitted: 0,
        action: None,
    }
}

fn backend_rules() -> Vec<RuleStep> {
    vec![
        rule(
            "ingress[0]",
            false,
            vec![
                clause("protocol", "TCP", "tcp", true, 16),
                clause(
                    "source.selector",
                    "app in {\"microservice1\", \"microservice2\"}",
                    "app = \"frontend\"",
                    false,
                    18,
                ),
                clause("destination.ports", "8080", "8080", true, 20),
            ],
        ),
        rule(
            "ingress[1]",
            false,
            vec![
                clause("protocol", "TCP", "tcp", true, 23),
                clause(
                    "source.namespaceSelector",
                    "team == \"sre\"",
                    "team = \"storefront\"",
                    false,
                    25,
                ),
                clause(
                    "source.selector",
                    "app == \"prometheus\"",
                    "app = \"frontend\"",
                    false,
                    26,
                ),
                clause("destination.ports", "9102", "8080", false, 28),
            ],
        ),
    ]
}

fn rule(path: &str, matched: bool, clauses: Vec<Clause>) -> RuleStep {
    RuleStep {
        index: 0,
        path: path.to_owned(),
        action: if path == "ingress[0]" && clauses.is_empty() {
            Action::Pass
        } else {
            Action::Allow
        },
        matched,
        clauses,
        place: None,
    }
}

fn clause(field: &str, wants: &str, has: &str, held: bool, line: u32) -> Clause {
    Clause {
        field: field.to_owned(),
        wants: wants.to_owned(),
        has: has.to_owned(),
        held,
        place: Some(place(BACKEND, line)),
    }
}
