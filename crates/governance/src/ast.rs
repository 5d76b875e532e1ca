//! Walking the engine's syntax trees.

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Ref, Rule, RuleHead};

/// One step of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A name that is written out.
    Key(String),
    /// An index that is written out.
    Index(usize),
    /// Anything else: a variable, `_`.
    Any,
}

/// `input.spec.ingress[_].action`: a root and the steps from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub root: String,
    pub steps: Vec<Step>,
    pub line: u32,
    pub column: u32,
}

impl Reference {
    /// The names that are written out, up to the first other step.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map_while(|step| match step {
            Step::Key(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Root and names, joined by dots.
    pub fn dotted(&self) -> String {
        let mut text = self.root.clone();
        self.names().for_each(|name| push_name(&mut text, name));
        text
    }
}

/// Adds a step to a path as OPA writes it: `.name`, or `["a-b"]` for what is no name.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        path.push_str(&format!("[{}]", crate::builtins::gofmt::quote(name)));
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// The reference that an expression is, if it is one.
pub(crate) fn reference(expr: &Expr) -> Option<Reference> {
    let mut steps = Vec::new();
    let mut current = expr;
    loop {
        match current {
            Expr::RefDot { refr, field, .. } => {
                steps.push(Step::Key(field.0.text().to_owned()));
                current = refr;
            }
            Expr::RefBrack { refr, index, .. } => {
                steps.push(step(index));
                current = refr;
            }
            Expr::Var { span, .. } => {
                steps.reverse();
                return Some(Reference {
                    root: span.text().to_owned(),
                    steps,
                    line: span.line,
                    column: span.col,
                });
            }
            _ => return None,
        }
    }
}

fn step(index: &Expr) -> Step {
    match index {
        Expr::String { value, .. } | Expr::RawString { value, .. } => value
            .as_string()
            .map_or(Step::Any, |name| Step::Key(name.to_string())),
        Expr::Number { value, .. } => value
            .as_u32()
            .map_or(Step::Any, |index| Step::Index(index as usize)),
        _ => Step::Any,
    }
}

/// Visits every expression of a rule with its depth, outermost first, in the order written. The parts of a
/// reference are not visited one by one.
pub(crate) fn each_expr<'a>(rule: &'a Rule, visit: &mut dyn FnMut(&'a Expr, usize)) {
    match rule {
        Rule::Default { value, args, .. } => {
            args.iter().for_each(|arg| expr(arg, 1, visit));
            expr(value, 1, visit);
        }
        Rule::Spec { head, bodies, .. } => {
            for body in bodies {
                query(&body.query, 1, visit);
                if let Some(assign) = &body.assign {
                    expr(&assign.value, 1, visit);
                }
            }
            each_in_head(head, visit);
        }
    }
}

/// Visits every statement of a rule, those within comprehensions and `every` among them.
pub(crate) fn each_statement<'a>(rule: &'a Rule, visit: &mut dyn FnMut(&'a LiteralStmt)) {
    if let Rule::Spec { bodies, .. } = rule {
        bodies
            .iter()
            .for_each(|body| statements(&body.query, visit));
    }
    each_expr(rule, &mut |node, _| match node {
        Expr::ArrayCompr { query, .. }
        | Expr::SetCompr { query, .. }
        | Expr::ObjectCompr { query, .. } => statements(query, visit),
        _ => {}
    });
}

fn statements<'a>(query: &'a Query, visit: &mut dyn FnMut(&'a LiteralStmt)) {
    for statement in &query.stmts {
        visit(statement);
        if let Literal::Every { query, .. } = &statement.literal {
            statements(query, visit);
        }
    }
}

fn each_in_head<'a>(head: &'a RuleHead, visit: &mut dyn FnMut(&'a Expr, usize)) {
    match head {
        RuleHead::Compr { refr, assign, .. } => {
            indexes(refr, 1, visit);
            if let Some(assign) = assign {
                expr(&assign.value, 1, visit);
            }
        }
        RuleHead::Set { refr, key, .. } => {
            indexes(refr, 1, visit);
            key.iter().for_each(|key| expr(key, 1, visit));
        }
        RuleHead::Func { args, assign, .. } => {
            args.iter().for_each(|arg| expr(arg, 1, visit));
            if let Some(assign) = assign {
                expr(&assign.value, 1, visit);
            }
        }
    }
}

/// The expressions in the brackets of a reference, and its root if that is no name.
fn indexes<'a>(refr: &'a Expr, depth: usize, visit: &mut dyn FnMut(&'a Expr, usize)) {
    let mut current = refr;
    let mut found = Vec::new();
    loop {
        match current {
            Expr::RefDot { refr, .. } => current = refr,
            Expr::RefBrack { refr, index, .. } => {
                found.push(index);
                current = refr;
            }
            Expr::Var { .. } => break,
            root => {
                expr(root, depth + 1, visit);
                break;
            }
        }
    }
    for index in found.into_iter().rev() {
        expr(index, depth + 1, visit);
    }
}

fn query<'a>(query: &'a Query, depth: usize, visit: &mut dyn FnMut(&'a Expr, usize)) {
    for statement in &query.stmts {
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                expr(collection, depth + 1, visit);
                key.iter().for_each(|key| expr(key, depth + 1, visit));
                expr(value, depth + 1, visit);
            }
            Literal::Expr { expr: inner, .. } | Literal::NotExpr { expr: inner, .. } => {
                expr(inner, depth + 1, visit);
            }
            Literal::Every { domain, query, .. } => {
                expr(domain, depth + 1, visit);
                self::query(query, depth + 1, visit);
            }
        }
        for modifier in &statement.with_mods {
            expr(&modifier.r#as, depth + 1, visit);
        }
    }
}

fn expr<'a>(node: &'a Expr, depth: usize, visit: &mut dyn FnMut(&'a Expr, usize)) {
    visit(node, depth);
    let depth = depth + 1;
    match node {
        Expr::Array { items, .. } | Expr::Set { items, .. } => each(items, depth, visit),
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                expr(key, depth, visit);
                expr(value, depth, visit);
            }
        }
        Expr::ArrayCompr {
            term, query: body, ..
        }
        | Expr::SetCompr {
            term, query: body, ..
        } => {
            query(body, depth, visit);
            expr(term, depth, visit);
        }
        Expr::ObjectCompr {
            key,
            value,
            query: body,
            ..
        } => {
            query(body, depth, visit);
            expr(key, depth, visit);
            expr(value, depth, visit);
        }
        Expr::Call { params, .. } => each(params, depth, visit),
        Expr::UnaryExpr { expr: inner, .. } => expr(inner, depth, visit),
        Expr::RefDot { .. } | Expr::RefBrack { .. } => indexes(node, depth, visit),
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => {
            expr(lhs, depth, visit);
            expr(rhs, depth, visit);
        }
        Expr::Membership {
            key,
            value,
            collection,
            ..
        } => {
            key.iter().for_each(|key| expr(key, depth, visit));
            expr(value, depth, visit);
            expr(collection, depth, visit);
        }
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => {}
    }
}

fn each<'a>(items: &'a [Ref<Expr>], depth: usize, visit: &mut dyn FnMut(&'a Expr, usize)) {
    items.iter().for_each(|item| expr(item, depth, visit));
}

/// Names that a rule declares for itself: arguments, `some`, `every` and `:=`.
pub(crate) fn locals(rule: &Rule) -> Vec<String> {
    let mut names = Vec::new();
    if let Rule::Spec {
        head: RuleHead::Func { args, .. },
        ..
    } = rule
    {
        args.iter().for_each(|arg| variables(arg, &mut names));
    }
    if let Rule::Spec { bodies, .. } = rule {
        bodies
            .iter()
            .for_each(|body| declared(&body.query, &mut names));
    }
    each_expr(rule, &mut |node, _| match node {
        Expr::AssignExpr {
            op: AssignOp::ColEq,
            lhs,
            ..
        } => variables(lhs, &mut names),
        Expr::ArrayCompr { query, .. }
        | Expr::SetCompr { query, .. }
        | Expr::ObjectCompr { query, .. } => declared(query, &mut names),
        _ => {}
    });
    names
}

fn declared(query: &Query, names: &mut Vec<String>) {
    for statement in &query.stmts {
        match &statement.literal {
            Literal::SomeVars { vars, .. } => {
                names.extend(vars.iter().map(|name| name.text().to_owned()));
            }
            Literal::SomeIn { key, value, .. } => {
                key.iter().for_each(|key| variables(key, names));
                variables(value, names);
            }
            Literal::Every {
                key, value, query, ..
            } => {
                names.extend(key.iter().map(|name| name.text().to_owned()));
                names.push(value.text().to_owned());
                declared(query, names);
            }
            Literal::Expr { .. } | Literal::NotExpr { .. } => {}
        }
    }
}

fn variables(pattern: &Expr, names: &mut Vec<String>) {
    expr(pattern, 1, &mut |node, _| {
        if let Expr::Var { span, .. } = node {
            names.push(span.text().to_owned());
        }
    });
}
