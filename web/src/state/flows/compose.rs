//! The line that is being written, with what may stand in it.

use tierwalk_protocol::compose::{Completion, FlowsAsked};

use super::Entry;
use crate::state::{Effect, Focus, Model};

impl Entry {
    fn complete(&mut self, completion: Completion) {
        self.open = self.open && !completion.choices.is_empty();
        self.completion = completion;
        self.at = None;
    }

    pub(super) fn close(&mut self) {
        self.open = false;
        self.at = None;
    }

    pub(super) fn clear(&mut self) {
        let cursor = self.cursor;
        *self = Self::default();
        self.cursor = (0, cursor.1 + 1);
    }

    /// To the next choice; after the last comes the first.
    pub(super) fn step(&mut self, by: isize) {
        let count = self.completion.choices.len() as isize;
        if count == 0 {
            return;
        }
        let next = match (self.open, self.at) {
            (true, Some(at)) => (at as isize + by).rem_euclid(count),
            _ if by < 0 => count - 1,
            _ => 0,
        };
        self.open = true;
        self.at = usize::try_from(next).ok();
    }

    /// The line with a choice in it, and where the cursor is then.
    fn chosen(&self, index: usize) -> Option<(String, u32)> {
        let Completion {
            from, to, choices, ..
        } = &self.completion;
        let insert = &choices.get(index)?.insert;
        let units: Vec<u16> = self.text.encode_utf16().collect();
        let part = |range| units.get(range).map(String::from_utf16_lossy);
        let (head, tail) = (part(0..*from as usize)?, part(*to as usize..units.len())?);
        let tail = if insert.ends_with(' ') {
            tail.trim_start()
        } else {
            &tail
        };
        let gap = if head.ends_with("->") { " " } else { "" };
        let cursor =
            (head.encode_utf16().count() + gap.len() + insert.encode_utf16().count()) as u32;
        Some((format!("{head}{gap}{insert}{tail}"), cursor))
    }
}

impl Model {
    pub(super) fn write(&mut self, text: String, at: u32) -> Vec<Effect> {
        let entry = &mut self.flows.entry;
        entry.open = true;
        entry.problem = None;
        entry.awaits = false;
        entry.at = None;
        text.clone_into(&mut entry.text);
        vec![self.ask_flows(FlowsAsked::Complete { line: text, at })]
    }

    pub(super) fn completed(&mut self, completion: Completion) -> Vec<Effect> {
        let fits = completion.from < completion.to;
        let entry = &mut self.flows.entry;
        entry.complete(completion);
        if std::mem::take(&mut entry.awaits) && fits {
            return self.choose(0);
        }
        Vec::new()
    }

    /// Takes a choice. The choices of an older line do not fit into this one: whoever typed faster than the
    /// engine answers gets the first of those that come.
    pub(super) fn choose(&mut self, index: usize) -> Vec<Effect> {
        let entry = &mut self.flows.entry;
        if entry.completion.line != entry.text {
            entry.awaits = index == 0;
            return Vec::new();
        }
        let Some((text, cursor)) = self.flows.entry.chosen(index) else {
            return Vec::new();
        };
        let entry = &mut self.flows.entry;
        entry.cursor = (cursor, entry.cursor.1 + 1);
        let mut effects = self.write(text, cursor);
        effects.push(Effect::Focus(Focus::Entry));
        effects
    }

    pub(super) fn submit(&mut self) -> Vec<Effect> {
        let text = self.flows.entry.text.trim().to_owned();
        self.flows.entry.close();
        if text.is_empty() {
            return Vec::new();
        }
        self.read_flows(text)
    }
}
