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
    pub(super) fn replied(&mut self, id: u32, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Flows(reply) => return self.flows_replied(id, reply),
            Reply::Selected(selected) => self.details.selected = Some(selected.into()),
            Reply::Labelled(labelled) => self.labelled(labelled),
            Reply::Language(reply) => return self.language_replied(id, reply),
            Reply::Matrix(rows) => return self.rows_came(id, rows),
            Reply::Pair(pair) => self.pair_came(id, pair),
            Reply::Suggestions(suggestions) => return self.suggested(id, suggestions),
            Reply::Object(reply) => return self.object_replied(id, reply),
        }
        self.suggest_soon().into_iter().collect()
    }
}
