//! Go's `fmt.Sprintf` for integers, floats and strings, and `strconv.Quote`.

mod number;
#[cfg(test)]
mod tests;

use std::iter::Peekable;
use std::str::Chars;

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Arg {
    Int(i128),
    Float(f64),
    Text(String),
}

/// Widths and precisions beyond this are refused, as in Go.
const LARGEST: usize = 1_000_000;

/// What stands between `%` and the verb.
#[derive(Clone, Debug, Default)]
struct Spec {
    plus: bool,
    minus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

struct Printer<'a> {
    out: String,
    args: &'a [Arg],
    next: usize,
    reordered: bool,
}

/// The formatted text.
pub(crate) fn sprintf(format: &str, args: &[Arg]) -> String {
    let mut printer = Printer {
        out: String::new(),
        args,
        next: 0,
        reordered: false,
    };
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '%' {
            printer.directive(&mut chars);
        } else {
            printer.out.push(c);
        }
    }
    printer.extra();
    printer.out
}

impl Printer<'_> {
    fn directive(&mut self, chars: &mut Peekable<Chars<'_>>) {
        let mut spec = flags(chars);
        self.index(chars);
        spec.width = self.size(chars, &mut spec.minus, "%!(BADWIDTH)");
        if chars.next_if_eq(&'.').is_some() {
            self.index(chars);
            let mut ignored = false;
            let precision = self.size(chars, &mut ignored, "%!(BADPREC)");
            spec.precision = Some(precision.unwrap_or(0));
        }
        self.index(chars);
        match chars.next() {
            None => self.out.push_str("%!(NOVERB)"),
            Some('%') => self.out.push('%'),
            Some(verb) => self.verb(&spec, verb),
        }
    }

    /// `[3]`: the argument to go on with.
    fn index(&mut self, chars: &mut Peekable<Chars<'_>>) {
        if chars.peek() != Some(&'[') {
            return;
        }
        let inside: String = chars.by_ref().skip(1).take_while(|c| *c != ']').collect();
        self.reordered = true;
        self.next = inside
            .parse::<usize>()
            .ok()
            .and_then(|index| index.checked_sub(1))
            .unwrap_or(usize::MAX);
    }

    /// A width or precision: digits, or `*` for an argument.
    fn size(
        &mut self,
        chars: &mut Peekable<Chars<'_>>,
        minus: &mut bool,
        bad: &str,
    ) -> Option<usize> {
        if chars.next_if_eq(&'*').is_some() {
            let arg = self.args.get(self.next).cloned();
            self.next = self.next.saturating_add(1);
            return match arg {
                Some(Arg::Int(size)) if size.unsigned_abs() <= LARGEST as u128 => {
                    *minus |= size < 0;
                    usize::try_from(size.unsigned_abs()).ok()
                }
                _ => {
                    self.out.push_str(bad);
                    None
                }
            };
        }
        let mut size = None;
        while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
            chars.next();
            size = Some(size.unwrap_or(0usize).saturating_mul(10) + digit as usize);
        }
        size.map(|size| size.min(LARGEST))
    }

    fn verb(&mut self, spec: &Spec, verb: char) {
        let Some(arg) = self.args.get(self.next) else {
            let what = if self.reordered {
                "BADINDEX"
            } else {
                "MISSING"
            };
            self.out.push_str(&format!("%!{verb}({what})"));
            return;
        };
        self.next += 1;
        self.out.push_str(&formatted(spec, verb, arg));
    }

    fn extra(&mut self) {
        if self.reordered || self.next >= self.args.len() {
            return;
        }
        let extra = self.args.get(self.next..).unwrap_or_default();
        let extra: Vec<String> = extra.iter().map(typed).collect();
        self.out
            .push_str(&format!("%!(EXTRA {})", extra.join(", ")));
    }
}

fn flags(chars: &mut Peekable<Chars<'_>>) -> Spec {
    let mut spec = Spec::default();
    while let Some(flag) = chars.next_if(|c| matches!(c, '+' | '-' | '#' | ' ' | '0')) {
        match flag {
            '+' => spec.plus = true,
            '-' => spec.minus = true,
            '#' => spec.sharp = true,
            ' ' => spec.space = true,
            _ => spec.zero = true,
        }
    }
    spec
}

fn type_name(arg: &Arg) -> &'static str {
    match arg {
        Arg::Int(value) if i64::try_from(*value).is_err() => "*big.Int",
        Arg::Int(_) => "int64",
        Arg::Float(_) => "float64",
        Arg::Text(_) => "string",
    }
}

/// `int64=5`, as Go shows an argument that was not wanted.
fn typed(arg: &Arg) -> String {
    format!(
        "{}={}",
        type_name(arg),
        formatted(&Spec::default(), 'v', arg)
    )
}

fn formatted(spec: &Spec, verb: char, arg: &Arg) -> String {
    if verb == 'T' {
        return pad(spec, type_name(arg).to_owned());
    }
    // Go keeps `+` for the fields of structures there.
    let plain = Spec {
        plus: spec.plus && verb != 'v',
        ..spec.clone()
    };
    let spec = &plain;
    let text = match arg {
        Arg::Int(value) => number::int(spec, verb, *value),
        Arg::Float(value) => number::float(spec, verb, *value),
        Arg::Text(text) => string(spec, verb, text).map(|text| pad(spec, text)),
    };
    text.unwrap_or_else(|| format!("%!{verb}({})", typed(arg)))
}

fn string(spec: &Spec, verb: char, text: &str) -> Option<String> {
    let cut: String = match spec.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text.to_owned(),
    };
    Some(match verb {
        'v' if spec.sharp => quote(&cut),
        'v' | 's' => cut,
        'q' if spec.sharp && !cut.contains(['`', '\n', '\r']) => format!("`{cut}`"),
        'q' if spec.plus => cut.chars().map(ascii_escape).collect::<String>().quoted(),
        'q' => quote(&cut),
        'x' => hex(spec, text, false),
        'X' => hex(spec, text, true),
        _ => return None,
    })
}

trait Quoted {
    fn quoted(self) -> String;
}

impl Quoted for String {
    fn quoted(self) -> String {
        format!("\"{self}\"")
    }
}

fn hex(spec: &Spec, text: &str, upper: bool) -> String {
    let bytes = text.bytes().take(spec.precision.unwrap_or(usize::MAX));
    let digits: Vec<String> = bytes
        .map(|byte| {
            if upper {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            }
        })
        .collect();
    let prefix = match (spec.sharp, upper) {
        (false, _) => "",
        (true, false) => "0x",
        (true, true) => "0X",
    };
    if spec.space {
        let prefixed = digits.iter().map(|byte| format!("{prefix}{byte}"));
        return prefixed.collect::<Vec<_>>().join(" ");
    }
    if digits.is_empty() {
        return String::new();
    }
    format!("{prefix}{}", digits.concat())
}

/// Fills up with spaces to the width.
fn pad(spec: &Spec, text: String) -> String {
    let missing = spec.width.unwrap_or(0).saturating_sub(text.chars().count());
    match missing {
        0 => text,
        missing if spec.minus => text + &" ".repeat(missing),
        missing => " ".repeat(missing) + &text,
    }
}

/// Go's `strconv.Quote`.
pub(crate) fn quote(text: &str) -> String {
    text.chars().map(escape).collect::<String>().quoted()
}

fn escape(c: char) -> String {
    if is_print(c) && !matches!(c, '"' | '\\') {
        return c.to_string();
    }
    ascii_escape(c)
}

fn ascii_escape(c: char) -> String {
    match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\u{7}' => "\\a".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        ' '..='~' => c.to_string(),
        '\0'..='\u{7f}' => format!("\\x{:02x}", u32::from(c)),
        c if u32::from(c) < 0x1_0000 => format!("\\u{:04x}", u32::from(c)),
        c => format!("\\U{:08x}", u32::from(c)),
    }
}

/// Go's `strconv.IsPrint`, short of characters that no version of Unicode has assigned.
fn is_print(c: char) -> bool {
    let hidden = matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{3000}' | '\u{feff}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{10ffff}'
    );
    !hidden && !c.is_control()
}
