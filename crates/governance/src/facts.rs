//! What is in a policy: its package, its rules, the version of the language.

use regorus::unstable::{
    AssignOp, Expr, Import, Literal, Module as Tree, Query, Rule as RuleTree, RuleHead,
};

use crate::ast;

/// A version of the Rego language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegoVersion {
    /// Before OPA 1.0: rule bodies without `if`, partial sets without `contains`.
    V0,
    /// Since OPA 1.0.
    V1,
}

/// What a rule makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// One value.
    Complete,
    /// A set, element by element: `deny contains msg`.
    Set,
    /// A function.
    Function,
}

/// A definition of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, with what is written out after it: `deny`, `limits.order`.
    pub name: String,
    /// Whether it has a plain name, by which Conftest finds it.
    pub plain: bool,
    /// What it makes.
    pub kind: RuleKind,
    /// Its line, from 1.
    pub line: u32,
}

/// A policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Path of the file.
    pub path: String,
    /// Its package: `main`, `lib.net`.
    pub package: String,
    /// The version that it is written in.
    pub version: RegoVersion,
    /// Its rules in the order written; a rule has one entry per definition.
    pub rules: Vec<Rule>,
    /// What its rules ask, body by body.
    pub bodies: Vec<Body>,
}

/// One body of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Name of the rule.
    pub rule: String,
    /// Line of its head, from 1.
    pub line: u32,
    /// Line of the value that it gives once everything holds, if it says one.
    pub value: Option<u32>,
    /// What it asks, in the order written.
    pub statements: Vec<Statement>,
}

/// One statement of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its line, from 1.
    pub line: u32,
    /// Whether it is there to decide: it does not only give a name to something.
    pub decides: bool,
}

/// Reads off what a parsed module holds.
pub(crate) fn module(path: &str, tree: &Tree, version: RegoVersion) -> Module {
    Module {
        path: path.to_owned(),
        package: package(tree),
        version,
        rules: tree
            .policy
            .iter()
            .flat_map(|rule| definitions(rule, version))
            .collect(),
        bodies: tree.policy.iter().flat_map(|rule| bodies(rule)).collect(),
    }
}

fn bodies(rule: &RuleTree) -> Vec<Body> {
    let (name, line) = (name(rule), rule.span().line);
    let body = |value: Option<&Expr>, statements| Body {
        rule: name.clone(),
        line,
        value: value.map(|value| value.span().line),
        statements,
    };
    match rule {
        RuleTree::Default { value, .. } => vec![body(Some(value), Vec::new())],
        RuleTree::Spec { head, bodies, .. } => {
            let first = value(head);
            let found = bodies.iter().map(|it| {
                let value = it.assign.as_ref().map(|assign| assign.value.as_ref());
                body(value.or(first), statements(&it.query))
            });
            let mut found: Vec<Body> = found.collect();
            if found.is_empty() {
                found.push(body(first, Vec::new()));
            }
            found
        }
    }
}

fn value(head: &RuleHead) -> Option<&Expr> {
    match head {
        RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
            assign.as_ref().map(|assign| assign.value.as_ref())
        }
        RuleHead::Set { key, .. } => key.as_deref(),
    }
}

fn statements(query: &Query) -> Vec<Statement> {
    let statement = |literal: &Literal| match literal {
        Literal::SomeVars { .. } => None,
        Literal::SomeIn { collection, .. } => Some((collection.span().line, true)),
        Literal::Expr { expr, .. } => Some((
            expr.span().line,
            !matches!(
                expr.as_ref(),
                Expr::AssignExpr {
                    op: AssignOp::ColEq,
                    ..
                }
            ),
        )),
        Literal::NotExpr { expr, .. } => Some((expr.span().line, true)),
        Literal::Every { domain, .. } => Some((domain.span().line, true)),
    };
    let found = query.stmts.iter().filter_map(|it| statement(&it.literal));
    found
        .map(|(line, decides)| Statement { line, decides })
        .collect()
}

fn package(tree: &Tree) -> String {
    ast::reference(&tree.package.refr).map_or_else(String::new, |path| path.dotted())
}

/// One entry per body: OPA takes `deny[msg] { … } { … }` for two rules. `else` does not make another.
fn definitions(rule: &RuleTree, version: RegoVersion) -> Vec<Rule> {
    let fact = Rule {
        name: name(rule),
        plain: is_plain(rule, version),
        kind: kind(rule),
        line: rule.span().line,
    };
    let bodies = match rule {
        RuleTree::Spec { bodies, .. } => bodies.iter().filter(|body| !body.is_else).count(),
        RuleTree::Default { .. } => 1,
    };
    vec![fact; bodies.max(1)]
}

pub(crate) fn head(rule: &RuleTree) -> &Expr {
    match rule {
        RuleTree::Default { refr, .. } => refr,
        RuleTree::Spec { head, .. } => match head {
            RuleHead::Compr { refr, .. }
            | RuleHead::Set { refr, .. }
            | RuleHead::Func { refr, .. } => refr,
        },
    }
}

/// Name of a rule with what is written out after it.
pub(crate) fn name(rule: &RuleTree) -> String {
    ast::reference(head(rule)).map_or_else(String::new, |path| path.dotted())
}

/// OPA gives a rule a name if its head is one word, or, in version 0, `name[key]`.
fn is_plain(rule: &RuleTree, version: RegoVersion) -> bool {
    match head(rule) {
        Expr::Var { .. } => true,
        Expr::RefBrack { refr, .. } => {
            version == RegoVersion::V0 && matches!(refr.as_ref(), Expr::Var { .. })
        }
        _ => false,
    }
}

fn kind(rule: &RuleTree) -> RuleKind {
    match rule {
        RuleTree::Spec {
            head: RuleHead::Set { .. },
            ..
        } => RuleKind::Set,
        RuleTree::Spec {
            head: RuleHead::Func { .. },
            ..
        } => RuleKind::Function,
        _ => RuleKind::Complete,
    }
}

/// The name by which a module speaks of an import, and the path it stands for.
pub(crate) fn import(import: &Import) -> Option<(String, String)> {
    let path = ast::reference(&import.refr)?;
    let alias = match &import.r#as {
        Some(alias) => alias.text().to_owned(),
        None => path.names().last()?.to_owned(),
    };
    Some((alias, path.dotted()))
}
