//! Objects of the workspace as forms, and changes of them that are written into the text.

mod keys;
mod moving;
mod room;
mod writing;

use tierwalk_protocol::{ObjectAsked, ObjectReply};

use crate::Workspace;

/// Answers a question about objects.
pub(crate) fn reply(workspace: &Workspace, asked: ObjectAsked) -> ObjectReply {
    match asked {
        ObjectAsked::Move(wanted) => match moving::plan(workspace, &wanted) {
            Ok(changed) => ObjectReply::Changed(changed),
            Err(why) => ObjectReply::Refused(why),
        },
    }
}
