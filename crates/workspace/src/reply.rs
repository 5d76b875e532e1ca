//! Questions of the page, each answered by the module that knows.

mod flows;
mod labelled;
mod matrix;
mod pair;
mod selected;

use tierwalk_protocol::{Question, Reply};

use crate::{Workspace, language, objects};

/// `None` if what is asked about is not there.
pub(crate) fn reply(workspace: &Workspace, question: Question) -> Option<Reply> {
    Some(match question {
        Question::Labelled(text) => Reply::Labelled(labelled::labelled(workspace, text)),
        Question::Matrix(asked) => Reply::Matrix(matrix::matrix(workspace, &asked)),
        Question::Pair(line) => Reply::Pair(pair::pair(workspace, line)),
        Question::Flows(asked) => Reply::Flows(flows::reply(workspace, asked)),
        Question::Object(asked) => Reply::Object(objects::reply(workspace, asked)),
        Question::Selected(policy) => Reply::Selected(selected::selected(workspace, policy)?),
        Question::Suggest(asked) => Reply::Suggestions(workspace.suggest_for(&asked.flow)),
        Question::Language(asked) => Reply::Language(language::answer(workspace, &asked)),
    })
}
