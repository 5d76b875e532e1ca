use proptest::prelude::*;

use super::*;

fn seat(order: f64, tie: &str) -> Seat {
    Seat {
        order,
        tie: tie.to_owned(),
        fixed: false,
    }
}

fn put(orders: &[f64], at: usize, moved: f64) -> Option<Orders> {
    let seats: Vec<Seat> = orders.iter().map(|order| seat(*order, "m")).collect();
    room(&seats, at, &seat(moved, "p"))
}

fn moved(orders: &[f64], at: usize) -> Option<f64> {
    put(orders, at, -1e9).and_then(|orders| orders.moved.filter(|_| orders.others.is_empty()))
}

#[test]
fn an_order_between_the_neighbours_is_whole_if_it_can_be() {
    assert_eq!(moved(&[100.0, 200.0], 1), Some(150.0));
    assert_eq!(moved(&[300.0, 310.0], 1), Some(305.0));
    assert_eq!(moved(&[1.0, 2.0], 1), Some(1.5));
    assert_eq!(moved(&[100.0, 200.0], 2), Some(300.0));
    assert_eq!(moved(&[510.0], 1), Some(520.0));
    assert_eq!(put(&[500.0], 0, 900.0).unwrap().moved, Some(400.0));
    assert_eq!(put(&[5.0], 0, 900.0).unwrap().moved, Some(3.0));
    assert_eq!(put(&[0.0], 0, 900.0).unwrap().moved, Some(-10.0));
    assert_eq!(
        put(&[10.0, f64::INFINITY], 1, 5.0).unwrap().moved,
        Some(20.0)
    );
}

#[test]
fn what_is_in_its_place_already_keeps_its_order() {
    assert_eq!(put(&[100.0, 200.0], 1, 120.0), Some(Orders::default()));
    assert_eq!(put(&[], 0, 7.0), Some(Orders::default()));
    let last = put(&[10.0, f64::INFINITY], 2, f64::INFINITY);
    assert_eq!(
        last,
        Some(Orders::default()),
        "by name behind the other without order"
    );
}

#[test]
fn names_decide_between_equal_orders() {
    let seats = [seat(10.0, "a"), seat(10.0, "z")];
    let orders = room(&seats, 1, &seat(99.0, "m")).unwrap();
    assert_eq!((orders.moved, orders.others.len()), (Some(10.0), 0));
}

#[test]
fn as_few_as_needed_get_another_order_where_there_is_no_room() {
    let seats = [seat(10.0, "a"), seat(10.0, "b"), seat(10.0, "c")];
    let orders = room(&seats, 1, &seat(99.0, "z")).unwrap();
    assert_eq!(orders.others.len(), 1);
    let infinite = [seat(f64::INFINITY, "x"), seat(f64::INFINITY, "y")];
    let orders = room(&infinite, 1, &seat(f64::INFINITY, "a")).unwrap();
    assert_eq!(orders.others.len(), 1, "the first gets an order");
}

#[test]
fn policies_that_cannot_be_changed_leave_no_room() {
    let fixed = |tie| Seat {
        fixed: true,
        ..seat(1000.0, tie)
    };
    assert_eq!(room(&[fixed("a"), fixed("b")], 1, &seat(1.0, "z")), None);
    assert!(room(&[fixed("a"), seat(1000.0, "b")], 1, &seat(1.0, "z")).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_moved_policy_comes_where_it_is_wanted_and_the_others_stay_in_order(
        orders in prop::collection::vec((-3i32..6, any::<bool>()), 0..7), at in 0usize..7, own in -3i32..6
    ) {
        let value = |n: i32| if n == 5 { f64::INFINITY } else { f64::from(n) };
        let mut seats: Vec<Seat> = orders.iter().enumerate()
            .map(|(index, (order, fixed))| Seat { fixed: *fixed, ..seat(value(*order), &format!("t{index}")) })
            .collect();
        seats.sort_by(|a, b| a.order.total_cmp(&b.order).then_with(|| a.tie.cmp(&b.tie)));
        let at = at.min(seats.len());
        let mut moved = seat(value(own), "t3x");
        if let Some(orders) = room(&seats, at, &moved) {
            for (index, order) in &orders.others {
                prop_assert!(!seats[*index].fixed);
                seats[*index].order = *order;
            }
            moved.order = orders.moved.unwrap_or(moved.order);
            seats.insert(at, moved);
            prop_assert!(seats.windows(2).all(|pair| pair[0].is_before(&pair[1])));
        } else {
            prop_assert!(seats.iter().any(|seat| seat.fixed));
        }
    }
}
