//! Flows that are being written.

use tierwalk_protocol::compose::{FlowsAsked, FlowsReply};

use crate::Workspace;
use crate::flows::{self, expect, pairs};

pub(super) fn reply(workspace: &Workspace, asked: FlowsAsked) -> FlowsReply {
    match asked {
        FlowsAsked::Complete { line, at } => {
            FlowsReply::Completion(flows::complete(workspace, line, at))
        }
        FlowsAsked::Read(text) => FlowsReply::Lines(flows::lines(&text)),
        FlowsAsked::Namespaces => FlowsReply::Namespaces(pairs::namespaces(workspace)),
        FlowsAsked::Pairs { from, to, port } => {
            FlowsReply::Pairs(pairs::pairs(workspace, &from, &to, &port))
        }
        FlowsAsked::Expect { flows, expected } => {
            FlowsReply::Edits(expect::edits(workspace, &flows, expected))
        }
    }
}
