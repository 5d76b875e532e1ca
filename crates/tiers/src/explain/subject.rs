//! Why a policy applies to an endpoint, or does not.

use tierwalk_resources::model::{Part, PartKind, Policy, PolicyKind};

use crate::Engine;
use crate::engine::{Endpoint, PolicyIndex};
use crate::walk::{Applies, Direction, Phase};

use super::{ClauseField, ClauseText, labels};

impl Engine {
    /// Why a policy applies to an endpoint in a direction and phase, or does not, clause by clause.
    pub fn why_applies(
        &self,
        policy: PolicyIndex,
        endpoint: Endpoint,
        direction: Direction,
        phase: Phase,
    ) -> Vec<ClauseText> {
        let written = self.policy(policy);
        let mut clauses: Vec<ClauseText> = written
            .subject
            .iter()
            .map(|part| self.subject_clause(part, endpoint))
            .collect();
        if clauses.is_empty() {
            clauses.push(ClauseText {
                field: ClauseField::Subject(PartKind::Selector),
                wants: "every endpoint".into(),
                has: self.described(endpoint.entity()),
                held: true,
            });
        }
        clauses.push(types(written, direction));
        let applies = self.applies(policy, endpoint, direction, phase);
        clauses.extend((applies == Applies::NotThisPhase).then(|| phase_clause(written, phase)));
        clauses
    }

    fn subject_clause(&self, part: &Part, endpoint: Endpoint) -> ClauseText {
        let entity = endpoint.entity();
        let has = match (part.kind, labels::of(part, self.labels(entity))) {
            (PartKind::PodsOnly, _) => self.described(entity),
            (_, has) if has.is_empty() => self.described(entity),
            (_, has) => has,
        };
        ClauseText {
            field: ClauseField::Subject(part.kind),
            wants: part.text.clone(),
            has,
            held: part.selector.matches(self.labels(entity)),
        }
    }

    /// Where a clause of a policy's subject is written, relative to the object: `spec.selector`.
    pub fn subject_path(&self, policy: PolicyIndex, field: ClauseField) -> &'static str {
        use PolicyKind::{
            KubernetesClusterNetworkPolicy, KubernetesNetworkPolicy, StagedKubernetesNetworkPolicy,
        };
        let kind = self.policy(policy).id.kind;
        let of_pods = matches!(
            kind,
            KubernetesNetworkPolicy | StagedKubernetesNetworkPolicy
        );
        match field {
            _ if kind == KubernetesClusterNetworkPolicy => "spec.subject",
            ClauseField::Types if of_pods => "spec.policyTypes",
            ClauseField::Types => "spec.types",
            _ if of_pods => "spec.podSelector",
            ClauseField::Subject(PartKind::NamespaceSelector) => "spec.namespaceSelector",
            ClauseField::Subject(PartKind::ServiceAccountSelector) => "spec.serviceAccountSelector",
            ClauseField::Subject(PartKind::OwnNamespace) => "metadata.namespace",
            _ => "spec.selector",
        }
    }
}

fn types(policy: &Policy, direction: Direction) -> ClauseText {
    let listed = match (policy.governs_ingress, policy.governs_egress) {
        (true, true) => "types list Ingress and Egress",
        (true, false) => "types list Ingress only",
        (false, true) => "types list Egress only",
        (false, false) => "types list nothing",
    };
    ClauseText {
        field: ClauseField::Types,
        wants: direction.name().into(),
        has: listed.into(),
        held: match direction {
            Direction::Egress => policy.governs_egress,
            Direction::Ingress => policy.governs_ingress,
        },
    }
}

fn phase_clause(policy: &Policy, phase: Phase) -> ClauseText {
    let wants = if policy.do_not_track {
        "doNotTrack: host endpoints only, before connection tracking"
    } else if policy.pre_dnat {
        "preDNAT: host endpoints only, before load balancing"
    } else {
        "applyOnForward is not set"
    };
    let has = match phase {
        Phase::Workload => "a pod",
        Phase::Forward => "a packet that is forwarded",
        Phase::Untracked | Phase::PreDnat | Phase::Normal => "another phase",
    };
    ClauseText {
        field: ClauseField::Phase,
        wants: wants.into(),
        has: has.into(),
        held: false,
    }
}
