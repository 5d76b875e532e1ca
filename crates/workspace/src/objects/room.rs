//! Orders that put a policy at a place in its tier, with as few others changed as can be.

#[cfg(test)]
mod tests;

/// The step to the next order where there is no other end.
const STEP: f64 = 10.0;

/// A policy of a tier.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seat {
    /// Its order; infinite if none is written.
    pub order: f64,
    /// What decides between equal orders, bytewise.
    pub tie: String,
    /// Its order cannot be changed.
    pub fixed: bool,
}

impl Seat {
    fn is_before(&self, other: &Self) -> bool {
        match self.order.total_cmp(&other.order) {
            std::cmp::Ordering::Equal => self.tie < other.tie,
            order => order.is_lt(),
        }
    }
}

/// New orders.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Orders {
    /// That of the policy which is put there; `None` if it can stay as it is.
    pub moved: Option<f64>,
    /// Those of others, by their place.
    pub others: Vec<(usize, f64)>,
}

/// Orders with which `moved` comes right ahead of the seat `at`. The seats are those of the other policies, in
/// order of evaluation. `None` if there is no room between two that cannot be changed.
pub(super) fn room(seats: &[Seat], at: usize, moved: &Seat) -> Option<Orders> {
    if fits(seats, at, moved) {
        return Some(Orders::default());
    }
    (0..=seats.len()).find_map(|width| {
        let starts = at.saturating_sub(width)..=at.min(seats.len().saturating_sub(width));
        starts
            .clone()
            .find_map(|start| assigned(seats, at, start, width))
            .or_else(|| tied(seats, at, moved).filter(|_| width == 0))
    })
}

fn fits(seats: &[Seat], at: usize, moved: &Seat) -> bool {
    let before = at.checked_sub(1).and_then(|before| seats.get(before));
    before.is_none_or(|before| before.is_before(moved))
        && seats.get(at).is_none_or(|after| moved.is_before(after))
}

/// The order of a neighbour, if the name then decides as it should.
fn tied(seats: &[Seat], at: usize, moved: &Seat) -> Option<Orders> {
    let neighbours = [at.checked_sub(1), Some(at)];
    let orders = neighbours
        .into_iter()
        .filter_map(|index| Some(seats.get(index?)?.order));
    let seat = |order: f64| Seat {
        order,
        ..moved.clone()
    };
    let order = orders
        .filter(|order| order.is_finite())
        .find(|order| fits(seats, at, &seat(*order)))?;
    Some(Orders {
        moved: Some(order),
        others: Vec::new(),
    })
}

/// New orders for the seats from `start` and the one that is put among them.
fn assigned(seats: &[Seat], at: usize, start: usize, width: usize) -> Option<Orders> {
    let window = seats.get(start..start + width)?;
    if window.iter().any(|seat| seat.fixed) {
        return None;
    }
    let low = start.checked_sub(1).and_then(|before| seats.get(before));
    let high = seats.get(start + width);
    let orders = between(
        low.map_or(f64::NEG_INFINITY, |seat| seat.order),
        high.map_or(f64::INFINITY, |seat| seat.order),
        width + 1,
    )?;
    let mut result = Orders::default();
    for (offset, order) in orders.into_iter().enumerate() {
        match start + offset {
            place if place == at => result.moved = Some(order),
            place if place < at => result.others.push((place, order)),
            place => result.others.push((place - 1, order)),
        }
    }
    Some(result)
}

/// Ascending orders strictly between two others: whole numbers if there are as many.
fn between(low: f64, high: f64, count: usize) -> Option<Vec<f64>> {
    let n = count as f64;
    let orders: Vec<f64> = match (low.is_finite(), high.is_finite()) {
        (true, true) => spread(low, high, count),
        (true, false) if high > low => (1..=count).map(|i| low + step(low) * i as f64).collect(),
        (false, true) if low < high && high - step(high) * n > 0.0 => (1..=count)
            .map(|i| high - step(high) * (n + 1.0 - i as f64))
            .collect(),
        (false, true) if low < high && high > 0.0 => spread(0.0, high, count),
        (false, true) if low < high => (1..=count)
            .map(|i| high - STEP * (n + 1.0 - i as f64))
            .collect(),
        (false, false) if low < high => (1..=count).map(|i| 10.0 * STEP * i as f64).collect(),
        _ => return None,
    };
    let ends = [low]
        .into_iter()
        .chain(orders.iter().copied())
        .chain([high]);
    let ends: Vec<f64> = ends.collect();
    let ascends = ends.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    ascends.then_some(orders)
}

/// Hundreds go on in hundreds.
fn step(from: f64) -> f64 {
    match from != 0.0 && from % 100.0 == 0.0 {
        true => 10.0 * STEP,
        false => STEP,
    }
}

fn spread(low: f64, high: f64, count: usize) -> Vec<f64> {
    let n = count as f64;
    let first = low.floor() + 1.0;
    let whole = high.ceil() - first;
    let at = |i: usize| match whole >= n {
        true => first + ((2.0 * i as f64 + 1.0) * whole / (2.0 * n)).floor(),
        false => low + (high - low) * (i as f64 + 1.0) / (n + 1.0),
    };
    (0..count).map(at).collect()
}
