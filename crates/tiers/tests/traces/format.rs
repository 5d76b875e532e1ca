//! The format of the trace vectors.

use std::net::IpAddr;

use serde::Deserialize;
use tierwalk_resources::model::{IpVersion, Protocol};
use tierwalk_tiers::{End, Flow};

#[derive(Deserialize)]
pub struct Vectors {
    pub scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
pub struct Scenario {
    pub name: String,
    pub resources: String,
    pub flows: Vec<VectorFlow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VectorFlow {
    pub from: VectorEnd,
    pub to: VectorEnd,
    pub protocol: String,
    pub port: Option<u16>,
    pub icmp: Option<Icmp>,
    pub ip_version: Option<u8>,
    pub expect: Expected,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum VectorEnd {
    Pod { namespace: String, pod: String },
    Address { ip: IpAddr },
}

#[derive(Deserialize)]
pub struct Icmp {
    #[serde(rename = "type")]
    pub kind: u8,
    pub code: u8,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    pub verdict: String,
    pub pending_verdict: String,
    pub egress: Option<Side>,
    pub ingress: Option<Side>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Side {
    pub verdict: String,
    pub pending_verdict: String,
    pub enforced: Vec<Hit>,
    pub pending: Vec<Hit>,
}

#[derive(Debug, Deserialize, PartialEq)]
pub struct Hit {
    pub kind: String,
    pub namespace: Option<String>,
    pub name: String,
    pub tier: Option<String>,
    pub rule: i64,
    pub action: String,
}

impl VectorFlow {
    pub fn flow(&self) -> Flow {
        Flow {
            source: self.from.end(),
            destination: self.to.end(),
            protocol: protocol(&self.protocol),
            port: self.port,
            source_port: None,
            icmp: self.icmp.as_ref().map(|icmp| (icmp.kind, icmp.code)),
            ip_version: self.ip_version.map(|version| match version {
                6 => IpVersion::V6,
                _ => IpVersion::V4,
            }),
        }
    }
}

impl VectorEnd {
    fn end(&self) -> End {
        match self {
            Self::Pod { namespace, pod } => End::Pod {
                namespace: namespace.clone(),
                name: pod.clone(),
            },
            Self::Address { ip } => End::Outside(*ip),
        }
    }
}

fn protocol(name: &str) -> Protocol {
    match name {
        "TCP" => Protocol::TCP,
        "UDP" => Protocol::UDP,
        "SCTP" => Protocol::SCTP,
        "ICMP" => Protocol::ICMP,
        "ICMPv6" => Protocol::ICMPV6,
        other => panic!("a protocol that is not in the format: {other}"),
    }
}
