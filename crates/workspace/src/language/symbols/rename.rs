//! Giving something another name, at every place of it.

use tierwalk_protocol::yaml_text::scalar;
use tierwalk_protocol::{Edit, Renamed};
use tierwalk_resources::names;

use super::{Occurrence, Symbol, all, at};
use crate::Workspace;

/// Gives what is named at a byte of a file another name.
pub(crate) fn rename(workspace: &Workspace, file: &str, byte: usize, to: &str) -> Renamed {
    let all = all(workspace);
    let Some(symbol) = at(&all, file, byte).map(|it| &it.symbol) else {
        return Renamed::Refused("There is no name here that could be changed.".to_owned());
    };
    if let Some(why) = obstacle(symbol).or_else(|| refusal(&all, symbol, to)) {
        return Renamed::Refused(why);
    }
    let found = all.iter().filter(|it| it.symbol.is(symbol));
    Renamed::Edits(found.filter_map(|it| edit(workspace, it, to)).collect())
}

fn edit(workspace: &Workspace, it: &Occurrence, to: &str) -> Option<Edit> {
    Some(Edit {
        place: workspace.placer(&it.file)?.place(it.offset, it.span),
        text: if it.plain { scalar(to) } else { to.to_owned() },
    })
}

/// Why something cannot have another name at all.
pub(super) fn obstacle(symbol: &Symbol) -> Option<String> {
    let built_in = [names::DEFAULT_TIER, names::ADMIN_TIER, names::BASELINE_TIER];
    match symbol {
        Symbol::Tier(name) if built_in.contains(&name.as_str()) => {
            Some(format!("Tier `{name}` is Calico's own and keeps its name."))
        }
        Symbol::Namespace(name) if name == "default" => Some(
            "Namespace `default` is meant wherever none is written; it keeps its name.".to_owned(),
        ),
        Symbol::Label(_, key, _) if key.starts_with("projectcalico.org/") => {
            Some(format!("Label `{key}` is set by Calico."))
        }
        _ => None,
    }
}

fn refusal(all: &[Occurrence], symbol: &Symbol, to: &str) -> Option<String> {
    if to == symbol.name() {
        return Some("That is its name already.".to_owned());
    }
    let longest = match symbol {
        Symbol::Namespace(_) | Symbol::Label(..) | Symbol::Service(..) => 63,
        _ => 253,
    };
    let fits = match symbol {
        Symbol::Label(..) => is_value(to),
        Symbol::Namespace(_) | Symbol::Service(..) => !to.contains('.') && is_name(to),
        _ => is_name(to),
    };
    if !fits || to.len() > longest {
        return Some(match symbol {
            Symbol::Label(..) => format!(
                "`{to}` is no value of a label: letters, digits, `-`, `_` and `.`, up to 63."
            ),
            _ => format!(
                "`{to}` is no name: lower case letters, digits and `-`, beginning and ending with a letter or digit."
            ),
        });
    }
    let wanted = symbol.renamed(to);
    let taken = !matches!(symbol, Symbol::Label(..))
        && all.iter().any(|it| it.declares && it.symbol.is(&wanted));
    taken.then(|| format!("There is a {symbol} `{to}` already."))
}

fn is_name(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let part = |part: &str| {
        part.starts_with(inside)
            && part.ends_with(inside)
            && part.chars().all(|c| inside(c) || c == '-')
    };
    text.split('.').all(part)
}

fn is_value(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    text.starts_with(edge)
        && text.ends_with(edge)
        && text
            .chars()
            .all(|c| edge(c) || matches!(c, '-' | '_' | '.'))
}
