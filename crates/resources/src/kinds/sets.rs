//! Calico's tiers, sets, host endpoints and profiles.

use serde::Deserialize;

use super::{Labels, Rule};
use crate::scalars::Protocol;

/// Spec of `Tier`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TierSpec {
    /// Place among the tiers, ascending; 1,000,000 if not given.
    pub order: Option<f64>,
    /// `Deny` or `Pass`: what happens to traffic that no rule of the tier decided; `Deny` if not given.
    pub default_action: Option<String>,
}

/// Spec of `NetworkSet` and `GlobalNetworkSet`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkSetSpec {
    /// Networks and addresses.
    pub nets: Vec<String>,
    /// Domain names. An extension: Calico Enterprise has it, open-source Calico refuses it.
    pub allowed_egress_domains: Vec<String>,
}

/// Spec of `HostEndpoint`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HostEndpointSpec {
    /// Node it is on.
    pub node: String,
    /// `*`, a name, or empty (found by [`HostEndpointSpec::expected_ips`]).
    pub interface_name: String,
    /// Its addresses.
    #[serde(rename = "expectedIPs")]
    pub expected_ips: Vec<String>,
    /// Profiles, in order.
    pub profiles: Vec<String>,
    /// Named ports.
    pub ports: Vec<HostEndpointPort>,
}

/// Calico `EndpointPort`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct HostEndpointPort {
    /// Name that rules refer to.
    pub name: String,
    /// TCP, UDP or SCTP.
    pub protocol: Protocol,
    /// Port number.
    pub port: u16,
}

/// Spec of `Profile`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProfileSpec {
    /// Rules for traffic to the endpoints.
    pub ingress: Vec<Rule>,
    /// Rules for traffic from the endpoints.
    pub egress: Vec<Rule>,
    /// Labels that its endpoints inherit.
    pub labels_to_apply: Labels,
}
