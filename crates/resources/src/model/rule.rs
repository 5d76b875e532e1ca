use std::borrow::Cow;
use std::ops::RangeInclusive;

use ipnet::IpNet;
use tierwalk_selector::Selector;

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Ends the walk.
    Allow,
    /// Ends the walk.
    Deny,
    /// Leaves the tier.
    Pass,
    /// Decides nothing.
    Log,
}

/// An IP version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IpVersion {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// An IP protocol number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Protocol(pub u8);

impl Protocol {
    /// ICMP.
    pub const ICMP: Self = Self(1);
    /// TCP.
    pub const TCP: Self = Self(6);
    /// UDP.
    pub const UDP: Self = Self(17);
    /// ICMP for IPv6.
    pub const ICMPV6: Self = Self(58);
    /// SCTP.
    pub const SCTP: Self = Self(132);
    /// UDP-Lite.
    pub const UDPLITE: Self = Self(136);

    /// Calico's spelling, or the number (Calico `app-policy/checker/match.go`).
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::ICMP => "ICMP".into(),
            Self::TCP => "TCP".into(),
            Self::UDP => "UDP".into(),
            Self::ICMPV6 => "ICMPv6".into(),
            Self::SCTP => "SCTP".into(),
            Self::UDPLITE => "UDPLite".into(),
            Self(number) => number.to_string().into(),
        }
    }

    /// Whether it has ports that rules can name.
    pub fn has_ports(self) -> bool {
        matches!(self, Self::TCP | Self::UDP | Self::SCTP)
    }
}

/// An ICMP type, with a code or any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Icmp {
    /// Type; `None` is any.
    pub kind: Option<u8>,
    /// Code; `None` is any.
    pub code: Option<u8>,
}

/// A path of an HTTP match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpPath {
    /// Equal.
    Exact(String),
    /// Equal, or below it.
    Prefix(String),
}

/// An HTTP match. Packets ignore it (Calico `felix/rules/policy.go`); it is kept to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Http {
    /// Methods; empty is any.
    pub methods: Vec<String>,
    /// Paths; empty is any.
    pub paths: Vec<HttpPath>,
}

/// Ports of one side of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    /// Numbers and ranges.
    pub ranges: Vec<RangeInclusive<u16>>,
    /// Names, resolved at the endpoint that declares them.
    pub names: Vec<String>,
}

impl Ports {
    /// Whether there is no criterion.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.names.is_empty()
    }
}

/// A domain name or wildcard: the extension `destination.domains`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(pub String);

impl Domain {
    /// Whether a name matches: case does not matter, `*` stands for one or more labels, a trailing dot is ignored.
    pub fn matches(&self, name: &str) -> bool {
        let pattern = self.0.trim_end_matches('.').to_ascii_lowercase();
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        match pattern.split_once('*') {
            None => pattern == name,
            Some((head, tail)) => {
                name.len() > head.len() + tail.len()
                    && name.starts_with(head)
                    && name.ends_with(tail)
            }
        }
    }
}

/// Which service's backends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRef {
    /// Namespace as written; empty if it was left out, and then nothing matches
    /// (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`).
    pub namespace: String,
    /// Name.
    pub name: String,
}

/// Which written field a selector came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// `selector`, or a Kubernetes `podSelector`.
    Selector,
    /// `notSelector`.
    NotSelector,
    /// `namespaceSelector`.
    NamespaceSelector,
    /// Not written: a namespaced policy speaks of its own namespace.
    OwnNamespace,
    /// `serviceAccounts.selector` or `serviceAccountSelector`.
    ServiceAccountSelector,
    /// `serviceAccounts.names`.
    ServiceAccountNames,
    /// Not written: Kubernetes policies speak of pods only.
    PodsOnly,
}

/// One selector of a match. A match holds if one entity satisfies all of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which field.
    pub kind: PartKind,
    /// As written, or words for what is not written.
    pub text: String,
    /// As evaluated on effective labels (negated already where the field negates).
    pub selector: Selector,
}

/// What a rule wants of one side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// `nets`, masked.
    pub nets: Vec<IpNet>,
    /// `notNets`, masked.
    pub not_nets: Vec<IpNet>,
    /// Effective positive match: the address belongs to an entity that satisfies every part.
    pub positive: Vec<Part>,
    /// Effective negative match: the address belongs to no entity that satisfies it. Only where `positive`
    /// is empty; else the negation is one of its parts (Calico `felix/calc/rule_scanner.go`).
    pub negative: Option<Part>,
    /// `ports`.
    pub ports: Ports,
    /// `notPorts`.
    pub not_ports: Ports,
    /// `services`.
    pub service: Option<ServiceRef>,
    /// `domains` (extension): alternatives to `nets` and `positive` of the same side.
    pub domains: Vec<Domain>,
}

/// How the fields of a rule were written, to find their places again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// As a Calico rule.
    Calico,
    /// As a Kubernetes rule that became several.
    Kubernetes {
        /// The peer, relative to the rule: `from[1]`; `None` if the rule has no peers.
        peer: Option<String>,
        /// The list of ports or protocols, relative to the rule: `ports`.
        ports: &'static str,
    },
}

/// A rule, converted.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it does.
    pub action: Action,
    /// Where it stands in its object: `spec.ingress[0]`.
    pub path: String,
    /// How it was written there.
    pub written: Written,
    /// `ipVersion`, or what the protocol's name implies.
    pub ip_version: Option<IpVersion>,
    /// `protocol`.
    pub protocol: Option<Protocol>,
    /// `notProtocol`.
    pub not_protocol: Option<Protocol>,
    /// `icmp`.
    pub icmp: Option<Icmp>,
    /// `notICMP`.
    pub not_icmp: Option<Icmp>,
    /// `source`.
    pub source: Entity,
    /// `destination`.
    pub destination: Entity,
    /// `http`.
    pub http: Option<Http>,
}

/// A criterion of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `ipVersion`, written or implied.
    IpVersion,
    /// `protocol`.
    Protocol,
    /// `notProtocol`.
    NotProtocol,
    /// `icmp`.
    Icmp,
    /// `notICMP`.
    NotIcmp,
    /// `http`.
    Http,
    /// A criterion of the source.
    Source(EntityField),
    /// A criterion of the destination.
    Destination(EntityField),
}

/// A criterion of one side of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityField {
    /// `nets`.
    Nets,
    /// `notNets`.
    NotNets,
    /// One of the selectors.
    Part(PartKind),
    /// `ports`.
    Ports,
    /// `notPorts`.
    NotPorts,
    /// `services`.
    Service,
    /// `domains`.
    Domains,
}

impl Rule {
    /// A rule without criteria.
    pub fn any(action: Action, path: impl Into<String>) -> Self {
        Self {
            action,
            path: path.into(),
            written: Written::Calico,
            ip_version: None,
            protocol: None,
            not_protocol: None,
            icmp: None,
            not_icmp: None,
            source: Entity::default(),
            destination: Entity::default(),
            http: None,
        }
    }

    /// Where a criterion is written, relative to the rule: `source.selector`, `from[1].podSelector`.
    pub fn field_path(&self, field: Field) -> String {
        match (&self.written, field) {
            (_, Field::IpVersion) => "ipVersion".into(),
            (_, Field::NotProtocol) => "notProtocol".into(),
            (_, Field::Icmp) => "icmp".into(),
            (_, Field::NotIcmp) => "notICMP".into(),
            (_, Field::Http) => "http".into(),
            (Written::Calico, Field::Protocol) => "protocol".into(),
            (Written::Calico, Field::Source(field)) => format!("source.{}", calico_field(field)),
            (Written::Calico, Field::Destination(field)) => {
                format!("destination.{}", calico_field(field))
            }
            (Written::Kubernetes { ports, .. }, Field::Protocol) => (*ports).into(),
            (
                Written::Kubernetes { peer, ports },
                Field::Source(field) | Field::Destination(field),
            ) => kubernetes_field(peer.as_deref(), ports, field),
        }
    }
}

fn calico_field(field: EntityField) -> &'static str {
    match field {
        EntityField::Nets => "nets",
        EntityField::NotNets => "notNets",
        EntityField::Ports => "ports",
        EntityField::NotPorts => "notPorts",
        EntityField::Service => "services",
        EntityField::Domains => "domains",
        EntityField::Part(PartKind::NotSelector) => "notSelector",
        EntityField::Part(PartKind::NamespaceSelector) => "namespaceSelector",
        EntityField::Part(PartKind::ServiceAccountSelector) => "serviceAccounts.selector",
        EntityField::Part(PartKind::ServiceAccountNames) => "serviceAccounts.names",
        EntityField::Part(PartKind::Selector | PartKind::OwnNamespace | PartKind::PodsOnly) => {
            "selector"
        }
    }
}

fn kubernetes_field(peer: Option<&str>, ports: &str, field: EntityField) -> String {
    let peer = peer.unwrap_or_default();
    match field {
        EntityField::Ports | EntityField::NotPorts => ports.into(),
        EntityField::Nets => format!("{peer}.ipBlock.cidr"),
        EntityField::NotNets => format!("{peer}.ipBlock.except"),
        EntityField::Part(PartKind::NamespaceSelector) => format!("{peer}.namespaceSelector"),
        EntityField::Part(PartKind::Selector) => format!("{peer}.podSelector"),
        _ => peer.into(),
    }
}
