//! A drawing with text as text, as SVG.

use std::fmt::Write as _;

use tierwalk_protocol::Action;

use super::palette::Palette;
use crate::assets::MARKS;

/// A drawing.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its width, in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    pub colours: &'static Palette,
    body: String,
    /// What stands on top of all else.
    over: String,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Font {
    pub size: u32,
    pub weight: u32,
    pub mono: bool,
}

pub(super) const PLAIN: Font = Font {
    size: 12,
    weight: 400,
    mono: false,
};
pub(super) const SMALL: Font = Font {
    size: 11,
    weight: 400,
    mono: false,
};
pub(super) const STRONG: Font = Font {
    size: 12,
    weight: 600,
    mono: false,
};
pub(super) const HEAD: Font = Font {
    size: 13,
    weight: 600,
    mono: false,
};
pub(super) const CODE: Font = Font {
    size: 11,
    weight: 400,
    mono: true,
};

impl Picture {
    pub fn new(colours: &'static Palette) -> Self {
        Self {
            width: 0,
            height: 0,
            colours,
            body: String::new(),
            over: String::new(),
        }
    }

    /// A text that starts here.
    pub fn text(&mut self, at: (f64, f64), font: Font, colour: &str, text: &str) {
        self.anchored("", at, font, colour, text);
    }

    /// A text that ends here.
    pub fn text_before(&mut self, at: (f64, f64), font: Font, colour: &str, text: &str) {
        self.anchored(" text-anchor=\"end\"", at, font, colour, text);
    }

    fn anchored(&mut self, anchor: &str, (x, y): (f64, f64), font: Font, colour: &str, text: &str) {
        let family = if font.mono {
            "'JetBrains Mono', ui-monospace, monospace"
        } else {
            "Inter, system-ui, sans-serif"
        };
        // Writing to a string does not fail.
        let _ = write!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" font-family=\"{family}\" font-size=\"{}\" font-weight=\"{}\" fill=\"{colour}\"{anchor}>{}</text>",
            font.size,
            font.weight,
            escaped(text)
        );
    }

    /// A box; `dashed` ones have a broken edge.
    pub fn rect(
        &mut self,
        (x, y): (f64, f64),
        (w, h): (f64, f64),
        fill: &str,
        edge: Option<&str>,
        dashed: bool,
    ) {
        let dash = if dashed {
            " stroke-dasharray=\"3 3\""
        } else {
            ""
        };
        let _ = write!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\" fill=\"{fill}\" stroke=\"{}\"{dash}/>",
            if edge.is_some() { 4 } else { 0 },
            edge.unwrap_or("none")
        );
    }

    /// A line along a path.
    pub fn path(&mut self, path: &str, colour: &str, dashed: bool) {
        let dash = if dashed {
            " stroke-dasharray=\"1 4\""
        } else {
            ""
        };
        let _ = write!(
            self.body,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"{dash}/>"
        );
    }

    /// A mark of the page's sprite, by its corner.
    pub fn mark(&mut self, (x, y): (f64, f64), name: &str, colour: &str, size: u32) {
        let _ = write!(
            self.body,
            "<use href=\"#m-{name}\" x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" color=\"{colour}\"/>"
        );
    }

    /// A text that runs downwards.
    pub fn turned(&mut self, (x, y): (f64, f64), font: Font, colour: &str, text: &str) {
        let _ = write!(
            self.body,
            "<text transform=\"translate({x} {y}) rotate(90)\" font-family=\"Inter, system-ui, sans-serif\" font-size=\"{}\" fill=\"{colour}\">{}</text>",
            font.size,
            escaped(text)
        );
    }

    /// A mark on the route, on top of it; without an action, the ring of what was tried. By its centre.
    pub fn node(&mut self, (x, y): (f64, f64), action: Option<Action>) {
        let colours = self.colours;
        let ring = if action.is_some() {
            colours.surface
        } else {
            colours.ink
        };
        let _ = write!(
            self.over,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{}\" stroke=\"{ring}\" stroke-width=\"2\"/>",
            colours.surface
        );
        if let Some(action) = action {
            let body = std::mem::take(&mut self.body);
            self.action((x - 7.0, y - 7.0), action, 14);
            let mark = std::mem::replace(&mut self.body, body);
            self.over.push_str(&mark);
        }
    }

    /// The mark of an action.
    pub fn action(&mut self, at: (f64, f64), action: Action, size: u32) {
        let name = match action {
            Action::Allow => "allow",
            Action::Deny => "deny",
            Action::Pass => "pass",
            Action::Log => "log",
        };
        self.mark(at, name, self.colours.of(action), size);
    }

    /// The whole file.
    pub fn svg(&self) -> String {
        let (width, height) = (self.width, self.height);
        let marks = MARKS
            .split_once('>')
            .and_then(|(_, rest)| rest.rsplit_once("</svg>"));
        let marks = marks.map_or("", |(marks, _)| marks);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
             <defs>{marks}</defs><rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>{}{}</svg>\n",
            self.colours.canvas, self.body, self.over
        )
    }
}

/// A text cut to a width in CSS pixels, reckoned by its letters.
pub(super) fn cut(text: &str, font: Font, width: f64) -> String {
    let letter = f64::from(font.size)
        * if font.mono || font.weight > 500 {
            0.6
        } else {
            0.52
        };
    let most = (width / letter) as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars()
        .take(most.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// Lines of at most this width, broken between words.
pub(super) fn lines(text: &str, font: Font, width: f64) -> Vec<String> {
    let most = (width / (f64::from(font.size) * 0.54)) as usize;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
