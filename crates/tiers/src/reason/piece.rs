/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How it is set.
    pub style: PieceStyle,
}

/// How a run of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PieceStyle {
    /// Running text.
    Plain,
    /// Names of flow ends.
    Strong,
    /// Names of resources and paths.
    Code,
}

/// Text in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text(Vec<Piece>);

impl Text {
    pub fn plain(self, text: &str) -> Self {
        self.add(text, PieceStyle::Plain)
    }

    pub fn strong(self, text: &str) -> Self {
        self.add(text, PieceStyle::Strong)
    }

    pub fn code(self, text: &str) -> Self {
        self.add(text, PieceStyle::Code)
    }

    /// `a`, `b` and `c`.
    pub fn codes(self, texts: &[String], last: &str) -> Self {
        let mut text = self;
        for (index, code) in texts.iter().enumerate() {
            let separator = match index {
                0 => "",
                index if index + 1 == texts.len() => last,
                _ => ", ",
            };
            text = text.plain(separator).code(code);
        }
        text
    }

    /// This and then another text.
    pub fn then(mut self, other: Text) -> Self {
        for piece in other.0 {
            self = self.add(&piece.text, piece.style);
        }
        self
    }

    /// Another sentence.
    pub fn sentence(self, other: Text) -> Self {
        let gap = if self.0.is_empty() || other.0.is_empty() {
            ""
        } else {
            " "
        };
        self.plain(gap).then(other)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_pieces(self) -> Vec<Piece> {
        self.0
    }

    fn add(mut self, text: &str, style: PieceStyle) -> Self {
        if text.is_empty() {
            return self;
        }
        match self.0.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.0.push(Piece {
                text: text.to_owned(),
                style,
            }),
        }
        self
    }
}
