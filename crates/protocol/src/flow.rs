//! Flows as the drawer lists them.

use serde::{Deserialize, Serialize};

use crate::{Place, Verdict};

/// One flow and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowRow {
    /// Stable while its line names the same flow, whatever is expected of it: the line's own text without the expected
    /// verdict, with `#2` and so on for repeats.
    pub id: String,
    /// Where it is written.
    pub place: Place,
    /// Source.
    pub from: EndLabel,
    /// Destination.
    pub to: EndLabel,
    /// `tcp/8080`, `icmp/8`, `udp/53`.
    pub port: String,
    /// What happens; `None` if the line cannot be read or an end is unknown.
    pub verdict: Option<Verdict>,
    /// What would happen with staged policies enforced.
    pub pending: Option<Verdict>,
    /// What the author expects.
    pub expected: Option<Verdict>,
    /// Where it was decided: a tier's name, `Profile`, or empty.
    pub decided_in: String,
    /// Who decided: a policy, an end of tier or a profile, as the table groups by it; empty if nobody did.
    #[serde(default)]
    pub decided_by: String,
    /// Why there is no verdict.
    pub error: Option<String>,
}

/// How an end of a flow is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndLabel {
    /// Namespace of a pod; empty for addresses and domains.
    pub namespace: String,
    /// Pod, address or domain.
    pub name: String,
}
