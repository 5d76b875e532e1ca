//! The files of a workspace. Texts are shared: a snapshot costs a pointer per file.

use std::{collections::HashSet, rc::Rc};

use tierwalk_protocol::File;

#[cfg(test)]
mod tests;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Path inside the workspace.
    pub path: Rc<str>,
    /// The whole text.
    pub text: Rc<str>,
}

/// All files, in the order in which the index lists them.
#[derive(Clone, Debug, Default)]
pub struct Files(Rc<Vec<TextFile>>);

impl PartialEq for Files {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What changed from one set of files to the next.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// New files, and files whose text changed.
    pub changed: Vec<File>,
    /// Paths that are gone.
    pub removed: Vec<String>,
}

impl Files {
    /// Every file.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &TextFile> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The text at this path.
    pub fn text(&self, path: &str) -> Option<&Rc<str>> {
        self.find(path).map(|file| &file.text)
    }

    /// Whether there is a file of this path.
    pub fn contains(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// The first path, in the order of the index.
    pub fn first(&self) -> Option<Rc<str>> {
        self.0.first().map(|file| Rc::clone(&file.path))
    }

    /// With this text at this path; a new path is added at the end.
    #[must_use]
    pub fn with(&self, path: &str, text: impl Into<Rc<str>>) -> Self {
        let mut files = Vec::clone(&self.0);
        match files.iter_mut().find(|file| &*file.path == path) {
            Some(file) => file.text = text.into(),
            None => files.push(TextFile {
                path: path.into(),
                text: text.into(),
            }),
        }
        Self(Rc::new(files))
    }

    /// With files that came in, and how many of its own have another text now. Of two that came with the same
    /// path both are kept.
    pub fn taking(&self, files: &[File]) -> (Self, usize) {
        let (mut all, mut came, mut replaced) = (self.clone(), HashSet::new(), 0);
        for file in files {
            let again = !came.insert(&file.path);
            let path = match again {
                true => all.free_path(&file.path),
                false => file.path.clone(),
            };
            let old = all.text(&path);
            replaced += usize::from(old.is_some_and(|old| **old != *file.text));
            all = all.with(&path, file.text.as_str());
        }
        (all, replaced)
    }

    /// Without this path.
    #[must_use]
    pub fn without(&self, path: &str) -> Self {
        self.iter()
            .filter(|file| &*file.path != path)
            .cloned()
            .collect()
    }

    /// With another name for a file, at the same place in the order.
    #[must_use]
    pub fn renamed(&self, from: &str, to: &str) -> Self {
        let mut files = Vec::clone(&self.0);
        if let Some(file) = files.iter_mut().find(|file| &*file.path == from) {
            file.path = to.into();
        }
        Self(Rc::new(files))
    }

    /// A path like this one that is still free: `a.yaml`, `a-2.yaml`, …
    pub fn free_path(&self, wanted: &str) -> String {
        let (stem, ending) = match wanted.rsplit_once('.') {
            Some((stem, ending)) if !stem.ends_with('/') => (stem, format!(".{ending}")),
            _ => (wanted, String::new()),
        };
        std::iter::once(wanted.to_owned())
            .chain((2..).map(|n| format!("{stem}-{n}{ending}")))
            .find(|path| !self.contains(path))
            .unwrap_or_default()
    }

    /// What the worker has to be told to get from `self` to `next`.
    pub fn difference(&self, next: &Self) -> Difference {
        let is_new = |(at, file): &(usize, &TextFile)| {
            let old = self.at(*at, &file.path);
            !old.is_some_and(|old| same(&old.text, &file.text))
        };
        let is_gone = |(at, file): &(usize, &TextFile)| next.at(*at, &file.path).is_none();
        let changed = next.iter().enumerate().filter(is_new);
        let removed = self.iter().enumerate().filter(is_gone);
        Difference {
            changed: changed.map(|(_, file)| plain(file)).collect(),
            removed: removed.map(|(_, file)| file.path.to_string()).collect(),
        }
    }

    /// Whether every file is the same, and none is more or less.
    pub fn same(&self, other: &Self) -> bool {
        self == other || self.difference(other) == Difference::default()
    }

    /// The files as they cross a boundary.
    pub fn plain(&self) -> Vec<File> {
        self.iter().map(plain).collect()
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.iter().map(|file| file.text.len()).sum()
    }

    /// The file of this path, which is mostly still in its place.
    fn at(&self, place: usize, path: &Rc<str>) -> Option<&TextFile> {
        let file = self.0.get(place);
        file.filter(|file| Rc::ptr_eq(&file.path, path))
            .or_else(|| self.find(path))
    }

    fn find(&self, path: &str) -> Option<&TextFile> {
        self.0.iter().find(|file| &*file.path == path)
    }
}

impl FromIterator<TextFile> for Files {
    fn from_iter<T: IntoIterator<Item = TextFile>>(files: T) -> Self {
        Self(Rc::new(files.into_iter().collect()))
    }
}

impl From<Vec<File>> for Files {
    fn from(files: Vec<File>) -> Self {
        files
            .into_iter()
            .map(|file| TextFile {
                path: file.path.into(),
                text: file.text.into(),
            })
            .collect()
    }
}

fn same(a: &Rc<str>, b: &Rc<str>) -> bool {
    Rc::ptr_eq(a, b) || a == b
}

fn plain(file: &TextFile) -> File {
    File {
        path: file.path.to_string(),
        text: file.text.to_string(),
    }
}
