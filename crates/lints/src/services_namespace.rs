//! `rule/services-namespace`: `services` of a namespaced policy without a `namespace`. The API's text says that the
//! policy's own namespace is meant; Calico looks the service up without one, and finds nothing
//! (Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`, `felix/calc/rule_scanner.go`).

use tierwalk_resources::model::EntityField;

use crate::facts::{Facts, SideAt};
use crate::{Edit, Finding, Fix, Spot};

const CODE: &str = "rule/services-namespace";

pub(crate) fn lint(facts: &Facts<'_>) -> Vec<Finding> {
    let sides = facts.rules().flat_map(|at| at.sides());
    let findings = sides.filter_map(|side| {
        let service = side.entity.service.as_ref()?;
        let name = service.namespace.is_empty().then_some(&service.name)?;
        Some(finding(facts, side, name))
    });
    findings.collect()
}

fn finding(facts: &Facts<'_>, side: SideAt<'_>, service: &str) -> Finding {
    let policy = facts.engine.policy(side.at.policy);
    let namespace = &policy.id.namespace;
    let services = side.path(EntityField::Service);
    let message = format!(
        "service `{service}` has no `namespace` here: Calico looks it up without one, and finds nothing"
    );
    let help = format!("write `namespace: {namespace}`; Calico does not fill it in");
    let fix = Fix {
        title: format!("Add `namespace: {namespace}`"),
        edit: Edit::AddField {
            at: Spot::value(&policy.origin, services.clone()),
            key: "namespace",
            value: namespace.clone(),
        },
    };
    let at = Spot::value(&policy.origin, format!("{services}.name"));
    Finding::warning(CODE, at, message, help).fix((!namespace.is_empty()).then_some(fix))
}
