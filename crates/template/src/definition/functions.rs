//! What a skeleton can call besides the engine's own filters.

use std::net::IpAddr;

use ipnet::IpNet;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};

/// Adds `label_is`, `namespace_is`, and the filters `selector`, `ipv4` and `ipv6`.
pub(super) fn add(env: &mut Environment<'_>) {
    env.add_function("label_is", |key: String, value: String| {
        equals(&key, &value)
    });
    env.add_function("namespace_is", |name: String| {
        equals("projectcalico.org/name", &name)
    });
    env.add_filter("selector", selector);
    env.add_filter("ipv4", |nets: Value| family(&nets, true));
    env.add_filter("ipv6", |nets: Value| family(&nets, false));
}

/// `key == "value"`, in whichever quotes do not occur in the value.
pub(super) fn equals(key: &str, value: &str) -> Result<String, Error> {
    let quote = ['"', '\'']
        .into_iter()
        .find(|quote| !value.contains(*quote));
    match quote {
        Some(quote) => Ok(format!("{key} == {quote}{value}{quote}")),
        None => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("no label has the value `{value}`"),
        )),
    }
}

/// The selector of all labels of a mapping.
fn selector(labels: Value) -> Result<String, Error> {
    let mut parts = Vec::new();
    for key in labels.try_iter()? {
        let value = labels.get_item(&key)?;
        parts.push(equals(&key.to_string(), &value.to_string())?);
    }
    match parts.is_empty() {
        true => Ok("all()".to_owned()),
        false => Ok(parts.join(" && ")),
    }
}

/// The networks of one family: a rule takes only one.
fn family(nets: &Value, v4: bool) -> Result<Vec<Value>, Error> {
    let of_family = |net: &Value| {
        let text = net.as_str().unwrap_or_default();
        let address = text
            .parse::<IpNet>()
            .map(|net| net.addr())
            .or_else(|_| text.parse());
        address.is_ok_and(|address: IpAddr| address.is_ipv4() == v4)
    };
    Ok(nets.try_iter()?.filter(of_family).collect())
}
