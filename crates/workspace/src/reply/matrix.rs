//! All pairs of what there is, for one protocol and port.

mod ends;
mod services;

use tierwalk_protocol::{Matrix, MatrixAsked, MatrixCell, MatrixEnd, Verdict};
use tierwalk_tiers::{End, Engine, Flow, PairVerdict};

use crate::walk::verdict;
use crate::{Workspace, flows};

/// About as many pairs of classes are evaluated for one answer, so that an edit does not wait for all of a large
/// matrix.
const PAIRS_AT_ONCE: usize = 40_000;

pub(super) fn matrix(workspace: &Workspace, asked: &MatrixAsked) -> Matrix {
    let services = services::offered(workspace);
    let wanted = match asked.service.trim() {
        "" => services.first().map_or("tcp/80", String::as_str),
        service => service,
    };
    let mut matrix = Matrix {
        service: wanted.to_owned(),
        first: asked.first,
        ..Matrix::default()
    };
    let (listed, ends): (Vec<_>, Vec<_>) = ends::all(workspace).into_iter().unzip();
    match flow_to(wanted) {
        Ok(flow) => fill(
            &mut matrix,
            &workspace.compiled.engine,
            listed,
            &ends,
            &flow,
        ),
        Err(error) => matrix.error = Some(error),
    }
    if asked.first == 0 {
        matrix.services = services;
    }
    matrix
}

/// A flow of this service, whoever its ends are.
fn flow_to(service: &str) -> Result<Flow, String> {
    let read = flows::parse(&format!("a -> b {service}"));
    read.map(|spec| spec.flow)
        .map_err(|problem| problem.message)
}

fn fill(matrix: &mut Matrix, engine: &Engine, listed: Vec<MatrixEnd>, ends: &[End], flow: &Flow) {
    let mut pairs = match engine.pairs(ends, flow) {
        Ok(pairs) => pairs,
        Err(error) => {
            matrix.error = Some(error.to_string());
            return;
        }
    };
    let listed = listed.into_iter().zip(pairs.classes());
    let listed = listed.map(|(end, class)| MatrixEnd {
        class: *class,
        ..end
    });
    if matrix.first == 0 {
        matrix.ends = listed.collect();
    }
    matrix.classes = pairs.len() as u32;
    let count = (PAIRS_AT_ONCE / pairs.len().max(1)).max(1);
    let first = matrix.first as usize;
    let last = pairs.len().min(first.saturating_add(count));
    let row = |class| pairs.row(class).into_iter().map(letter).collect();
    matrix.rows = (first..last).map(row).collect();
}

fn letter(pair: PairVerdict) -> char {
    let cell = match pair {
        PairVerdict::Apart => MatrixCell::Apart,
        PairVerdict::NoEndpoint => MatrixCell::NoEndpoint,
        PairVerdict::Decided { enforced, pending } => match (verdict(enforced), verdict(pending)) {
            (Verdict::Allow, Verdict::Allow) => MatrixCell::Allow,
            (Verdict::Allow, Verdict::Deny) => MatrixCell::AllowPendingDeny,
            (Verdict::Deny, Verdict::Deny) => MatrixCell::Deny,
            (Verdict::Deny, Verdict::Allow) => MatrixCell::DenyPendingAllow,
        },
    };
    cell.letter()
}
