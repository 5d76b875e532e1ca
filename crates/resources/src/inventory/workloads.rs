//! Pods that a workload would have.
//!
//! A workload without pods of its own stands for one pod per replica, at most two. A single one has the name
//! of its workload; of several, those of a StatefulSet are `NAME-0`, `NAME-1` as in a cluster, and others
//! `NAME-1`, `NAME-2`.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::Written;
use super::pods::Shape;
use crate::Resource;
use crate::kinds::{Labels, ObjectMeta, PodTemplate};

/// More than two pods of a kind show nothing that two do not.
const MOST: i32 = 2;

/// The pods expected of workloads that have none.
pub(super) fn stand_ins<'a>(objects: &[Written<'a>], written: &[Shape<'a>]) -> Vec<Shape<'a>> {
    let mut controllers: Vec<Controller<'a>> = objects.iter().filter_map(controller).collect();
    controllers.sort_by_key(Controller::key);
    let keys: HashSet<Key<'a>> = controllers.iter().map(Controller::key).collect();
    let makers = makers_of_pods(written);
    let mut taken: HashSet<(&str, String)> = written
        .iter()
        .map(|pod| (pod.namespace, pod.name.clone()))
        .collect();
    let expected = controllers.iter().filter(|controller| {
        let has_pods = controller.has_one_of(&makers, &taken);
        !has_pods
            && !controller
                .maker()
                .is_some_and(|maker| keys.contains(&maker))
    });
    let expected: Vec<_> = expected.collect();
    expected
        .iter()
        .flat_map(|controller| controller.pods(&mut taken))
        .collect()
}

/// The name of the workload that a pod was made by: of a ReplicaSet's pod the Deployment, of a Job's the
/// CronJob.
pub(super) fn owner(pod: &ObjectMeta) -> Option<&str> {
    makers(pod).last().map(|(_, name)| name)
}

/// Kind and name of what made a pod, and of what made that. The kind is empty where only the pod's own name
/// tells of it.
fn makers(pod: &ObjectMeta) -> impl Iterator<Item = (&str, &str)> {
    let by_name = || pod.generate_name.strip_suffix('-').map(|name| ("", name));
    let first = first_owner(pod).or_else(by_name);
    let second = first.and_then(|(kind, name)| maker_by_name(kind, name, &pod.labels));
    first.into_iter().chain(second)
}

fn first_owner(metadata: &ObjectMeta) -> Option<(&str, &str)> {
    let owner = metadata.owner_references.first()?;
    Some((&owner.kind, &owner.name))
}

/// What made a ReplicaSet or Job: a Deployment appends the hash of its template, a CronJob the time.
fn maker_by_name<'a>(
    kind: &str,
    name: &'a str,
    labels: &Labels,
) -> Option<(&'static str, &'a str)> {
    let (stem, suffix) = name.rsplit_once('-')?;
    let is_hash = || {
        let hash = labels.get("pod-template-hash");
        hash.is_some_and(|hash| hash == suffix)
    };
    let is_time = || suffix.len() >= 8 && suffix.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        "ReplicaSet" | "" if is_hash() => Some(("Deployment", stem)),
        "Job" | "" if is_time() => Some(("CronJob", stem)),
        _ => None,
    }
}

/// Namespace, name and kind of a workload.
type Key<'a> = (&'a str, &'a str, &'a str);

fn makers_of_pods<'a>(pods: &'a [Shape<'_>]) -> HashSet<Key<'a>> {
    let makers = pods.iter().flat_map(|pod| {
        let of_pod = pod.state.map(|(metadata, _)| makers(metadata));
        let of_pod = of_pod.into_iter().flatten();
        of_pod.map(|(kind, name)| (pod.namespace, name, kind))
    });
    makers.collect()
}

/// A workload.
struct Controller<'a> {
    written: Written<'a>,
    kind: Kind,
    replicas: i32,
    template: &'a PodTemplate,
    /// Where the template's pod is written.
    spec_path: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    StatefulSet,
    Job,
    Other,
}

fn controller<'a>(written: &Written<'a>) -> Option<Controller<'a>> {
    let (kind, replicas, template, spec_path) = match &written.object.resource {
        Resource::Workload(spec) => {
            let kind = match written.object.kind.as_str() {
                "StatefulSet" => Kind::StatefulSet,
                _ => Kind::Other,
            };
            (kind, spec.replicas, &spec.template, "spec.template.spec")
        }
        Resource::Job(job) => (
            Kind::Job,
            job.parallelism,
            &job.template,
            "spec.template.spec",
        ),
        Resource::CronJob(spec) => {
            let job = &spec.job_template.spec;
            (
                Kind::Job,
                job.parallelism,
                &job.template,
                "spec.jobTemplate.spec.template.spec",
            )
        }
        _ => return None,
    };
    Some(Controller {
        written: *written,
        kind,
        replicas: replicas.unwrap_or(1).clamp(0, MOST),
        template,
        spec_path,
    })
}

impl<'a> Controller<'a> {
    fn key(&self) -> Key<'a> {
        let (written, kind) = (self.written, &self.written.object.kind);
        (written.namespace(), written.name(), kind)
    }

    /// The Deployment of a ReplicaSet, the CronJob of a Job.
    fn maker(&self) -> Option<Key<'a>> {
        let metadata = &self.written.object.metadata;
        let kind = &self.written.object.kind;
        let maker = first_owner(metadata)
            .or_else(|| maker_by_name(kind, self.written.name(), &metadata.labels));
        maker.map(|(kind, name)| (self.written.namespace(), name, kind))
    }

    /// Whether a pod of it is written.
    fn has_one_of(&self, makers: &HashSet<Key<'_>>, pods: &HashSet<(&str, String)>) -> bool {
        let (namespace, name, kind) = self.key();
        let first = (namespace, format!("{name}-0"));
        makers.contains(&(namespace, name, kind))
            || makers.contains(&(namespace, name, ""))
            || self.kind == Kind::StatefulSet && pods.contains(&first)
    }

    fn pods(&self, taken: &mut HashSet<(&'a str, String)>) -> Vec<Shape<'a>> {
        let pod = |name: String| Shape {
            namespace: self.written.namespace(),
            owner: Some(self.written.name().into()),
            labels: self.labels(&name),
            name,
            spec: &self.template.spec,
            spec_path: self.spec_path,
            state: None,
            origin: self.written.origin(),
        };
        self.names(taken).into_iter().map(pod).collect()
    }

    fn names(&self, taken: &mut HashSet<(&'a str, String)>) -> Vec<String> {
        let name = self.written.name();
        let single =
            (self.replicas == 1 && self.kind != Kind::StatefulSet).then(|| name.to_owned());
        let first = u32::from(self.kind != Kind::StatefulSet);
        let numbered = (first..).map(|number| format!("{name}-{number}"));
        let mut free = single.into_iter().chain(numbered);
        let mut names = Vec::new();
        for _ in 0..self.replicas {
            let place = |name: String| (self.written.namespace(), name);
            names.extend(free.by_ref().find(|name| taken.insert(place(name.clone()))));
        }
        names
    }

    /// Labels of the template, and those that the controller adds and policies select by.
    fn labels(&self, pod: &str) -> Labels {
        let mut labels = self.template.metadata.labels.clone();
        let added = match self.kind {
            Kind::StatefulSet => Some(("statefulset.kubernetes.io/pod-name", pod)),
            Kind::Job => Some(("job-name", self.written.name())),
            Kind::Other => None,
        };
        labels.extend(added.map(|(key, value)| (key.to_owned(), value.to_owned())));
        labels
    }
}
