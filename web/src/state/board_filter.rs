//! What of the board is shown: tiers that are folded, and policies that the filter lets through.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tierwalk_protocol::{
    Board, BrokenPolicy, Flag, Labelled, PolicyCard, PolicyRef, Question, TierColumn,
};

use super::{Effect, Focus, Middle, Model, Pane, Panel, board_view};

/// What of the board is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Tiers that were folded or unfolded by hand.
    folded: BTreeMap<String, bool>,
    /// The filter, if it is open.
    pub filter: Option<Filter>,
}

/// Which policies are shown: those that are all of this.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// This stands in its name, namespace, kind or tier.
    pub text: String,
    /// It is in this namespace.
    pub namespace: Scope,
    /// It has this flag.
    pub flag: Option<Flag>,
    /// It selects endpoints with these labels.
    pub label: String,
    /// What the engine said to the label.
    selecting: Option<Labelled>,
}

/// Where a policy stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scope {
    /// Anywhere.
    #[default]
    Any,
    /// In no namespace.
    Global,
    /// In this namespace.
    Namespace(String),
}

/// What can happen.
#[derive(Debug)]
pub enum Msg {
    /// Open or close the filter; closed, it lets everything through.
    Open(bool),
    /// Another text.
    Text(String),
    /// Another namespace.
    Scope(Scope),
    /// Another flag.
    Flag(Option<Flag>),
    /// Other labels.
    Label(String),
    /// Fold or unfold a tier.
    Fold(String),
    /// Show the policies of a tier that the list leaves out.
    Unfold(String),
    /// Unfold a tier and ask for a new policy in it.
    Add(String),
}

impl State {
    /// Whether a tier is drawn as a spine: those without policies are, unless it was said otherwise.
    pub fn is_folded(&self, tier: &TierColumn) -> bool {
        let by_hand = self.folded.get(&tier.name).copied();
        by_hand.unwrap_or_else(|| board_view::is_empty(tier))
    }

    /// Whether the list says of a tier in one line that the chosen flow skips it. It does not if the tier was
    /// unfolded by hand, or policies are looked for.
    pub fn is_passed_over(&self, tier: &TierColumn) -> bool {
        self.filter.is_none() && self.folded.get(&tier.name) != Some(&false)
    }

    /// Unfolds a tier that was folded by hand.
    pub fn unfold(&mut self, tier: &str) {
        self.folded.retain(|name, folded| name != tier || !*folded);
    }

    /// The board with the policies that the filter lets through, and how many it hides.
    pub fn filtered(&self, board: &Board) -> (Board, usize) {
        let Some(filter) = &self.filter else {
            return (board.clone(), 0);
        };
        let mut shown = board.clone();
        let mut hidden = 0;
        for tier in &mut shown.tiers {
            let before = tier.policies.len() + tier.broken.len();
            let name = tier.name.clone();
            tier.policies.retain(|card| filter.lets(card, &name));
            tier.broken.retain(|it| filter.lets_broken(it, &name));
            hidden += before - tier.policies.len() - tier.broken.len();
        }
        let before = shown.broken.len();
        shown.broken.retain(|it| filter.lets_broken(it, ""));
        hidden += before - shown.broken.len();
        (shown, hidden)
    }
}

impl Filter {
    /// Whether the label cannot be read as a selector.
    pub fn is_unread(&self) -> bool {
        self.selecting
            .as_ref()
            .is_some_and(|it| it.text == self.label && it.policies.is_none())
    }

    /// Its parts in words.
    pub fn words(&self) -> String {
        let namespace = match &self.namespace {
            Scope::Any => None,
            Scope::Global => Some("global"),
            Scope::Namespace(name) => Some(name.as_str()),
        };
        let flag = self.flag.map(flag_word);
        let parts = [
            Some(self.text.trim()),
            namespace,
            flag,
            Some(self.label.trim()),
        ];
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }

    fn lets(&self, card: &PolicyCard, tier: &str) -> bool {
        self.is_of(&card.policy, &card.short_kind, tier)
            && self.flag.is_none_or(|flag| card.flags.contains(&flag))
            && self.selects(&card.policy)
    }

    /// What has an error selects nothing and has no flag.
    fn lets_broken(&self, broken: &BrokenPolicy, tier: &str) -> bool {
        let is_of = self.is_of(&broken.policy, &broken.short_kind, tier);
        is_of && self.flag.is_none() && self.label.trim().is_empty()
    }

    fn is_of(&self, policy: &PolicyRef, short_kind: &str, tier: &str) -> bool {
        let PolicyRef {
            namespace, name, ..
        } = policy;
        let text = self.text.trim().to_lowercase();
        let named = [name.as_str(), namespace, short_kind, tier];
        let is_named = named.iter().any(|part| part.to_lowercase().contains(&text));
        let is_there = match &self.namespace {
            Scope::Any => true,
            Scope::Global => namespace.is_empty(),
            Scope::Namespace(wanted) => namespace == wanted,
        };
        is_named && is_there
    }

    /// While it is not known what the labels lead to, the last that is known counts.
    fn selects(&self, policy: &PolicyRef) -> bool {
        let known = self.selecting.as_ref().and_then(|it| it.policies.as_ref());
        self.label.trim().is_empty() || known.is_none_or(|known| known.contains(policy))
    }
}

/// The word of a flag.
pub fn flag_word(flag: Flag) -> &'static str {
    match flag {
        Flag::Check => "Check failed",
        Flag::Staged => "Staged",
        Flag::SelectsNothing => "Selects nothing",
        Flag::Shadowed => "Shadowed",
        Flag::Unused => "Unused",
    }
}

impl Model {
    pub(super) fn update_board(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Open(true) => return self.reach_filter(),
            Msg::Open(false) => {
                self.board.filter = None;
                return vec![Effect::Focus(Focus::View)];
            }
            Msg::Fold(tier) => {
                let mut tiers = self.analysis.board.tiers.iter();
                if let Some(tier) = tiers.find(|column| column.name == tier) {
                    let folded = self.board.is_folded(tier);
                    self.board.folded.insert(tier.name.clone(), !folded);
                }
            }
            Msg::Unfold(tier) => {
                self.board.folded.insert(tier, false);
            }
            Msg::Add(tier) => {
                self.board.filter = None;
                self.board.folded.insert(tier.clone(), false);
                self.panel = Some(Panel::AddPolicy(tier));
            }
            Msg::Text(text) => self.filter().text = text,
            Msg::Scope(scope) => self.filter().namespace = scope,
            Msg::Flag(flag) => self.filter().flag = flag,
            Msg::Label(label) => {
                self.filter().label = label;
                return self.ask_labelled();
            }
        }
        Vec::new()
    }

    fn filter(&mut self) -> &mut Filter {
        self.board.filter.get_or_insert_default()
    }

    /// Opens the filter of the view in the middle and goes there.
    pub(super) fn reach_filter(&mut self) -> Vec<Effect> {
        if self.middle() == Middle::Board {
            self.filter();
        }
        self.pane = Pane::Board;
        vec![Effect::Focus(Focus::Filter)]
    }

    /// What labels lead to may change with every edit.
    pub(super) fn ask_labelled(&mut self) -> Vec<Effect> {
        let label = self
            .board
            .filter
            .as_ref()
            .map(|filter| filter.label.clone());
        let label = label.filter(|label| !label.trim().is_empty());
        label
            .map(|label| self.ask(Question::Labelled(label)))
            .into_iter()
            .collect()
    }

    pub(super) fn labelled(&mut self, labelled: Labelled) {
        if let Some(filter) = &mut self.board.filter
            && filter.label == labelled.text
        {
            filter.selecting = Some(labelled);
        }
    }
}
