//! The keyboard map.

#[cfg(test)]
mod tests;

/// A key as it was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// The value of the event's `key`.
    pub key: String,
    /// ⌘ on a Mac, Ctrl elsewhere.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The focus is where text is typed.
    pub typing: bool,
}

/// What a key asks for, wherever the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// To the next pane, or the previous one.
    Pane(i32),
    /// To the next step of the walk, or the previous one.
    Step(i32),
    /// To the step that decided.
    Decision,
    /// From a flow to its walk.
    Walk,
    /// To the other direction.
    Turn,
    /// To the next problem, or the previous one.
    Problem(i32),
    /// The first fix of the problem at hand.
    QuickFix,
    /// Back.
    Undo,
    /// Forth.
    Redo,
    /// To the filter.
    Filter,
    /// Looks in all files.
    FindAll,
    /// To the next open file, or the previous one.
    Tab(i32),
    /// Pins the baseline.
    Pin,
    /// Says that everything is saved.
    Save,
    /// To the palette.
    Find,
    /// To a tab of the middle pane, from 0.
    View(usize),
    /// The list of keys.
    Help,
    /// Closes what floats.
    Escape,
}

/// The command of a key, if it has one. Single letters can be turned off.
pub fn command(press: &Press, letters: bool) -> Option<Command> {
    let step = if press.shift { -1 } else { 1 };
    match press.key.as_str() {
        "F6" => Some(Command::Pane(step)),
        "F8" => Some(Command::Problem(step)),
        "Escape" => Some(Command::Escape),
        "PageDown" if press.alt => Some(Command::Tab(1)),
        "PageUp" if press.alt => Some(Command::Tab(-1)),
        _ if press.alt => None,
        key if press.command => combined(key, press),
        key if letters && !press.typing => letter(key),
        _ => None,
    }
}

/// Whether the browser is to leave a key to the page.
pub fn is_ours(press: &Press) -> bool {
    let named = command(press, false);
    // Else it would be typed into the filter, where it leads.
    let filter = command(press, true) == Some(Command::Filter);
    filter || named.is_some_and(|command| command != Command::Escape)
}

/// The editor has an undo of its own; outside of it, undo goes across files.
fn combined(key: &str, press: &Press) -> Option<Command> {
    match (key, press.shift) {
        ("s", false) => Some(Command::Save),
        ("k" | "K", _) => Some(Command::Find),
        ("1" | "2" | "3" | "4" | "5" | "6", false) => {
            let number: usize = key.parse().ok()?;
            Some(Command::View(number - 1))
        }
        (".", _) => Some(Command::QuickFix),
        ("f" | "F", true) => Some(Command::FindAll),
        ("z", false) if !press.typing => Some(Command::Undo),
        ("z" | "Z", true) | ("y", false) if !press.typing => Some(Command::Redo),
        _ => None,
    }
}

fn letter(key: &str) -> Option<Command> {
    match key {
        "j" | "J" => Some(Command::Step(1)),
        "k" | "K" => Some(Command::Step(-1)),
        "d" | "D" => Some(Command::Decision),
        "e" | "E" => Some(Command::Turn),
        "b" | "B" => Some(Command::Pin),
        "/" => Some(Command::Filter),
        "?" => Some(Command::Help),
        _ => None,
    }
}

/// The list that `?` shows: keys, and what they do. `⌘` and `⌥` are written for the system by [`shown`].
pub const LIST: &[(&str, &str)] = &[
    ("⌘K", "find a file, pod, policy, flow or command"),
    (
        "⌘1 ⌘2 ⌘3",
        "the first, second, third view of the middle pane, and so on",
    ),
    ("F6 ⇧F6", "next, previous pane"),
    ("↑ ↓", "previous, next flow, policy or cell of the matrix"),
    ("← →", "on the board: tier; in the walk: close, open a step"),
    ("⌥↑ ⌥↓ ⌥← ⌥→", "move a policy in its tier, to another tier"),
    ("J K", "next, previous step of the walk"),
    ("D", "jump to the step that decided"),
    ("E", "other direction"),
    ("↵", "select; on a step, go to its line"),
    ("F8 ⇧F8", "next, previous problem"),
    ("⌘.", "quick fix"),
    ("⌃Space", "in the text: what can be written here"),
    ("⇧F1", "in the text: what this means"),
    (
        "F12 ⇧F12",
        "in the text: to the definition, all places of the name",
    ),
    ("F2", "in the text: another name, everywhere"),
    ("⇧⌥F", "in the text: put indentation in order"),
    (
        "⇧⌘[ ⇧⌘]",
        "in the text: fold, unfold; or the mark beside it",
    ),
    ("⌘F ⇧⌘F", "find in this file, in all files"),
    ("⌥PgUp ⌥PgDn", "previous, next open file"),
    ("⌘Z ⇧⌘Z", "undo, redo; outside the editor, across files"),
    ("B", "pin the baseline"),
    ("/", "filter the flows, the board or the matrix"),
    ("⌘S", "says that everything is already saved"),
    ("?", "this list"),
    (
        "Esc",
        "close what floats, then leave the editor with the next Tab",
    ),
];

/// Keys as this system writes them.
pub fn shown(keys: &str, mac: bool) -> String {
    if mac {
        // browsers on a Mac go through their own tabs with ⇧⌘[
        keys.replace("⇧⌘[", "⌥⌘[").replace("⇧⌘]", "⌥⌘]")
    } else {
        keys.replace("⇧⌘", "Ctrl+Shift+")
            .replace(['⌘', '⌃'], "Ctrl+")
            .replace('⌥', "Alt+")
            .replace('⇧', "Shift+")
    }
}
