//! Changes of objects that the engine writes: a policy is moved. What is asked is answered for the text as it
//! was; if that changed meanwhile, it is asked again.

pub mod form;
#[cfg(test)]
mod tests;

use tierwalk_protocol::{
    Board, Changed, FieldChange, Move, NewPolicy, ObjectAsked, ObjectReply, PolicyCard, PolicyRef,
    Question, TierColumn,
};

use super::{Effect, Focus, Model, board_view, files::Files, history::Change, text_edit};

/// What can happen to objects.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Move a policy to a place.
    Move(Move),
    /// Move a policy over this many tiers, or this many places down.
    MoveBy(PolicyRef, isize, isize),
    /// Move a policy to another tier, where its order puts it.
    MoveTo(PolicyRef, String),
    /// Open the form of a policy.
    Edit(PolicyRef),
    /// Change a field of the object at hand; when, in milliseconds.
    Change(FieldChange, f64),
    /// Make a policy.
    Add(NewPolicy),
}

/// What is under way.
#[derive(Debug, Default)]
pub struct State {
    /// The move that was asked for, the number of the question, and the files as they were.
    moving: Option<(u32, Move, Files)>,
    /// The card of the policy that was moved is to have the focus once the board shows it.
    focus: bool,
    /// The form of the object at hand.
    pub form: form::State,
}

impl Model {
    pub(super) fn update_object(&mut self, msg: Msg) -> Vec<Effect> {
        self.panel = None;
        match msg {
            Msg::Move(wanted) => self.ask_move(wanted),
            Msg::Edit(policy) => self.edit_policy(&policy),
            Msg::Change(change, when) => self.change_field(change, when),
            Msg::Add(new) => self.add_policy(new),
            Msg::MoveBy(policy, across, down) => {
                let wanted = moved_by(&self.analysis.board, &policy, across, down);
                self.move_or_say(policy, wanted)
            }
            Msg::MoveTo(policy, tier) => {
                let wanted = by_order(&self.analysis.board, &policy, &tier);
                self.move_or_say(policy, wanted.ok_or("It is not on the board any more."))
            }
        }
    }

    fn move_or_say(&mut self, policy: PolicyRef, wanted: Result<Move, &str>) -> Vec<Effect> {
        self.policy = Some(policy);
        match wanted {
            Ok(wanted) => self.ask_move(wanted),
            Err(why) => {
                self.notice = Some(why.to_owned());
                vec![Effect::Focus(Focus::Card)]
            }
        }
    }

    fn ask_move(&mut self, wanted: Move) -> Vec<Effect> {
        self.policy = Some(wanted.policy.clone());
        if let Some(place) = board_view::place(&self.analysis.board, &wanted.policy) {
            self.reveal(&place, false);
        }
        let effect = self.ask(Question::Object(ObjectAsked::Move(wanted.clone())));
        self.objects.moving = Some((self.questions, wanted, self.files.clone()));
        vec![effect, Effect::Focus(Focus::Card)]
    }

    pub(super) fn object_replied(&mut self, id: u32, reply: ObjectReply) -> Vec<Effect> {
        let Some((_, wanted, files)) = self.objects.moving.take_if(|(asked, ..)| *asked == id)
        else {
            return self.form_replied(id, reply);
        };
        if files != self.files {
            return self.ask_move(wanted);
        }
        match reply {
            ObjectReply::Changed(changed) => {
                // what was put into a folded tier is to be seen there
                self.board.unfold(&wanted.tier);
                self.moved(changed)
            }
            ObjectReply::Refused(why) => {
                self.notice = Some(format!("Not moved: {why}."));
                vec![Effect::Focus(Focus::Card)]
            }
            _ => Vec::new(),
        }
    }

    fn moved(&mut self, changed: Changed) -> Vec<Effect> {
        self.notice = Some(changed.said);
        self.policy = changed.policy.or(self.policy.take());
        self.objects.focus = true;
        match text_edit::apply(&self.files, &changed.edits) {
            Some(files) if !changed.edits.is_empty() => self.change(files, Change::Structure),
            _ => vec![Effect::Focus(Focus::Card)],
        }
    }

    /// The board shows what was moved.
    pub(super) fn focus_on_moved(&mut self) -> Option<Effect> {
        let moved = self.fresh && std::mem::take(&mut self.objects.focus);
        moved.then_some(Effect::Focus(Focus::Card))
    }
}

/// Tiers that policies can be moved to: those of Kubernetes' cluster policies take no others.
pub fn takes_policies(tier: &TierColumn) -> bool {
    !matches!(tier.name.as_str(), "kube-admin" | "kube-baseline")
}

fn find<'a>(
    board: &'a Board,
    policy: &PolicyRef,
) -> Option<(&'a TierColumn, usize, &'a PolicyCard)> {
    board.tiers.iter().find_map(|tier| {
        let at = tier
            .policies
            .iter()
            .position(|card| card.policy == *policy)?;
        Some((tier, at, &**tier.policies.get(at)?))
    })
}

/// A place some steps away, or why there is none.
fn moved_by(
    board: &Board,
    policy: &PolicyRef,
    across: isize,
    down: isize,
) -> Result<Move, &'static str> {
    let (tier, at, _) = find(board, policy).ok_or("It is not on the board any more.")?;
    if across == 0 {
        let to = at
            .checked_add_signed(down)
            .ok_or("It is first in its tier already.")?;
        return match to < tier.policies.len() {
            true => Ok(placed(tier, policy, if down > 0 { to + 1 } else { to })),
            false => Err("It is last in its tier already."),
        };
    }
    let tiers: Vec<&TierColumn> = board.tiers.iter().filter(|it| takes_policies(it)).collect();
    let own = tiers.iter().position(|it| it.name == tier.name);
    let next = own.and_then(|own| tiers.get(own.checked_add_signed(across)?));
    let next = next.ok_or("There is no tier on that side that takes it.")?;
    by_order(board, policy, &next.name).ok_or("It is not on the board any more.")
}

/// The place in a tier that the order of a policy puts it to.
fn by_order(board: &Board, policy: &PolicyRef, tier: &str) -> Option<Move> {
    let (_, _, card) = find(board, policy)?;
    let tier = board.tiers.iter().find(|it| it.name == tier)?;
    let order = |card: &PolicyCard| card.order.unwrap_or(f64::INFINITY);
    let before = tier
        .policies
        .iter()
        .filter(|other| order(other) <= order(card));
    Some(placed(tier, policy, before.count()))
}

/// The move that puts a policy ahead of what is at this place of a tier now.
pub fn placed(tier: &TierColumn, policy: &PolicyRef, at: usize) -> Move {
    let before = tier.policies.iter().take(at).rev();
    let mut before = before.filter(|card| card.policy != *policy);
    Move {
        policy: policy.clone(),
        tier: tier.name.clone(),
        after: before.next().map(|card| card.policy.clone()),
    }
}
