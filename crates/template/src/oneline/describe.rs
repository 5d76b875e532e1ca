//! A one-line rule in words.

use super::{Action, Clause, OneLineRule, Protocol};

impl OneLineRule {
    /// The rule as a sentence: ``allows TCP to pods labelled `app=logging` on port 9200``. `namespaced` says
    /// whether the rule stands in a policy that belongs to a namespace.
    pub fn describe(&self, namespaced: bool) -> String {
        let action = match self.action.value {
            Action::Allow => "allows",
            Action::Deny => "denies",
        };
        let mut words = vec![format!("{action} {}", self.protocol_words())];
        words.extend(clause_words("from", &self.from, namespaced));
        words.extend(clause_words("to", &self.to, namespaced));
        words.join(" ")
    }

    fn protocol_words(&self) -> String {
        match self.protocol.as_ref().map(|protocol| &protocol.value) {
            None => "everything".to_owned(),
            Some(Protocol::Tcp) => "TCP".to_owned(),
            Some(Protocol::Udp) => "UDP".to_owned(),
            Some(Protocol::Sctp) => "SCTP".to_owned(),
            Some(Protocol::Icmp { kind, code }) => {
                let kind = kind.map(|n| format!(" type {n}")).unwrap_or_default();
                let code = code.map(|n| format!(" code {n}")).unwrap_or_default();
                format!("ICMP{kind}{code}")
            }
        }
    }
}

fn clause_words(name: &str, clause: &Clause, namespaced: bool) -> Option<String> {
    let mut words = Vec::new();
    if let Some(label) = &clause.label {
        let (key, value) = &label.value;
        words.push(format!("pods labelled `{key}={value}`"));
    } else if clause.namespace.is_some() {
        words.push("pods".to_owned());
    }
    match &clause.namespace {
        Some(namespace) => words.push(format!("in namespace `{}`", namespace.value)),
        None if clause.label.is_some() && namespaced => {
            words.push("in the same namespace".to_owned())
        }
        None => {}
    }
    if let Some(cidr) = &clause.cidr {
        let joint = if words.is_empty() {
            ""
        } else {
            "with an address in "
        };
        words.push(format!("{joint}`{}`", cidr.value));
    }
    if let Some(ports) = &clause.ports {
        let ports: Vec<_> = ports.value.iter().map(port_words).collect();
        let joint = if words.is_empty() { "" } else { "on " };
        words.push(format!("{joint}port {}", ports.join(", ")));
    }
    (!words.is_empty()).then(|| format!("{name} {}", words.join(" ")))
}

fn port_words(range: &std::ops::RangeInclusive<u16>) -> String {
    if range.start() == range.end() {
        return range.start().to_string();
    }
    format!("{} to {}", range.start(), range.end())
}
