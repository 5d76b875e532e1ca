//! The criteria of a rule, in the order in which people read them.

use tierwalk_resources::model::{Field, Icmp, IpVersion, Rule};

use crate::Engine;
use crate::flow::version_name;
use crate::matching::{Matcher, Packet};

use super::side::SideTexts;
use super::words;

/// What a criterion wants and what is there.
pub(super) struct Text {
    pub field: Field,
    pub wants: String,
    pub has: String,
}

pub(super) fn texts(engine: &Engine, rule: &Rule, packet: &Packet<'_>) -> Vec<Text> {
    let mut texts = Vec::new();
    of_packet(rule, packet, &mut texts);
    let matcher = Matcher {
        engine,
        protocol: packet.protocol,
    };
    let sides = [
        (&rule.source, &packet.source, Field::Source as fn(_) -> _),
        (&rule.destination, &packet.destination, Field::Destination),
    ];
    for (rule, side, field) in sides {
        let texts = &mut texts;
        SideTexts {
            matcher,
            rule,
            side,
            field,
            texts,
        }
        .write();
    }
    if let Some(http) = &rule.http {
        texts.push(Text {
            field: Field::Http,
            wants: words::http(http),
            has: "not looked at: a packet has no HTTP".into(),
        });
    }
    texts
}

fn of_packet(rule: &Rule, packet: &Packet<'_>, texts: &mut Vec<Text>) {
    let protocol = words::protocol_word(packet.protocol);
    let mut add = |field, wants: Option<String>, has: &str| {
        texts.extend(wants.map(|wants| Text {
            field,
            wants,
            has: has.to_owned(),
        }));
    };
    let version = version_to_show(rule, packet.version).map(version_name);
    add(
        Field::IpVersion,
        version.map(str::to_owned),
        version_name(packet.version),
    );
    let name = rule.protocol.map(|it| it.name().into_owned());
    add(Field::Protocol, name, &protocol);
    let name = rule.not_protocol.map(|it| it.name().into_owned());
    add(Field::NotProtocol, name, &protocol);
    let icmp = icmp_of(packet);
    add(Field::Icmp, rule.icmp.map(words::icmp), &icmp);
    add(Field::NotIcmp, rule.not_icmp.map(words::icmp), &icmp);
}

/// The version that a protocol's name implies is worth a word only where it fails.
fn version_to_show(rule: &Rule, actual: IpVersion) -> Option<IpVersion> {
    let may_be_implied = rule.protocol.is_some_and(|protocol| !protocol.has_ports());
    rule.ip_version
        .filter(|wanted| *wanted != actual || !may_be_implied)
}

fn icmp_of(packet: &Packet<'_>) -> String {
    match packet.icmp {
        Some((kind, code)) => words::icmp(Icmp {
            kind: Some(kind),
            code: Some(code),
        }),
        None => format!("{} has no ICMP type", words::protocol_word(packet.protocol)),
    }
}
