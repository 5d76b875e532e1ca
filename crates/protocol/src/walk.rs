//! The walk of one flow: what decided, what did not, and why.

use serde::{Deserialize, Serialize};

use crate::Place;

/// What happens to a flow, or to one half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Delivered.
    Allow,
    /// Dropped.
    Deny,
}

/// What a rule, a tier's end or a profile does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Ends the walk.
    Allow,
    /// Ends the walk.
    Deny,
    /// Goes to the next tier.
    Pass,
    /// Records and goes on; decides nothing.
    Log,
}

/// Which half of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// At the source.
    Egress,
    /// At the destination.
    Ingress,
}

/// Goldmane's names of what a hit can point at (Calico `goldmane/proto/api.proto`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HitKind {
    /// `projectcalico.org/v3` NetworkPolicy.
    CalicoNetworkPolicy,
    /// `projectcalico.org/v3` GlobalNetworkPolicy.
    GlobalNetworkPolicy,
    /// StagedNetworkPolicy.
    StagedNetworkPolicy,
    /// StagedGlobalNetworkPolicy.
    StagedGlobalNetworkPolicy,
    /// StagedKubernetesNetworkPolicy.
    StagedKubernetesNetworkPolicy,
    /// `networking.k8s.io/v1` NetworkPolicy.
    NetworkPolicy,
    /// `policy.networking.k8s.io` ClusterNetworkPolicy, and the older admin kinds shown as such.
    ClusterNetworkPolicy,
    /// A namespace's or service account's profile.
    Profile,
    /// The default action of a tier.
    EndOfTier,
}

/// One entry of a policy trace, in Goldmane's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyHit {
    /// What was hit.
    pub kind: HitKind,
    /// Namespace of the policy; empty for cluster-wide kinds.
    pub namespace: String,
    /// Name of the policy or profile; empty for the end of a tier.
    pub name: String,
    /// Tier; empty for profiles.
    pub tier: String,
    /// Position among the reported hits, from 0.
    pub policy_index: u32,
    /// Index in the rule list of the direction; −1 at the end of a tier.
    pub rule_index: i32,
    /// What it did.
    pub action: Action,
    /// At the end of a tier: the policy that Calico's flow logs charge.
    pub trigger: Option<PolicyRef>,
}

/// Names one policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyRef {
    /// Its kind.
    pub kind: HitKind,
    /// Its namespace; empty for cluster-wide kinds.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// Both halves of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Walk {
    /// What happens to the flow.
    pub verdict: Verdict,
    /// What would happen if every staged policy were enforced.
    pub pending_verdict: Verdict,
    /// Evaluation at the source; `None` if no policy applies at that end.
    pub egress: Option<Side>,
    /// Evaluation at the destination; `None` if no policy applies at that end.
    pub ingress: Option<Side>,
    /// Why, in words.
    pub reason: Reason,
}

/// The evaluation at one end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Side {
    /// The policy endpoint: `namespace/pod`, or the name of a host endpoint.
    pub endpoint: String,
    /// What this end decides.
    pub verdict: Verdict,
    /// What it would decide if staged policies were enforced.
    pub pending_verdict: Verdict,
    /// False where the other end denied first: this half was evaluated, but the flow does not get here.
    pub reached: bool,
    /// The trace of enforced policies.
    pub enforced: Vec<PolicyHit>,
    /// The trace with staged policies taken as enforced.
    pub pending: Vec<PolicyHit>,
    /// The same hits as flow logs print them: `0|default|np:prod/web|allow|2`.
    pub enforced_strings: Vec<String>,
    /// Everything that was looked at, in order of evaluation.
    pub steps: Vec<Step>,
}

/// One stage of the walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    try_from = "crate::read::StepFields"
)]
pub enum Step {
    /// A tier.
    Tier(TierStep),
    /// The profiles that decide what no tier decided.
    #[serde(rename_all = "camelCase")]
    Profile {
        /// `kns.storefront`, or empty if there is none.
        name: String,
        /// What it did.
        action: Action,
        /// Words for it.
        text: String,
    },
    /// A decision that the dataplane takes ahead of (or instead of) policy: own node, failsafe port, …
    #[serde(rename_all = "camelCase")]
    Bypass {
        /// What it did; `None` if the walk goes on.
        action: Option<Action>,
        /// Words for it.
        text: String,
    },
}

/// What one tier did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TierStep {
    /// Name.
    pub tier: String,
    /// For host endpoints, the phase (`untracked`, `preDNAT`, `normal`, `forward`); else empty.
    pub phase: String,
    /// Why the tier does not take part: `no Ingress policy selects it`. `None` if it does.
    pub skipped: Option<String>,
    /// Not looked at because an earlier tier decided.
    pub reached: bool,
    /// Policies top to bottom, those that do not apply among them.
    pub policies: Vec<PolicyStep>,
    /// Policies that do not apply either, left out of `policies` to keep the answer small.
    #[serde(default)]
    pub omitted: u32,
    /// The end of the tier, if it was reached: its default action.
    pub end: Option<Action>,
    /// Where the tier (or, at its end, the policy charged) is written.
    pub place: Option<Place>,
}

/// What one policy did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyStep {
    /// Which policy.
    pub policy: PolicyRef,
    /// Where it is written.
    pub place: Option<Place>,
    /// Staged: looked at for the pending trace only.
    pub staged: bool,
    /// Whether it applies to this endpoint in this direction.
    pub applies: bool,
    /// Why it applies or not.
    pub why: Vec<Clause>,
    /// False if an earlier policy of the tier decided, or it does not apply.
    pub tried: bool,
    /// Rules tried, in order, the matching one last.
    pub rules: Vec<RuleStep>,
    /// Rules tried that are left out of `rules` to keep the answer small.
    pub omitted: u32,
    /// What the policy did: the action of the rule that matched, other than Log.
    pub action: Option<Action>,
}

/// One rule and its clauses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleStep {
    /// Index in the policy's (converted) rule list; the index flow logs print.
    pub index: u32,
    /// Its path as written: `ingress[0]`.
    pub path: String,
    /// Its action.
    pub action: Action,
    /// Whether every clause held.
    pub matched: bool,
    /// The clauses, in order; a rule without criteria has none.
    pub clauses: Vec<Clause>,
    /// Where it is written.
    pub place: Option<Place>,
}

/// One criterion: what is wanted, what the flow has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clause {
    /// Its path in the rule: `source.selector`, `protocol`.
    pub field: String,
    /// What the rule wants, as written.
    pub wants: String,
    /// What this flow has: `app = "frontend"`.
    pub has: String,
    /// Whether it held.
    pub held: bool,
    /// Where it is written.
    pub place: Option<Place>,
}

/// The sentence that says why: what happened, because of which line, what to try.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What happened and because of which line.
    pub what: Vec<Piece>,
    /// What came nearest, or what staged policies would change.
    pub more: Vec<Piece>,
    /// The line that decided.
    pub decided_at: Option<Place>,
    /// The line that `more` speaks of.
    pub more_at: Option<Place>,
}

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How it is set.
    pub style: PieceStyle,
}

/// How a run of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PieceStyle {
    /// Running text.
    Plain,
    /// Names of flow ends.
    Strong,
    /// Names of resources and paths.
    Code,
}
