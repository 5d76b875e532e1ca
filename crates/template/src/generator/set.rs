//! Sets of the format.

use ipnet::IpNet;
use tierwalk_source::Diagnostic;
use tierwalk_yaml::{Entry, Kind, Node};

use super::fields::{self, slip, wrong_type};
use super::keys::{self, Keys};
use super::policy::bad_name;
use crate::emit::{Entries, Item};
use crate::names;
use crate::scope::Scope;
use crate::source_map::PlaceId;

/// A set as read.
pub(super) struct Set<'a> {
    pub keys: Keys<'a>,
    pub name: Option<Item>,
    pub labels: Option<Item>,
    pub spec: Item,
}

/// Reads a set.
pub(super) fn read<'a>(scope: &mut Scope<'_>, node: &'a Node) -> Set<'a> {
    let keys = Keys::find(scope, node, keys::SET, "");
    let name = name(scope, &keys);
    kind(scope, &keys);
    let labels = labels(scope, &keys);
    let nets = list(scope, &keys, "CIDR", net);
    let domains = list(scope, &keys, "Domains", domain);
    if keys.get("CIDR").is_none() && keys.get("Domains").is_none() {
        let help =
            "list networks under `CIDR` or names under `Domains`; `CIDR: []` is an empty set";
        keys.require(scope, "CIDR", help);
    }
    let place = scope.structure("", keys.anchor);
    let mut spec = Entries::default();
    spec.put("nets", nets).put("allowedEgressDomains", domains);
    let spec = spec
        .into_some_map()
        .unwrap_or_else(|| Item::map(Vec::new(), None));
    Set {
        keys,
        name,
        labels,
        spec: Item {
            place: Some(place),
            ..spec
        },
    }
}

fn name(scope: &mut Scope<'_>, keys: &Keys<'_>) -> Option<Item> {
    let entry = keys.require(
        scope,
        "NetworkSetName",
        "write a name such as `partner-networks`",
    )?;
    let item = fields::text(scope, keys, "NetworkSetName");
    let name = item.as_ref().and_then(Item::as_text).unwrap_or_default();
    if !names::is_dns_subdomain(name) {
        scope.refused_by_calico(bad_name(entry, "NetworkSetName", name));
    }
    item
}

/// The generator wants this key and makes nothing of it.
fn kind(scope: &mut Scope<'_>, keys: &Keys<'_>) {
    let Some(entry) = keys.set("kind") else {
        return;
    };
    let text = entry.value.as_str().unwrap_or_default();
    if !["global", "GlobalNetworkSet"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(text))
    {
        scope.report(
            Diagnostic::warning(
                "template/ignored-key",
                entry.key_span,
                "`kind` has no effect: `ObjectType` makes it a GlobalNetworkSet",
            )
            .help("write `kind: global`, or remove it"),
        );
    }
}

fn labels(scope: &mut Scope<'_>, keys: &Keys<'_>) -> Option<Item> {
    let entry = keys.set("Labels")?;
    let Kind::Map(entries) = &entry.value.kind else {
        let help = "write one `key: value` per line under it";
        scope.report(wrong_type("Labels", &entry.value, "a mapping", help));
        return None;
    };
    let place = scope.written("Labels", entry.key_span.to(entry.value.span));
    let labels: Vec<_> = entries
        .iter()
        .filter_map(|entry| label(scope, entry))
        .collect();
    (!labels.is_empty()).then(|| Item::map(labels, Some(place)))
}

fn label(scope: &mut Scope<'_>, entry: &Entry) -> Option<(String, Item)> {
    let value = match &entry.value.kind {
        Kind::Null => String::new(),
        _ => fields::text_of(scope, &entry.key, &entry.value)?,
    };
    if !names::is_label_key(&entry.key) || !names::is_label_value(&value) {
        scope.refused_by_calico(
            Diagnostic::error(
                "template/label",
                entry.key_span.to(entry.value.span),
                format!("`{}: {value}` is not a label", entry.key),
            )
            .help("keys and values are up to 63 letters, digits, `-`, `_` and `.`"),
        );
    }
    let field = format!("Labels.{}", entry.key);
    let place = scope.written(field, entry.key_span.to(entry.value.span));
    Some((entry.key.to_string(), Item::text(value, place)))
}

/// Reads one entry of a list.
type ReadEntry = fn(&mut Scope<'_>, &Node, &str) -> Option<String>;

fn list(scope: &mut Scope<'_>, keys: &Keys<'_>, key: &str, read: ReadEntry) -> Option<Item> {
    let entry = keys.set(key)?;
    let whole = scope.written(key, entry.key_span.to(entry.value.span));
    let items = match &entry.value.kind {
        Kind::Seq(items) => items,
        Kind::Str(text) => {
            let parts: Vec<_> = text.split(',').map(str::trim).collect();
            scope.report(slip(
                entry.value.span,
                format!("`{key}` is a list, this is text"),
                "Calico takes a list",
                format!("['{}']", parts.join("', '")),
            ));
            return texts(scope, &entry.value, &parts, whole, read);
        }
        _ => {
            scope.report(wrong_type(
                key,
                &entry.value,
                "a list",
                "write each one after a `-`",
            ));
            return None;
        }
    };
    let mut read_items = Vec::new();
    for (index, node) in items.iter().enumerate() {
        let Some(text) = fields::text_of(scope, key, node) else {
            continue;
        };
        let place = scope.written(format!("{key}[{index}]"), node.span);
        read_items.extend(read(scope, node, &text).map(|text| Item::text(text, place)));
    }
    Some(Item::list(read_items, Some(whole)))
}

fn texts(
    scope: &mut Scope<'_>,
    node: &Node,
    parts: &[&str],
    place: PlaceId,
    read: ReadEntry,
) -> Option<Item> {
    let mut items = Vec::new();
    for part in parts {
        items.extend(read(scope, node, part).map(|text| Item::text(text, place)));
    }
    Some(Item::list(items, Some(place)))
}

/// Sets take bare addresses and host bits (`libcalico-go/lib/validator/v3`, tag `cidr`).
fn net(scope: &mut Scope<'_>, node: &Node, text: &str) -> Option<String> {
    let is_net = text.parse::<IpNet>().is_ok() || text.parse::<std::net::IpAddr>().is_ok();
    if !is_net {
        scope.refused_by_calico(
            Diagnostic::error(
                "template/cidr",
                node.span,
                format!("`{text}` is not a network"),
            )
            .help("write an address such as `192.0.2.7`, or a network such as `10.0.0.0/8`"),
        );
    }
    is_net.then(|| text.to_owned())
}

fn domain(scope: &mut Scope<'_>, node: &Node, text: &str) -> Option<String> {
    let is_domain = names::is_domain(text);
    if !is_domain {
        scope.refused_by_calico(
            Diagnostic::error(
                "template/domain",
                node.span,
                format!("`{text}` is not a domain name"),
            )
            .help("write a name such as `api.example.com` or `*.example.com`, without `https://`"),
        );
    }
    is_domain.then(|| text.to_owned())
}
