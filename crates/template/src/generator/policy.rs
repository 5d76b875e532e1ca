//! Policies of the format.

use tierwalk_source::{Diagnostic, Fix, Span};
use tierwalk_yaml::{Entry, Kind, Node};

use super::fields::{self, known_word, wrong_type};
use super::keys::{self, Keys};
use super::rule::{self, Direction, Rule};
use super::short::{self, ShortForm};
use crate::emit::{Entries, Item};
use crate::names;
use crate::scope::Scope;

/// A policy as read.
pub(super) struct Policy<'a> {
    pub keys: Keys<'a>,
    pub name: Option<Item>,
    pub namespace: Option<Item>,
    /// The clean `spec` but for the rules.
    pub spec: Entries,
    /// What `Direction` lists, or would.
    pub directions: Vec<Direction>,
    pub ingress: Rules<'a>,
    pub egress: Rules<'a>,
}

/// The rules of one direction.
#[derive(Default)]
pub(super) struct Rules<'a> {
    pub rules: Vec<Rule<'a>>,
    /// Where the list stands, if it is written at all.
    pub span: Option<Span>,
}

/// Reads a policy; `tail` holds rules of the shorter form that follow the mapping.
pub(super) fn read<'a>(
    scope: &mut Scope<'_>,
    node: &'a Node,
    global: bool,
    tail: &'a [Node],
) -> Policy<'a> {
    let keys = Keys::find(scope, node, keys::POLICY, "");
    let name = name(scope, &keys);
    let namespace = namespace(scope, &keys, global);
    let order = fields::order(scope, &keys);
    let selector = fields::selector(scope, &keys, "AppliesToSelector", false);
    let namespaces = namespace_selector(scope, &keys, global);
    let accounts = fields::selector(scope, &keys, "AppliesToSvcActSelector", false);
    let short = short::find(scope, &keys, tail);
    let ingress = rules(scope, &keys, Direction::Ingress, &short);
    let egress = rules(scope, &keys, Direction::Egress, &short);
    let (types, directions) = directions(scope, &keys, &ingress, &egress);
    warn_unlisted(scope, &keys, &directions, Direction::Ingress, &ingress);
    warn_unlisted(scope, &keys, &directions, Direction::Egress, &egress);
    let tier = scope.defaulted("tier", keys.anchor);
    let mut spec = Entries::default();
    spec.put("tier", Some(Item::text("default", tier)))
        .put("order", order)
        .put("selector", selector)
        .put("namespaceSelector", namespaces)
        .put("serviceAccountSelector", accounts)
        .put("types", types);
    Policy {
        keys,
        name,
        namespace,
        spec,
        directions,
        ingress,
        egress,
    }
}

fn name(scope: &mut Scope<'_>, keys: &Keys<'_>) -> Option<Item> {
    let entry = keys.require(scope, "PolicyName", "write a name such as `allow-frontend`")?;
    let item = fields::text(scope, keys, "PolicyName");
    let name = item.as_ref().and_then(Item::as_text).unwrap_or_default();
    if !names::is_policy_name(name) {
        scope.refused_by_calico(bad_name(entry, "PolicyName", name));
    }
    item
}

/// A name that Kubernetes refuses.
pub(super) fn bad_name(entry: &Entry, key: &str, name: &str) -> Diagnostic {
    let lower = name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let diagnostic = Diagnostic::error(
        "template/name",
        entry.value.span,
        match name {
            "" => format!("`{key}` has no value"),
            _ => format!("`{name}` is not a name that Calico takes"),
        },
    )
    .help("names are lower case letters, digits and `-`, and begin and end with a letter or digit");
    if lower != name && names::is_policy_name(&lower) {
        return diagnostic.fix(Fix::replace(
            format!("Write `{lower}`"),
            entry.value.span,
            lower,
        ));
    }
    diagnostic
}

fn namespace(scope: &mut Scope<'_>, keys: &Keys<'_>, global: bool) -> Option<Item> {
    const KEY: &str = "PolicyNamespace";
    if global {
        warn_ignored(
            scope,
            keys,
            KEY,
            "a GlobalNetworkPolicy belongs to no namespace",
        );
        return None;
    }
    let help = "a NetworkPolicy belongs to a namespace; write its name";
    let entry = keys.require(scope, KEY, help)?;
    let item = fields::text(scope, keys, KEY);
    match item.as_ref().and_then(Item::as_text) {
        None => scope.report(
            Diagnostic::warning(
                "template/no-namespace",
                entry.key_span,
                "the policy lands in whichever namespace it is applied to",
            )
            .help(help),
        ),
        Some(name) if !names::is_dns_label(name) => {
            scope.refused_by_calico(bad_name(entry, KEY, name));
        }
        Some(_) => {}
    }
    item
}

fn namespace_selector(scope: &mut Scope<'_>, keys: &Keys<'_>, global: bool) -> Option<Item> {
    const KEY: &str = "AppliesToNamespaceSelector";
    if global {
        return fields::selector(scope, keys, KEY, false);
    }
    warn_ignored(
        scope,
        keys,
        KEY,
        "a NetworkPolicy applies in its own namespace only",
    );
    None
}

fn warn_ignored(scope: &mut Scope<'_>, keys: &Keys<'_>, key: &str, why: &str) {
    let Some(entry) = keys.set(key) else { return };
    scope.report(
        Diagnostic::warning(
            "template/ignored-key",
            entry.key_span,
            format!("`{key}` has no effect here: {why}"),
        )
        .help("set it to `''`, or change `ObjectType`")
        .fix(Fix::replace("Write `''`", entry.value.span, "''")),
    );
}

fn rules<'a>(
    scope: &mut Scope<'_>,
    keys: &Keys<'a>,
    direction: Direction,
    short: &ShortForm<'a>,
) -> Rules<'a> {
    let mut rules = Rules::default();
    let key = direction.list_key();
    if let Some(entry) = keys.set(key) {
        match &entry.value.kind {
            Kind::Seq(items) => {
                rules.span = Some(entry.key_span.to(entry.value.span));
                rules.extend(scope, items.iter(), direction);
            }
            Kind::Map(_) if Direction::of(&entry.value) == Some(direction) => {
                rules.span = Some(entry.key_span.to(entry.value.span));
                scope.report(one_rule(key, entry));
                rules.extend(scope, [&entry.value], direction);
            }
            _ => {
                let help = "write each rule after a `-`";
                scope.report(wrong_type(key, &entry.value, "a list of rules", help));
            }
        }
    }
    let of_short_form = short.of(direction);
    if let Some(first) = of_short_form.first() {
        rules.span = rules.span.or(Some(first.span));
        rules.extend(scope, of_short_form.iter().copied(), direction);
    }
    rules
}

impl<'a> Rules<'a> {
    fn extend(
        &mut self,
        scope: &mut Scope<'_>,
        nodes: impl IntoIterator<Item = &'a Node>,
        direction: Direction,
    ) {
        for node in nodes {
            let field = format!("{}[{}]", direction.list_key(), self.rules.len());
            self.rules
                .extend(rule::read(scope, node, direction, &field));
        }
    }
}

fn one_rule(key: &str, entry: &Entry) -> Diagnostic {
    Diagnostic::warning(
        "template/type-slip",
        entry.key_span,
        format!("`{key}` is a list of rules, this is one rule"),
    )
    .help("put a `-` before the rule")
}

/// The clean `types` and the directions in it.
fn directions(
    scope: &mut Scope<'_>,
    keys: &Keys<'_>,
    ingress: &Rules<'_>,
    egress: &Rules<'_>,
) -> (Option<Item>, Vec<Direction>) {
    let entry = keys
        .set("Direction")
        .filter(|entry| !short::holds_rules(&entry.value));
    let Some(entry) = entry else {
        return directions_of_rules(scope, keys, ingress, egress);
    };
    let items = match &entry.value.kind {
        Kind::Seq(items) => items.iter().collect(),
        _ => vec![&entry.value],
    };
    let mut found = Vec::new();
    let place = scope.written("Direction", entry.key_span.to(entry.value.span));
    for item in &items {
        found.extend(direction(scope, item).filter(|direction| !found.contains(direction)));
    }
    if entry.value.items().is_empty() {
        scope.report(match found.is_empty() {
            true => no_direction(entry),
            false => fields::slip(
                entry.value.span,
                "`Direction` is a list, this is one word",
                "Calico takes a list of directions",
                format!("[{}]", words(&found).join(", ")),
            ),
        });
    }
    let types = found
        .iter()
        .map(|direction| Item::text(direction.name(), place))
        .collect();
    let types = Item::list(types, Some(place));
    (Some(types).filter(|_| !found.is_empty()), found)
}

fn words(directions: &[Direction]) -> Vec<&'static str> {
    directions
        .iter()
        .map(|direction| direction.name())
        .collect()
}

fn direction(scope: &mut Scope<'_>, node: &Node) -> Option<Direction> {
    let text = fields::text_of(scope, "Direction", node)?;
    match known_word(scope, node, "Direction", &text, &["Ingress", "Egress"])? {
        "Ingress" => Some(Direction::Ingress),
        _ => Some(Direction::Egress),
    }
}

fn directions_of_rules(
    scope: &mut Scope<'_>,
    keys: &Keys<'_>,
    ingress: &Rules<'_>,
    egress: &Rules<'_>,
) -> (Option<Item>, Vec<Direction>) {
    let mut found = Vec::new();
    let mut items = Vec::new();
    for (direction, rules) in [(Direction::Ingress, ingress), (Direction::Egress, egress)] {
        if let Some(span) = rules.span {
            let place = scope.defaulted("Direction", span);
            items.push(Item::text(direction.name(), place));
            found.push(direction);
        }
    }
    if found.is_empty() {
        keys.require(
            scope,
            "Direction",
            "write `[Ingress]`, `[Egress]` or `[Ingress, Egress]`",
        );
        return (None, found);
    }
    (Some(Item::list(items, None)), found)
}

fn no_direction(entry: &Entry) -> Diagnostic {
    Diagnostic::warning(
        "template/no-direction",
        entry.key_span,
        "`Direction` lists nothing; Calico then takes it for `Ingress`, and no rule is written",
    )
    .help("with no rule, everything that comes in is denied; write the directions that you mean")
    .fix(Fix {
        title: "Write `[Ingress]`".to_owned(),
        safe: false,
        edits: vec![tierwalk_source::TextEdit {
            span: entry.value.span,
            text: "[Ingress]".to_owned(),
        }],
    })
}

fn warn_unlisted(
    scope: &mut Scope<'_>,
    keys: &Keys<'_>,
    listed: &[Direction],
    direction: Direction,
    rules: &Rules<'_>,
) {
    let Some(span) = rules.span.filter(|_| !rules.rules.is_empty()) else {
        return;
    };
    if listed.contains(&direction) {
        return;
    }
    let name = direction.name();
    let mut diagnostic = Diagnostic::warning(
        "template/unlisted-direction",
        Span::new(
            span.start as usize,
            span.start as usize + direction.list_key().len(),
        ),
        format!("these rules have no effect: `Direction` does not list `{name}`"),
    )
    .help(format!("add `{name}` to `Direction`, or remove the rules"));
    if let Some(entry) = keys.get("Direction") {
        let mut all = words(listed);
        all.push(name);
        diagnostic = diagnostic.fix(Fix {
            title: format!("Add `{name}` to `Direction`"),
            safe: false,
            edits: vec![tierwalk_source::TextEdit {
                span: entry.value.span,
                text: format!("[{}]", all.join(", ")),
            }],
        });
    }
    scope.report(diagnostic);
}
