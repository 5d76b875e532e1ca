//! Selectors made of others.

use crate::Selector;
use crate::atom::Atom;
use crate::parser::Parsed;

impl Selector {
    /// The same selector with `prefix` before every label name, such as `pcns.` for the labels of
    /// namespaces. Text and spans stay those of the original.
    ///
    /// Calico `libcalico-go/lib/backend/syncersv1/updateprocessors/selectors.go`.
    #[must_use]
    pub fn prefixed(&self, prefix: &str) -> Selector {
        let atoms = self
            .atoms()
            .iter()
            .map(|atom| prefixed(atom, prefix))
            .collect();
        Selector::new(
            self.text(),
            Parsed {
                atoms,
                tree: self.tree().clone(),
            },
        )
    }
}

fn prefixed(atom: &Atom, prefix: &str) -> Atom {
    let key = atom
        .key()
        .map(|key| [prefix, key].concat())
        .unwrap_or_default();
    Atom {
        key: key.into(),
        ..atom.clone()
    }
}
