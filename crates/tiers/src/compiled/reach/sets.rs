//! Sets of peer classes.

/// So few members are listed even if there are not many more.
const ALWAYS_FEW: usize = 8;

/// A set as bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

/// The peers of a rule. Mostly they are few among many.
#[derive(Clone, Debug)]
pub(super) enum Peers {
    /// Sorted.
    Few(Box<[u32]>),
    Many(Bits),
}

impl Bits {
    /// The empty set, with room for `len` members.
    pub fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    pub fn insert(&mut self, member: u32) {
        if let Some(word) = self.0.get_mut(member as usize / 64) {
            *word |= 1 << (member % 64);
        }
    }

    pub fn contains(&self, member: u32) -> bool {
        let word = self.0.get(member as usize / 64);
        word.is_some_and(|word| word >> (member % 64) & 1 == 1)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    pub fn remove(&mut self, other: &Self) {
        for (word, less) in self.0.iter_mut().zip(&other.0) {
            *word &= !less;
        }
    }

    /// Ascending.
    pub fn members(&self) -> impl Iterator<Item = u32> {
        let words = (0u32..).step_by(64).zip(&self.0);
        words
            .filter(|(_, word)| **word != 0)
            .flat_map(|(first, word)| Ones(*word).map(move |bit| first + bit))
    }

    pub fn last(&self) -> Option<u32> {
        let at = self.0.iter().rposition(|word| *word != 0)?;
        let word = self.0.get(at)?;
        Some(at as u32 * 64 + 63 - word.leading_zeros())
    }
}

/// The bits that are set in a word.
struct Ones(u64);

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let bit = (self.0 != 0).then(|| self.0.trailing_zeros())?;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

impl Peers {
    /// A set of sorted members among `len`.
    pub fn new(members: Vec<u32>, len: usize) -> Self {
        if members.len() <= ALWAYS_FEW || members.len() * 64 < len {
            return Self::Few(members.into());
        }
        let mut bits = Bits::none(len);
        for member in members {
            bits.insert(member);
        }
        Self::Many(bits)
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::Few(members) => members.is_empty(),
            Self::Many(bits) => bits.is_empty(),
        }
    }

    /// The members that are also in `other`; `None` if there are none.
    pub fn and(&self, other: &Bits) -> Option<Bits> {
        match self {
            Self::Few(members) => {
                let mut both = members.iter().filter(|it| other.contains(**it)).peekable();
                both.peek()?;
                let mut bits = Bits(vec![0; other.0.len()]);
                both.for_each(|member| bits.insert(*member));
                Some(bits)
            }
            Self::Many(bits) => {
                let words = bits.0.iter().zip(&other.0).map(|(one, two)| one & two);
                let both = Bits(words.collect());
                (!both.is_empty()).then_some(both)
            }
        }
    }

    pub fn members(&self) -> Vec<u32> {
        match self {
            Self::Few(members) => members.to_vec(),
            Self::Many(bits) => bits.members().collect(),
        }
    }

    /// About how many steps it takes to compare it with another set.
    pub fn size(&self) -> usize {
        match self {
            Self::Few(members) => members.len(),
            Self::Many(bits) => bits.0.len(),
        }
    }
}

#[cfg(test)]
mod tests;
