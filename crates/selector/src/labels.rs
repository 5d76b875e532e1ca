//! What a selector is evaluated against.

use std::collections::BTreeMap;
use std::marker::PhantomData;

/// A set of labels: at most one value for each name.
pub trait Labels {
    /// The value of the label `key`, or `None` if there is no such label.
    fn get(&self, key: &str) -> Option<&str>;
}

impl<T: Labels + ?Sized> Labels for &T {
    fn get(&self, key: &str) -> Option<&str> {
        (**self).get(key)
    }
}

impl Labels for BTreeMap<String, String> {
    fn get(&self, key: &str) -> Option<&str> {
        BTreeMap::get(self, key).map(String::as_str)
    }
}

impl Labels for BTreeMap<&str, &str> {
    fn get(&self, key: &str) -> Option<&str> {
        BTreeMap::get(self, key).copied()
    }
}

/// Pairs in any order; the first one with the name counts.
impl<K: AsRef<str>, V: AsRef<str>> Labels for [(K, V)] {
    fn get(&self, key: &str) -> Option<&str> {
        let pair = self.iter().find(|(name, _)| name.as_ref() == key)?;
        Some(pair.1.as_ref())
    }
}

impl<K: AsRef<str>, V: AsRef<str>, const N: usize> Labels for [(K, V); N] {
    fn get(&self, key: &str) -> Option<&str> {
        Labels::get(self.as_slice(), key)
    }
}

impl<K: AsRef<str>, V: AsRef<str>> Labels for Vec<(K, V)> {
    fn get(&self, key: &str) -> Option<&str> {
        Labels::get(self.as_slice(), key)
    }
}

/// Labels looked up by a function.
pub struct LabelsFn<'a, F> {
    look_up: F,
    values: PhantomData<&'a str>,
}

impl<'a, F: Fn(&str) -> Option<&'a str>> LabelsFn<'a, F> {
    /// Labels whose values `look_up` finds.
    pub fn new(look_up: F) -> Self {
        Self {
            look_up,
            values: PhantomData,
        }
    }
}

impl<'a, F: Fn(&str) -> Option<&'a str>> Labels for LabelsFn<'a, F> {
    fn get(&self, key: &str) -> Option<&str> {
        (self.look_up)(key)
    }
}
