use super::*;
use crate::fixture;

#[test]
fn orders_are_grouped_from_five_digits_on() {
    let shown: Vec<_> = [
        Some(1_000_000.0),
        Some(1000.0),
        Some(0.5),
        Some(-20.0),
        None,
    ]
    .map(order)
    .into();
    assert_eq!(shown, ["1\u{2009}000\u{2009}000", "1000", "0.5", "−20", ""]);
}

#[test]
fn a_namespace_is_written_once_if_both_ends_share_it() {
    let mut row = fixture::flow("x", None);
    assert_eq!(flow(&row), "storefront/frontend → backend tcp/8080");
    row.to.namespace = "dev".to_owned();
    assert_eq!(flow(&row), "storefront/frontend → dev/backend tcp/8080");
    row.to.namespace.clear();
    row.to.name = "api.twilio.com".to_owned();
    assert_eq!(flow(&row), "storefront/frontend → api.twilio.com tcp/8080");
}

#[test]
fn files_are_listed_without_the_ending_that_all_have() {
    assert_eq!(stem("policies/backend.yaml"), "backend");
    assert_eq!(stem("a.yml"), "a");
    assert_eq!(stem("checks/order.rego"), "order");
    assert_eq!(stem(".yaml"), ".yaml");
}
