//! What is known of all pairs.

use std::rc::Rc;

use tierwalk_protocol::{EndKind, Matrix, MatrixCell, MatrixEnd};

/// What is known of all pairs, for one protocol and port.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Protocol and port.
    pub service: String,
    /// Why there are no pairs.
    pub error: Option<String>,
    /// Protocols and ports to choose from.
    pub services: Rc<[String]>,
    /// The ends, by group.
    pub ends: Rc<[MatrixEnd]>,
    /// How many ends each class has.
    sizes: Rc<[u32]>,
    /// By class; those that are yet to come may be from before an edit.
    rows: Vec<Option<Rc<str>>>,
    /// How many rows are up to date.
    known: usize,
    sum: Counts,
    /// Counts of the last complete table.
    pub counts: Option<Counts>,
}

/// How many pairs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pairs of which policy decides.
    pub pairs: u64,
    /// Allowed.
    pub allow: u64,
    /// Denied.
    pub deny: u64,
    /// That staged policies would change.
    pub pending: u64,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// From an end to itself.
    Itself,
    /// What becomes of the pair.
    Is(MatrixCell),
    /// Yet to come.
    Unknown,
}

/// Cells of folded groups, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Allowed.
    pub allow: u32,
    /// Denied.
    pub deny: u32,
    /// That staged policies would change.
    pub pending: u32,
}

impl Table {
    /// The table with rows that came. The first ones begin it anew; where the ends are as before, old rows stand in
    /// for those that are yet to come.
    pub fn with(before: Option<&Self>, came: Matrix) -> Self {
        let mut table = match before {
            Some(before) if came.first > 0 => before.clone(),
            before => Self::begun(before, &came),
        };
        for (row, class) in came.rows.into_iter().zip(came.first as usize..) {
            table.sum.add(&row, class, &table.sizes);
            if let Some(place) = table.rows.get_mut(class) {
                *place = Some(row.into());
            }
            table.known = class + 1;
        }
        if table.is_complete() {
            table.counts = Some(table.sum);
        }
        table
    }

    fn begun(before: Option<&Self>, came: &Matrix) -> Self {
        let alike =
            before.filter(|before| *before.ends == *came.ends && before.service == came.service);
        let mut sizes = vec![0; came.classes as usize];
        for end in &came.ends {
            if let Some(size) = sizes.get_mut(end.class as usize) {
                *size += 1;
            }
        }
        Self {
            service: came.service.clone(),
            error: came.error.clone(),
            services: came.services.clone().into(),
            ends: alike.map_or_else(|| came.ends.clone().into(), |table| Rc::clone(&table.ends)),
            sizes: sizes.into(),
            rows: alike.map_or_else(
                || vec![None; came.classes as usize],
                |table| table.rows.clone(),
            ),
            known: 0,
            sum: Counts::default(),
            counts: before.and_then(|before| before.counts),
        }
    }

    /// The first row that is to be asked for, if one is.
    pub fn next(&self) -> Option<u32> {
        (self.known < self.rows.len()).then_some(self.known as u32)
    }

    /// Whether all rows are up to date.
    pub fn is_complete(&self) -> bool {
        self.known == self.rows.len()
    }

    /// The cell of two ends.
    pub fn cell(&self, from: usize, to: usize) -> Cell {
        if from == to {
            return Cell::Itself;
        }
        let class = |end: usize| self.ends.get(end).map(|end| end.class as usize);
        let letter = || {
            let row = self.rows.get(class(from)?)?.as_ref()?;
            MatrixCell::of(*row.as_bytes().get(class(to)?)?)
        };
        letter().map_or(Cell::Unknown, Cell::Is)
    }

    /// All cells between two stretches of ends.
    pub fn summary(&self, from: std::ops::Range<usize>, to: std::ops::Range<usize>) -> Summary {
        let mut summary = Summary::default();
        for from in from {
            for to in to.clone() {
                match self.cell(from, to) {
                    Cell::Is(cell) => summary.add(cell),
                    Cell::Itself | Cell::Unknown => {}
                }
            }
        }
        summary
    }
}

impl Summary {
    fn add(&mut self, cell: MatrixCell) {
        match cell {
            MatrixCell::Allow | MatrixCell::AllowPendingDeny => self.allow += 1,
            MatrixCell::Deny | MatrixCell::DenyPendingAllow => self.deny += 1,
            MatrixCell::NoEndpoint | MatrixCell::Apart => {}
        }
        let pending = [MatrixCell::AllowPendingDeny, MatrixCell::DenyPendingAllow];
        self.pending += u32::from(pending.contains(&cell));
    }
}

impl Counts {
    fn add(&mut self, row: &str, class: usize, sizes: &[u32]) {
        let size = |class: usize| u64::from(sizes.get(class).copied().unwrap_or_default());
        for (to, letter) in row.bytes().enumerate() {
            let mut one = Summary::default();
            if let Some(cell) = MatrixCell::of(letter) {
                one.add(cell);
            }
            let pairs = size(class) * (size(to) - u64::from(to == class));
            self.allow += pairs * u64::from(one.allow);
            self.deny += pairs * u64::from(one.deny);
            self.pending += pairs * u64::from(one.pending);
        }
        self.pairs = self.allow + self.deny;
    }
}

/// The group of an end: its namespace, or what it is.
pub fn group(end: &MatrixEnd) -> &str {
    match end.kind {
        EndKind::Pod => &end.namespace,
        EndKind::Node => "nodes",
        EndKind::Outside => "outside",
    }
}

/// An end with its namespace.
pub fn name(end: &MatrixEnd) -> String {
    match end.kind {
        EndKind::Pod => end.text.clone(),
        EndKind::Node | EndKind::Outside => end.name.clone(),
    }
}

/// Whether a filter lets an end through: it stands in its name or group, or in the name of a set that it is in.
pub fn is_wanted(end: &MatrixEnd, filter: &str) -> bool {
    let filter = filter.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&filter);
    filter.is_empty() || has(&name(end)) || has(group(end)) || end.sets.iter().any(|set| has(set))
}
