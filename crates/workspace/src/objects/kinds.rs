//! The fields of each kind of object, as its form shows them.

mod calico;
mod cluster;
mod fields;
mod inventory;
mod kubernetes;
#[cfg(test)]
mod tests;

use tierwalk_yaml::{Node, Path, Segment};

use self::{
    calico::{GLOBAL_POLICY, NETWORK_POLICY, STAGED_GLOBAL_POLICY, STAGED_POLICY, TIER_KIND},
    cluster::{ADMIN_POLICY, BASELINE_POLICY, CLUSTER_POLICY},
    inventory::{ACCOUNT, GLOBAL_NETWORK_SET, NAMESPACE_KIND, NETWORK_SET, POD},
    kubernetes::{KUBERNETES_POLICY, STAGED_KUBERNETES_POLICY},
};

/// A field of a form.
#[derive(Debug)]
pub(super) struct Spec {
    /// Its path in the object, or in the item that it is a field of.
    pub path: &'static str,
    pub label: &'static str,
    pub shape: Shape,
    /// Seldom needed: out of sight while it is not written.
    pub seldom: bool,
    pub help: &'static str,
    /// Groups of paths of which only one may be written: to write one takes the others out.
    pub one_of: &'static [&'static [&'static str]],
    /// A path that has to be there as well, and goes with this one.
    pub beside: Option<&'static str>,
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Shape {
    /// Text, with what exists offered.
    Text(&'static str),
    Number,
    Flag,
    Choice(&'static [&'static str]),
    Choices(&'static [&'static str]),
    /// Values of a list, with what exists offered.
    List(&'static str),
    /// Numbers and names.
    Ports,
    /// A selector of Calico's, over labels of these.
    Selector(&'static str),
    /// A label selector of Kubernetes, over labels of these.
    Match(&'static str),
    /// A mapping to text, with keys offered.
    Labels(&'static str),
    /// A list of rules, ports or peers: the heads of the columns, the fields of an item, and a new one.
    Items(&'static [&'static str], &'static [Spec], &'static str),
}

/// A part of a form.
#[derive(Debug)]
pub(super) struct Part {
    pub title: &'static str,
    pub fields: &'static [Spec],
}

/// Whose labels a selector looks at.
pub(super) const ENDPOINTS: &str = "endpoints";
pub(super) const NAMESPACES: &str = "namespaces";
pub(super) const ACCOUNTS: &str = "accounts";

const fn spec(path: &'static str, label: &'static str, shape: Shape, help: &'static str) -> Spec {
    Spec {
        path,
        label,
        shape,
        seldom: false,
        help,
        one_of: &[],
        beside: None,
    }
}

const fn seldom(path: &'static str, label: &'static str, shape: Shape, help: &'static str) -> Spec {
    spec(path, label, shape, help).out_of_sight()
}

impl Spec {
    const fn out_of_sight(mut self) -> Self {
        self.seldom = true;
        self
    }

    const fn one_of(mut self, groups: &'static [&'static [&'static str]]) -> Self {
        self.one_of = groups;
        self
    }

    const fn beside(mut self, path: &'static str) -> Self {
        self.beside = Some(path);
        self
    }

    /// What must not be written beside it.
    pub fn others(&self) -> impl Iterator<Item = &'static str> {
        let is_own = |path: &str| {
            let rest = self.path.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let groups = self.one_of.iter();
        let groups = groups.filter(move |group| group.iter().any(|path| is_own(path)));
        groups.flat_map(move |group| group.iter().copied().filter(move |path| !is_own(path)))
    }
}

/// The field at a path of an object, or of an item of one of its lists; indices do not count.
pub(super) fn spec_at(parts: &'static [Part], path: &Path) -> Option<&'static Spec> {
    let keys = path.segments().iter().filter_map(|segment| match segment {
        Segment::Key(key) => Some(&**key),
        Segment::Index(_) => None,
    });
    let keys: Vec<&str> = keys.collect();
    below(parts.iter().flat_map(|part| part.fields), &keys.join("."))
}

fn below(specs: impl Iterator<Item = &'static Spec>, path: &str) -> Option<&'static Spec> {
    let mut specs = specs;
    specs.find_map(|spec| match (path.strip_prefix(spec.path)?, &spec.shape) {
        ("", _) => Some(spec),
        (rest, Shape::Items(_, inner, _)) => below(inner.iter(), rest.strip_prefix('.')?),
        _ => None,
    })
}

/// The form of an object by its group and kind.
pub(super) fn parts(object: &Node) -> Option<&'static [Part]> {
    let text = |key| object.get(key).and_then(Node::as_str).unwrap_or_default();
    let group = text("apiVersion").split('/').next().unwrap_or_default();
    Some(match (group, text("kind")) {
        ("networking.k8s.io", "NetworkPolicy") => KUBERNETES_POLICY,
        ("policy.networking.k8s.io", "ClusterNetworkPolicy") => CLUSTER_POLICY,
        ("policy.networking.k8s.io", "AdminNetworkPolicy") => ADMIN_POLICY,
        ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy") => BASELINE_POLICY,
        ("v1", "Pod") => POD,
        ("v1", "Namespace") => NAMESPACE_KIND,
        ("v1", "ServiceAccount") => ACCOUNT,
        ("projectcalico.org" | "crd.projectcalico.org", kind) => match kind {
            "NetworkPolicy" => NETWORK_POLICY,
            "GlobalNetworkPolicy" => GLOBAL_POLICY,
            "StagedNetworkPolicy" => STAGED_POLICY,
            "StagedGlobalNetworkPolicy" => STAGED_GLOBAL_POLICY,
            "StagedKubernetesNetworkPolicy" => STAGED_KUBERNETES_POLICY,
            "NetworkSet" => NETWORK_SET,
            "GlobalNetworkSet" => GLOBAL_NETWORK_SET,
            "Tier" => TIER_KIND,
            _ => return None,
        },
        _ => return None,
    })
}
