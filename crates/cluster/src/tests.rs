use super::*;

macro_rules! example {
    ($($name:literal),*) => {
        [$(PolicyFile::new($name, include_str!(concat!("../../../static/examples/personas/", $name)))),*]
    };
}

fn files() -> Vec<PolicyFile> {
    example![
        "cluster/guarded-label.yaml",
        "cluster/orders.yaml",
        "cluster/personas.yaml",
        "cluster/required-labels.yaml",
        "cluster/roles.yaml",
        "cluster/tiers.yaml"
    ]
    .into()
}

fn organisation() -> Cluster {
    let (cluster, problems) = Cluster::load(&files(), &Options::default());
    assert_eq!(problems, []);
    cluster
}

/// What `kubectl` prints when a persona applies a text.
fn printed(cluster: &mut Cluster, persona: &str, text: &str) -> Vec<String> {
    let user = cluster.persona(persona).user;
    let (applied, problems) = cluster.apply(&user, &PolicyFile::new("f.yaml", text));
    assert_eq!(problems, []);
    applied.into_iter().map(|one| one.printed).collect()
}

const WEB: &str = include_str!("../../../static/examples/personas/policies/web.yaml");
const QUARANTINE: &str = include_str!("../../../static/examples/personas/policies/quarantine.yaml");

#[test]
fn everybody_writes_where_their_rights_reach() {
    let who = |text: &str| -> Vec<&str> {
        let personas = [
            "platform-admin",
            "security-admin",
            "shop-admin",
            "pay-admin",
        ];
        let may =
            |persona: &&str| printed(&mut organisation(), persona, text)[0].ends_with(" created");
        personas.into_iter().filter(may).collect()
    };
    assert_eq!(who(WEB), ["platform-admin", "shop-admin"]);
    assert_eq!(who(QUARANTINE), ["platform-admin", "security-admin"]);
    assert_eq!(
        who(&WEB.replace("namespace: shop", "namespace: pay")),
        ["platform-admin", "pay-admin"]
    );
}

#[test]
fn personas_are_those_of_the_kubeconfig_and_of_bindings() {
    let mut files = files();
    files.push(PolicyFile::new(
        "robot.yaml",
        "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: robot}
roleRef: {kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, namespace: argocd, name: robot}, {kind: User, name: ada}]
",
    ));
    let (cluster, _) = Cluster::load(&files, &Options::default());
    let names: Vec<String> = cluster
        .personas()
        .into_iter()
        .map(|persona| persona.name)
        .collect();
    assert_eq!(
        names,
        [
            "platform-admin",
            "security-admin",
            "shop-admin",
            "pay-admin",
            "argocd:robot"
        ]
    );
    assert_eq!(cluster.persona("somebody").user.name, "somebody");
    assert_eq!(
        cluster.persona("argocd:robot").user.name,
        "system:serviceaccount:argocd:robot"
    );
}

#[test]
fn each_stage_refuses_in_kubectls_words() {
    let mut cluster = organisation();
    let mut say = |text: &str| printed(&mut cluster, "shop-admin", text).join("\n");
    assert_eq!(
        say(QUARANTINE),
        "Error from server (Forbidden): error when creating \"f.yaml\": admission webhook \"tiered-rbac.projectcalico.org\" denied the request: \
         Authorization failed: globalnetworkpolicies.projectcalico.org \"quarantine\" is forbidden: User \"ada\" cannot create globalnetworkpolicies.projectcalico.org in tier \"security\""
    );
    assert_eq!(
        say(&WEB.replace("order: 500", "order: 10")),
        "The networkpolicies \"web\" is invalid: : ValidatingAdmissionPolicy 'app-policies' with binding 'app-policies' denied request: order 10 is below 500"
    );
    assert_eq!(
        say(&WEB.replace("owner: shop", "team: shop")),
        "Error from server (Forbidden): error when creating \"f.yaml\": networkpolicies.projectcalico.org \"web\" is forbidden: \
         ValidatingAdmissionPolicy 'app-policies' with binding 'app-policies' denied request: name an owner in the annotation `owner`"
    );
    let misspelt = say(&WEB.replace("Allow", "Alow"));
    assert!(
        misspelt.starts_with("The NetworkPolicy \"web\" is invalid: spec.ingress[0].action: "),
        "{misspelt}"
    );
    let pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {owner: a}}";
    assert_eq!(
        say(pod),
        "Error from server (Forbidden): error when creating \"f.yaml\": admission webhook \"validation.gatekeeper.sh\" denied the request: \
         [zone-and-owner] Pod web lacks the labels {\"zone\"}"
    );
}

#[test]
fn a_label_that_only_some_may_set_is_looked_for_in_the_change() {
    let mut cluster = organisation();
    let pod = |more: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: shop, labels: {{owner: a, zone: b{more}}}}}"
        )
    };
    let open = pod(", fw-zone: open");
    assert_eq!(
        printed(&mut cluster, "shop-admin", &pod("")),
        ["pod/web created"]
    );
    let refused = printed(&mut cluster, "shop-admin", &open).join("");
    assert!(
        refused.starts_with(
            "Error from server (Forbidden): error when applying patch:\n{\"metadata\":"
        ),
        "{refused}"
    );
    assert!(
        refused.ends_with("for: \"f.yaml\": error when patching \"f.yaml\": admission webhook \"validation.gatekeeper.sh\" denied the request: [fw-zone] ada may not set the label fw-zone to open"),
        "{refused}"
    );
    assert_eq!(printed(&mut cluster, "sam", &open).len(), 1);
    let with_group = User::new("security-admin", &["security-admins".to_owned()]);
    let (applied, _) = cluster.apply(&with_group, &PolicyFile::new("f.yaml", &*open));
    assert_eq!(applied[0].printed, "pod/web configured");
    assert_eq!(
        printed(&mut cluster, "shop-admin", &open),
        ["pod/web unchanged"]
    );
}

#[test]
fn what_is_applied_is_there_for_the_next() {
    let mut cluster = organisation();
    let policy = WEB
        .replace("tier: app", "tier: new")
        .replace("order: 500", "order: 1");
    let tier = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: new}\nspec: {order: 50}\n---\n";
    let missing = printed(&mut cluster, "platform-admin", &policy).join("");
    assert!(
        missing.ends_with("denied the request: Tier \"new\" does not exist"),
        "{missing}"
    );
    assert_eq!(
        printed(&mut cluster, "platform-admin", &format!("{tier}{policy}")),
        [
            "tier.projectcalico.org/new created",
            "networkpolicy.projectcalico.org/web created"
        ]
    );
}

#[test]
fn roles_and_policies_that_are_applied_take_effect() {
    let mut cluster = organisation();
    let admin = User::cluster_admin();
    let relaxed = include_str!("../../../static/examples/personas/cluster/orders.yaml")
        .replace("[Deny]", "[Warn]");
    let (applied, _) = cluster.apply(&admin, &PolicyFile::new("orders.yaml", relaxed));
    let changes: Vec<Change> = applied.iter().map(|one| one.change).collect();
    assert_eq!(changes, [Change::Unchanged, Change::Configured]);
    let printed = printed(
        &mut cluster,
        "shop-admin",
        &WEB.replace("order: 500", "order: 1"),
    );
    assert_eq!(
        printed,
        [
            "Warning: Validation failed for ValidatingAdmissionPolicy 'app-policies' with binding 'app-policies': order 1 is below 500\nnetworkpolicy.projectcalico.org/web created"
        ]
    );
}

#[test]
fn checks_of_ci_are_asked_at_admission_too() {
    let rego = "package main\nimport rego.v1\n\ndeny_order contains msg if {\n\tinput.spec.order < 600\n\tmsg := \"too low\"\n}\n\nwarn contains \"mind the gap\" if input.kind == \"NetworkPolicy\"\n";
    let settings = "apiVersion: tierwalk.dev/v1\nkind: Checks\nchecks:\n  name: {enabled: true, pattern: '^app_'}\n";
    let mut files = files();
    files.push(PolicyFile::new("policy/order.rego", rego));
    let (mut cluster, problems) = Cluster::load(&files, &Options::default());
    assert_eq!(problems, []);
    assert_eq!(
        printed(&mut cluster, "shop-admin", WEB),
        [
            "Warning: mind the gap\nError from server (Forbidden): error when creating \"f.yaml\": admission webhook \"validating-webhook.openpolicyagent.org\" denied the request: too low"
        ]
    );
    files.push(PolicyFile::new("checks.yaml", settings));
    let (mut cluster, problems) = Cluster::load(&files, &Options::default());
    assert_eq!(problems, []);
    let refused = printed(&mut cluster, "shop-admin", WEB).join("");
    assert!(
        refused
            .contains("admission webhook \"validation.gatekeeper.sh\" denied the request: [name] "),
        "{refused}"
    );
}

#[test]
fn a_constraint_that_cannot_be_asked_does_not_admit() {
    let mut files = files();
    for file in &mut files {
        file.text = file.text.replace("{\"msg\": msg,", "{\"msg\": {msg},");
    }
    let (mut cluster, _) = Cluster::load(&files, &Options::default());
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}";
    let refused = printed(&mut cluster, "shop-admin", pod).join("");
    assert_eq!(
        refused,
        "Error from server (InternalError): error when creating \"f.yaml\": admission webhook \"validation.gatekeeper.sh\" denied the request: the `msg` of a violation is not text"
    );
}

#[test]
fn slips_are_told_at_their_place_and_take_no_part() {
    let mut files = files();
    let orphan = "# a binding\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {policyName: nowhere, validationActions: [Deny]}\n";
    let constraint = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: constraints.gatekeeper.sh/v1beta1\nkind: RequiredLabel\nmetadata: {name: x}\n";
    files.push(PolicyFile::new("b.yaml", orphan));
    files.push(PolicyFile::new("c.yaml", constraint));
    files.push(PolicyFile::new(
        "d.yaml",
        "apiVersion: v1\nkind: Config\nusers: [{name: 5}]\n",
    ));
    let (_, problems) = Cluster::load(&files, &Options::default());
    let told: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| {
            let text = files
                .iter()
                .find(|file| file.path == problem.path)
                .map_or("", |file| &file.text);
            (problem.diagnostic.code, problem.diagnostic.span.of(text))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("admission/persona", "5"),
            ("admission/policy", "nowhere"),
            ("governance/constraint", "RequiredLabel")
        ]
    );
}

#[test]
fn what_is_no_object_is_told_and_the_rest_applied() {
    let mut cluster = organisation();
    let text =
        format!("kind: NetworkPolicy\nmetadata: {{name: x}}\n---\n- 1\n---\n# nothing\n---\n{WEB}");
    let user = cluster.persona("shop-admin").user;
    let (applied, problems) = cluster.apply(&user, &PolicyFile::new("f.yaml", text));
    assert_eq!((applied.len(), problems.len()), (1, 2));
    assert_eq!(
        problems.first().map(|problem| &*problem.diagnostic.message),
        Some("`apiVersion` is missing")
    );
}
