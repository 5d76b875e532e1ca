use super::*;

fn view(top: f64) -> View {
    View {
        top,
        height: 260.0,
        heights: Heights::default(),
    }
}

fn rows(count: usize) -> Vec<Item> {
    (0..count).map(Item::Row).collect()
}

#[test]
fn a_short_table_is_drawn_whole() {
    assert_eq!(parts(&rows(200), None, &view(0.0)), [Part::Lines(0..200)]);
    assert_eq!(parts(&[], None, &view(0.0)), [Part::Lines(0..0)]);
}

#[test]
fn of_a_long_table_only_what_is_in_view_is_drawn_and_the_rest_keeps_its_space() {
    let items = rows(5_000);
    let parts = parts(&items, Some(3), &view(26_000.0));
    let expected = [
        Part::Gap(0..3),
        Part::Lines(3..4),
        Part::Gap(4..987),
        Part::Lines(987..1023),
        Part::Gap(1023..5_000),
    ];
    assert_eq!(parts, expected);
    let all = Heights::default().of(&items);
    let told = parts.iter().map(|part| match part {
        Part::Gap(lines) | Part::Lines(lines) => Heights::default().of(&items[lines.clone()]),
    });
    assert_eq!(told.sum::<f64>(), all);
}

#[test]
fn the_chosen_flow_is_drawn_below_the_view_too() {
    let parts = parts(&rows(5_000), Some(4_999), &view(0.0));
    assert_eq!(parts.last(), Some(&Part::Lines(4_999..5_000)));
}
