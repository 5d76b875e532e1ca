//! A workspace of templates.

use std::fmt::Write;

use super::{Shape, file};

/// Documents, half of them in the published generator's form, half instances of a shipped template.
const DOCUMENTS: usize = 2_000;
const NAMESPACES: usize = 50;

/// 2,000 template documents in 50 files, one for each namespace, and two pods in each.
pub fn templates() -> Shape {
    let mut files = vec![file(
        "flows/flows.yaml",
        "flows:\n- team-0/web -> team-0/api tcp/8080\n".to_owned(),
    )];
    for space in 0..NAMESPACES {
        files.push(file(&format!("cluster/team-{space}.yaml"), pods(space)));
        files.push(file(&path(space), documents(space)));
    }
    let edited = file(
        &path(0),
        documents(0).replacen("ports 8080", "ports 9090", 1),
    );
    Shape {
        name: "2,000 templates".to_owned(),
        files,
        edited,
        flow: "team-0/web -> team-0/api tcp/8080".to_owned(),
    }
}

fn path(space: usize) -> String {
    format!("templates/team-{space}.yaml")
}

fn pods(space: usize) -> String {
    let mut text = format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: team-{space}}}\n");
    for app in ["web", "api"] {
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {app}, namespace: team-{space}, labels: {{app: {app}}}}}\n"
        );
    }
    text
}

fn documents(space: usize) -> String {
    let count = DOCUMENTS / NAMESPACES;
    (0..count)
        .map(|number| document(space, number))
        .collect::<Vec<_>>()
        .join("---\n")
}

fn document(space: usize, number: usize) -> String {
    if number % 2 == 1 {
        return format!(
            "template: web-service\nvalues:\n  name: app-{number}\n  namespace: team-{space}\n  clients:\n  - app: web\n  \
             dependencies:\n  - app: db\n    ports: [5432]\n"
        );
    }
    format!(
        "PolicyName: policy-{number}\nPolicyOrder: {number}\nObjectType: NetworkPolicy\nPolicyNamespace: team-{space}\n\
         AppliesToSelector: app == \"api\"\nDirection: [Ingress, Egress]\nINGRESS:\n\
         - allow tcp from label app=web to ports 8080\n\
         - IngressAction: Deny\n  IngressProtocol: UDP\n  IngressPort: [53]\n  IngressSourceSelector: app == \"web\"\n\
         EGRESS:\n- EgressAction: Allow\n  EgressProtocol: TCP\n  EgressPort: [5432]\n  EgressDestinationSelector: app == \"db\"\n"
    )
}
