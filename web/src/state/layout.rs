//! How the page is laid out: its width, its panes, and what floats over them.

use tierwalk_protocol::PolicyRef;

/// The lists in the drawer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawer {
    /// All flows.
    #[default]
    Flows,
    /// Problems.
    Problems,
    /// Flows that flipped.
    Flipped,
    /// What was found in the files.
    Find,
}

/// How wide the page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Three columns.
    #[default]
    Wide,
    /// Two.
    Medium,
    /// One pane at a time.
    Narrow,
}

/// The panes, in the order of the narrow page's tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Drawer.
    Flows,
    /// Inspector.
    #[default]
    Walk,
    /// Board.
    Board,
    /// Files and editor.
    Text,
    /// What the top bar has no room for.
    More,
}

/// What can float.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The workspaces.
    Workspaces,
    /// The examples.
    Examples,
    /// Import.
    Import,
    /// What can be taken out as a file.
    Export,
    /// The list of keys.
    Keys,
    /// What the palette found.
    Palette,
    /// Theme and size.
    Look,
    /// What can be done with the open file.
    File,
    /// The name of a new file.
    NewFile,
    /// A new name for the open file.
    Rename,
    /// The templates to start from.
    Gallery,
    /// What can be done with a policy on the board.
    Card(PolicyRef),
    /// How the flows are arranged.
    Arrange,
    /// All pairs and expectations.
    MoreFlows,
    /// A new policy of a tier.
    AddPolicy(String),
}
