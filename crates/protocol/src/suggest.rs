//! What would change a verdict: edits that were tried, with every flow that each of them flips.

use serde::{Deserialize, Serialize};

use crate::{Edit, Piece, Place, Verdict};

/// Asks what would change the verdict of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestAsked {
    /// Id of the flow.
    pub flow: String,
}

/// The edits that would change a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestions {
    /// Id of the flow.
    pub flow: String,
    /// Those that flip fewest flows first.
    pub list: Vec<Suggestion>,
    /// Both ends deny, so each suggestion changes both.
    pub both: bool,
    /// Edits that were thought of and not tried, to keep the answer quick.
    pub untried: u32,
    /// What a template would have to say, where no edit of it is among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateNote>,
}

/// Why no edit of a template is suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateNote {
    /// Why: one or two sentences.
    pub why: String,
    /// The line of the template that would have to change.
    pub place: Place,
}

/// One edit, tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What to do: ``Add `"frontend"` to `ingress[0]` ``.
    pub title: Vec<Piece>,
    /// The line that it is about.
    pub place: Place,
    /// The edits, by file and in ascending order.
    pub edits: Vec<Edit>,
    /// The lines that change.
    pub changes: Vec<Change>,
    /// Whether it changes what staged policies would do, and not the verdict.
    pub pending: bool,
    /// The flow itself and the others whose verdict (or, if `pending`, pending verdict) flips.
    pub flips: Vec<Flipped>,
    /// Flows that do what is expected of them, and then would not: their ids.
    pub breaks: Vec<String>,
    /// Flows that then would do what is expected of them.
    pub meets: Vec<String>,
}

/// A flow that flips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flipped {
    /// Its id.
    pub flow: String,
    /// Its verdict then.
    pub to: Verdict,
}

/// Neighbouring lines of a file that change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Path of the file.
    pub file: String,
    /// The first line, from 1.
    pub line: u32,
    /// The lines as they are; none if lines are added.
    pub before: Vec<String>,
    /// The lines as they would be; none if lines are removed.
    pub after: Vec<String>,
}

impl Suggestion {
    /// How many flows it flips to Deny.
    pub fn to_deny(&self) -> usize {
        let flips = self.flips.iter();
        flips.filter(|flip| flip.to == Verdict::Deny).count()
    }

    /// `Flips this flow only`, `Flips 2, one of them to Deny`.
    pub fn effect(&self, flow: &str) -> String {
        let what = match self.pending {
            true => "Flips the pending verdict of",
            false => "Flips",
        };
        let all = self.flips.len();
        let itself = self.flips.iter().any(|flip| flip.flow == flow);
        match (all, self.to_deny()) {
            (0 | 1, _) if itself || all == 0 => format!("{what} this flow only"),
            (_, 0) => format!("{what} {all}, none of them to Deny"),
            (_, deny) if deny == all => format!("{what} {all}, all of them to Deny"),
            (_, 1) => format!("{what} {all}, one of them to Deny"),
            (_, deny) => format!("{what} {all}, {deny} of them to Deny"),
        }
    }

    /// `Breaks 1 expectation, meets 2`; `None` if expectations are as before.
    pub fn expectations(&self) -> Option<String> {
        let many = |count: usize| match count {
            1 => "1 expectation".to_owned(),
            count => format!("{count} expectations"),
        };
        match (self.breaks.len(), self.meets.len()) {
            (0, 0) => None,
            (0, met) => Some(format!("Meets {}", many(met))),
            (broken, 0) => Some(format!("Breaks {}", many(broken))),
            (broken, met) => Some(format!("Breaks {}, meets {met}", many(broken))),
        }
    }
}
