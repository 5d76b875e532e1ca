//! Policies with an error: they are left out of evaluation, and the board says so in their place.

#[cfg(test)]
mod tests;

use tierwalk_protocol::BrokenPolicy;
use tierwalk_resources::model::{PolicyId, PolicyKind};
use tierwalk_resources::{Object, names};
use tierwalk_source::{Diagnostic, Span};
use tierwalk_yaml::{Document, Kind, Node, Path};

use crate::Workspace;
use crate::files::SourceFile;
use crate::read::Read;
use crate::walk::policy_ref;

/// Of a text that is no YAML, so many lines before the error are read for what the policy is.
const HEAD_LINES: usize = 40;

/// A policy with an error, as far as it can be told. Its span is that of the error in the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Broken {
    pub id: PolicyId,
    /// `None` if the field is not a name.
    pub tier: Option<String>,
    pub order: Option<f64>,
    /// What is wrong.
    pub problem: String,
    pub span: Span,
}

/// The policies of a document that are not among its objects.
pub(crate) fn of(
    document: &Document,
    objects: &[Object],
    diagnostics: &[Diagnostic],
) -> Vec<Broken> {
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|it| it.is_error()).collect();
    let Some(first) = errors.first() else {
        return Vec::new();
    };
    let read = |root: &Node| {
        let nodes = nodes(root).into_iter();
        let left_out = nodes.filter(|(path, _)| objects.iter().all(|it| it.path != *path));
        let broken = left_out.filter_map(|(_, node)| {
            let here = errors.iter().find(|error| within(error.span, node.span));
            told(node, here.unwrap_or(first))
        });
        broken.collect()
    };
    match &document.root {
        Some(root) => read(root),
        None => head(&document.text, first.span).map_or_else(Vec::new, |root| read(&root)),
    }
}

/// The broken policies of the files, where they are written.
pub(crate) fn listed(workspace: &Workspace) -> Vec<BrokenPolicy> {
    let files = workspace.files.iter();
    let listed = files.flat_map(|(path, file)| in_file(workspace, path, file));
    listed.collect()
}

fn in_file(workspace: &Workspace, path: &str, file: &SourceFile) -> Vec<BrokenPolicy> {
    let takes_part = |read: &Read| workspace.templates.takes_part(read);
    let documents = file.documents.iter().filter(|(_, read)| takes_part(read));
    let broken = documents.flat_map(|(at, read)| read.broken.iter().map(move |it| (*at, it)));
    let placed = broken.filter_map(|(at, broken)| {
        Some(BrokenPolicy {
            policy: policy_ref(&broken.id),
            short_kind: broken.id.kind.short().into(),
            tier: broken.tier.clone(),
            order: broken.order,
            problem: broken.problem.clone(),
            place: workspace.placer(path)?.place(at, broken.span),
        })
    });
    placed.collect()
}

/// The document itself, or the items of a list.
fn nodes(root: &Node) -> Vec<(Path, &Node)> {
    let items = |path: Path, node| {
        let items: &[Node] = Node::items(node);
        let numbered = items.iter().enumerate();
        numbered
            .map(|(at, item)| (path.index(at), item))
            .collect::<Vec<_>>()
    };
    match root.get("items") {
        Some(list) => items(Path::root().key("items"), list),
        None if matches!(root.kind, Kind::Seq(_)) => items(Path::root(), root),
        None => vec![(Path::root(), root)],
    }
}

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.start <= outer.end
}

fn told(node: &Node, error: &Diagnostic) -> Option<Broken> {
    let (kind, own_tier) = kind(text(node, "apiVersion"), text(node, "kind")?)?;
    let metadata = node.get("metadata");
    let named = |key| {
        let text = metadata.and_then(|metadata| text(metadata, key));
        text.unwrap_or_default().to_owned()
    };
    let spec = node.get("spec");
    let tier = match (own_tier, spec.and_then(|spec| spec.get("tier"))) {
        (Some(tier), _) => Some(tier.to_owned()),
        (None, None) => Some(names::DEFAULT_TIER.to_owned()),
        (None, Some(tier)) => tier.as_str().map(of_cluster_policy),
    };
    let is_global = matches!(
        kind,
        PolicyKind::GlobalNetworkPolicy
            | PolicyKind::StagedGlobalNetworkPolicy
            | PolicyKind::KubernetesClusterNetworkPolicy
    );
    let namespace = Some(named("namespace")).filter(|it| !it.is_empty() && !is_global);
    let otherwise = if is_global { "" } else { "default" };
    Some(Broken {
        id: PolicyId {
            kind,
            namespace: namespace.unwrap_or_else(|| otherwise.to_owned()),
            name: named("name"),
        },
        tier,
        order: order(kind, spec),
        problem: error.message.clone(),
        span: error.span,
    })
}

/// The kind, and the tier of kinds that have one of their own. Other groups have kinds of the same names;
/// where no group is written, it is Calico's kind.
fn kind(api_version: Option<&str>, kind: &str) -> Option<(PolicyKind, Option<&'static str>)> {
    use PolicyKind::{
        GlobalNetworkPolicy, KubernetesClusterNetworkPolicy, KubernetesNetworkPolicy,
        NetworkPolicy, StagedGlobalNetworkPolicy, StagedKubernetesNetworkPolicy,
        StagedNetworkPolicy,
    };
    let group = api_version.unwrap_or_default();
    let group = group.split('/').next().unwrap_or_default();
    let of_calico = matches!(group, "projectcalico.org" | "crd.projectcalico.org" | "");
    let of_cluster = matches!(group, "policy.networking.k8s.io" | "");
    Some(match kind {
        "NetworkPolicy" if group == "networking.k8s.io" => {
            (KubernetesNetworkPolicy, Some(names::DEFAULT_TIER))
        }
        "NetworkPolicy" if of_calico => (NetworkPolicy, None),
        "GlobalNetworkPolicy" if of_calico => (GlobalNetworkPolicy, None),
        "StagedNetworkPolicy" if of_calico => (StagedNetworkPolicy, None),
        "StagedGlobalNetworkPolicy" if of_calico => (StagedGlobalNetworkPolicy, None),
        "StagedKubernetesNetworkPolicy" if of_calico => {
            (StagedKubernetesNetworkPolicy, Some(names::DEFAULT_TIER))
        }
        "ClusterNetworkPolicy" if of_cluster => (KubernetesClusterNetworkPolicy, None),
        "AdminNetworkPolicy" if of_cluster => {
            (KubernetesClusterNetworkPolicy, Some(names::ADMIN_TIER))
        }
        "BaselineAdminNetworkPolicy" if of_cluster => {
            (KubernetesClusterNetworkPolicy, Some(names::BASELINE_TIER))
        }
        _ => return None,
    })
}

/// Cluster policies of Kubernetes write their tiers by other names.
fn of_cluster_policy(tier: &str) -> String {
    match tier {
        "Admin" => names::ADMIN_TIER,
        "Baseline" => names::BASELINE_TIER,
        other => other,
    }
    .to_owned()
}

fn order(kind: PolicyKind, spec: Option<&Node>) -> Option<f64> {
    let field = match kind {
        PolicyKind::KubernetesClusterNetworkPolicy => "priority",
        _ => "order",
    };
    match spec?.get(field)?.kind {
        Kind::Int(order) => Some(order as f64),
        Kind::Float(order) => Some(order),
        _ => None,
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Node::as_str)
}

/// The longest beginning of a text before an error that can be read.
fn head(text: &str, error: Span) -> Option<Node> {
    let before = text.get(..error.end as usize).unwrap_or(text);
    let ends = before.match_indices('\n').map(|(at, _)| at + 1);
    let ends: Vec<usize> = ends.take(HEAD_LINES).collect();
    let mut heads = ends.iter().rev().filter_map(|end| text.get(..*end));
    heads.find_map(|head| Document::parse(head).root.filter(is_named))
}

fn is_named(root: &Node) -> bool {
    text(root, "kind").is_some() && root.get("metadata").is_some()
}
