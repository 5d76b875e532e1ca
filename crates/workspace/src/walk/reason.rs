//! The sentence that says why, with the lines it speaks of.

use tierwalk_protocol as protocol;
use tierwalk_protocol::{Piece, PieceStyle, Place};
use tierwalk_tiers::{Cause, Walk};

use crate::Workspace;

impl Workspace {
    /// Why a flow has its verdict.
    pub(crate) fn reason(&self, walk: &Walk) -> protocol::Reason {
        let reason = self.compiled.engine.reason(walk);
        protocol::Reason {
            what: reason.what.into_iter().map(piece).collect(),
            more: reason.more.into_iter().map(piece).collect(),
            decided_at: reason.decided_by.and_then(|cause| self.cause_place(cause)),
            more_at: reason.more_by.and_then(|cause| self.cause_place(cause)),
        }
    }

    fn cause_place(&self, cause: Cause) -> Option<Place> {
        let engine = &self.compiled.engine;
        match cause {
            Cause::Profile(profile) => {
                let origin = engine.profile(profile)?.origin.as_ref()?;
                self.place(origin, "metadata.name")
            }
            Cause::Policy {
                policy,
                direction,
                rule: None,
                ..
            } => self.end_place(engine.policy(policy), direction),
            Cause::Policy {
                policy,
                direction,
                rule: Some(rule),
                field,
            } => {
                let rule = engine.rules(policy, direction).get(rule as usize)?;
                let path = match field {
                    Some(field) => format!("{}.{}", rule.path, rule.field_path(field)),
                    None => rule.path.clone(),
                };
                self.place(&engine.policy(policy).origin, &path)
            }
        }
    }
}

fn piece(piece: tierwalk_tiers::Piece) -> Piece {
    Piece {
        text: piece.text,
        style: match piece.style {
            tierwalk_tiers::PieceStyle::Plain => PieceStyle::Plain,
            tierwalk_tiers::PieceStyle::Strong => PieceStyle::Strong,
            tierwalk_tiers::PieceStyle::Code => PieceStyle::Code,
        },
    }
}

/// A reason without styles: names in backticks.
pub(crate) fn plain(reason: &protocol::Reason) -> String {
    let text = |piece: &Piece| match piece.style {
        PieceStyle::Code => format!("`{}`", piece.text),
        PieceStyle::Plain | PieceStyle::Strong => piece.text.clone(),
    };
    let sentence = |pieces: &[Piece]| pieces.iter().map(text).collect::<String>();
    let (what, more) = (sentence(&reason.what), sentence(&reason.more));
    [what.trim(), more.trim()].join(" ").trim().to_owned()
}
