//! Whole objects to begin with. `${…}` are places to fill in.

use tierwalk_protocol::Completion;

use super::word;
use crate::Workspace;
use crate::language::vocabulary;

struct Snippet {
    label: &'static str,
    doc: &'static str,
    text: &'static str,
}

/// `NAMESPACE` and `TIER` stand for names of the workspace.
const SNIPPETS: &[Snippet] = &[
    Snippet {
        label: "default deny",
        doc: "Nothing is sent to or from the pods of a namespace unless another policy allows it.",
        text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: default-deny\n  namespace: ${NAMESPACE}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n",
    },
    Snippet {
        label: "allow DNS",
        doc: "Every pod may ask the cluster's name server.",
        text: "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: allow-dns\nspec:\n  tier: ${TIER}\n  order: ${10}\n  types: [Egress]\n  egress:\n  - action: Allow\n    protocol: UDP\n    destination:\n      namespaceSelector: projectcalico.org/name == \"kube-system\"\n      selector: k8s-app == \"kube-dns\"\n      ports: [53]\n  - action: Allow\n    protocol: TCP\n    destination:\n      namespaceSelector: projectcalico.org/name == \"kube-system\"\n      selector: k8s-app == \"kube-dns\"\n      ports: [53]\n",
    },
    Snippet {
        label: "allow from",
        doc: "Some pods of a namespace may be called by some others of it.",
        text: "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: ${allow-frontend}\n  namespace: ${NAMESPACE}\nspec:\n  tier: ${TIER}\n  order: ${100}\n  selector: ${app == \"backend\"}\n  types: [Ingress]\n  ingress:\n  - action: Allow\n    protocol: TCP\n    source:\n      selector: ${app == \"frontend\"}\n    destination:\n      ports: [${8080}]\n",
    },
    Snippet {
        label: "namespace isolation",
        doc: "Pods of a namespace are called by pods of the same namespace only.",
        text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: same-namespace\n  namespace: ${NAMESPACE}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - from:\n    - podSelector: {}\n",
    },
    Snippet {
        label: "block networks",
        doc: "No pod calls the networks of a set, whatever later tiers say.",
        text: "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata:\n  name: ${block-embargo}\nspec:\n  tier: ${TIER}\n  order: ${10}\n  types: [Egress]\n  egress:\n  - action: Deny\n    destination:\n      selector: ${type == \"embargo\"}\n  - action: Pass\n",
    },
    Snippet {
        label: "staged policy",
        doc: "Shows what a policy would do, and enforces nothing.",
        text: "apiVersion: projectcalico.org/v3\nkind: StagedNetworkPolicy\nmetadata:\n  name: ${deny-others}\n  namespace: ${NAMESPACE}\nspec:\n  tier: ${TIER}\n  selector: ${all()}\n  types: [Ingress]\n",
    },
    Snippet {
        label: "tier",
        doc: "A tier: a group of policies that is evaluated as one.",
        text: "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\n  name: ${platform}\nspec:\n  order: ${500}\n",
    },
    Snippet {
        label: "network set",
        doc: "Networks under a label that rules of all namespaces select.",
        text: "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: ${partner}\n  labels:\n    type: ${partner}\nspec:\n  nets:\n  - ${203.0.113.0/24}\n",
    },
    Snippet {
        label: "namespace",
        doc: "A namespace and its labels.",
        text: "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${shop}\n  labels:\n    ${team}: ${web}\n",
    },
    Snippet {
        label: "pod",
        doc: "A pod: what policies select.",
        text: "apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${web}\n  namespace: ${NAMESPACE}\n  labels:\n    app: ${web}\n",
    },
    Snippet {
        label: "flows",
        doc: "Flows to evaluate, with what should happen.",
        text: "flows:\n- ${NAMESPACE/frontend} -> ${NAMESPACE/backend} ${tcp/8080} ${allow}\n",
    },
];

/// All of them, with names of the workspace in them.
pub(super) fn all(workspace: &Workspace) -> Vec<Completion> {
    let namespace = largest_namespace(workspace);
    let tier = tier(workspace);
    let items = SNIPPETS.iter().map(|snippet| Completion {
        insert: numbered(
            &snippet
                .text
                .replace("NAMESPACE", &namespace)
                .replace("TIER", &tier),
        ),
        snippet: true,
        ..word(snippet.label, "snippet", snippet.doc)
    });
    items.collect()
}

/// Places are told apart by number, since some are filled in with one.
fn numbered(text: &str) -> String {
    let mut parts = text.split("${");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = (1..).zip(parts);
    rest.fold(first, |text, (number, part)| {
        format!("{text}${{{number}:{part}")
    })
}

/// The namespace with the most pods.
fn largest_namespace(workspace: &Workspace) -> String {
    let names = vocabulary::namespaces(workspace).into_iter();
    let pods = &workspace.compiled.engine.model().workloads;
    let count = |name: &str| pods.iter().filter(|pod| pod.namespace == name).count();
    let largest = names.rev().max_by_key(|(name, _)| count(name));
    largest.map_or_else(|| "default".to_owned(), |(name, _)| name)
}

/// The last tier of the workspace's own, else `default`.
fn tier(workspace: &Workspace) -> String {
    let tiers = workspace.compiled.engine.model().tiers.iter();
    let declared = tiers.filter(|tier| tier.origin.is_some());
    let last = declared.max_by(|a, b| a.order.total_cmp(&b.order));
    last.map_or_else(|| "default".to_owned(), |tier| tier.name.clone())
}
