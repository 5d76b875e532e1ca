//! `authorizer`: expressions may ask what the user is allowed (`apiserver/pkg/cel/library/authz.go`).

use std::sync::Arc;

use cel::extractors::This;
use cel::{Context, ExecutionError, Value};

use super::value::{field, map, text_of};
use crate::rbac::{Attributes, Rbac};
use crate::{Request, User};

type Text = Arc<String>;

/// The authorizer, as a value: what is asked so far.
pub(crate) fn authorizer(request: &Request<'_>) -> Value {
    let kind = request.kind();
    let asked = map([
        ("group", text(&kind.group)),
        ("resource", text(&kind.resource())),
        ("namespace", text(request.namespace())),
        ("name", text(request.name())),
    ]);
    map([("requestResource", asked)])
}

fn text(text: &str) -> Value {
    Value::String(Arc::new(text.to_owned()))
}

/// The functions by which it is asked.
pub(super) fn add(context: &mut Context<'_, '_>, user: &User, rbac: &Rbac) {
    for name in ["group", "resource", "subresource", "namespace", "name"] {
        let _ = context.add_function(name, move |This(asked): This<Value>, value: Text| {
            with(&asked, name, &value)
        });
    }
    let (user, rbac) = (Arc::new(user.clone()), Arc::new(rbac.clone()));
    let other = Arc::clone(&rbac);
    let _ = context.add_function(
        "serviceAccount",
        |This(asked): This<Value>, namespace: Text, name: Text| {
            with(
                &with(&asked, "accountNamespace", &namespace),
                "account",
                &name,
            )
        },
    );
    let _ = context.add_function("check", move |This(asked): This<Value>, verb: Text| {
        let user = match text_of(&asked, "account").as_str() {
            "" => User::clone(&user),
            name => User::service_account(&text_of(&asked, "accountNamespace"), name),
        };
        let verdict = other.authorize(&user, &attributes(&asked, &verb));
        map([
            ("allowed", Value::Bool(verdict.allowed)),
            ("reason", text(&verdict.reason)),
        ])
    });
    let _ = context.add_function("allowed", |This(decision): This<Value>| {
        field(&decision, "allowed")
            .cloned()
            .ok_or_else(|| no_decision("allowed"))
    });
    let _ = context.add_function("reason", |This(decision): This<Value>| {
        field(&decision, "reason")
            .cloned()
            .ok_or_else(|| no_decision("reason"))
    });
    let _ = context.add_function("errored", |This(_): This<Value>| false);
}

fn no_decision(function: &str) -> ExecutionError {
    ExecutionError::no_such_overload(function, Vec::new())
}

fn attributes(asked: &Value, verb: &str) -> Attributes {
    let resource = text_of(asked, "resource");
    Attributes {
        verb: verb.to_owned(),
        group: text_of(asked, "group"),
        resource: match text_of(asked, "subresource").as_str() {
            "" => resource,
            sub => format!("{resource}/{sub}"),
        },
        namespace: text_of(asked, "namespace"),
        name: text_of(asked, "name"),
    }
}

/// The same with one more thing said.
fn with(asked: &Value, key: &str, value: &str) -> Value {
    const KEYS: [&str; 7] = [
        "group",
        "resource",
        "subresource",
        "namespace",
        "name",
        "accountNamespace",
        "account",
    ];
    let known = KEYS.into_iter().filter(|known| *known != key);
    let known = known.filter_map(|known| Some((known, field(asked, known)?.clone())));
    map(known.chain([(key, text(value))]))
}
