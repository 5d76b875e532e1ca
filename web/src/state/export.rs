//! What leaves the page as a file: pictures, a report, and all files as one.

mod board;
mod palette;
mod picture;
mod report;
mod walk;

#[cfg(test)]
mod tests;

use super::{Effect, Model};
use palette::{DARK, LIGHT, Palette};

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A picture of the board as it is shown.
    Board(Format, Shade),
    /// A picture of the walk that is shown.
    Walk(Format, Shade),
    /// Everything as Markdown.
    Report,
    /// All files in one YAML file.
    Yaml,
}

/// What kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines and text.
    Svg,
    /// Pixels.
    Png,
}

/// In which colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Model {
    pub(super) fn export(&mut self, msg: Msg) -> Vec<Effect> {
        self.panel = None;
        let effect = match msg {
            Msg::Board(format, shade) => {
                Some(self.picture("board", format, board::draw(self, colours(shade))))
            }
            Msg::Walk(format, shade) => walk::draw(self, colours(shade))
                .map(|picture| self.picture("walk", format, picture)),
            Msg::Report => Some(Effect::HandOut {
                name: format!("{}.md", self.name),
                kind: "text/markdown",
                text: report::text(self),
            }),
            Msg::Yaml => Some(Effect::HandOut {
                name: format!("{}.yaml", self.name),
                kind: "application/yaml",
                text: self.one_yaml(),
            }),
        };
        effect.into_iter().collect()
    }

    fn picture(&self, what: &str, format: Format, picture: picture::Picture) -> Effect {
        let name = format!("{}-{what}", self.name);
        match format {
            Format::Svg => Effect::HandOut {
                name: format!("{name}.svg"),
                kind: "image/svg+xml",
                text: picture.svg(),
            },
            Format::Png => Effect::Rasterise {
                name: format!("{name}.png"),
                svg: picture.svg(),
                size: (picture.width, picture.height),
            },
        }
    }

    /// The YAML files one after the other, each under its path.
    fn one_yaml(&self) -> String {
        let files = self.files.iter();
        let files =
            files.filter(|file| file.path.ends_with(".yaml") || file.path.ends_with(".yml"));
        let texts = files.map(|file| {
            let text = file.text.trim_start_matches("---\n").trim_end();
            format!("# {}\n{text}\n", file.path)
        });
        texts.collect::<Vec<_>>().join("---\n")
    }
}

fn colours(shade: Shade) -> &'static Palette {
    match shade {
        Shade::Light => &LIGHT,
        Shade::Dark => &DARK,
    }
}
