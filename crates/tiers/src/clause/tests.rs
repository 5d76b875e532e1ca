use super::{ClauseSet, EntityField, Field, PartKind};

const PARTS: [PartKind; 7] = [
    PartKind::Selector,
    PartKind::NotSelector,
    PartKind::NamespaceSelector,
    PartKind::OwnNamespace,
    PartKind::ServiceAccountSelector,
    PartKind::ServiceAccountNames,
    PartKind::PodsOnly,
];

fn all_fields() -> Vec<Field> {
    let mut of_side = vec![
        EntityField::Nets,
        EntityField::NotNets,
        EntityField::Ports,
        EntityField::NotPorts,
        EntityField::Service,
        EntityField::Domains,
    ];
    of_side.extend(PARTS.map(EntityField::Part));
    let mut fields = vec![
        Field::IpVersion,
        Field::Protocol,
        Field::NotProtocol,
        Field::Icmp,
        Field::NotIcmp,
        Field::Http,
    ];
    fields.extend(of_side.iter().map(|field| Field::Source(*field)));
    fields.extend(of_side.iter().map(|field| Field::Destination(*field)));
    fields
}

#[test]
fn every_criterion_has_its_own_bit() {
    let mut all = ClauseSet::default();
    for (count, field) in all_fields().into_iter().enumerate() {
        assert!(!all.contains(field), "{field:?}");
        all.check(field, false);
        assert!(all.contains(field));
        assert_eq!(all.len() as usize, count + 1);
    }
}

#[test]
fn a_criterion_that_held_is_not_in_the_set() {
    let mut set = ClauseSet::default();
    set.check(Field::Protocol, true);
    assert!(set.is_empty());
}
