//! Every source and every destination, for one protocol and port.

use serde::{Deserialize, Serialize};

use crate::{FlowRow, Walk};

/// What the page wants to know of all pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixAsked {
    /// Protocol and port as in a flow line, such as `tcp/8080` or `tcp/443 ipv6`; empty for the one that the flows
    /// use most.
    pub service: String,
    /// The first class of which rows are wanted. What is not in the answer is asked for again.
    pub first: u32,
}

/// Some rows of the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    /// Protocol and port.
    pub service: String,
    /// Why there are no pairs: the service cannot be read.
    pub error: Option<String>,
    /// What the flows use, then what pods declare and rules name; told with the first row.
    pub services: Vec<String>,
    /// The ends, by group and name; told with the first row.
    pub ends: Vec<MatrixEnd>,
    /// How many classes the ends have: ends of one class have the same verdicts.
    pub classes: u32,
    /// The class of the first row.
    pub first: u32,
    /// For each class from the first on, one of [`CELLS`] for each class as the destination. From a class to itself
    /// means between two of its ends.
    pub rows: Vec<String>,
}

/// One end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixEnd {
    /// What it is.
    pub kind: EndKind,
    /// Namespace of a pod; else empty.
    pub namespace: String,
    /// Pod, node, address or domain.
    pub name: String,
    /// As a flow line names it.
    pub text: String,
    /// The network sets that it is in; empty for pods.
    pub sets: Vec<String>,
    /// Its class.
    pub class: u32,
}

/// What an end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EndKind {
    /// A pod.
    Pod,
    /// A node.
    Node,
    /// An address or domain outside of the cluster.
    Outside,
}

/// What becomes of a pair, as the character that stands for it in [`Matrix::rows`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixCell {
    /// Allow, also with staged policies.
    Allow,
    /// Deny, also with staged policies.
    Deny,
    /// Allow, but Deny with staged policies.
    AllowPendingDeny,
    /// Deny, but Allow with staged policies.
    DenyPendingAllow,
    /// No policy applies at either end.
    NoEndpoint,
    /// The ends have no IP version in common.
    Apart,
}

/// Each cell and its character.
const CELLS: [(MatrixCell, char); 6] = [
    (MatrixCell::Allow, 'A'),
    (MatrixCell::Deny, 'D'),
    (MatrixCell::AllowPendingDeny, 'a'),
    (MatrixCell::DenyPendingAllow, 'd'),
    (MatrixCell::NoEndpoint, '-'),
    (MatrixCell::Apart, '.'),
];

impl MatrixCell {
    /// Its character.
    pub fn letter(self) -> char {
        let found = CELLS.iter().find(|(cell, _)| *cell == self);
        found.map_or('.', |(_, letter)| *letter)
    }

    /// The cell of a character, which is one byte.
    pub fn of(letter: u8) -> Option<Self> {
        let found = CELLS.iter().find(|(_, known)| *known == char::from(letter));
        found.map(|(cell, _)| *cell)
    }
}

/// A flow that no file needs to list, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// Its row; the id is its line, and its place is nowhere.
    pub flow: FlowRow,
    /// Its walk; `None` if it cannot be evaluated.
    pub walk: Option<Box<Walk>>,
}
