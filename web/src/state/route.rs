//! The line that draws a flow's way over the board, from measured columns.

use super::board_view::Stop;

#[cfg(test)]
mod tests;

/// Radius of the line's corners.
const R: f64 = 5.0;

/// A column as measured, in pixels from the board's corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// What the route does here.
    pub stop: Stop,
    /// Where the flow was decided here: centre of the mark.
    pub mark: f64,
    /// Below the card or the end of the tier that holds the mark.
    pub below: f64,
}

/// Distances of the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The height at which the route runs above the columns.
    pub top: f64,
    /// From a column's edge to the line that goes down in it.
    pub rail: f64,
    /// Half the space between two columns.
    pub gutter: f64,
}

/// The drawn parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Where traffic went.
    pub solid: Vec<String>,
    /// Over tiers that do not take part.
    pub dashed: Vec<String>,
    /// Where it starts.
    pub start: Option<(f64, f64)>,
}

/// Draws the route through these columns.
pub fn draw(columns: &[Column], layout: Layout) -> Route {
    let mut route = Route::default();
    let Some(first) = columns.first() else {
        return route;
    };
    let start = first.left + layout.rail;
    route.start = Some((start, layout.top));
    let mut pen = start;
    for column in columns {
        match column.stop {
            Stop::Beyond => break,
            Stop::Over => pen = over(&mut route, pen, column, layout),
            Stop::Through => pen = through(&mut route, pen, column, layout),
            Stop::Ends => {
                route.solid.push(down(pen, column, layout, column.mark));
                break;
            }
        }
    }
    route
}

fn over(route: &mut Route, pen: f64, column: &Column, layout: Layout) -> f64 {
    let end = column.right + layout.gutter;
    route
        .dashed
        .push(format!("M{pen} {t}L{end} {t}", t = layout.top));
    end
}

/// Down the rail, below the card, and up the gutter behind the column.
fn through(route: &mut Route, pen: f64, column: &Column, layout: Layout) -> f64 {
    let x = column.left + layout.rail;
    let up = column.right + layout.gutter;
    let (y, top) = (column.below, layout.top);
    let head = down(pen, column, layout, y - R);
    route.solid.push(format!(
        "{head}Q{x} {y} {} {y}L{} {y}Q{up} {y} {up} {}L{up} {top}",
        x + R,
        up - R,
        y - R
    ));
    up
}

/// From the pen to the column's rail, and down to a height.
fn down(pen: f64, column: &Column, layout: Layout, to: f64) -> String {
    let x = column.left + layout.rail;
    let top = layout.top;
    if x - pen < R {
        format!("M{x} {top}L{x} {to}")
    } else {
        format!(
            "M{pen} {top}L{} {top}Q{x} {top} {x} {}L{x} {to}",
            x - R,
            top + R
        )
    }
}
