//! How values are written in texts.

use std::fmt::Display;

use tierwalk_resources::model::{Http, HttpPath, Icmp, Ports, Protocol};

/// More values than this are counted.
const MAX_LISTED: usize = 12;

/// `a, b, c`, or `a, b, … and 240 more`.
pub(super) fn list<T: Display>(values: impl ExactSizeIterator<Item = T>) -> String {
    let more = values.len().saturating_sub(MAX_LISTED);
    let listed: Vec<String> = values.take(MAX_LISTED).map(|it| it.to_string()).collect();
    let listed = listed.join(", ");
    match more {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// A protocol as flows write it: `tcp`.
pub(crate) fn protocol_word(protocol: Protocol) -> String {
    protocol.name().to_lowercase()
}

pub(super) fn ports(ports: &Ports) -> String {
    let ranges = ports.ranges.iter().map(|range| {
        if range.start() == range.end() {
            range.start().to_string()
        } else {
            format!("{}:{}", range.start(), range.end())
        }
    });
    let all: Vec<String> = ports.names.iter().cloned().chain(ranges).collect();
    list(all.iter())
}

pub(super) fn icmp(icmp: Icmp) -> String {
    let kind = icmp.kind.map(|kind| format!("type {kind}"));
    let code = icmp.code.map(|code| format!("code {code}"));
    let both: Vec<String> = kind.into_iter().chain(code).collect();
    both.join(", ")
}

pub(super) fn http(http: &Http) -> String {
    let paths = http.paths.iter().map(|path| match path {
        HttpPath::Exact(path) => path.clone(),
        HttpPath::Prefix(path) => format!("{path}*"),
    });
    let all: Vec<String> = http.methods.iter().cloned().chain(paths).collect();
    list(all.iter())
}
