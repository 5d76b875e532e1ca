//! Objects of the workspace as forms, and changes of them that are written into the text.

mod add;
mod change;
mod find;
mod form;
mod keys;
mod kinds;
mod moving;
mod offers;
mod problems;
mod room;
mod terms;
mod writing;

use tierwalk_protocol::{ObjectAsked, ObjectReply};

use crate::Workspace;
pub(crate) use writing::number;

/// Answers a question about objects.
pub(crate) fn reply(workspace: &Workspace, asked: ObjectAsked) -> ObjectReply {
    let planned = match asked {
        ObjectAsked::Show(at) => return form::show(workspace, &at),
        ObjectAsked::Move(wanted) => moving::plan(workspace, &wanted),
        ObjectAsked::Change(at, change) => change::plan(workspace, &at, &change),
        ObjectAsked::Add(new) => add::plan(workspace, &new),
    };
    match planned {
        Ok(changed) => ObjectReply::Changed(changed),
        Err(why) => ObjectReply::Refused(why),
    }
}
