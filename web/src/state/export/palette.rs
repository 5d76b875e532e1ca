//! The colours of the page, for pictures that stand alone. As in `static/css/tokens.css`.

use tierwalk_protocol::Action;

/// Colours by what they are for.
#[derive(Debug)]
pub(super) struct Palette {
    pub canvas: &'static str,
    pub surface: &'static str,
    pub line: &'static str,
    pub ink: &'static str,
    pub ink_2: &'static str,
    pub ink_3: &'static str,
    pub allow: &'static str,
    pub deny: &'static str,
    pub pass: &'static str,
    pub log: &'static str,
    pub staged: &'static str,
    pub deny_wash: &'static str,
}

pub(super) const LIGHT: Palette = Palette {
    canvas: "#FAFAFB",
    surface: "#FFFFFF",
    line: "#D3D4DA",
    ink: "#17181C",
    ink_2: "#464952",
    ink_3: "#666973",
    allow: "#067C63",
    deny: "#8E1410",
    pass: "#3442C6",
    log: "#3A404A",
    staged: "#926700",
    deny_wash: "#FBEFEE",
};

pub(super) const DARK: Palette = Palette {
    canvas: "#0C0D0F",
    surface: "#131417",
    line: "#383B42",
    ink: "#F0F1F4",
    ink_2: "#B9BDC6",
    ink_3: "#9599A3",
    allow: "#4FE9D6",
    deny: "#EF6338",
    pass: "#5B9BF2",
    log: "#92979F",
    staged: "#F7E08A",
    deny_wash: "#2A1712",
};

impl Palette {
    /// The colour of an action.
    pub fn of(&self, action: Action) -> &'static str {
        match action {
            Action::Allow => self.allow,
            Action::Deny => self.deny,
            Action::Pass => self.pass,
            Action::Log => self.log,
        }
    }
}
