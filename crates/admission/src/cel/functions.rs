//! What Kubernetes adds to CEL (`apiserver/pkg/cel/library`), as far as policies about labels, names and nets
//! use it: regular expressions, lists, sets, addresses.

use std::net::IpAddr;
use std::sync::Arc;

use cel::extractors::This;
use cel::{Context, ExecutionError, Value};
use ipnet::IpNet;
use regex::Regex;

type Text = Arc<String>;
type List = Arc<Vec<Value>>;
type Answer = Result<Value, ExecutionError>;

/// Adds them. A name that is taken is left as it is, and none of these is.
pub(super) fn add(context: &mut Context<'_, '_>) {
    texts(context);
    lists(context);
    sets(context);
    addresses(context);
    nets(context);
}

fn texts(context: &mut Context<'_, '_>) {
    let _ = context.add_function("matches", |This(text): This<Text>, pattern: Text| {
        Ok::<_, ExecutionError>(regex("matches", &pattern)?.is_match(&text))
    });
    let _ = context.add_function("find", |This(text): This<Text>, pattern: Text| {
        let found = regex("find", &pattern)?;
        let found = found.find(&text).map_or("", |found| found.as_str());
        Ok::<_, ExecutionError>(text_value(found))
    });
    let _ = context.add_function("findAll", |This(text): This<Text>, pattern: Text| {
        let pattern = regex("findAll", &pattern)?;
        let found = pattern.find_iter(&text);
        let found = found.map(|found| text_value(found.as_str()));
        Ok::<_, ExecutionError>(Value::List(Arc::new(found.collect())))
    });
}

fn text_value(shown: &(impl ToString + ?Sized)) -> Value {
    Value::String(Arc::new(shown.to_string()))
}

fn regex(function: &str, pattern: &str) -> Result<Regex, ExecutionError> {
    Regex::new(pattern).map_err(|_| {
        ExecutionError::function_error(function, format!("error parsing regexp: `{pattern}`"))
    })
}

fn lists(context: &mut Context<'_, '_>) {
    let _ = context.add_function("isSorted", |This(list): This<List>| {
        list.is_sorted_by(|a, b| a.partial_cmp(b).is_some_and(|order| order.is_le()))
    });
    let _ = context.add_function("sum", |This(list): This<List>| sum(&list));
    let _ = context.add_function("min", |This(list): This<List>| {
        extreme("min", &list, |order| order.is_lt())
    });
    let _ = context.add_function("max", |This(list): This<List>| {
        extreme("max", &list, |order| order.is_gt())
    });
}

fn sum(list: &[Value]) -> Answer {
    let mut total = Value::Int(0);
    for item in list {
        total = match (&total, item) {
            (Value::Int(a), Value::Int(b)) => {
                let sum = a.checked_add(*b).map(Value::Int);
                sum.ok_or_else(|| ExecutionError::function_error("sum", "integer overflow"))?
            }
            (Value::Int(0), Value::Float(b)) => Value::Float(*b),
            (Value::Float(a), Value::Float(b)) => Value::Float(a + b),
            _ => return Err(ExecutionError::no_such_overload("sum", Vec::new())),
        };
    }
    Ok(total)
}

fn extreme(name: &str, list: &[Value], better: fn(std::cmp::Ordering) -> bool) -> Answer {
    let mut items = list.iter();
    let first = items.next().cloned();
    let mut best = first.ok_or_else(|| {
        ExecutionError::function_error(name, format!("{name} called on empty list"))
    })?;
    for item in items {
        if item.partial_cmp(&best).is_some_and(better) {
            best = item.clone();
        }
    }
    Ok(best)
}

fn sets(context: &mut Context<'_, '_>) {
    let within = |a: &List, b: &List| b.iter().all(|item| a.contains(item));
    let _ = context.add_function("sets.contains", move |a: List, b: List| within(&a, &b));
    let _ = context.add_function("sets.equivalent", move |a: List, b: List| {
        within(&a, &b) && within(&b, &a)
    });
    let _ = context.add_function("sets.intersects", |a: List, b: List| {
        b.iter().any(|item| a.contains(item))
    });
}

fn addresses(context: &mut Context<'_, '_>) {
    let _ = context.add_function("isIP", |This(text): This<Text>| {
        text.parse::<IpAddr>().is_ok()
    });
    let _ = context.add_function("ip", |This(text): This<Text>| {
        // Called on a net, it is the net's address.
        match text.parse::<IpNet>() {
            Ok(net) => Ok(text_value(&net.addr())),
            Err(_) => address(&text).map(|address| text_value(&address)),
        }
    });
    let _ = context.add_function("ip.isCanonical", |text: Text| {
        Ok::<_, ExecutionError>(address(&text)?.to_string() == *text)
    });
    let _ = context.add_function("family", |This(text): This<Text>| {
        Ok::<_, ExecutionError>(if address(&text)?.is_ipv4() { 4_i64 } else { 6 })
    });
    let is = |function: fn(&IpAddr) -> bool| {
        move |This(text): This<Text>| Ok::<_, ExecutionError>(function(&address(&text)?))
    };
    let _ = context.add_function("isLoopback", is(IpAddr::is_loopback));
    let _ = context.add_function("isUnspecified", is(IpAddr::is_unspecified));
    let _ = context.add_function("isLinkLocalUnicast", is(is_link_local));
    let _ = context.add_function("isLinkLocalMulticast", is(is_link_local_multicast));
    let _ = context.add_function("isGlobalUnicast", is(is_global_unicast));
}

fn nets(context: &mut Context<'_, '_>) {
    let _ = context.add_function("isCIDR", |This(text): This<Text>| {
        text.parse::<IpNet>().is_ok()
    });
    let _ = context.add_function("cidr", |This(text): This<Text>| {
        net(&text).map(|net| text_value(&net))
    });
    let _ = context.add_function("containsIP", |This(text): This<Text>, other: Text| {
        Ok::<_, ExecutionError>(net(&text)?.contains(&address(&other)?))
    });
    let _ = context.add_function("containsCIDR", |This(text): This<Text>, other: Text| {
        Ok::<_, ExecutionError>(net(&text)?.contains(&net(&other)?))
    });
    let _ = context.add_function("prefixLength", |This(text): This<Text>| {
        Ok::<_, ExecutionError>(i64::from(net(&text)?.prefix_len()))
    });
    let _ = context.add_function("masked", |This(text): This<Text>| {
        Ok::<_, ExecutionError>(text_value(&net(&text)?.trunc()))
    });
}

fn address(text: &str) -> Result<IpAddr, ExecutionError> {
    text.parse().map_err(|_| {
        ExecutionError::function_error(
            "ip",
            format!("IP Address {text:?} parse error during conversion from string"),
        )
    })
}

fn net(text: &str) -> Result<IpNet, ExecutionError> {
    text.parse().map_err(|_| {
        ExecutionError::function_error(
            "cidr",
            format!("network address parse error during conversion from string: {text:?}"),
        )
    })
}

fn is_link_local(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

fn is_link_local_multicast(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => matches!(address.octets(), [224, 0, 0, _]),
        IpAddr::V6(address) => address
            .segments()
            .first()
            .is_some_and(|first| first & 0xff0f == 0xff02),
    }
}

fn is_global_unicast(address: &IpAddr) -> bool {
    let is_broadcast = matches!(address, IpAddr::V4(address) if address.is_broadcast());
    !(address.is_unspecified()
        || address.is_loopback()
        || address.is_multicast()
        || is_broadcast
        || is_link_local(address))
}
