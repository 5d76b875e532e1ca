//! Questions of the page, each answered by the module that knows.

mod selected;

use tierwalk_protocol::{Question, Reply};

use crate::Workspace;

/// `None` if what is asked about is not there.
pub(crate) fn reply(workspace: &Workspace, question: Question) -> Option<Reply> {
    Some(match question {
        Question::Selected(policy) => Reply::Selected(selected::selected(workspace, policy)?),
    })
}
