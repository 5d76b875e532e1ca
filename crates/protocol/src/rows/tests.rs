use proptest::prelude::*;

use super::*;
use crate::{EndLabel, Verdict};

fn row(id: &str, line: u32, verdict: Verdict) -> Arc<FlowRow> {
    Arc::new(FlowRow {
        id: id.to_owned(),
        place: Place {
            file: "flows/a.yaml".to_owned(),
            line,
            column: 3,
            from: line * 40,
            to: line * 40 + 30,
        },
        from: EndLabel::default(),
        to: EndLabel::default(),
        port: "tcp/80".to_owned(),
        verdict: Some(verdict),
        pending: Some(verdict),
        expected: None,
        decided_in: "default".to_owned(),
        decided_by: "shop/web".to_owned(),
        error: None,
    })
}

fn list(lines: std::ops::Range<u32>) -> Vec<Arc<FlowRow>> {
    let one = |line| row(&format!("flow {line}"), line, Verdict::Allow);
    lines.map(one).collect()
}

#[test]
fn a_flipped_flow_crosses_alone() {
    let before = list(0..5_000);
    let mut now = before.clone();
    now[17] = row("flow 17", 17, Verdict::Deny);
    let runs = runs(&before, &now);
    let crossing: usize = runs.iter().map(|run| run.rows.len()).sum();
    assert_eq!((runs.len(), crossing), (2, 1));
    assert_eq!(rebuilt(&before, runs), Some(now));
}

#[test]
fn a_line_above_moves_all_rows_without_sending_them() {
    let before = list(0..100);
    let mut now = vec![row("new", 0, Verdict::Allow)];
    now.extend(before.iter().map(|row| shifted(row, 1, 40)));
    let runs = runs(&before, &now);
    let crossing: usize = runs.iter().map(|run| run.rows.len()).sum();
    assert_eq!((runs.len(), crossing), (2, 1));
    assert_eq!(rebuilt(&before, runs), Some(now));
}

#[test]
fn runs_of_other_rows_are_refused() {
    let runs = runs(&list(0..10), &list(0..10));
    assert_eq!(rebuilt(&list(0..9), runs), None);
}

proptest! {
    #[test]
    fn what_was_told_is_rebuilt(
        a in prop::collection::vec((0..6u32, any::<bool>()), 0..12),
        b in prop::collection::vec((0..6u32, any::<bool>()), 0..12),
    ) {
        let rows = |list: &[(u32, bool)]| -> Vec<Arc<FlowRow>> {
            let one = |(line, (id, allow)): (u32, &(u32, bool))| {
                row(&id.to_string(), line, if *allow { Verdict::Allow } else { Verdict::Deny })
            };
            (0..).zip(list).map(one).collect()
        };
        let (before, now) = (rows(&a), rows(&b));
        prop_assert_eq!(rebuilt(&before, runs(&before, &now)), Some(now));
    }
}
