//! What the matrix shows, and what it asks.

use tierwalk_protocol::{EndKind, MatrixCell, MatrixEnd, Reply};

use super::*;
use crate::{
    engine::Event,
    state::{Middle, Msg as Message},
};

fn end(namespace: &str, name: &str, class: u32) -> MatrixEnd {
    let slash = if namespace.is_empty() { "" } else { "/" };
    MatrixEnd {
        kind: if namespace.is_empty() {
            EndKind::Outside
        } else {
            EndKind::Pod
        },
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        text: [namespace, slash, name].concat(),
        sets: Vec::new(),
        class,
    }
}

/// Two replicas, another pod and an address.
fn ends() -> Vec<MatrixEnd> {
    vec![
        end("shop", "api-1", 0),
        end("shop", "api-2", 0),
        end("web", "front", 1),
        end("", "203.0.113.9", 2),
    ]
}

fn rows(first: u32, rows: &[&str]) -> Matrix {
    Matrix {
        service: "tcp/80".to_owned(),
        ends: if first == 0 { ends() } else { Vec::new() },
        classes: 3,
        first,
        rows: rows.iter().map(|row| (*row).to_owned()).collect(),
        ..Matrix::default()
    }
}

fn table() -> Table {
    Table::with(None, rows(0, &["ADa", "dD-", "A--"]))
}

#[test]
fn every_pair_is_counted_once_and_none_of_an_end_with_itself() {
    let counts = table().counts.unwrap();
    // From each of the two: Allow to the other, Deny to front, pending to the address; from front: pending to both;
    // from the address: Allow to both.
    assert_eq!(
        (counts.allow, counts.deny, counts.pending),
        (2 + 2 + 2, 2 + 2, 2 + 2)
    );
    assert_eq!(counts.pairs, 10);
}

#[test]
fn ends_of_one_class_meet_each_other_but_not_themselves() {
    let table = table();
    assert_eq!(table.cell(0, 0), Cell::Itself);
    assert_eq!(table.cell(0, 1), Cell::Is(MatrixCell::Allow));
    assert_eq!(table.cell(2, 1), Cell::Is(MatrixCell::DenyPendingAllow));
    assert_eq!(table.cell(3, 2), Cell::Is(MatrixCell::NoEndpoint));
}

#[test]
fn old_rows_stand_in_until_new_ones_come() {
    let before = table();
    let begun = Table::with(Some(&before), rows(0, &["DDD"]));
    assert_eq!(begun.next(), Some(1));
    assert_eq!(begun.cell(0, 1), Cell::Is(MatrixCell::Deny));
    assert_eq!(begun.cell(2, 1), Cell::Is(MatrixCell::DenyPendingAllow));
    assert_eq!(begun.counts, before.counts);
    let done = Table::with(Some(&begun), rows(1, &["DDD", "DDD"]));
    assert_eq!(done.next(), None);
    assert_eq!(done.counts.unwrap().deny, 10 + 2);
}

#[test]
fn groups_fold_and_filters_leave_out() {
    let (table, mut folded) = (table(), BTreeSet::new());
    let keys = |axis: &Axis| {
        axis.lines
            .iter()
            .map(|line| line.key.to_string())
            .collect::<Vec<_>>()
    };
    let axis = Axis::rows(&table, "", &folded);
    let all = [
        "shop/",
        "shop/api-1",
        "shop/api-2",
        "web/",
        "web/front",
        "outside/",
        "203.0.113.9",
    ];
    assert_eq!(keys(&axis), all);
    assert_eq!(
        keys(&Axis::columns(&table, "FRONT", &folded)),
        ["web/front"]
    );
    folded.insert("shop".to_owned());
    let axis = Axis::rows(&table, "", &folded);
    assert_eq!(
        keys(&axis),
        ["shop/", "web/", "web/front", "outside/", "203.0.113.9"]
    );
    assert_eq!(axis.lines[0].what, What::Folded(0..2));
    assert_eq!(
        table.summary(0..2, 2..3),
        Summary {
            allow: 0,
            deny: 2,
            pending: 0
        }
    );
}

#[test]
fn only_what_is_near_the_window_is_drawn() {
    let ends: Vec<_> = (0..2000)
        .map(|number| end("shop", &format!("p{number:04}"), 0))
        .collect();
    let came = Matrix {
        ends,
        classes: 1,
        rows: vec!["A".to_owned()],
        ..Matrix::default()
    };
    let axis = Axis::rows(&Table::with(None, came), "", &BTreeSet::new());
    let window = axis.window(28_000, 700);
    assert!(window.len() < 40 && window.contains(&1000), "{window:?}");
    let top = axis.reach(1500, 0, 700);
    assert!(axis.window(top, 700).contains(&1500));
    assert_eq!(axis.reach(3, 0, 700), 0);
}

#[test]
fn rows_are_asked_for_until_all_are_there_and_late_ones_are_ignored() {
    let mut model = Model::default();
    let asked = model.update(Message::Middle(Middle::Matrix));
    assert!(
        asked
            .iter()
            .any(|effect| matches!(effect, Effect::Ask(1, _)))
    );
    let hear = |model: &mut Model, id, matrix| {
        let reply = Some(Box::new(Reply::Matrix(matrix)));
        model.update(Message::Engine(Event::Reply { id, reply }))
    };
    let asked = hear(&mut model, 1, rows(0, &["ADa"]));
    assert!(
        matches!(asked.as_slice(), [Effect::Ask(2, Question::Matrix(next))] if next.first == 1)
    );
    assert_eq!(hear(&mut model, 1, rows(1, &["DDD"])), []);
    assert_eq!(hear(&mut model, 2, rows(1, &["dD-", "A--"])), []);
    assert!(model.matrix.table.unwrap().is_complete());
}

#[test]
fn the_file_has_a_line_per_source() {
    let mut model = Model {
        name: "shop".into(),
        ..Model::default()
    };
    model.matrix.table = Some(Shared::from(table()));
    model.matrix.from = "shop".to_owned();
    let effects = model.update(Message::Matrix(Msg::Csv));
    let [Effect::HandOut { name, text, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(name, "shop-tcp-80.csv");
    assert_eq!(
        *text,
        "\"from \\ to, tcp/80\",shop/api-1,shop/api-2,web/front,203.0.113.9\r\n\
         shop/api-1,,Allow,Deny,Allow (pending Deny)\r\nshop/api-2,Allow,,Deny,Allow (pending Deny)\r\n"
    );
}
