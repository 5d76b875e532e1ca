//! An analysis from worker to page: of its long lists, only what changed crosses.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Analysis, Diagnostic, FileSummary, FlowRow, PolicyCard, Starter, Walk,
    rows::{self, Run},
};

#[cfg(test)]
mod tests;

/// The long lists of an analysis, and its walk.
#[derive(Debug, Default)]
pub struct Lists {
    /// The flows.
    pub flows: Vec<Arc<FlowRow>>,
    /// The cards of all tiers.
    cards: Vec<Arc<PolicyCard>>,
    /// How many of them each tier has.
    columns: Vec<u32>,
    files: Vec<FileSummary>,
    problems: Vec<Diagnostic>,
    starters: Vec<Starter>,
    walk: Option<Walk>,
}

/// The same, told by those of the analysis before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// Flows.
    #[serde(default)]
    pub flows: Vec<Run>,
    /// Cards of all tiers.
    #[serde(default)]
    pub cards: Vec<Stretch<Arc<PolicyCard>>>,
    /// How many of them each tier has.
    #[serde(default)]
    pub columns: Vec<u32>,
    /// Files.
    #[serde(default)]
    pub files: Vec<Stretch<FileSummary>>,
    /// Problems.
    #[serde(default)]
    pub problems: Vec<Stretch<Diagnostic>>,
    /// The templates to start from; `None` if they are as before.
    #[serde(default)]
    pub starters: Option<Vec<Starter>>,
    /// The walk, if it is another than before.
    #[serde(default)]
    pub walk: Option<Walk>,
    /// The walk is as before.
    #[serde(default)]
    pub walk_stays: bool,
}

/// Entries that were in the list before, and the new ones that follow them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch<T> {
    /// Index of the first entry that is kept.
    pub from: u32,
    /// How many are kept.
    pub count: u32,
    /// Entries that are new or say something else than before.
    pub new: Vec<T>,
}

impl Lists {
    /// Takes them out of an analysis.
    pub fn taken(analysis: &mut Analysis) -> Self {
        let tiers = &mut analysis.board.tiers;
        let columns = tiers.iter().map(|tier| tier.policies.len() as u32);
        Self {
            columns: columns.collect(),
            cards: tiers
                .iter_mut()
                .flat_map(|tier| std::mem::take(&mut tier.policies))
                .collect(),
            flows: std::mem::take(&mut analysis.flows),
            files: std::mem::take(&mut analysis.files),
            problems: std::mem::take(&mut analysis.diagnostics),
            starters: std::mem::take(&mut analysis.starters),
            walk: analysis.walk.take(),
        }
    }
}

impl Parts {
    /// Tells lists by those of the analysis before. [`Parts::put`] is its reverse.
    pub fn of(before: &Lists, now: &Lists) -> Self {
        let starters = (before.starters != now.starters).then(|| now.starters.clone());
        let walk_stays = before.walk == now.walk;
        Self {
            flows: rows::runs(&before.flows, &now.flows),
            cards: told(&before.cards, &now.cards, |a, b| a.policy == b.policy),
            columns: now.columns.clone(),
            files: told(&before.files, &now.files, |a, b| a.path == b.path),
            problems: told(&before.problems, &now.problems, |a, b| {
                (&a.code, &a.place.file, &a.message) == (&b.code, &b.place.file, &b.message)
            }),
            starters,
            walk: now.walk.clone().filter(|_| !walk_stays),
            walk_stays,
        }
    }

    /// Puts the lists into the analysis that came with them; `None` if they are not told by those of `before`.
    #[must_use]
    pub fn put(self, before: &Analysis, mut analysis: Analysis) -> Option<Analysis> {
        analysis.flows = rows::rebuilt(&before.flows, self.flows)?;
        analysis.files = rebuilt(&before.files, self.files)?;
        analysis.diagnostics = rebuilt(&before.diagnostics, self.problems)?;
        analysis.starters = self.starters.unwrap_or_else(|| before.starters.clone());
        analysis.walk = match self.walk_stays {
            true => before.walk.clone(),
            false => self.walk,
        };
        let tiers = before.board.tiers.iter();
        let cards: Vec<_> = tiers.flat_map(|tier| &tier.policies).cloned().collect();
        let mut cards = rebuilt(&cards, self.cards)?.into_iter();
        for (tier, count) in analysis.board.tiers.iter_mut().zip(self.columns) {
            tier.policies = cards.by_ref().take(count as usize).collect();
        }
        Some(analysis)
    }
}

/// For each entry of a list, the entry of the list before that speaks of the same: the two are compared from
/// both ends up to where they differ.
pub(crate) fn aligned<T, F: Fn(&T, &T) -> bool>(
    before: &[T],
    now: &[T],
    same: F,
) -> impl Fn(usize) -> Option<usize> + use<T, F> {
    let pairs = || before.iter().zip(now);
    let head = pairs().take_while(|(a, b)| same(a, b)).count();
    let ends = before.iter().skip(head).rev();
    let ends = ends.zip(now.iter().skip(head).rev());
    let tail = ends.take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (before.len(), now.len());
    move |index| {
        let from_end = new - index;
        match index < head {
            true => Some(index),
            false => (from_end <= tail).then(|| old - from_end),
        }
    }
}

pub(crate) fn told<T: Clone + PartialEq>(
    before: &[T],
    now: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Stretch<T>> {
    let old = aligned(before, now, same);
    let mut stretches: Vec<Stretch<T>> = Vec::new();
    for (index, entry) in now.iter().enumerate() {
        let kept = old(index).filter(|old| before.get(*old) == Some(entry));
        let last = stretches.last_mut();
        match (kept.map(|old| old as u32), last) {
            (Some(old), Some(last)) if last.new.is_empty() && last.from + last.count == old => {
                last.count += 1;
            }
            (Some(from), _) => stretches.push(Stretch {
                from,
                count: 1,
                new: Vec::new(),
            }),
            (None, Some(last)) => last.new.push(entry.clone()),
            (None, None) => stretches.push(Stretch {
                from: 0,
                count: 0,
                new: vec![entry.clone()],
            }),
        }
    }
    stretches
}

pub(crate) fn rebuilt<T: Clone>(before: &[T], stretches: Vec<Stretch<T>>) -> Option<Vec<T>> {
    let mut now = Vec::new();
    for stretch in stretches {
        let from = stretch.from as usize;
        let kept = before.get(from..from.checked_add(stretch.count as usize)?)?;
        now.extend_from_slice(kept);
        now.extend(stretch.new);
    }
    Some(now)
}
