use serde::Deserialize;

use crate::scalars::Port;

/// Calico `EntityRule`: one side of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EntityRule {
    /// Networks, one of which must hold the address.
    pub nets: Vec<String>,
    /// Labels that the entity must have.
    pub selector: String,
    /// Namespaces that the entity must be in.
    pub namespace_selector: String,
    /// Services whose backends match.
    pub services: Option<ServiceMatch>,
    /// Ports, one of which must match.
    pub ports: Vec<Port>,
    /// Networks, none of which may hold the address.
    pub not_nets: Vec<String>,
    /// Labels that the entity must not have.
    pub not_selector: String,
    /// Ports, none of which may match.
    pub not_ports: Vec<Port>,
    /// Service accounts that the entity must run as.
    pub service_accounts: Option<ServiceAccountMatch>,
    /// Domain names. An extension: Calico Enterprise has it, open-source Calico refuses it.
    pub domains: Vec<String>,
}

/// Calico `ServiceMatch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ServiceMatch {
    /// Name of the service.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
}

/// Calico `ServiceAccountMatch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ServiceAccountMatch {
    /// Names, one of which must match.
    pub names: Vec<String>,
    /// Labels that the service account must have.
    pub selector: String,
}
