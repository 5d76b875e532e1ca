//! One side of a rule.

use tierwalk_source::Diagnostic;

use super::rule::{Direction, Owner};
use super::{names, selector, sets};
use crate::codes;
use crate::kinds::{EntityRule, Rule, ServiceMatch};
use crate::problem::{At, Problems};

pub(super) fn check(entity: &EntityRule, owner: Owner, at: &At<'_>, problems: &mut Problems<'_>) {
    let check_selector = if owner == Owner::Profile {
        selector::check_syntax
    } else {
        selector::check
    };
    for (field, text) in [
        ("selector", &entity.selector),
        ("notSelector", &entity.not_selector),
        ("namespaceSelector", &entity.namespace_selector),
    ] {
        check_selector(&at.key(field), text, problems);
    }
    if owner != Owner::Profile {
        selector::check_not_global(&at.key("selector"), &entity.selector, problems);
    }
    let namespaces = at.key("namespaceSelector");
    selector::check_global_alone(&namespaces, &entity.namespace_selector, problems);
    if let Some(accounts) = &entity.service_accounts {
        let at = at.key("serviceAccounts");
        selector::check_syntax(&at.key("selector"), &accounts.selector, problems);
    }
    if let Some(services) = &entity.services {
        check_services(services, owner, &at.key("services"), problems);
        if owner != Owner::Profile {
            check_conflicts(entity, at, problems);
        }
    }
    sets::check_domains(&entity.domains, &at.key("domains"), problems);
}

fn check_services(services: &ServiceMatch, owner: Owner, at: &At<'_>, problems: &mut Problems<'_>) {
    for (field, name) in [("name", &services.name), ("namespace", &services.namespace)] {
        if !name.is_empty() && !names::is_subdomain(name) {
            let message = format!("`{name}`: {}", names::SUBDOMAIN);
            problems.unseen(
                &at.key(field),
                codes::SERVICES,
                message,
                "services have names such as `web`",
            );
        }
    }
    if owner != Owner::Profile && services.name.is_empty() {
        let message = "services must specify a service name";
        problems.error(
            &at.key("name"),
            codes::SERVICES,
            message,
            "add the `name` of the service",
        );
    }
    if owner == Owner::Global && services.namespace.is_empty() {
        let message = "services in a global policy must specify a namespace";
        let help = "add the `namespace` of the service";
        problems.unseen(&at.key("namespace"), codes::SERVICES, message, help);
    }
}

fn check_conflicts(entity: &EntityRule, at: &At<'_>, problems: &mut Problems<'_>) {
    let conflicts = [
        (
            "namespaceSelector",
            "NamespaceSelector",
            !entity.namespace_selector.is_empty(),
        ),
        (
            "serviceAccounts",
            "ServiceAccounts",
            entity.service_accounts.is_some(),
        ),
        (
            "selector",
            "Selector/NotSelector",
            !entity.selector.is_empty(),
        ),
        (
            "notSelector",
            "Selector/NotSelector",
            !entity.not_selector.is_empty(),
        ),
        ("nets", "Nets/NotNets", !entity.nets.is_empty()),
        ("notNets", "Nets/NotNets", !entity.not_nets.is_empty()),
    ];
    for (field, name, conflict) in conflicts {
        if conflict {
            let message = format!("cannot specify {name} and Services on the same rule");
            let help = "a service stands for exactly its backends; use a rule of its own for it";
            problems.error(&at.key(field), codes::SERVICES, message, help);
        }
    }
}

/// What depends on which side of which list it is.
pub(super) fn check_sides(
    rule: &Rule,
    direction: Direction,
    at: &At<'_>,
    problems: &mut Problems<'_>,
) {
    let source = at.key("source");
    let destination = at.key("destination");
    match direction {
        Direction::Egress if rule.source.services.is_some() => {
            let message = "services are not allowed in egress rule source";
            let help = "in egress rules they belong under `destination`";
            problems.unseen(&source.key("services"), codes::SERVICES, message, help);
        }
        Direction::Ingress if rule.destination.services.is_some() => {
            let message = "services are not allowed in ingress rule destination";
            let help = "in ingress rules they belong under `source`";
            problems.unseen(&destination.key("services"), codes::SERVICES, message, help);
        }
        _ => {}
    }
    check_domain_place(rule, direction, at, problems);
    let to = &rule.destination;
    if to.services.is_some() && !(to.ports.is_empty() && to.not_ports.is_empty()) {
        let field = if to.ports.is_empty() {
            "notPorts"
        } else {
            "ports"
        };
        let message = "ports and notPorts cannot be specified with services";
        let help = "a service brings the ports of its backends: remove them";
        problems.error(&destination.key(field), codes::SERVICES, message, help);
    }
}

/// Reference §1.6: the extension's one place.
fn check_domain_place(rule: &Rule, direction: Direction, at: &At<'_>, problems: &mut Problems<'_>) {
    let works = direction == Direction::Egress && rule.action == "Allow";
    let destination = at.key("destination");
    let source = at.key("source");
    for (at, domains, works) in [
        (&source, &rule.source.domains, false),
        (&destination, &rule.destination.domains, works),
    ] {
        if !domains.is_empty() && !works {
            let at = at.key("domains");
            let span = problems.document().key_span_at(&at.path());
            let message = "`domains` works only in the `destination` of egress rules that allow";
            let diagnostic = Diagnostic::warning(codes::DOMAINS, span, message)
                .help("DNS says where names lead, not who calls: use a network set otherwise");
            problems.add(&at, diagnostic);
        }
    }
}
