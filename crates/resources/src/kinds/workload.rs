//! Controllers, as far as they say which pods to expect.

use serde::Deserialize;

use super::{LabelSelector, ObjectMeta, PodSpec};

/// Spec of `apps/v1` `Deployment`, `StatefulSet`, `DaemonSet` and `ReplicaSet`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct WorkloadSpec {
    /// How many pods; one if not given. Not for a `DaemonSet`.
    pub replicas: Option<i32>,
    /// Its pods.
    pub selector: LabelSelector,
    /// What its pods are like.
    pub template: PodTemplate,
}

/// Kubernetes `PodTemplateSpec`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct PodTemplate {
    /// Labels and annotations of the pods.
    pub metadata: ObjectMeta,
    /// What the pods run.
    pub spec: PodSpec,
}

/// Spec of `batch/v1` `Job`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct JobSpec {
    /// How many pods at a time; one if not given.
    pub parallelism: Option<i32>,
    /// What its pods are like.
    pub template: PodTemplate,
}

/// Spec of `batch/v1` `CronJob`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CronJobSpec {
    /// What its jobs are like.
    pub job_template: JobTemplate,
}

/// Kubernetes `JobTemplateSpec`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct JobTemplate {
    /// What a job says.
    pub spec: JobSpec,
}
