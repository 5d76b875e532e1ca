use super::*;
use crate::fixture;

fn row(id: &str, verdict: Verdict, port: &str) -> Arc<FlowRow> {
    let mut row = fixture::flow(id, Some(verdict));
    row.port = port.to_owned();
    row.decided_by = format!("by-{id}");
    Arc::new(row)
}

fn flows() -> Vec<Arc<FlowRow>> {
    vec![
        row("a", Verdict::Deny, "tcp/8080"),
        row("b", Verdict::Allow, "tcp/443"),
        row("c", Verdict::Deny, "udp/53"),
    ]
}

fn shown(
    flows: &[Arc<FlowRow>],
    order: Option<&Order>,
    grouped: bool,
    filter: &Filter,
) -> Vec<String> {
    let told = |item| match item {
        Item::Group(name, count) => format!("{name} {count}"),
        Item::Row(index) => flows[index].id.clone(),
    };
    items(flows, order, grouped, filter, |row| row.id == "b")
        .into_iter()
        .map(told)
        .collect()
}

fn by(column: Column, descending: bool) -> Arrangement {
    Arrangement {
        sort: Some((column, descending)),
        group: None,
    }
}

#[test]
fn ports_are_sorted_as_numbers_either_way() {
    let flows = flows();
    let sorted = |descending| {
        let order = Order::of(&flows, by(Column::Port, descending));
        shown(&flows, order.as_deref(), false, &Filter::default())
    };
    assert_eq!(sorted(false), ["c", "b", "a"]);
    assert_eq!(sorted(true), ["a", "b", "c"]);
}

#[test]
fn a_flip_moves_no_row_and_new_flows_come_last() {
    let arrangement = Arrangement {
        sort: None,
        group: Some(Group::Verdict),
    };
    let order = Order::of(&flows(), arrangement);
    let mut now = flows();
    now[0] = row("a", Verdict::Allow, "tcp/8080");
    now.insert(0, row("new", Verdict::Deny, "tcp/1"));
    let shown = shown(&now, order.as_deref(), true, &Filter::default());
    assert_eq!(shown, ["Allow 1", "b", "Deny 2", "a", "c", "new 1", "new"]);
}

#[test]
fn a_filter_finds_words_verdicts_flips_and_what_is_not_met() {
    let mut flows = flows();
    Arc::make_mut(&mut flows[2]).expected = Some(Verdict::Allow);
    let found = |filter: Filter| shown(&flows, None, false, &filter);
    let all = Filter::default;
    assert_eq!(
        found(Filter {
            text: "UDP backend".to_owned(),
            ..all()
        }),
        ["c"]
    );
    assert_eq!(
        found(Filter {
            text: "by-b".to_owned(),
            ..all()
        }),
        ["b"]
    );
    assert_eq!(
        found(Filter {
            verdict: Some(Verdict::Deny),
            ..all()
        }),
        ["a", "c"]
    );
    assert_eq!(
        found(Filter {
            flipped: true,
            ..all()
        }),
        ["b"]
    );
    assert_eq!(
        found(Filter {
            unmet: true,
            ..all()
        }),
        ["c"]
    );
}
