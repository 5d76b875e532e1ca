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
use crate::kinds::{JobSpec, Labels, ObjectMeta, PodTemplate};

/// More than two pods of a kind show nothing that two do not.
const MOST: i32 = 2;

/// The pods expected of workloads that have none.
pub(super) fn stand_ins<'a>(objects: &[Written<'a>], written: &[Shape<'a>]) -> Vec<Shape<'a>> {
    let mut controllers: Vec<Controller<'a>> = objects.iter().filter_map(controller).collect();
    controllers.sort_by_key(|controller| controller.key());
    let owners: HashSet<(&str, &str)> = controllers.iter().map(Controller::place).collect();
    let pods = Existing::new(written);
    let expected = controllers
        .iter()
        .filter(|controller| !pods.has_pods_of(controller) && !controller.belongs_to(&owners));
    let mut taken = pods.names.clone();
    expected
        .flat_map(|controller| controller.pods(&mut taken))
        .collect()
}

/// The workload that a pod says it was made by: of a ReplicaSet's pod the Deployment, of a Job's the CronJob.
pub(super) fn owner(pod: &ObjectMeta) -> Option<&str> {
    let maker = pod.generate_name.strip_suffix('-')?;
    Some(maker_of(maker, &pod.labels).unwrap_or(maker))
}

/// What made a ReplicaSet or Job: a Deployment appends its template's hash, a CronJob the time.
fn maker_of<'a>(name: &'a str, labels: &Labels) -> Option<&'a str> {
    let (stem, suffix) = name.rsplit_once('-')?;
    let is_hash = labels
        .get("pod-template-hash")
        .is_some_and(|hash| hash == suffix);
    let is_time = suffix.len() >= 8 && suffix.bytes().all(|byte| byte.is_ascii_digit());
    (is_hash || is_time).then_some(stem)
}

/// A workload.
struct Controller<'a> {
    written: Written<'a>,
    kind: Kind,
    replicas: i32,
    template: &'a PodTemplate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    StatefulSet,
    Job,
    Other,
}

fn controller<'a>(written: &Written<'a>) -> Option<Controller<'a>> {
    let (kind, replicas, template) = match &written.object.resource {
        Resource::Workload(spec) => {
            let kind = match written.object.kind.as_str() {
                "StatefulSet" => Kind::StatefulSet,
                _ => Kind::Other,
            };
            (kind, spec.replicas, &spec.template)
        }
        Resource::Job(spec) => job(spec),
        Resource::CronJob(spec) => job(&spec.job_template.spec),
        _ => return None,
    };
    Some(Controller {
        written: *written,
        kind,
        replicas: replicas.unwrap_or(1).clamp(0, MOST),
        template,
    })
}

fn job(spec: &JobSpec) -> (Kind, Option<i32>, &PodTemplate) {
    (Kind::Job, spec.parallelism, &spec.template)
}

impl<'a> Controller<'a> {
    fn place(&self) -> (&'a str, &'a str) {
        (self.written.namespace(), self.written.name())
    }

    fn key(&self) -> (&'a str, &'a str, &'a str) {
        let (namespace, name) = self.place();
        (namespace, name, &self.written.object.kind)
    }

    /// Whether it is a ReplicaSet of a Deployment, or a Job of a CronJob, that is there itself.
    fn belongs_to(&self, owners: &HashSet<(&str, &str)>) -> bool {
        let metadata = &self.written.object.metadata;
        maker_of(self.written.name(), &metadata.labels)
            .is_some_and(|owner| owners.contains(&(self.written.namespace(), owner)))
    }

    fn pods(&self, taken: &mut HashSet<(&'a str, String)>) -> Vec<Shape<'a>> {
        let pod = |name: String| Shape {
            namespace: self.written.namespace(),
            owner: Some(self.written.name().into()),
            labels: self.labels(&name),
            name,
            spec: &self.template.spec,
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

/// Pods that are written.
struct Existing<'a> {
    names: HashSet<(&'a str, String)>,
    owners: HashSet<(&'a str, String)>,
}

impl<'a> Existing<'a> {
    fn new(pods: &[Shape<'a>]) -> Self {
        let names = pods
            .iter()
            .map(|pod| (pod.namespace, pod.name.clone()))
            .collect();
        let makers = pods.iter().flat_map(|pod| {
            let maker = pod
                .state
                .and_then(|(metadata, _)| metadata.generate_name.strip_suffix('-'));
            let makers = maker
                .map(str::to_owned)
                .into_iter()
                .chain(pod.owner.clone());
            makers.map(|maker| (pod.namespace, maker))
        });
        Self {
            names,
            owners: makers.collect(),
        }
    }

    fn has_pods_of(&self, controller: &Controller<'a>) -> bool {
        let (namespace, name) = controller.place();
        let first = (namespace, format!("{name}-0"));
        self.owners.contains(&(namespace, name.to_owned()))
            || controller.kind == Kind::StatefulSet && self.names.contains(&first)
    }
}
