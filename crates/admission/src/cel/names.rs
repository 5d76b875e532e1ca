//! Names and functions that an expression may use.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedEntryExpr, SelectExpr};

use super::{Slip, WEIGH};

/// Deeper ones would need more stack than a browser gives.
const MAX_DEPTH: usize = 150;

/// What expressions of admission policies know.
const VARIABLES: &[&str] = &[
    "object",
    "oldObject",
    "request",
    "params",
    "namespaceObject",
    "authorizer",
    "variables",
];

/// Names of types, which are values in CEL.
const TYPES: &[&str] = &[
    "bool",
    "bytes",
    "double",
    "int",
    "list",
    "map",
    "null_type",
    "string",
    "type",
    "uint",
];

/// Functions, those that are called on something among them.
const FUNCTIONS: &[&str] = &[
    "allowed",
    "bool",
    "bytes",
    "charAt",
    "check",
    "cidr",
    "contains",
    "containsCIDR",
    "containsIP",
    "double",
    "dyn",
    "endsWith",
    "errored",
    "family",
    "find",
    "findAll",
    "format",
    "group",
    "hasValue",
    "indexOf",
    "int",
    "ip",
    "isCIDR",
    "isGlobalUnicast",
    "isIP",
    "isLinkLocalMulticast",
    "isLinkLocalUnicast",
    "isLoopback",
    "isSorted",
    "isUnspecified",
    "join",
    "lastIndexOf",
    "lowerAscii",
    "masked",
    "matches",
    "max",
    "min",
    "name",
    "namespace",
    "or",
    "orValue",
    "path",
    "prefixLength",
    "reason",
    "replace",
    "resource",
    "reverse",
    "serviceAccount",
    "size",
    "split",
    "startsWith",
    "string",
    "subresource",
    "substring",
    "sum",
    "trim",
    "type",
    "uint",
    "upperAscii",
    "value",
];

/// Functions with a family's name before theirs.
const QUALIFIED: &[(&str, &str)] = &[
    ("ip", "isCanonical"),
    ("optional", "of"),
    ("optional", "none"),
    ("optional", "ofNonZeroValue"),
    ("sets", "contains"),
    ("sets", "equivalent"),
    ("sets", "intersects"),
];

/// Functions of Kubernetes that are not simulated: dates, quantities, URLs, formats, versions
/// (`apiserver/pkg/cel/library`).
const NOT_SIMULATED: &[&str] = &[
    "add",
    "asApproximateFloat",
    "asInteger",
    "compareTo",
    "duration",
    "error",
    "fieldSelector",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getEscapedPath",
    "getFullYear",
    "getHost",
    "getHostname",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getPort",
    "getQuery",
    "getScheme",
    "getSeconds",
    "isGreaterThan",
    "isInteger",
    "isLessThan",
    "isQuantity",
    "isSemver",
    "isURL",
    "labelSelector",
    "major",
    "minor",
    "named",
    "optFlatMap",
    "optMap",
    "patch",
    "quantity",
    "semver",
    "sign",
    "sub",
    "timestamp",
    "url",
    "validate",
];

/// Macros, which are calls only where their arguments do not fit.
const MACROS: &[(&str, &str)] = &[
    ("has", "`has(object.field)` takes one field"),
    ("all", "write `list.all(x, …)`"),
    ("exists", "write `list.exists(x, …)`"),
    ("exists_one", "write `list.exists_one(x, …)`"),
    ("map", "write `list.map(x, …)`"),
    ("filter", "write `list.filter(x, …)`"),
];

/// The names of `variables` that are set before an expression.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scope<'a> {
    pub variables: &'a [String],
}

/// Why an expression is refused: a name that is not known, or its depth.
pub(super) struct Refused {
    name: String,
    /// Whether the name follows a dot.
    is_member: bool,
    message: String,
    help: Option<String>,
}

impl Refused {
    /// With the place of the name.
    pub fn slip(self, source: &str) -> Slip {
        Slip {
            range: find(source, &self.name, self.is_member).unwrap_or(0..source.len()),
            message: self.message,
            help: self.help,
        }
    }
}

/// The first place at which a name stands by itself.
fn find(source: &str, name: &str, is_member: bool) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut places = source.match_indices(name).filter(|_| !name.is_empty());
    let place = places.find(|(at, _)| {
        let before = source.get(..*at).unwrap_or_default();
        let after = source.get(at + name.len()..).unwrap_or_default();
        let is_quoted = before.matches(['"', '\'']).count() % 2 == 1;
        !before.ends_with(is_name)
            && !after.starts_with(is_name)
            && !is_quoted
            && (is_member || !before.trim_end().ends_with('.'))
    });
    place.map(|(at, _)| at..at + name.len())
}

/// Refuses names that are not known, and lets comprehensions count what they go through.
pub(super) fn resolve(root: &mut IdedExpr, scope: &Scope<'_>) -> Result<(), Refused> {
    Walk {
        scope,
        local: Vec::new(),
        depth: 0,
    }
    .expression(root)
}

struct Walk<'a> {
    scope: &'a Scope<'a>,
    /// What comprehensions bind.
    local: Vec<String>,
    depth: usize,
}

impl Walk<'_> {
    fn expression(&mut self, node: &mut IdedExpr) -> Result<(), Refused> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep());
        }
        self.depth += 1;
        let result = match &mut node.expr {
            Expr::Ident(name) => self.name(name),
            Expr::Call(call) => self.call(call),
            Expr::Select(select) => self.select(select),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension),
            Expr::List(list) => self.all(&mut list.elements),
            Expr::Map(map) => self.entries(&mut map.entries),
            Expr::Struct(made) => Err(unknown(&made.type_name, "type", &[])),
            Expr::Literal(_) | Expr::Unspecified => Ok(()),
        };
        self.depth -= 1;
        result
    }

    fn all(&mut self, nodes: &mut [IdedExpr]) -> Result<(), Refused> {
        nodes.iter_mut().try_for_each(|node| self.expression(node))
    }

    fn name(&self, name: &str) -> Result<(), Refused> {
        let is_local = name.starts_with('@') || self.local.iter().any(|local| local == name);
        if is_local || VARIABLES.contains(&name) || TYPES.contains(&name) {
            return Ok(());
        }
        if self.scope.variables.iter().any(|variable| variable == name) {
            let mut unknown = unknown(name, "name", &[]);
            unknown.help = Some(format!("write `variables.{name}`"));
            return Err(unknown);
        }
        let known: Vec<&str> = self
            .local
            .iter()
            .map(String::as_str)
            .chain(VARIABLES.iter().copied())
            .collect();
        Err(unknown(name, "name", &known))
    }

    fn call(&mut self, call: &mut CallExpr) -> Result<(), Refused> {
        let name = call.func_name.as_str();
        let family = call.target.as_ref().and_then(|target| match &target.expr {
            Expr::Ident(family) => Some(family.as_str()),
            _ => None,
        });
        let is_qualified = family.is_some_and(|family| QUALIFIED.contains(&(family, name)));
        let is_operator = !name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_qualified && !is_operator && !FUNCTIONS.contains(&name) {
            if NOT_SIMULATED.contains(&name) {
                return Err(not_simulated(name));
            }
            let mut unknown = unknown(name, "function", FUNCTIONS);
            if let Some((_, help)) = MACROS.iter().find(|(known, _)| *known == name) {
                unknown.message = format!("`{name}` does not fit here");
                unknown.help = Some((*help).to_owned());
            }
            return Err(unknown);
        }
        if let Some(target) = call.target.as_mut().filter(|_| !is_qualified) {
            self.expression(target)?;
        }
        self.all(&mut call.args)
    }

    fn select(&mut self, select: &mut SelectExpr) -> Result<(), Refused> {
        let of_variables = matches!(&select.operand.expr, Expr::Ident(name) if name == "variables");
        if of_variables && !self.scope.variables.contains(&select.field) {
            let known: Vec<&str> = self.scope.variables.iter().map(String::as_str).collect();
            return Err(unknown(&select.field, "variable", &known));
        }
        self.expression(&mut select.operand)
    }

    fn entries(&mut self, entries: &mut [IdedEntryExpr]) -> Result<(), Refused> {
        for entry in entries {
            match &mut entry.expr {
                EntryExpr::StructField(field) => self.expression(&mut field.value)?,
                EntryExpr::MapEntry(entry) => {
                    self.expression(&mut entry.key)?;
                    self.expression(&mut entry.value)?;
                }
            }
        }
        Ok(())
    }

    fn comprehension(&mut self, made: &mut ComprehensionExpr) -> Result<(), Refused> {
        self.expression(&mut made.iter_range)?;
        self.expression(&mut made.accu_init)?;
        let before = self.local.len();
        self.local.push(made.iter_var.clone());
        self.local.extend(made.iter_var2.clone());
        self.local.push(made.accu_var.clone());
        for part in [&mut made.loop_cond, &mut made.loop_step, &mut made.result] {
            self.expression(part)?;
        }
        self.local.truncate(before);
        let range = std::mem::take(&mut made.iter_range);
        made.iter_range = IdedExpr {
            id: range.id,
            expr: Expr::Call(CallExpr {
                func_name: WEIGH.to_owned(),
                target: None,
                args: vec![range],
            }),
        };
        Ok(())
    }
}

fn unknown(name: &str, what: &str, known: &[&str]) -> Refused {
    let nearest = tierwalk_source::nearest(name, known.iter().copied());
    Refused {
        name: name.to_owned(),
        is_member: matches!(what, "function" | "variable"),
        message: format!("there is no {what} `{name}`"),
        help: nearest.map(|nearest| format!("did you mean `{nearest}`?")),
    }
}

/// A function that a cluster has.
fn not_simulated(name: &str) -> Refused {
    Refused {
        name: name.to_owned(),
        is_member: true,
        message: format!("function `{name}` of Kubernetes is not simulated"),
        help: Some("a cluster takes it; here the policy takes no part".to_owned()),
    }
}

/// An expression within so many others.
pub(super) fn too_deep() -> Refused {
    Refused {
        name: String::new(),
        is_member: false,
        message: "the expression is nested too deeply".to_owned(),
        help: Some("move parts of it into `variables`".to_owned()),
    }
}
