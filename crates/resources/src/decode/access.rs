//! Lists and mappings, item by item.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};
use tierwalk_yaml::{Entry, Node};

use super::error::Error;
use super::node::Reading;

/// Items of a list. One that cannot be read ends it: its problem is noted, and nothing sensible can stand
/// in its place.
pub(super) struct Items<'a, 'n, 'p, 'd> {
    items: std::iter::Enumerate<std::slice::Iter<'n, Node>>,
    list: Reading<'a, 'n, 'p, 'd>,
}

impl<'a, 'n, 'p, 'd> Items<'a, 'n, 'p, 'd> {
    pub(super) fn new(items: &'n [Node], list: Reading<'a, 'n, 'p, 'd>) -> Self {
        let items = items.iter().enumerate();
        Self { items, list }
    }
}

impl<'n> SeqAccess<'n> for Items<'_, 'n, '_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'n>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some((index, node)) = self.items.next() else {
            return Ok(None);
        };
        let at = self.list.at.index(index);
        let item = seed.deserialize(Reading::inner(node, &at, self.list.reader));
        Ok(item.ok())
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// Entries of a mapping under the names that the struct knows them by.
pub(super) struct Pairs<'a, 'n, 'p, 'd> {
    entries: std::vec::IntoIter<(&'n str, &'n Entry)>,
    value: Option<&'n Entry>,
    mapping: Reading<'a, 'n, 'p, 'd>,
}

impl<'a, 'n, 'p, 'd> Pairs<'a, 'n, 'p, 'd> {
    pub(super) fn all(entries: &'n [Entry], mapping: Reading<'a, 'n, 'p, 'd>) -> Self {
        Self::picked(
            entries.iter().map(|entry| (&*entry.key, entry)).collect(),
            mapping,
        )
    }

    pub(super) fn picked(
        entries: Vec<(&'n str, &'n Entry)>,
        mapping: Reading<'a, 'n, 'p, 'd>,
    ) -> Self {
        let entries = entries.into_iter();
        Self {
            entries,
            value: None,
            mapping,
        }
    }
}

impl<'n> MapAccess<'n> for Pairs<'_, 'n, '_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'n>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, entry)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(entry);
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'n>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(entry) = self.value.take() else {
            return Err(Error::Noted);
        };
        let at = self.mapping.at.key(&entry.key);
        seed.deserialize(Reading::inner(&entry.value, &at, self.mapping.reader))
    }
}
