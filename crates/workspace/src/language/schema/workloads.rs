//! Pods, and what stands for them: `apps` and `batch`.

use super::labels::{PODS, PROTOCOLS};
use super::{Field, Kind, Of, Shape, Struct, Word, kind_of, word};

static CONTAINER_PORT: Struct = Struct {
    source: "ContainerPort",
    fields: &[&[
        Field::new("name", Shape::Text, "Name that rules may refer to."),
        Field::new("containerPort", Shape::Number, "Port number.").required(),
        Field::new("protocol", Shape::Words(&PROTOCOLS), "TCP, UDP or SCTP.").or("TCP"),
        Field::new("hostPort", Shape::Number, "Port on the node."),
    ]],
};

static CONTAINER: Struct = Struct {
    source: "Container",
    fields: &[&[
        Field::new("name", Shape::Text, "Its name.").required(),
        Field::new(
            "ports",
            Shape::List(&Shape::Struct(&CONTAINER_PORT)),
            "Ports that it declares. Only names matter to policy.",
        ),
    ]],
};

static POD_SPEC: Struct = Struct {
    source: "PodSpec",
    fields: &[&[
        Field::new("nodeName", Shape::Text, "The node it runs on."),
        Field::new(
            "serviceAccountName",
            Shape::ServiceAccount,
            "The service account it runs as.",
        )
        .or("default"),
        Field::new(
            "hostNetwork",
            Shape::Boolean,
            "Whether it shares its node's network, and so is no endpoint.",
        )
        .or("false"),
        Field::new(
            "containers",
            Shape::List(&Shape::Struct(&CONTAINER)),
            "Containers.",
        ),
        Field::new(
            "initContainers",
            Shape::List(&Shape::Struct(&CONTAINER)),
            "Containers that run first.",
        ),
    ]],
};

static POD_IP: Struct = Struct {
    source: "PodIP",
    fields: &[&[Field::new("ip", Shape::Net, "The address.")]],
};

static POD_STATUS: Struct = Struct {
    source: "PodStatus",
    fields: &[&[
        Field::new(
            "podIP",
            Shape::Net,
            "Its first address; one is made up if none is given.",
        ),
        Field::new(
            "podIPs",
            Shape::List(&Shape::Struct(&POD_IP)),
            "All its addresses.",
        ),
        Field::new("hostIP", Shape::Net, "The address of its node."),
        Field::new(
            "phase",
            Shape::Words(&PHASES),
            "A pod that has finished is no endpoint.",
        ),
    ]],
};

static PHASES: [Word; 5] = [
    word("Pending", ""),
    word("Running", ""),
    word("Succeeded", "It has finished: policy does not apply to it."),
    word("Failed", "It has finished: policy does not apply to it."),
    word("Unknown", ""),
];

static POD: Struct = Struct {
    source: "Pod",
    fields: &[&[
        Field::new("spec", Shape::Struct(&POD_SPEC), "What is wanted."),
        Field::new(
            "status",
            Shape::Struct(&POD_STATUS),
            "What is: addresses and phase.",
        ),
    ]],
};

static TEMPLATE: Struct = Struct {
    source: "PodTemplateSpec",
    fields: &[&[
        Field::new(
            "metadata",
            Shape::Struct(&TEMPLATE_METADATA),
            "Labels and annotations of the pods.",
        )
        .required(),
        Field::new("spec", Shape::Struct(&POD_SPEC), "What the pods run."),
    ]],
};

static TEMPLATE_METADATA: Struct = Struct {
    source: "ObjectMeta",
    fields: &[&[
        Field::new(
            "labels",
            Shape::Labels(Of::Itself),
            "Labels of the pods, which selectors match.",
        )
        .required(),
        Field::new("annotations", Shape::Other, "Annotations of the pods."),
    ]],
};

static WORKLOAD_SPEC: Struct = Struct {
    source: "DeploymentSpec",
    fields: &[&[
        Field::new("replicas", Shape::Number, "How many pods.").or("1"),
        Field::new("selector", Shape::Struct(&PODS), "Its pods."),
        Field::new(
            "template",
            Shape::Struct(&TEMPLATE),
            "What its pods are like.",
        )
        .required(),
    ]],
};

static JOB_SPEC: Struct = Struct {
    source: "JobSpec",
    fields: &[&[
        Field::new("parallelism", Shape::Number, "How many pods at a time.").or("1"),
        Field::new(
            "template",
            Shape::Struct(&TEMPLATE),
            "What its pods are like.",
        )
        .required(),
    ]],
};

static JOB_TEMPLATE: Struct = Struct {
    source: "JobTemplateSpec",
    fields: &[&[Field::new("spec", Shape::Struct(&JOB_SPEC), "What a job says.").required()]],
};

static CRON_SPEC: Struct = Struct {
    source: "CronJobSpec",
    fields: &[&[Field::new(
        "jobTemplate",
        Shape::Struct(&JOB_TEMPLATE),
        "What its jobs are like.",
    )
    .required()]],
};

static WORKLOAD: Struct = Struct {
    source: "Deployment",
    fields: &[&[Field::new("spec", Shape::Struct(&WORKLOAD_SPEC), "What is wanted.").required()]],
};

static JOB: Struct = Struct {
    source: "Job",
    fields: &[&[Field::new("spec", Shape::Struct(&JOB_SPEC), "What is wanted.").required()]],
};

static CRON: Struct = Struct {
    source: "CronJob",
    fields: &[&[Field::new("spec", Shape::Struct(&CRON_SPEC), "What is wanted.").required()]],
};

pub(super) static KINDS: &[Kind] = &[
    kind_of(
        "v1",
        "Pod",
        &POD,
        "A pod: labels, ports, service account, addresses.",
    ),
    kind_of("apps/v1", "Deployment", &WORKLOAD, "Stands for its pods."),
    kind_of("apps/v1", "StatefulSet", &WORKLOAD, "Stands for its pods."),
    kind_of("apps/v1", "DaemonSet", &WORKLOAD, "Stands for its pods."),
    kind_of("apps/v1", "ReplicaSet", &WORKLOAD, "Stands for its pods."),
    kind_of("batch/v1", "Job", &JOB, "Stands for its pods."),
    kind_of("batch/v1", "CronJob", &CRON, "Stands for its pods."),
];
