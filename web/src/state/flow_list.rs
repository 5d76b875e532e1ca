//! The order of the table of flows: grouped, sorted and filtered. The order is that of the moment when it was chosen, so that
//! no row moves while text is typed.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use tierwalk_protocol::{FlowRow, Verdict};

use super::{flips, words};

#[cfg(test)]
mod tests;

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// What happens.
    Verdict,
    /// Both ends.
    Flow,
    /// Protocol and port.
    Port,
    /// Where it was decided.
    Tier,
    /// What staged policies would do.
    Pending,
    /// What is expected; what is not met first.
    Expected,
}

impl Column {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::Verdict,
        Self::Flow,
        Self::Port,
        Self::Tier,
        Self::Pending,
        Self::Expected,
    ];

    /// The head of the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict => "Verdict",
            Self::Flow => "Flow",
            Self::Port => "Port",
            Self::Tier => "Tier",
            Self::Pending => "Pending",
            Self::Expected => "Expected",
        }
    }
}

/// What flows are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Namespaces of both ends.
    Namespace,
    /// What happens.
    Verdict,
    /// The policy, end of tier or profile that decides.
    Decider,
    /// The file.
    File,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Namespace, Self::Verdict, Self::Decider, Self::File];

    /// As it is chosen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Namespace => "namespace",
            Self::Verdict => "verdict",
            Self::Decider => "what decides",
            Self::File => "file",
        }
    }

    fn of(self, row: &FlowRow) -> String {
        match self {
            Self::Namespace => namespaces(row),
            Self::Verdict => verdict(row).to_owned(),
            Self::Decider if row.verdict.is_none() => verdict(row).to_owned(),
            Self::Decider => row.decided_by.clone(),
            Self::File => row.place.file.clone(),
        }
    }
}

/// Which flows are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those with this text.
    pub text: String,
    /// Those with this verdict.
    pub verdict: Option<Verdict>,
    /// Those that flipped.
    pub flipped: bool,
    /// Those that do not meet what is expected.
    pub unmet: bool,
}

/// How the table is to be arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Sorted by a column, descending or not; as in the files without one.
    pub sort: Option<(Column, bool)>,
    /// Grouped.
    pub group: Option<Group>,
}

/// An order, as it was when it was chosen.
#[derive(Debug, Default)]
pub struct Order {
    groups: Vec<String>,
    places: HashMap<String, (u32, u32)>,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The head of a group, with how many flows it has.
    Group(String, usize),
    /// A flow by its index in the files.
    Row(usize),
}

impl Filter {
    /// Whether it keeps anything out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn lets_in(&self, row: &FlowRow, flipped: bool) -> bool {
        (self.verdict.is_none() || self.verdict == row.verdict)
            && (!self.flipped || flipped)
            && (!self.unmet || flips::unmet(row))
            && (self.text.is_empty() || self.finds(row))
    }

    /// Every word is somewhere in the row.
    fn finds(&self, row: &FlowRow) -> bool {
        let parts = [
            words::flow(row),
            row.id.clone(),
            verdict(row).to_owned(),
            row.decided_by.clone(),
            row.decided_in.clone(),
        ];
        let text = parts.join(" ").to_lowercase();
        let mut wanted = self.text.split_whitespace();
        wanted.all(|word| text.contains(&word.to_lowercase()))
    }
}

impl Order {
    /// The order that these flows have now; `None` is the order of the files.
    pub fn of(flows: &[Arc<FlowRow>], arrangement: Arrangement) -> Option<Rc<Self>> {
        if arrangement == Arrangement::default() {
            return None;
        }
        let group = |row: &FlowRow| {
            arrangement
                .group
                .map_or_else(String::new, |group| group.of(row))
        };
        let mut groups: Vec<String> = flows.iter().map(|row| group(row)).collect();
        groups.sort_unstable();
        groups.dedup();
        let mut sorted: Vec<&Arc<FlowRow>> = flows.iter().collect();
        if let Some((column, descending)) = arrangement.sort {
            sorted.sort_by_cached_key(|row| key(row, column));
            if descending {
                sorted.reverse();
            }
        }
        let places = (0..).zip(sorted).map(|(rank, row)| {
            let group = groups.binary_search(&group(row)).unwrap_or_default();
            (row.id.clone(), (group as u32, rank))
        });
        Some(Rc::new(Self {
            places: places.collect(),
            groups,
        }))
    }

    /// Flows that came later stand at the end.
    fn place(&self, row: &FlowRow) -> (u32, u32) {
        let last = self.groups.len() as u32;
        self.places
            .get(&row.id)
            .copied()
            .unwrap_or((last, u32::MAX))
    }

    fn group(&self, group: u32) -> String {
        let name = self.groups.get(group as usize);
        name.map_or_else(|| "new".to_owned(), Clone::clone)
    }
}

/// The lines of the table.
pub fn items(
    flows: &[Arc<FlowRow>],
    order: Option<&Order>,
    grouped: bool,
    filter: &Filter,
    flipped: impl Fn(&FlowRow) -> bool,
) -> Vec<Item> {
    let is_in = |row: &FlowRow| filter.is_empty() || filter.lets_in(row, flipped(row));
    let listed = (0..)
        .zip(flows)
        .filter(|(_, row)| is_in(row))
        .map(|(index, _)| index);
    let mut listed: Vec<usize> = listed.collect();
    let Some(order) = order else {
        return listed.into_iter().map(Item::Row).collect();
    };
    let place = |index: &usize| {
        flows
            .get(*index)
            .map(|row| order.place(row))
            .unwrap_or_default()
    };
    listed.sort_by_cached_key(place);
    if !grouped {
        return listed.into_iter().map(Item::Row).collect();
    }
    let group = |index: &usize| place(index).0;
    let groups = listed.chunk_by(|a, b| group(a) == group(b));
    let lines = groups.flat_map(|rows| {
        let head = rows
            .first()
            .map(|first| Item::Group(order.group(group(first)), rows.len()));
        head.into_iter()
            .chain(rows.iter().map(|row| Item::Row(*row)))
    });
    lines.collect()
}

fn verdict(row: &FlowRow) -> &'static str {
    row.verdict.map_or("not read", words::verdict)
}

/// `storefront`, or `ingress → storefront`; `outside` where there is none.
fn namespaces(row: &FlowRow) -> String {
    let [from, to] = [&row.from, &row.to].map(|end| match end.namespace.as_str() {
        "" => "outside",
        namespace => namespace,
    });
    if from == to {
        from.to_owned()
    } else {
        format!("{from} → {to}")
    }
}

/// What a column sorts by. Ports are sorted as numbers.
fn key(row: &FlowRow, column: Column) -> (u32, String) {
    match column {
        Column::Verdict => (
            row.verdict
                .map_or(2, |verdict| u32::from(verdict == Verdict::Allow)),
            String::new(),
        ),
        Column::Flow => (0, words::flow(row)),
        Column::Port => {
            let (protocol, number) = row.port.split_once('/').unwrap_or((&row.port, ""));
            let number = number
                .split('/')
                .next()
                .and_then(|number| number.parse().ok());
            (number.unwrap_or_default(), protocol.to_owned())
        }
        Column::Tier => (0, format!("{} {}", row.decided_in, row.decided_by)),
        Column::Pending => (u32::from(!flips::differs(row)), String::new()),
        Column::Expected => {
            let expected = row.expected.map_or("", words::expected);
            (u32::from(!flips::unmet(row)), expected.to_owned())
        }
    }
}
