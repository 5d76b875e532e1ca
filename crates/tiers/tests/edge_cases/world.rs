//! The world of the edge cases, resources in short, and flows in short.

use tierwalk_resources::BuildOptions;
use tierwalk_resources::model::{IpVersion, Protocol};
use tierwalk_tiers::{End, Engine, Flow, Hit, SideWalk, Verdict, Walk};

use crate::common;

pub const ALLOW: Verdict = Verdict::Allow;
pub const DENY: Verdict = Verdict::Deny;

const BASE: &str = include_str!("world.yaml");
const WEB: &str = include_str!("web.yaml");
const CLI: &str = include_str!("cli.yaml");

pub struct World(Engine);

/// The world and some resources.
pub fn world(resources: &[String]) -> World {
    with_pods(WEB, CLI, resources)
}

/// The world with another `web`.
pub fn with_web(web: &str, resources: &[String]) -> World {
    with_pods(web, CLI, resources)
}

/// The world with another `cli`.
pub fn with_cli(cli: &str, resources: &[String]) -> World {
    with_pods(WEB, cli, resources)
}

fn with_pods(web: &str, cli: &str, resources: &[String]) -> World {
    let documents = [BASE, web, cli]
        .into_iter()
        .chain(resources.iter().map(String::as_str));
    let text: Vec<&str> = documents.collect();
    World(common::engine(&text.join("\n---\n")))
}

/// The world without what some text says, and namespaces that are only mentioned do not exist.
pub fn strict_without(missing: &str, resources: &[String]) -> World {
    let base = BASE.replace(missing, "");
    assert_ne!(base, BASE);
    let documents = [&base, WEB, CLI]
        .into_iter()
        .chain(resources.iter().map(String::as_str));
    let text: Vec<&str> = documents.collect();
    let options = BuildOptions {
        strict_namespaces: true,
    };
    World(Engine::compile(common::model(
        &text.join("\n---\n"),
        options,
    )))
}

/// A resource of Calico's, from its kind, its name (`namespace/name`) and the inside of its spec.
pub fn calico(kind: &str, name: &str, spec: &str) -> String {
    resource("projectcalico.org/v3", kind, name, "", spec)
}

/// The same with labels.
pub fn labelled(kind: &str, name: &str, labels: &str, spec: &str) -> String {
    resource("projectcalico.org/v3", kind, name, labels, spec)
}

pub fn resource(version: &str, kind: &str, name: &str, labels: &str, spec: &str) -> String {
    let metadata = match name.split_once('/') {
        Some((namespace, name)) => format!("name: {name}, namespace: {namespace}"),
        None => format!("name: {name}"),
    };
    format!(
        "apiVersion: {version}\nkind: {kind}\nmetadata: {{{metadata}, labels: {{{labels}}}}}\nspec: {{{spec}}}\n"
    )
}

/// A NetworkPolicy.
pub fn np(name: &str, spec: &str) -> String {
    calico("NetworkPolicy", name, spec)
}

/// A GlobalNetworkPolicy.
pub fn gnp(name: &str, spec: &str) -> String {
    calico("GlobalNetworkPolicy", name, spec)
}

/// A NetworkPolicy of Kubernetes.
pub fn knp(name: &str, spec: &str) -> String {
    resource("networking.k8s.io/v1", "NetworkPolicy", name, "", spec)
}

/// A ClusterNetworkPolicy.
pub fn cnp(name: &str, spec: &str) -> String {
    resource(
        "policy.networking.k8s.io/v1alpha2",
        "ClusterNetworkPolicy",
        name,
        "",
        spec,
    )
}

pub fn tier(name: &str, spec: &str) -> String {
    calico("Tier", name, spec)
}

impl World {
    /// Walks `cli -> web`, `E -> web udp/53`, `cli -> web icmp/8 v6`. TCP 8080 if left out.
    pub fn walk(&self, flow: &str) -> Walk {
        self.0
            .walk(&parse(flow))
            .unwrap_or_else(|error| panic!("{flow}: {error}"))
    }

    /// Asserts the verdicts of flows.
    pub fn check(&self, flows: &[(&str, Verdict)]) {
        for (flow, verdict) in flows {
            let walk = self.walk(flow);
            assert_eq!(walk.verdict, *verdict, "{flow}: {:?}", self.0.reason(&walk));
        }
    }

    pub fn enforced_hits(&self, side: &Option<SideWalk>) -> Vec<String> {
        self.texts(&side.as_ref().expect("an endpoint").enforced)
    }

    pub fn pending_hits(&self, side: &Option<SideWalk>) -> Vec<String> {
        self.texts(&side.as_ref().expect("an endpoint").pending)
    }

    fn texts(&self, hits: &[Hit]) -> Vec<String> {
        let numbered = hits.iter().enumerate();
        numbered
            .map(|(position, hit)| hit.text(&self.0, position))
            .collect()
    }
}

fn parse(text: &str) -> Flow {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (protocol, number) = words.get(3).map_or(("tcp", 8080), |word| {
        let (protocol, number) = word.split_once('/').expect("protocol/number");
        (protocol, number.parse().expect("a number"))
    });
    let protocol = match protocol {
        "tcp" => Protocol::TCP,
        "udp" => Protocol::UDP,
        "icmp" => Protocol::ICMP,
        "icmp6" => Protocol::ICMPV6,
        other => Protocol(other.parse().expect("a protocol number")),
    };
    let mut flow = Flow::to_port(end(words[0]), end(words[2]), protocol, number);
    flow.icmp = Some((number as u8, 0));
    flow.ip_version = words.contains(&"v6").then_some(IpVersion::V6);
    flow
}

fn end(name: &str) -> End {
    let pod = |namespace: &str| End::Pod {
        namespace: namespace.into(),
        name: name.into(),
    };
    match name {
        "web" | "db" => pod("prod"),
        "cli" | "agent" | "job" => pod("dev"),
        "n1" | "n2" => End::Node(name.into()),
        "E" => End::Address([8, 8, 8, 8].into()),
        address => End::Address(address.parse().expect("an address")),
    }
}
