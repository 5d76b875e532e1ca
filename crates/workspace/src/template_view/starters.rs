//! Templates to start from: each with an example that compiles as it is.

use tierwalk_protocol::Starter;
use tierwalk_template::{Definition, Field, Library};
use tierwalk_yaml::Node;

use crate::form::text::{flow, lines_of};

/// In the words of the published generator, which need no `template:` line.
const POLICY: &str = "\
# Who may call backend. Every field is explained in the form; rules can also be written on one line.
PolicyName: backend
PolicyOrder: 500
ObjectType: NetworkPolicy
PolicyNamespace: storefront
AppliesToSelector: app == \"backend\"
Direction: [Ingress, Egress]
INGRESS:
- IngressAction: Allow
  IngressProtocol: TCP
  IngressPort: [8080]
  IngressSourceSelector: app == \"frontend\"
EGRESS:
- allow tcp to ports 9200 label app=logging
";

const SET: &str = "\
# Networks outside of the cluster, which policies select by the labels of the set.
ObjectType: GlobalNetworkSet
NetworkSetName: partner-networks
Labels: {role: partner}
CIDR: [203.0.113.0/24]
";

/// The templates of a library.
pub(crate) fn starters(library: &Library) -> Vec<Starter> {
    library.definitions().map(starter).collect()
}

fn starter(definition: &Definition) -> Starter {
    let example = match definition.name.as_str() {
        "policy-generator" if definition.shipped => POLICY.to_owned(),
        "network-set" if definition.shipped => SET.to_owned(),
        _ => instance(definition),
    };
    Starter {
        name: definition.name.clone(),
        description: definition.description.trim().to_owned(),
        shipped: definition.shipped,
        example,
    }
}

fn instance(definition: &Definition) -> String {
    let description = definition.description.split_whitespace();
    let description: Vec<&str> = description.collect();
    let mut text = format!(
        "# {}\ntemplate: {}\nvalues:\n",
        description.join(" "),
        definition.name
    );
    for field in &definition.fields {
        for line in example_lines(field) {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

/// The lines of a field with a value to start from; none if there is no such value.
fn example_lines(field: &Field) -> Vec<String> {
    if let Some(value) = known(field) {
        return lines_of(&field.name, value);
    }
    let item = field
        .items
        .as_deref()
        .filter(|items| !items.fields.is_empty());
    let Some(item) = item else {
        return match field.items.as_deref().and_then(known) {
            Some(value) => vec![format!("{}: [{}]", field.name, flow(value))],
            None => Vec::new(),
        };
    };
    let values = item.fields.iter().filter(|field| field.required);
    let values = values.filter_map(|field| Some((field, known(field)?)));
    let values: Vec<_> = values
        .flat_map(|(field, value)| lines_of(&field.name, value))
        .collect();
    let indented = values.iter().enumerate();
    let indented =
        indented.map(|(at, line)| format!("{}{line}", if at == 0 { "- " } else { "  " }));
    std::iter::once(format!("{}:", field.name))
        .chain(indented)
        .collect()
}

/// A value that the field is known to take.
pub(crate) fn known(field: &Field) -> Option<&Node> {
    let known = field.example.as_ref().or(field.default.as_ref());
    known.or_else(|| field.allowed.first())
}
