//! Workspaces of known size and shape, for measuring. Made by arithmetic alone: each is the same every time.

mod templates;

use std::fmt::Write;

use tierwalk_protocol::File;

pub use templates::templates;

/// A workspace, an edit of it, and a flow in it.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it is called in tables.
    pub name: String,
    /// Its files.
    pub files: Vec<File>,
    /// One of its files with one word changed.
    pub edited: File,
    /// A flow that has a verdict, as the flows file writes it.
    pub flow: String,
}

const FLOWS: &str = "flows/flows.yaml";

/// Policies of a team that gives each application a few rules: `policies` of them over a tenth as many
/// namespaces, three pods for each policy.
pub fn team(policies: usize) -> Shape {
    let namespaces = policies.div_ceil(10).max(1);
    Cluster {
        name: format!("{policies} policies"),
        namespaces,
        pods: policies * 3,
        policies,
        flows: 20,
    }
    .shape()
}

/// A large cluster: 10,000 pods in 100 namespaces, 1,000 policies.
pub fn large() -> Shape {
    Cluster {
        name: "10,000 pods, 1,000 policies".to_owned(),
        namespaces: 100,
        pods: 10_000,
        policies: 1_000,
        flows: 20,
    }
    .shape()
}

/// Many policies and very many flows: 1,000 and 5,000.
pub fn busy() -> Shape {
    Cluster {
        name: "1,000 policies, 5,000 flows".to_owned(),
        namespaces: 100,
        pods: 3_000,
        policies: 1_000,
        flows: 5_000,
    }
    .shape()
}

struct Cluster {
    name: String,
    namespaces: usize,
    pods: usize,
    policies: usize,
    flows: usize,
}

impl Cluster {
    fn shape(self) -> Shape {
        let namespaces: String = (0..self.namespaces).map(namespace).collect();
        let mut files = vec![
            file("cluster/namespaces.yaml", namespaces),
            file("policies/tiers.yaml", TIERS.to_owned()),
        ];
        for space in 0..self.namespaces {
            let pods = (space..self.pods).step_by(self.namespaces);
            let pods = pods.map(|pod| self.pod(pod)).collect();
            files.push(file(&format!("cluster/pods-{space}.yaml"), pods));
            files.push(file(&policy_path(space), self.policies_of(space, 8080)));
        }
        let flows = self.flows();
        let flow = flows.first().cloned().unwrap_or_default();
        files.push(flow_file(&flows));
        Shape {
            edited: file(&policy_path(0), self.policies_of(0, 9090)),
            name: self.name,
            files,
            flow,
        }
    }

    fn pod(&self, pod: usize) -> String {
        let space = pod % self.namespaces;
        let app = self.app(pod);
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod-{pod}\n  namespace: team-{space}\n  labels:\n    \
             app: app-{app}\n    role: {}\nstatus:\n  podIP: 10.{}.{}.{}\n---\n",
            if pod.is_multiple_of(3) {
                "web"
            } else {
                "service"
            },
            pod >> 16,
            (pod >> 8) & 255,
            pod & 255,
        )
    }

    /// Every policy has its own application.
    fn app(&self, pod: usize) -> usize {
        pod % self.policies.max(1)
    }

    fn policies_of(&self, space: usize, port: usize) -> String {
        let own = (space..self.policies).step_by(self.namespaces);
        own.map(|policy| self.policy(policy, port)).collect()
    }

    fn policy(&self, policy: usize, port: usize) -> String {
        let space = policy % self.namespaces;
        let tier = ["platform", "default"][usize::from(!policy.is_multiple_of(5))];
        let (one, two) = (
            (policy * 7 + 1) % self.policies,
            (policy * 13 + 5) % self.policies,
        );
        format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: policy-{policy}\n  \
             namespace: team-{space}\nspec:\n  tier: {tier}\n  order: {policy}\n  selector: app == \"app-{policy}\"\n  \
             types: [Ingress]\n  ingress:\n  - action: Allow\n    protocol: TCP\n    source:\n      \
             selector: app in {{\"app-{one}\", \"app-{two}\"}}\n    destination:\n      ports: [{port}]\n  \
             - action: Allow\n    protocol: TCP\n    source:\n      namespaceSelector: team == \"team-{}\"\n      \
             selector: role == \"web\"\n    destination:\n      ports: [8443, \"9000:9100\"]\n  - action: Deny\n    \
             source:\n      nets: [192.168.{}.0/24]\n---\n",
            (space + 1) % self.namespaces,
            policy % 256,
        )
    }

    fn flows(&self) -> Vec<String> {
        let end = |pod: usize| format!("team-{}/pod-{pod}", pod % self.namespaces);
        let pairs = (0..self.flows).map(|flow| (flow * 7 % self.pods, (flow * 31 + 1) % self.pods));
        pairs
            .map(|(from, to)| format!("{} -> {} tcp/8080", end(from), end(to)))
            .collect()
    }
}

const TIERS: &str = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: platform\nspec:\n  order: 500\n  \
                     defaultAction: Pass\n";

fn namespace(space: usize) -> String {
    format!(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-{space}\n  labels:\n    team: team-{space}\n---\n"
    )
}

const SETS: usize = 3_708;
const ADDRESSES: usize = 256_000;
const POLICIES: usize = 294;
const RULES: usize = 68;

/// The shape of Calico's own production benchmark: 294 policies of 68 rules apply to one endpoint. Almost
/// all rules pass, 24 % of them refer to one of 3,708 network sets with 256,000 addresses in total, and
/// the flow matches none of them.
pub fn production() -> Shape {
    let mut files: Vec<File> = (0..POLICIES)
        .map(|policy| file(&policy_path(policy), global_policy(policy, 443)))
        .collect();
    for part in 0..SETS.div_ceil(100) {
        let sets = (part * 100..SETS.min(part * 100 + 100))
            .map(network_set)
            .collect();
        files.push(file(&format!("cluster/sets-{part}.yaml"), sets));
    }
    files.push(file("cluster/pod.yaml", format!("{}{POD}", namespace(0))));
    let flow = "team-0/only -> 203.0.113.9 tcp/8443".to_owned();
    files.push(flow_file(std::slice::from_ref(&flow)));
    Shape {
        name: "Calico's benchmark: 294 × 68".to_owned(),
        files,
        edited: file(&policy_path(147), global_policy(147, 444)),
        flow,
    }
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: only\n  namespace: team-0\n  labels:\n    app: only\n\
                   status:\n  podIP: 10.200.0.1\n";

fn global_policy(policy: usize, port: usize) -> String {
    let mut text = format!(
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: policy-{policy}\nspec:\n  \
         order: {policy}\n  selector: app == \"only\"\n  types: [Egress]\n  egress:\n"
    );
    for rule in 0..RULES {
        let number = policy * RULES + rule;
        let action = if number.is_multiple_of(97) {
            "Allow"
        } else {
            "Pass"
        };
        let to = destination(number);
        // Writing to a String does not fail.
        let _ = write!(
            text,
            "  - action: {action}\n    protocol: TCP\n    destination:\n      {to}\n      ports: [{port}]\n"
        );
    }
    text
}

/// 24 of 100 rules refer to a network set.
fn destination(rule: usize) -> String {
    if rule * 24 % 100 < 24 {
        return format!("selector: set == \"set-{}\"", rule * 31 % SETS);
    }
    format!("nets: [172.{}.{}.0/24]", 16 + rule % 16, rule / 16 % 256)
}

fn network_set(set: usize) -> String {
    let mut text = format!(
        "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: set-{set}\n  labels:\n    \
         set: set-{set}\nspec:\n  nets:\n"
    );
    let first = set * ADDRESSES / SETS;
    for address in first..(set + 1) * ADDRESSES / SETS {
        let (a, b, c) = (address >> 15, (address >> 7) & 255, (address << 1) & 255);
        let _ = writeln!(text, "  - 100.{}.{b}.{c}/32", 64 + a);
    }
    text.push_str("---\n");
    text
}

fn policy_path(number: usize) -> String {
    format!("policies/policies-{number}.yaml")
}

fn flow_file(flows: &[String]) -> File {
    let lines: String = flows.iter().map(|flow| format!("- {flow}\n")).collect();
    file(FLOWS, format!("flows:\n{lines}"))
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}
