use proptest::prelude::*;

use super::*;

/// Objects with findings, from pairs of small numbers: a name, and what is found in it.
fn report(said: &[(u8, u8)]) -> CheckReport {
    let objects = said.iter().map(|(name, says)| {
        Arc::new(CheckedObject {
            id: name.to_string(),
            team: says.to_string(),
            ..CheckedObject::default()
        })
    });
    let findings = said.iter().map(|(name, says)| Finding {
        object: name.to_string(),
        message: (says / 2).to_string(),
        named: says % 2 == 0,
        ..Finding::default()
    });
    let checks = said.iter().map(|(name, says)| Check {
        id: name.to_string(),
        fails: u32::from(*says),
        ..Check::default()
    });
    CheckReport {
        objects: objects.collect(),
        findings: findings.collect(),
        checks: checks.collect(),
        ..CheckReport::default()
    }
}

fn parts(before: &CheckReport, now: &CheckReport) -> (ReportParts, CheckReport) {
    let before = ReportLists::taken(&mut before.clone());
    let mut rest = now.clone();
    let lists = ReportLists::taken(&mut rest);
    (ReportParts::of(&before, &lists), rest)
}

#[test]
fn of_many_objects_the_one_that_changed_crosses() {
    let before: Vec<_> = (0..200).map(|name| (name, 1)).collect();
    let mut now = before.clone();
    now[77].1 = 2;
    let (parts, rest) = parts(&report(&before), &report(&now));
    let new = parts.objects.iter().flat_map(|stretch| &stretch.new);
    assert_eq!(new.collect::<Vec<_>>(), [&report(&now).objects[77]]);
    assert_eq!((rest.objects.len(), rest.findings.len()), (0, 0));
}

#[test]
fn parts_of_another_report_are_refused() {
    let before = report(&[(1, 1), (2, 1)]);
    let (parts, rest) = parts(&before, &before);
    assert_eq!(parts.put(&report(&[(1, 1)]), rest), None);
}

proptest! {
    #[test]
    fn what_was_told_is_put_together_again(
        a in prop::collection::vec((0..6u8, 0..4u8), 0..12),
        b in prop::collection::vec((0..6u8, 0..4u8), 0..12),
    ) {
        let (before, now) = (report(&a), report(&b));
        let (parts, rest) = parts(&before, &now);
        prop_assert_eq!(parts.put(&before, rest), Some(now));
    }
}
