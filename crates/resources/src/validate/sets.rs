use tierwalk_source::{Diagnostic, Severity};

use crate::Mode;
use crate::codes;
use crate::kinds::{NetworkSetSpec, ObjectMeta};
use crate::problem::{At, Problems};
use crate::scalars::parse_net_or_ip;

const NAMESPACE: &str = "projectcalico.org/namespace";

pub(super) fn check(
    metadata: &ObjectMeta,
    set: &NetworkSetSpec,
    root: &At<'_>,
    problems: &mut Problems<'_>,
) {
    if metadata.labels.contains_key(NAMESPACE) {
        problems.unseen(
            &root.key("metadata").key("labels").key(NAMESPACE),
            codes::LABELS,
            format!("{NAMESPACE} is not a valid label name"),
            "Calico sets this label itself: remove it",
        );
    }
    let spec = root.key("spec");
    let nets = spec.key("nets");
    for (index, net) in set.nets.iter().enumerate() {
        if parse_net_or_ip(net).is_none() {
            let message = format!("`{net}` is neither a network (CIDR) nor an IP address");
            let help = "write `10.0.0.0/8`, `10.0.0.1`, `fd00::/8` or `fd00::1`";
            problems.unseen(&nets.index(index), codes::SET_NETS, message, help);
        }
    }
    let domains = &set.allowed_egress_domains;
    check_domains(domains, &spec.key("allowedEgressDomains"), problems);
}

/// Domain names: an extension of Calico Enterprise (reference §1.6).
pub(super) fn check_domains(domains: &[String], at: &At<'_>, problems: &mut Problems<'_>) {
    let create = problems.mode() == Mode::Create;
    if domains.is_empty() && !(create && problems.node(at).is_some()) {
        return;
    }
    let span = problems.document().key_span_at(&at.path());
    if create {
        let message = format!("unknown field {}", at.name());
        let diagnostic = Diagnostic::error(codes::UNKNOWN_FIELD, span, message)
            .help("only Calico Enterprise and Calico Cloud know domain names");
        return problems.add(at, diagnostic);
    }
    let message = format!(
        "{} is an extension: open-source Calico refuses it",
        at.name()
    );
    let diagnostic = Diagnostic::new(Severity::Info, codes::DOMAINS, span, message)
        .help("Calico Enterprise and Calico Cloud have it; here it works as documented there");
    problems.add(at, diagnostic);
    for (index, domain) in domains.iter().enumerate() {
        if !is_domain(domain) {
            let message = format!("`{domain}` is not a domain name");
            let help = "write `example.com` or `*.example.com`; at most one part may be `*`";
            problems.error(&at.index(index), codes::DOMAINS, message, help);
        }
    }
}

/// Labels of letters, digits, `-` and `_`, one of which may be `*`.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        label == "*" || (!label.is_empty() && label.bytes().all(inner))
    };
    let labels = text.strip_suffix('.').unwrap_or(text);
    labels.split('.').all(is_label) && labels.matches('*').count() <= 1
}
