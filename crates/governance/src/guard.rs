//! A look at the text of a policy before it is parsed. Chains of operators become trees as deep as they are
//! long, and walking those would overflow the stack. Brackets in brackets are read twice at every level, so
//! that a few dozen of them would take hours.

#[cfg(test)]
mod tests;

/// Operators, dots and brackets that one expression may have in a row.
const LONGEST_CHAIN: usize = 200;

/// Lists and objects that may stand within each other.
const DEEPEST_BRACKETS: usize = 16;
/// How often brackets may be read, all in all.
const MOST_READS: usize = 400_000;

/// Why a policy is not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// An expression of too many operators, ending here.
    Long(usize),
    /// Too many brackets within each other, here.
    Deep(usize),
}

/// Looks for what cannot be parsed within bounds; places are byte offsets.
pub(crate) fn refusal(text: &str) -> Option<Refusal> {
    let mut chains = vec![0usize];
    let mut after_operand = false;
    let mut brackets = Vec::new();
    let mut reads = 0;
    for token in Tokens::new(text) {
        match token.kind {
            Kind::Open if after_operand => grow(&mut chains),
            Kind::Operator => grow(&mut chains),
            Kind::Operand if after_operand => reset(&mut chains),
            _ => {}
        }
        match token.kind {
            Kind::Open => {
                chains.push(0);
                let doubles = !text
                    .get(token.start..)
                    .is_some_and(|rest| rest.starts_with('('));
                brackets.push(doubles);
                let depth = brackets.iter().filter(|doubles| **doubles).count();
                reads += if doubles {
                    1 << depth.min(DEEPEST_BRACKETS)
                } else {
                    0
                };
                if depth > DEEPEST_BRACKETS
                    || reads > MOST_READS
                    || brackets.len() > 2 * DEEPEST_BRACKETS
                {
                    return Some(Refusal::Deep(token.start));
                }
            }
            Kind::Close => {
                brackets.pop();
                chains.truncate(chains.len().saturating_sub(1).max(1));
            }
            Kind::Separator => reset(&mut chains),
            _ => {}
        }
        after_operand = matches!(token.kind, Kind::Operand | Kind::Close);
        if chains.last().is_some_and(|chain| *chain > LONGEST_CHAIN) {
            return Some(Refusal::Long(token.start));
        }
    }
    None
}

fn grow(chains: &mut [usize]) {
    if let Some(chain) = chains.last_mut() {
        *chain += 1;
    }
}

fn reset(chains: &mut [usize]) {
    if let Some(chain) = chains.last_mut() {
        *chain = 0;
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Operand,
    Operator,
    Open,
    Close,
    Separator,
}

struct Token {
    kind: Kind,
    start: usize,
}

/// Splits Rego coarsely: good enough to tell operands from operators.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_while(&mut self, is: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is).len();
    }

    /// Past the string that starts here with `quote`.
    fn skip_string(&mut self, quote: char) {
        let mut escaped = false;
        let end = self.rest().char_indices().skip(1).find(|(_, c)| {
            let closes = *c == quote && !escaped;
            escaped = quote == '"' && *c == '\\' && !escaped;
            closes
        });
        self.at = end.map_or(self.text.len(), |(at, _)| self.at + at + 1);
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            self.skip_while(char::is_whitespace);
            if !self.rest().starts_with('#') {
                break;
            }
            self.skip_while(|c| c != '\n');
        }
        let start = self.at;
        let first = self.rest().chars().next()?;
        let kind = match first {
            '"' | '`' => {
                self.skip_string(first);
                Kind::Operand
            }
            c if c.is_alphanumeric() || c == '_' => {
                self.skip_while(|c| c.is_alphanumeric() || c == '_');
                match self.text.get(start..self.at) {
                    Some("in") => Kind::Operator,
                    _ => Kind::Operand,
                }
            }
            _ => {
                self.at += first.len_utf8();
                match first {
                    '(' | '[' | '{' => Kind::Open,
                    ')' | ']' | '}' => Kind::Close,
                    ',' | ';' => Kind::Separator,
                    _ => Kind::Operator,
                }
            }
        };
        Some(Token { kind, start })
    }
}
