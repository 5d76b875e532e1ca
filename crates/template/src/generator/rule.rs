//! Rules of a policy: by keys, or as one line.

use tierwalk_source::{Diagnostic, Fix, Span};
use tierwalk_yaml::{Kind, Node};

use super::fields::{self, wrong_type};
use super::keys::Keys;
use super::ports;
use crate::emit::{Entries, Item};
use crate::oneline;
use crate::scope::{Scope, content_span};

/// Where traffic of a rule goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ingress,
    Egress,
}

/// The names of a rule's keys in one direction.
pub(super) struct RuleKeys {
    pub all: &'static [&'static str],
    pub action: &'static str,
    pub port: &'static str,
    pub protocol: &'static str,
    pub selector: &'static str,
    pub namespace: &'static str,
    pub service_account: &'static str,
}

const INGRESS: RuleKeys = RuleKeys {
    all: &[
        "IngressAction",
        "IngressPort",
        "IngressProtocol",
        "IngressSourceSelector",
        "IngressSourceNamespace",
        "IngressSourceServiceAccount",
    ],
    action: "IngressAction",
    port: "IngressPort",
    protocol: "IngressProtocol",
    selector: "IngressSourceSelector",
    namespace: "IngressSourceNamespace",
    service_account: "IngressSourceServiceAccount",
};

const EGRESS: RuleKeys = RuleKeys {
    all: &[
        "EgressAction",
        "EgressPort",
        "EgressProtocol",
        "EgressDestinationSelector",
        "EgressDestinationNamespace",
        "EgressDestinationServiceAccount",
    ],
    action: "EgressAction",
    port: "EgressPort",
    protocol: "EgressProtocol",
    selector: "EgressDestinationSelector",
    namespace: "EgressDestinationNamespace",
    service_account: "EgressDestinationServiceAccount",
};

impl Direction {
    pub(super) fn rule_keys(self) -> &'static RuleKeys {
        match self {
            Self::Ingress => &INGRESS,
            Self::Egress => &EGRESS,
        }
    }

    /// The key of its rules.
    pub(super) fn list_key(self) -> &'static str {
        match self {
            Self::Ingress => "INGRESS",
            Self::Egress => "EGRESS",
        }
    }

    /// Its name in `Direction` and in Calico's `types`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Ingress => Self::Egress,
            Self::Egress => Self::Ingress,
        }
    }

    /// The direction of a rule that says itself which one it has.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let begins = |word: &str| {
            let prefix = |key: &str| {
                key.get(..word.len())
                    .is_some_and(|k| k.eq_ignore_ascii_case(word))
            };
            node.entries().iter().any(|entry| prefix(&entry.key))
        };
        match (begins("Ingress"), begins("Egress")) {
            (true, false) => Some(Self::Ingress),
            (false, true) => Some(Self::Egress),
            _ => of_one_line(node.as_str()?),
        }
    }
}

/// A one-line rule that names who is at the other end tells its direction by that.
fn of_one_line(text: &str) -> Option<Direction> {
    let rule = oneline::parse_rule(text).ok()?;
    match (rule.from.names_a_peer(), rule.to.names_a_peer()) {
        (true, false) => Some(Direction::Ingress),
        (false, true) => Some(Direction::Egress),
        _ => None,
    }
}

/// A rule as read: its clean form, and its keys where it has any.
pub(super) struct Rule<'a> {
    pub item: Item,
    pub keys: Option<Keys<'a>>,
}

/// The clean form of a rule, for fields of other templates.
pub(crate) fn item(
    scope: &mut Scope<'_>,
    node: &Node,
    direction: Direction,
    field: &str,
) -> Option<Item> {
    read(scope, node, direction, field).map(|rule| rule.item)
}

/// Reads one rule of a list; `field` names it in the source map.
pub(super) fn read<'a>(
    scope: &mut Scope<'_>,
    node: &'a Node,
    direction: Direction,
    field: &str,
) -> Option<Rule<'a>> {
    match &node.kind {
        Kind::Str(text) => one_line(scope, node, text, field).map(|item| Rule { item, keys: None }),
        Kind::Map(_) => by_keys(scope, node, direction, field),
        _ => {
            let help = "write a rule with its keys, or a line such as `allow tcp to ports 443`";
            scope.report(wrong_type(field, node, "a rule", help));
            None
        }
    }
}

/// A one-line rule in a template; `field` names it in the source map.
pub(crate) fn one_line(
    scope: &mut Scope<'_>,
    node: &Node,
    text: &str,
    field: &str,
) -> Option<Item> {
    match oneline::parse_rule(text) {
        Ok(rule) => {
            let whole = scope.written(field, node.span);
            let mut item = oneline::lower(&rule, &mut |span| {
                let span = content_span(scope.text, node, span);
                scope.written(field, span)
            });
            item.place = Some(whole);
            Some(item)
        }
        Err(error) => {
            let span = content_span(scope.text, node, error.span);
            scope.report(rule_error(span, &error));
            None
        }
    }
}

/// A text that is no rule, told at its word.
pub(crate) fn rule_error(span: Span, error: &oneline::RuleError) -> Diagnostic {
    Diagnostic::error(
        "template/rule",
        span,
        format!("{} (column {} of the rule)", error.message, error.column),
    )
    .help(error.help.clone())
}

fn by_keys<'a>(
    scope: &mut Scope<'_>,
    node: &'a Node,
    direction: Direction,
    field: &str,
) -> Option<Rule<'a>> {
    if Direction::of(node) == Some(direction.other()) {
        scope.report(wrong_direction(node, direction));
        return None;
    }
    let names = direction.rule_keys();
    let keys = Keys::find(scope, node, names.all, format!("{field}."));
    let action = action(scope, &keys, names);
    let protocol = ports::protocol(scope, &keys, names.protocol);
    let ports = ports::ports(scope, &keys, names.port);
    let rule = ports::Rule {
        ports: ports.as_ref(),
        protocol: protocol.as_ref(),
    };
    ports::check(scope, &keys, names.port, names.protocol, &rule);
    let peer = peer(scope, &keys, names);
    if peer.is_none() && ports.is_none() && protocol.is_none() {
        warn_open(scope, &keys, names, direction);
    }
    let mut entries = Entries::default();
    entries.put("action", action).put("protocol", protocol);
    put_peers(&mut entries, direction, peer, ports);
    let place = scope.written(field, node.span);
    Some(Rule {
        item: entries.into_map(Some(place)),
        keys: Some(keys),
    })
}

/// The peer is the source of ingress and the destination of egress; ports are always the destination's.
fn put_peers(
    entries: &mut Entries,
    direction: Direction,
    peer: Option<Entries>,
    ports: Option<Item>,
) {
    let (source, destination) = match direction {
        Direction::Ingress => (peer, None),
        Direction::Egress => (None, peer),
    };
    entries.put("source", source.and_then(Entries::into_some_map));
    let mut destination = destination.unwrap_or_default();
    destination.put("ports", ports);
    entries.put("destination", destination.into_some_map());
}

fn action(scope: &mut Scope<'_>, keys: &Keys<'_>, names: &RuleKeys) -> Option<Item> {
    let help = "write `Allow`, `Deny`, `Pass` or `Log`";
    let entry = keys.require(scope, names.action, help)?;
    if keys.set(names.action).is_none() {
        scope.refused_by_calico(
            Diagnostic::error(
                "template/missing-key",
                entry.key_span,
                format!("`{}` has no value", names.action),
            )
            .help(help),
        );
        return None;
    }
    let word = fields::word(
        scope,
        entry,
        names.action,
        &["Allow", "Deny", "Pass", "Log"],
    )?;
    let place = scope.written(
        keys.field(names.action),
        entry.key_span.to(entry.value.span),
    );
    Some(Item::text(word, place))
}

fn peer(scope: &mut Scope<'_>, keys: &Keys<'_>, names: &RuleKeys) -> Option<Entries> {
    let selector = fields::selector(scope, keys, names.selector, false);
    let namespaces = namespace(scope, keys, names.namespace);
    let account = fields::selector(scope, keys, names.service_account, false);
    let place = account.as_ref().and_then(|item| item.place);
    let accounts = account.map(|item| Item::map(vec![("selector".to_owned(), item)], place));
    if selector.is_none() && namespaces.is_none() && accounts.is_none() {
        return None;
    }
    let mut entries = Entries::default();
    entries
        .put("selector", selector)
        .put("namespaceSelector", namespaces)
        .put("serviceAccounts", accounts);
    Some(entries)
}

/// The namespaces of a rule. `global()` stands alone or not at all (`api/pkg/apis/projectcalico/v3`).
fn namespace(scope: &mut Scope<'_>, keys: &Keys<'_>, key: &str) -> Option<Item> {
    let item = fields::selector(scope, keys, key, true)?;
    let text = item.as_text()?;
    if text.contains("global(") && text.split_whitespace().collect::<String>() != "global()" {
        let span = keys.get(key).map_or(keys.anchor, |entry| entry.value.span);
        scope.refused_by_calico(
            Diagnostic::error(
                "template/selector",
                span,
                "global() cannot be combined with other selectors",
            )
            .help("write `global()` alone, in a rule of its own"),
        );
    }
    Some(item)
}

fn wrong_direction(node: &Node, direction: Direction) -> Diagnostic {
    let span = node
        .entries()
        .first()
        .map_or(node.span, |entry| entry.key_span);
    let (here, there) = (direction.list_key(), direction.other().list_key());
    let other = direction.other().name();
    Diagnostic::error(
        "template/wrong-direction",
        span,
        format!("a rule with `{other}…` keys stands under `{here}`"),
    )
    .help(format!("move it under `{there}`"))
}

/// A rule that is open because its keys are missing, not because they say `''`.
fn warn_open(scope: &mut Scope<'_>, keys: &Keys<'_>, names: &RuleKeys, direction: Direction) {
    let allows = keys.get(names.action).is_some_and(|entry| {
        entry
            .value
            .as_str()
            .is_some_and(|action| action.eq_ignore_ascii_case("allow"))
    });
    let missing: Vec<_> = names
        .all
        .iter()
        .filter(|key| keys.get(key).is_none())
        .map(|key| format!("`{key}`"))
        .collect();
    if !allows || missing.is_empty() {
        return;
    }
    let (what, written) = match direction {
        Direction::Ingress => ("from everywhere", "IngressSourceSelector: ''"),
        Direction::Egress => ("to everywhere", "EgressDestinationSelector: ''"),
    };
    let span = keys
        .get(names.action)
        .map_or(keys.anchor, |entry| entry.value.span);
    let mut diagnostic = Diagnostic::warning(
        "template/open-rule",
        span,
        format!(
            "this rule allows everything {what}; it leaves out {}",
            missing.join(", ")
        ),
    )
    .help(format!(
        "say who may, or write `{written}` if everyone is meant"
    ));
    if let Some(entry) = keys
        .get(names.action)
        .filter(|_| missing.iter().any(|key| key.contains("Selector")))
    {
        let indent = scope.column(entry.key_span);
        let at = Span::empty(entry.value.span.end as usize);
        let text = format!("\n{:indent$}{written}", "");
        diagnostic = diagnostic.fix(Fix::replace(format!("Add `{written}`"), at, text));
    }
    scope.report(diagnostic);
}
