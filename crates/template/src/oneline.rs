//! One-line rules: `allow tcp from label access=backend to port 4001`.
//!
//! The language is that of the policy annotation of Calico's first Kubernetes plugin
//! (`calico_cni/policy_parser.py`), with `namespace`, `sctp`, port ranges and `deny`.

mod describe;
mod grammar;
mod lower;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use ipnet::IpNet;
use tierwalk_source::Span;

pub(crate) use lower::lower;

/// A rule as one sentence. Spans are relative to its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneLineRule {
    /// What it does.
    pub action: Spanned<Action>,
    /// Which protocol; any if there is none.
    pub protocol: Option<Spanned<Protocol>>,
    /// Where it comes from.
    pub from: Clause,
    /// Where it goes.
    pub to: Clause,
}

/// What a one-line rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lets it through.
    Allow,
    /// Drops it.
    Deny,
}

/// The protocol of a one-line rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
    /// ICMP, of one type and code if given.
    Icmp {
        /// 0 to 254.
        kind: Option<u8>,
        /// 0 to 255.
        code: Option<u8>,
    },
}

/// One end of the traffic; all that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// Any of these ports.
    pub ports: Option<Spanned<Vec<RangeInclusive<u16>>>>,
    /// A pod with this label.
    pub label: Option<Spanned<(String, String)>>,
    /// An address in this network.
    pub cidr: Option<Spanned<IpNet>>,
    /// A pod in this namespace.
    pub namespace: Option<Spanned<String>>,
}

impl Clause {
    /// Whether it says who is at this end, not only on which port.
    pub(crate) fn names_a_peer(&self) -> bool {
        self.label.is_some() || self.cidr.is_some() || self.namespace.is_some()
    }
}

/// A value and the words that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where its words stand, the keyword included.
    pub span: Span,
}

/// Why a text is not a one-line rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The words at fault, relative to the rule's text.
    pub span: Span,
    /// Column of the first of them, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Reads a one-line rule.
pub fn parse_rule(text: &str) -> Result<OneLineRule, RuleError> {
    grammar::parse(text)
}

/// The rules of an annotation, which are separated by `;`, each with its offset. Nothing stands between
/// a last `;` and the end.
pub fn split_rules(text: &str) -> Vec<(usize, &str)> {
    let mut rules: Vec<(usize, &str)> = Vec::new();
    let mut offset = 0;
    for piece in text.split(';') {
        rules.push((offset, piece));
        offset += piece.len() + 1;
    }
    if rules.len() > 1 && rules.last().is_some_and(|(_, rule)| rule.trim().is_empty()) {
        rules.pop();
    }
    rules
}
