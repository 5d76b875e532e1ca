//! Random flows in random worlds.

use std::net::IpAddr;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use tierwalk_resources::model::{IpVersion, Model};
use tierwalk_tiers::{End, Engine, Flow, Resolved};

use crate::rules::protocol;

/// An end before it is known which pods there are.
#[derive(Clone, Debug)]
pub enum AnyEnd {
    Pod(usize),
    End(End),
}

#[derive(Clone, Debug)]
pub struct AnyFlow {
    source: AnyEnd,
    destination: AnyEnd,
    flow: Flow,
}

fn end() -> impl Strategy<Value = AnyEnd> {
    let v4 = (0u8..9).prop_map(|last| End::Address(IpAddr::from([10, 0, 0, last])));
    let v6 =
        (0u16..9).prop_map(|last| End::Address(IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, last])));
    let domain = select(&["example.com", "api.example.com", "nowhere.net"][..]);
    prop_oneof![
        6 => (0usize..5).prop_map(AnyEnd::Pod),
        2 => v4.prop_map(AnyEnd::End),
        1 => v6.prop_map(AnyEnd::End),
        1 => Just(AnyEnd::End(End::Address(IpAddr::from([8, 8, 8, 8])))),
        1 => Just(AnyEnd::End(End::Outside(IpAddr::from([10, 0, 0, 4])))),
        1 => domain.prop_map(|name| AnyEnd::End(End::Domain(name.into()))),
        1 => select(&["n1", "n2"][..]).prop_map(|name| AnyEnd::End(End::Node(name.into()))),
    ]
}

fn flow() -> impl Strategy<Value = AnyFlow> {
    let port = prop_oneof![8 => 1u16..8, 1 => Just(22), 1 => Just(4789)];
    let icmp = (select(&[8u8, 128, 3, 135][..]), 0u8..2);
    let version = weighted(0.3, select(&[IpVersion::V4, IpVersion::V6][..]));
    (end(), end(), protocol(), port, (1u16..8, icmp, version)).prop_map(
        |(source, destination, protocol, port, (source_port, icmp, ip_version))| AnyFlow {
            source,
            destination,
            flow: Flow {
                source: End::Node(String::new()),
                destination: End::Node(String::new()),
                protocol,
                port: Some(port),
                source_port: Some(source_port),
                icmp: Some(icmp),
                ip_version,
            },
        },
    )
}

pub fn flows() -> impl Strategy<Value = Vec<AnyFlow>> {
    vec(flow(), 12)
}

impl AnyEnd {
    fn end(&self, model: &Model) -> Option<End> {
        match self {
            Self::End(end) => Some(end.clone()),
            Self::Pod(index) => model.workloads.get(*index).map(|pod| End::Pod {
                namespace: pod.namespace.clone(),
                name: pod.name.clone(),
            }),
        }
    }
}

impl AnyFlow {
    /// The flow in a world; `None` if it makes no sense there.
    pub fn resolve(&self, engine: &Engine) -> Option<Resolved> {
        engine.resolve(&self.in_model(engine.model())?).ok()
    }

    /// The flow, with its pods by name.
    pub fn in_model(&self, model: &Model) -> Option<Flow> {
        Some(Flow {
            source: self.source.end(model)?,
            destination: self.destination.end(model)?,
            ..self.flow.clone()
        })
    }
}
