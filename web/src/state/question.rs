//! Questions to the engine, and what comes of them.

use tierwalk_protocol::{Question, Reply};

use super::{Effect, Model};

impl Model {
    /// The effect that asks. Replies to earlier questions may still come; whoever cares compares ids.
    pub(super) fn ask(&mut self, question: Question) -> Effect {
        self.questions += 1;
        Effect::Ask(self.questions, question)
    }

    /// Hands a reply to the part that asked.
    pub(super) fn replied(&mut self, _: u32, reply: Reply) {
        match reply {
            Reply::Selected(selected) => self.selected = Some(selected),
        }
    }
}
