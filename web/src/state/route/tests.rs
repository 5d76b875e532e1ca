use super::*;

const LAYOUT: Layout = Layout {
    top: 9.0,
    rail: 12.0,
    gutter: 6.0,
};

fn column(left: f64, right: f64, stop: Stop) -> Column {
    Column {
        left,
        right,
        stop,
        mark: 476.0,
        below: 255.0,
    }
}

#[test]
fn the_route_of_the_storefront() {
    let route = draw(
        &[
            column(12.0, 168.0, Stop::Through),
            column(180.0, 336.0, Stop::Over),
            column(348.0, 374.0, Stop::Over),
            column(386.0, 542.0, Stop::Ends),
            column(554.0, 580.0, Stop::Beyond),
        ],
        LAYOUT,
    );
    assert_eq!(route.start, Some((24.0, 9.0)));
    assert_eq!(
        route.solid,
        [
            "M24 9L24 250Q24 255 29 255L169 255Q174 255 174 250L174 9",
            "M380 9L393 9Q398 9 398 14L398 476",
        ]
    );
    assert_eq!(route.dashed, ["M174 9L342 9", "M342 9L380 9"]);
}

#[test]
fn a_board_without_columns_has_no_route() {
    assert_eq!(draw(&[], LAYOUT), Route::default());
}
