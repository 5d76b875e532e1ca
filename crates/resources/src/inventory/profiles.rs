//! Profiles, and the labels that endpoints inherit from them (Calico
//! `libcalico-go/lib/backend/k8s/conversion/conversion.go`, `felix/labelindex/label_inheritance_index.go`).

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use tierwalk_source::{Diagnostic, Severity, Span};

use super::Written;
use super::pods::Shape;
use crate::convert::{self, Selectors};
use crate::kinds::Labels;
use crate::model::{Action, Origin, Profile, Rule};
use crate::note::Note;
use crate::{BuildOptions, Resource, codes, names};

/// Namespaces that every cluster has.
const ALWAYS_THERE: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// All profiles.
#[derive(Default)]
pub(super) struct Profiles {
    labels: HashMap<String, Labels>,
    model: Vec<Profile>,
}

impl Profiles {
    /// Own labels and those of profiles: the own one wins, then the first profile that has the key.
    pub(super) fn inherit(&self, own: Labels, profiles: &[String]) -> Labels {
        let mut labels = own;
        for inherited in profiles.iter().filter_map(|name| self.labels.get(name)) {
            for (key, value) in inherited {
                if !labels.contains_key(key) {
                    labels.insert(key.clone(), value.clone());
                }
            }
        }
        labels
    }

    pub(super) fn into_model(self) -> Vec<Profile> {
        self.model
    }

    fn has(&self, name: &str) -> bool {
        self.labels.contains_key(name)
    }

    /// The first of a name stays.
    fn add(&mut self, profile: Profile, labels: Labels) {
        if !self.has(&profile.name) {
            self.labels.insert(profile.name.clone(), labels);
            self.model.push(profile);
        }
    }

    fn add_namespace(&mut self, name: &str, labels: &Labels, origin: Option<Origin>) {
        let mut labels = labels.clone();
        labels.insert(names::METADATA_NAME.into(), name.into());
        let profile = Profile {
            name: format!("kns.{name}"),
            ..allow_all(origin)
        };
        self.add(profile, prefixed(&labels, names::NAMESPACE_PREFIX, name));
    }

    fn add_account(
        &mut self,
        (namespace, name): (&str, &str),
        labels: &Labels,
        origin: Option<Origin>,
    ) {
        let profile = Profile {
            name: format!("ksa.{namespace}.{name}"),
            ingress: Vec::new(),
            egress: Vec::new(),
            origin,
        };
        self.add(profile, prefixed(labels, names::ACCOUNT_PREFIX, name));
    }
}

fn prefixed(labels: &Labels, prefix: &str, name: &str) -> Labels {
    let labels = labels
        .iter()
        .map(|(key, value)| (format!("{prefix}{key}"), value.clone()));
    let mut labels: Labels = labels.collect();
    labels.insert(format!("{prefix}{}", names::NAME), name.into());
    labels
}

fn allow_all(origin: Option<Origin>) -> Profile {
    Profile {
        name: names::DEFAULT_ALLOW.into(),
        ingress: vec![Rule::any(Action::Allow, "")],
        egress: vec![Rule::any(Action::Allow, "")],
        origin,
    }
}

/// Profiles of namespaces and service accounts, declared or only mentioned, and written ones.
pub(super) fn collect(
    objects: &[Written<'_>],
    shapes: &[Shape<'_>],
    options: BuildOptions,
    selectors: &mut Selectors,
    notes: &mut Vec<Note>,
) -> Profiles {
    let mut profiles = Profiles::default();
    profiles.add(allow_all(None), Labels::new());
    for written in objects {
        add_declared(*written, &mut profiles);
    }
    for written in objects {
        add_written(*written, &mut profiles, selectors);
    }
    add_mentioned_namespaces(objects, shapes, options, &mut profiles, notes);
    add_mentioned_accounts(shapes, &mut profiles, notes);
    profiles
}

fn add_mentioned_namespaces(
    objects: &[Written<'_>],
    shapes: &[Shape<'_>],
    options: BuildOptions,
    profiles: &mut Profiles,
    notes: &mut Vec<Note>,
) {
    for (namespace, origin) in mentioned_namespaces(objects, shapes) {
        let always_there = ALWAYS_THERE.contains(&namespace);
        if profiles.has(&format!("kns.{namespace}")) {
            continue;
        }
        if !always_there {
            notes.push(undeclared_namespace(namespace, origin, options));
        }
        if always_there || !options.strict_namespaces {
            profiles.add_namespace(namespace, &Labels::new(), None);
        }
    }
}

fn add_mentioned_accounts(shapes: &[Shape<'_>], profiles: &mut Profiles, notes: &mut Vec<Note>) {
    for ((namespace, name), (origin, field)) in mentioned_accounts(shapes) {
        if profiles.has(&format!("ksa.{namespace}.{name}")) {
            continue;
        }
        if name != "default" {
            notes.push(undeclared_account(name, origin, field));
        }
        profiles.add_account((namespace, name), &Labels::new(), None);
    }
}

fn add_declared(written: Written<'_>, profiles: &mut Profiles) {
    let labels = &written.object.metadata.labels;
    let origin = Some(written.origin());
    match &written.object.resource {
        Resource::Namespace => profiles.add_namespace(written.name(), labels, origin),
        Resource::ServiceAccount => {
            profiles.add_account((written.namespace(), written.name()), labels, origin);
        }
        _ => {}
    }
}

/// A written profile; one that Felix could not read is not there.
fn add_written(
    written: Written<'_>,
    profiles: &mut Profiles,
    selectors: &mut Selectors,
) -> Option<()> {
    let Resource::Profile(spec) = &written.object.resource else {
        return None;
    };
    let profile = Profile {
        name: written.name().into(),
        ingress: convert::rules(&spec.ingress, "spec.ingress", "", selectors)?,
        egress: convert::rules(&spec.egress, "spec.egress", "", selectors)?,
        origin: Some(written.origin()),
    };
    profiles.add(profile, spec.labels_to_apply.clone());
    Some(())
}

/// Namespaces that something is in, and the first place that says so.
fn mentioned_namespaces<'a>(
    objects: &[Written<'a>],
    shapes: &[Shape<'a>],
) -> BTreeMap<&'a str, Origin> {
    let of_pods = shapes
        .iter()
        .map(|shape| (shape.namespace, shape.origin.clone()));
    let sets = objects
        .iter()
        .filter(|written| matches!(written.object.resource, Resource::NetworkSet(_)));
    let of_sets = sets.map(|written| (written.namespace(), written.origin()));
    first_places(of_pods.chain(of_sets))
}

/// Service accounts that pods run as, and the first place that says so.
fn mentioned_accounts<'a>(
    shapes: &[Shape<'a>],
) -> BTreeMap<(&'a str, &'a str), (Origin, &'static str)> {
    let accounts = shapes.iter().map(|shape| {
        let account = (shape.namespace, shape.spec.service_account_name.as_str());
        (account, (shape.origin.clone(), shape.spec_path))
    });
    first_places(accounts)
}

fn first_places<K: Ord, P: Ord + Clone>(mentions: impl Iterator<Item = (K, P)>) -> BTreeMap<K, P> {
    let mut first: BTreeMap<K, P> = BTreeMap::new();
    for (key, mention) in mentions {
        let place = first.entry(key).or_insert_with(|| mention.clone());
        if mention < *place {
            *place = mention;
        }
    }
    first
}

fn undeclared_namespace(namespace: &str, origin: Origin, options: BuildOptions) -> Note {
    let (code, span) = (codes::NAMESPACE_ASSUMED, Span::default());
    let diagnostic = if options.strict_namespaces {
        let message = format!(
            "namespace `{namespace}` is not declared: Calico denies what its profile would allow"
        );
        Diagnostic::warning(code, span, message).help("declare it with `kind: Namespace`")
    } else {
        let message =
            format!("namespace `{namespace}` is not declared: assumed to exist without labels");
        Diagnostic::new(Severity::Info, code, span, message)
            .help("declare it with `kind: Namespace` to give it labels that selectors can use")
    };
    Note::at(origin, "metadata.namespace", diagnostic)
}

fn undeclared_account(name: &str, origin: Origin, spec: &str) -> Note {
    let message =
        format!("service account `{name}` is not declared: assumed to exist without labels");
    let diagnostic = Diagnostic::new(
        Severity::Hint,
        codes::SERVICE_ACCOUNT_ASSUMED,
        Span::default(),
        message,
    );
    let help = "declare it with `kind: ServiceAccount` to give it labels that selectors can use";
    let field = format!("{spec}.serviceAccountName");
    Note::at(origin, &field, diagnostic.help(help))
}
