//! `net.cidr_*`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;
use regorus::Value;

use super::{Entry, Failure, text, wrong_type};

/// Addresses that one network is expanded to.
const MOST_ADDRESSES: usize = 65_536;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("net.cidr_contains", 2, |args| contains(args)),
    ("net.cidr_overlap", 2, |args| contains(args)),
    ("net.cidr_intersects", 2, intersects),
    ("net.cidr_is_valid", 1, is_valid),
    ("net.cidr_expand", 1, expand),
    ("net.cidr_merge", 1, merge),
    ("net.cidr_contains_matches", 2, contains_matches),
];

fn network(text: &str) -> Result<IpNet, Failure> {
    text.parse::<IpNet>()
        .map_err(|_| format!("invalid CIDR address: {text}"))
}

/// A network, or an address as a network of one.
fn network_or_address(text: &str) -> Result<IpNet, Failure> {
    text.parse::<IpAddr>()
        .map(IpNet::from)
        .or_else(|_| network(text))
}

fn contains(args: &[Value]) -> Result<Value, Failure> {
    let outer = network(text(args, 0)?)?;
    let inner = network_or_address(text(args, 1)?)?;
    Ok(Value::from(outer.contains(&inner)))
}

fn intersects(args: &[Value]) -> Result<Value, Failure> {
    let (left, right) = (network(text(args, 0)?)?, network(text(args, 1)?)?);
    Ok(Value::from(
        left.contains(&right.network()) || right.contains(&left.network()),
    ))
}

fn is_valid(args: &[Value]) -> Result<Value, Failure> {
    Ok(Value::from(network(text(args, 0)?).is_ok()))
}

fn expand(args: &[Value]) -> Result<Value, Failure> {
    let network = network(text(args, 0)?)?;
    let size = network.max_prefix_len() - network.prefix_len();
    if size > 16 {
        return Err(format!(
            "a network may be expanded to {MOST_ADDRESSES} addresses"
        ));
    }
    let first = u128::from_be_bytes(widened(network.network()));
    let addresses = (first..).take(1 << size).map(|bits| address(bits, network));
    Ok(Value::from(
        addresses
            .map(|address| Value::from(address.to_string()))
            .collect::<BTreeSet<_>>(),
    ))
}

fn widened(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4)).to_be_bytes(),
        IpAddr::V6(v6) => v6.octets(),
    }
}

fn address(bits: u128, like: IpNet) -> IpAddr {
    match like {
        IpNet::V4(_) => IpAddr::from(u32::try_from(bits).unwrap_or(u32::MAX).to_be_bytes()),
        IpNet::V6(_) => IpAddr::from(bits.to_be_bytes()),
    }
}

fn merge(args: &[Value]) -> Result<Value, Failure> {
    let texts: Vec<&Value> = match args.first() {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Set(items)) => items.iter().collect(),
        other => return Err(wrong_type(0, "one of {set, array}", other)),
    };
    let mut networks = Vec::new();
    for item in texts {
        networks.push(network_or_address(text(std::slice::from_ref(item), 0)?)?);
    }
    Ok(Value::from(
        IpNet::aggregate(&networks)
            .into_iter()
            .map(|network| Value::from(network.to_string()))
            .collect::<BTreeSet<_>>(),
    ))
}

/// Keys (or values, for sets) of a collection of networks, with the network.
fn keyed(args: &[Value], index: usize) -> Result<Vec<(Value, IpNet)>, Failure> {
    let pairs: Vec<(Value, Value)> = match args.get(index) {
        Some(value @ Value::String(_)) => vec![(value.clone(), value.clone())],
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (Value::from(at), item.clone()))
            .collect(),
        Some(Value::Set(items)) => items
            .iter()
            .map(|item| (item.clone(), item.clone()))
            .collect(),
        Some(Value::Object(entries)) => entries
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        other => {
            return Err(wrong_type(
                index,
                "one of {string, array, set, object}",
                other,
            ));
        }
    };
    let mut keyed = Vec::new();
    for (key, value) in pairs {
        let first = match &value {
            Value::Array(items) => items.iter().next().cloned().unwrap_or(Value::Undefined),
            other => other.clone(),
        };
        let network = network_or_address(text(std::slice::from_ref(&first), 0)?)?;
        keyed.push((key, network));
    }
    Ok(keyed)
}

fn contains_matches(args: &[Value]) -> Result<Value, Failure> {
    let (outer, inner) = (keyed(args, 0)?, keyed(args, 1)?);
    let mut found = BTreeSet::new();
    for (outer_key, outer) in &outer {
        for (inner_key, inner) in &inner {
            if outer.contains(inner) {
                found.insert(Value::from(vec![outer_key.clone(), inner_key.clone()]));
            }
        }
    }
    Ok(Value::from(found))
}
