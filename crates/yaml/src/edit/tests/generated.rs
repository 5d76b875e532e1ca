//! Documents of every style, changed at every place.

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use super::super::{Editing, apply};
use crate::{Document, Path};

/// A tree whose scalars are told apart by their text.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(u8),
    Map(Vec<Tree>),
    List(Vec<Tree>),
}

#[derive(Clone, Copy, Debug)]
struct Style {
    step: usize,
    dash: usize,
    comments: bool,
    flow_below: usize,
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (0u8..4).prop_map(Tree::Leaf);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let many = prop::collection::vec(inner, 1..4);
        prop_oneof![many.clone().prop_map(Tree::Map), many.prop_map(Tree::List)]
    })
}

fn style() -> impl Strategy<Value = Style> {
    (1usize..4, 0usize..3, any::<bool>(), 1usize..5).prop_map(
        |(step, dash, comments, flow_below)| Style {
            step: step + 1,
            dash,
            comments,
            flow_below,
        },
    )
}

/// Writes trees; every scalar and comment has a number of its own.
struct Writer {
    style: Style,
    text: String,
    count: usize,
    leaves: Vec<Path>,
    /// Path, length, and whether it is in brackets.
    lists: Vec<(Path, usize, bool)>,
}

impl Writer {
    fn write(tree: &[Tree], style: Style) -> Self {
        let mut writer = Self {
            style,
            text: String::new(),
            count: 0,
            leaves: Vec::new(),
            lists: Vec::new(),
        };
        writer.map(tree, 0, &Path::root(), false);
        writer
    }

    fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn comment(&mut self, indent: usize) {
        if self.style.comments && self.count.is_multiple_of(2) {
            let number = self.next();
            self.text += &format!("{}# comment {number};\n", " ".repeat(indent));
        }
    }

    fn map(&mut self, entries: &[Tree], indent: usize, path: &Path, mut inline: bool) {
        for (index, value) in entries.iter().enumerate() {
            let key = format!("k{index}");
            if !std::mem::take(&mut inline) {
                self.comment(indent);
                self.text += &" ".repeat(indent);
            }
            self.text += &format!("{key}:");
            self.value(value, indent, &path.key(&key));
        }
    }

    fn value(&mut self, value: &Tree, indent: usize, path: &Path) {
        match value {
            Tree::Map(entries) if self.is_block(path) => {
                self.text.push('\n');
                self.map(entries, indent + self.style.step, path, false);
            }
            Tree::List(items) if self.is_block(path) => {
                self.text.push('\n');
                self.list(items, indent + self.style.dash, path);
            }
            value => {
                self.text.push(' ');
                self.flow(value, path);
                let number = self.next();
                self.text += &match self.style.comments {
                    true => format!(" # behind {number};\n"),
                    false => "\n".to_owned(),
                };
            }
        }
    }

    fn is_block(&self, path: &Path) -> bool {
        path.segments().len() < self.style.flow_below
    }

    fn list(&mut self, items: &[Tree], indent: usize, path: &Path) {
        self.lists.push((path.clone(), items.len(), false));
        for (index, item) in items.iter().enumerate() {
            self.comment(indent);
            self.text += &format!("{}-", " ".repeat(indent));
            let path = path.index(index);
            match item {
                Tree::Map(entries) if self.is_block(&path) => {
                    self.text.push(' ');
                    self.map(entries, indent + 2, &path, true);
                }
                item => {
                    let item = match item {
                        Tree::List(items) => &Tree::Map(items.clone()),
                        item => item,
                    };
                    self.text.push(' ');
                    self.flow(item, &path);
                    self.text.push('\n');
                }
            }
        }
    }

    fn flow(&mut self, value: &Tree, path: &Path) {
        match value {
            Tree::Leaf(kind) => {
                let number = self.next();
                self.leaves.push(path.clone());
                self.text += &match kind {
                    0 => format!("v{number}v"),
                    1 => format!("'v{number}v: x'"),
                    2 => format!("\"v{number}v é\""),
                    _ => format!("v{number}v"),
                };
            }
            Tree::Map(entries) => {
                self.text.push('{');
                for (index, entry) in entries.iter().enumerate() {
                    self.text += if index > 0 { ", " } else { "" };
                    self.text += &format!("k{index}: ");
                    self.flow(entry, &path.key(&format!("k{index}")));
                }
                self.text.push('}');
            }
            Tree::List(items) => {
                self.lists.push((path.clone(), items.len(), true));
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.text += if index > 0 { ", " } else { "" };
                    self.flow(item, &path.index(index));
                }
                self.text.push(']');
            }
        }
    }
}

fn begun(text: &str) -> Editing {
    Editing::new(&Document::parse(text), &["k0", "new", "k2"]).unwrap()
}

fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .match_indices('#')
        .map(|(at, _)| text[at..].split(';').next().unwrap_or_default())
        .collect();
    found.sort_unstable();
    found
}

/// How many lines of a text are not in another.
fn missing(text: &str, from: &str) -> usize {
    let mut there: Vec<&str> = from.lines().collect();
    let lost = text.lines().filter(|line| {
        let found = there.iter().position(|it| it == line);
        found.map(|at| there.remove(at)).is_none()
    });
    lost.count()
}

fn rule() -> Value {
    let mut map = Mapping::new();
    map.insert("action".into(), "Allow".into());
    map.insert("nets".into(), Value::Sequence(vec!["10.0.0.0/8".into()]));
    Value::Mapping(map)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_value_changes_its_own_line_and_no_other(tree in prop::collection::vec(tree(), 1..4), style in style(), pick in any::<prop::sample::Index>()) {
        let written = Writer::write(&tree, style);
        let path = pick.get(&written.leaves);
        let mut editing = begun(&written.text);
        editing.set(path, &"new: value".into()).unwrap();
        let changed = apply(&written.text, &editing.edits());
        let pairs = written.text.lines().zip(changed.lines());
        prop_assert_eq!(pairs.filter(|(a, b)| a != b).count(), 1);
        prop_assert_eq!(written.text.lines().count(), changed.lines().count());
        prop_assert_eq!(comments(&written.text), comments(&changed));
    }

    #[test]
    fn a_new_key_or_item_leaves_every_line_as_it_was(tree in prop::collection::vec(tree(), 1..4), style in style(), pick in any::<prop::sample::Index>(), at in 0usize..5) {
        let written = Writer::write(&tree, style);
        let mut editing = begun(&written.text);
        let is_flow = match written.lists.is_empty() {
            true => {
                editing.set(&Path::parse("new"), &rule()).unwrap();
                false
            }
            false => {
                let (path, _, is_flow) = pick.get(&written.lists);
                editing.insert(path, at, &rule()).unwrap();
                *is_flow
            }
        };
        let changed = apply(&written.text, &editing.edits());
        let lost = missing(&written.text, &changed);
        prop_assert!(lost <= usize::from(is_flow), "{}\n{}", written.text, changed);
        prop_assert_eq!(comments(&written.text), comments(&changed));
    }

    #[test]
    fn what_is_moved_keeps_its_lines(tree in prop::collection::vec(tree(), 1..4), style in style(), pick in any::<prop::sample::Index>(), from in 0usize..4, to in 0usize..4) {
        let written = Writer::write(&tree, style);
        prop_assume!(!written.lists.is_empty());
        let (path, length, is_flow) = pick.get(&written.lists);
        let mut editing = begun(&written.text);
        editing.move_item(path, from % length, to % length).unwrap();
        let changed = apply(&written.text, &editing.edits());
        prop_assert_eq!(comments(&written.text), comments(&changed));
        if !is_flow {
            let sorted = |text: &str| { let mut lines: Vec<String> = text.lines().map(str::to_owned).collect(); lines.sort(); lines };
            prop_assert_eq!(sorted(&written.text), sorted(&changed));
        }
    }

    #[test]
    fn what_is_taken_out_leaves_the_other_lines(tree in prop::collection::vec(tree(), 2..4), style in style(), pick in any::<prop::sample::Index>()) {
        let written = Writer::write(&tree, style);
        let path = pick.get(&written.leaves);
        let mut editing = begun(&written.text);
        if editing.remove(path).is_ok() {
            let changed = apply(&written.text, &editing.edits());
            prop_assert!(missing(&changed, &written.text) <= 1, "{}\n{}", written.text, changed);
        }
    }
}
