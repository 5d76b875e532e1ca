//! Renders a skeleton with values that remember their places.
//!
//! A placed value never becomes text of the output: where one is printed, a mark is written, and the value is
//! put in its place after the output has been read as YAML. So no value can change the shape of the output.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use minijinja::value::{Enumerator, Object, ObjectRepr, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, syntax::SyntaxConfig};

use super::functions;
use super::skeleton::{Skeleton, VALUE};
use crate::emit::{self, Item};
use crate::source_map::PlaceId;

/// Instructions that one rendering may take; a definition that needs more loops too long.
const FUEL: u64 = 200_000;
/// How deep lists and mappings that a skeleton makes may be nested.
const MAX_DEPTH: usize = 16;
/// How far back the place of a printed value is looked for.
const MAX_LOOK_BACK: usize = 64;

/// A rendered skeleton.
pub(super) struct Rendered {
    /// YAML with marks for lines and values.
    pub text: String,
    /// The placed values, by the number in their mark; nothing for values that are not set.
    pub values: Vec<Option<Item>>,
    /// Places of all values that were looked at.
    pub used: BTreeSet<PlaceId>,
}

/// What happens while a skeleton is rendered.
#[derive(Debug, Default)]
struct Log {
    /// Single values in the order looked at.
    accesses: Vec<(Value, PlaceId)>,
    /// How many of them belong to values that are printed already.
    printed: usize,
    values: Vec<Option<Item>>,
    used: BTreeSet<PlaceId>,
}

type Shared = Arc<Mutex<Log>>;

fn lock(log: &Shared) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Renders with a mapping of values.
pub(super) fn render(skeleton: &Skeleton, values: &Item) -> Result<Rendered, Error> {
    let log = Shared::default();
    let mut env = environment();
    let of_formatter = Arc::clone(&log);
    env.set_formatter(move |out, _, value| {
        let item = item(&of_formatter, value, 0);
        let number = lock(&of_formatter).keep(item);
        Ok(out.write_str(&format!("{}{number}{}", VALUE.0, VALUE.1))?)
    });
    let context = Value::from_object(Placed {
        item: values.clone(),
        log: Arc::clone(&log),
    });
    let text = env.template_from_str(&skeleton.marked)?.render(context)?;
    drop(env);
    let mut log = lock(&log);
    Ok(Rendered {
        text,
        values: std::mem::take(&mut log.values),
        used: std::mem::take(&mut log.used),
    })
}

/// The names that a skeleton uses and does not set itself; an error if it cannot be read.
pub(super) fn names(skeleton: &Skeleton) -> Result<BTreeSet<String>, Error> {
    let env = environment();
    let template = env.template_from_str(&skeleton.marked)?;
    Ok(template.undeclared_variables(false).into_iter().collect())
}

/// Whether a name is one of the engine's functions.
pub(super) fn is_function(name: &str) -> bool {
    environment().globals().any(|(known, _)| known == name)
}

/// The engine with everything that a skeleton can call. Made once: clones share it.
fn environment() -> Environment<'static> {
    static BASE: OnceLock<Environment<'static>> = OnceLock::new();
    BASE.get_or_init(|| {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        env.set_recursion_limit(64);
        env.set_debug(true);
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        if let Ok(syntax) = syntax {
            env.set_syntax(syntax);
        }
        functions::add(&mut env);
        env
    })
    .clone()
}

impl Log {
    /// Notes that a value was looked at. Lists and mappings are not kept: to compare them is to look into them.
    fn look(&mut self, value: &Value, place: Option<PlaceId>, single: bool) {
        self.used.extend(place);
        if let Some(place) = place.filter(|_| single) {
            self.accesses.push((value.clone(), place));
        }
    }

    /// Keeps a value that is printed and gives its number.
    fn keep(&mut self, item: Option<Item>) -> usize {
        self.printed = self.accesses.len();
        self.values.push(item);
        self.values.len() - 1
    }

    /// Where a printed value comes from: the last value like it that was looked at, else the last one that
    /// was looked at for this printing.
    fn place_of(&self, value: &Value) -> Option<PlaceId> {
        let mut recent = self.accesses.iter().rev().take(MAX_LOOK_BACK);
        let like = recent.find(|(other, _)| other == value);
        like.map(|(_, place)| *place).or_else(|| self.last_place())
    }

    /// The last value that was looked at since something was printed.
    fn last_place(&self) -> Option<PlaceId> {
        let since = self.accesses.get(self.printed..)?;
        since.last().map(|(_, place)| *place)
    }
}

/// The value as an item; nothing for a value that is not set. The log is not held while a value is looked
/// into, since that is noted in it.
fn item(log: &Shared, value: &Value, depth: usize) -> Option<Item> {
    if let Some(placed) = value.downcast_object_ref::<Placed>() {
        return Some(placed.item.clone());
    }
    let of_item = match value.kind() {
        ValueKind::Bool => emit::Value::Bool(value.is_true()),
        ValueKind::Number => number(value)?,
        ValueKind::String => emit::Value::Text(value.as_str()?.to_owned()),
        ValueKind::Seq | ValueKind::Iterable if depth < MAX_DEPTH => {
            let items = value
                .try_iter()
                .ok()?
                .filter_map(|value| item(log, &value, depth + 1));
            emit::Value::List {
                items: items.collect(),
                flow: false,
            }
        }
        ValueKind::Map if depth < MAX_DEPTH => emit::Value::Map(entries(log, value, depth)),
        _ => return None,
    };
    let place = match of_item {
        emit::Value::List { .. } | emit::Value::Map(_) => lock(log).last_place(),
        _ => lock(log).place_of(value),
    };
    Some(Item {
        value: of_item,
        place,
    })
}

fn entries(log: &Shared, value: &Value, depth: usize) -> Vec<(String, Item)> {
    let keys = value.try_iter().into_iter().flatten();
    keys.filter_map(|key| {
        let item = item(log, &value.get_item(&key).ok()?, depth + 1)?;
        Some((key.to_string(), item))
    })
    .collect()
}

fn number(value: &Value) -> Option<emit::Value> {
    match value.as_i64().filter(|_| value.is_integer()) {
        Some(whole) => Some(emit::Value::Int(whole)),
        None => f64::try_from(value.clone())
            .ok()
            .filter(|n| n.is_finite())
            .map(emit::Value::Float),
    }
}

/// A mapping or list of values, which notes what is looked at.
#[derive(Debug)]
struct Placed {
    item: Item,
    log: Shared,
}

impl Placed {
    fn child(&self, item: &Item) -> Value {
        let value = match &item.value {
            emit::Value::Null => Value::from(()),
            emit::Value::Bool(value) => Value::from(*value),
            emit::Value::Int(value) => Value::from(*value),
            emit::Value::Float(value) => Value::from(*value),
            emit::Value::Text(text) => Value::from(text.as_str()),
            emit::Value::List { .. } | emit::Value::Map(_) => Value::from_object(Self {
                item: item.clone(),
                log: Arc::clone(&self.log),
            }),
        };
        let single = !matches!(item.value, emit::Value::List { .. } | emit::Value::Map(_));
        lock(&self.log).look(&value, item.place, single);
        value
    }
}

impl Object for Placed {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match self.item.value {
            emit::Value::List { .. } => ObjectRepr::Seq,
            _ => ObjectRepr::Map,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let child = match key.as_str() {
            Some(key) => self.item.get(key),
            None => self.item.items().get(key.as_usize()?),
        };
        child.map(|item| self.child(item))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match &self.item.value {
            emit::Value::Map(entries) => Enumerator::Values(
                entries
                    .iter()
                    .map(|(key, _)| Value::from(key.as_str()))
                    .collect(),
            ),
            _ => Enumerator::Seq(self.item.items().len()),
        }
    }
}

/// A message for an error of the engine, without its internals.
pub(super) fn message(error: &Error) -> String {
    match error.kind() {
        ErrorKind::OutOfFuel => {
            "the output takes too long; look for a loop that is too big".to_owned()
        }
        ErrorKind::UndefinedError => match error.detail() {
            Some(detail) => format!("something is not defined: {detail}"),
            None => "something that is not defined is used".to_owned(),
        },
        kind => match error.detail() {
            Some(detail) => detail.to_owned(),
            None => kind.to_string(),
        },
    }
}
