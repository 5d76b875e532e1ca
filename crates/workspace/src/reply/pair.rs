//! A flow that no file needs to list.

use tierwalk_protocol::{Pair, Place};

use crate::walk::Detail;
use crate::{Workspace, flows};

pub(super) fn pair(workspace: &Workspace, line: String) -> Pair {
    let spec = flows::parse(&line).ok();
    let walk = spec.and_then(|spec| workspace.trace(&spec.flow, Detail::Page).ok());
    Pair {
        flow: workspace.row_of(line, nowhere()),
        walk: walk.map(Box::new),
    }
}

fn nowhere() -> Place {
    Place {
        file: String::new(),
        line: 0,
        column: 0,
        from: 0,
        to: 0,
    }
}
