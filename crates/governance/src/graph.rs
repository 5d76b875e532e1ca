//! Which rule needs which. Found before anything runs: functions that do not exist, rules that need their
//! own value, and chains so long that following them would overflow the stack.

#[cfg(test)]
mod tests;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::Expr;
use tierwalk_source::{Diagnostic, nearest};

use crate::ast::{self, Reference};
use crate::error::span_at;
use crate::facts;
use crate::parse::Parsed;
use crate::{FileDiagnostic, VersionChoice, builtins};

/// Levels of nesting that following a chain of rules may add up to.
const DEEPEST: usize = 200;

/// All definitions of one rule.
#[derive(Default)]
pub(crate) struct Node {
    /// Nesting of its deepest definition.
    depth: usize,
    /// Rules it needs: each with the module, line and column where it says so.
    needs: Vec<(usize, usize, u32, u32)>,
}

pub(crate) struct Graph<'a> {
    modules: &'a [Parsed],
    keys: BTreeMap<String, usize>,
    nodes: Vec<Node>,
}

impl<'a> Graph<'a> {
    /// Of these modules, and the problems they have taken together.
    pub fn build(modules: &'a [Parsed], choice: VersionChoice) -> (Self, Vec<FileDiagnostic>) {
        let mut graph = Self {
            modules,
            keys: BTreeMap::new(),
            nodes: Vec::new(),
        };
        graph.collect();
        let mut problems = Vec::new();
        for (index, module) in modules.iter().enumerate() {
            graph.connect(index, module, choice, &mut problems);
        }
        problems.extend(walk::problems(&graph));
        (graph, problems)
    }

    /// Each rule, by package and name, and the rules it needs itself.
    pub fn needs(&self) -> BTreeMap<&str, Vec<&str>> {
        let names: BTreeMap<usize, &str> = self
            .keys
            .iter()
            .map(|(key, node)| (*node, key.as_str()))
            .collect();
        let needs = |node: usize| {
            let needs = self.nodes.get(node).map_or(&[][..], |node| &node.needs);
            needs
                .iter()
                .filter_map(|(to, ..)| names.get(to).copied())
                .collect()
        };
        self.keys
            .iter()
            .map(|(key, node)| (key.as_str(), needs(*node)))
            .collect()
    }

    fn collect(&mut self) {
        for module in self.modules {
            for rule in &module.module.rules {
                let key = format!("{}.{}", module.module.package, rule.name);
                let next = self.nodes.len();
                if *self.keys.entry(key).or_insert(next) == next {
                    self.nodes.push(Node::default());
                }
            }
        }
    }

    fn connect(
        &mut self,
        index: usize,
        module: &Parsed,
        choice: VersionChoice,
        problems: &mut Vec<FileDiagnostic>,
    ) {
        let scope = Scope::new(module);
        for rule in &module.tree.policy {
            let key = format!("{}.{}", module.module.package, facts::name(rule));
            let Some(&from) = self.keys.get(&key) else {
                continue;
            };
            let locals: BTreeSet<String> = ast::locals(rule).into_iter().collect();
            let mut deepest = 0;
            ast::each_expr(rule, &mut |expr, depth| {
                deepest = deepest.max(depth);
                match expr {
                    Expr::Call { fcn, .. } => {
                        if let Some(called) = ast::reference(fcn) {
                            self.call(from, index, &scope, &called, choice, problems);
                        }
                    }
                    _ => {
                        if let Some(read) = ast::reference(expr)
                            && !locals.contains(&read.root)
                        {
                            self.need(from, index, &scope, &read);
                        }
                    }
                }
            });
            if let Some(node) = self.nodes.get_mut(from) {
                node.depth = node.depth.max(deepest);
            }
        }
    }

    /// A call: to a function of these modules, or to a built-in one.
    fn call(
        &mut self,
        from: usize,
        module: usize,
        scope: &Scope,
        called: &Reference,
        choice: VersionChoice,
        problems: &mut Vec<FileDiagnostic>,
    ) {
        let name = called.dotted();
        let target = scope
            .candidates(called)
            .find_map(|path| self.keys.get(&path).copied());
        match target {
            Some(target) => self.edge(from, target, module, called),
            None if builtins::is_known(&name) => {
                if choice == VersionChoice::V1 && builtins::is_deprecated(&name) {
                    problems.push(self.problem(module, called, deprecated(&name)));
                }
            }
            None => problems.push(self.problem(module, called, self.unknown(&name, scope))),
        }
    }

    /// A reference: to a rule, to something below one, or to a whole package.
    fn need(&mut self, from: usize, module: usize, scope: &Scope, read: &Reference) {
        for path in scope.candidates(read) {
            if let Some(target) = self.longest(&path) {
                return self.edge(from, target, module, read);
            }
            let inside = format!("{path}.");
            let below: Vec<usize> = self
                .keys
                .range(inside.clone()..)
                .take_while(|(key, _)| key.starts_with(&inside))
                .map(|(_, target)| *target)
                .collect();
            if !below.is_empty() {
                for target in below {
                    self.edge(from, target, module, read);
                }
                return;
            }
        }
    }

    fn longest(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(target) = self.keys.get(path) {
                return Some(*target);
            }
            path = path.get(..path.rfind(['.', '['])?)?;
        }
    }

    fn edge(&mut self, from: usize, to: usize, module: usize, place: &Reference) {
        if let Some(node) = self.nodes.get_mut(from) {
            node.needs.push((to, module, place.line, place.column));
        }
    }

    fn problem(&self, module: usize, place: &Reference, make: Diagnostic) -> FileDiagnostic {
        self.placed(module, place.line, place.column, make)
    }

    fn placed(
        &self,
        module: usize,
        line: u32,
        column: u32,
        mut make: Diagnostic,
    ) -> FileDiagnostic {
        let (path, text) = self.modules.get(module).map_or(("", ""), |module| {
            (module.module.path.as_str(), module.text.as_str())
        });
        make.span = span_at(text, line, column);
        FileDiagnostic::new(path, make)
    }

    fn unknown(&self, name: &str, scope: &Scope) -> Diagnostic {
        let at = tierwalk_source::Span::default();
        if builtins::is_absent(name) {
            return Diagnostic::error(
                "governance/unknown-function",
                at,
                format!("OPA's function `{name}` is not available here"),
            )
            .help(
                "it needs the network, the host or keys; put what it would give into a data file",
            );
        }
        let own = format!("{}.", scope.package);
        let names = self
            .keys
            .keys()
            .filter_map(|key| key.strip_prefix(&own))
            .chain(builtins::names());
        let diagnostic = Diagnostic::error(
            "governance/unknown-function",
            at,
            format!("unknown function `{name}`"),
        );
        match nearest(name, names) {
            Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
            None => diagnostic.help("define it, or load the policy that does"),
        }
    }

    fn name(&self, node: usize) -> &str {
        self.keys
            .iter()
            .find(|(_, index)| **index == node)
            .map_or("", |(key, _)| key)
    }
}

/// What names stand for in one module.
struct Scope {
    package: String,
    imports: Vec<(String, String)>,
}

impl Scope {
    fn new(module: &Parsed) -> Self {
        Self {
            package: module.module.package.clone(),
            imports: module
                .tree
                .imports
                .iter()
                .filter_map(facts::import)
                .collect(),
        }
    }

    /// Paths below `data` that a reference may mean, best first.
    fn candidates(&self, reference: &Reference) -> impl Iterator<Item = String> {
        let names: Vec<&str> = reference.names().collect();
        let below = |base: &str| {
            let mut path = base.to_owned();
            names
                .iter()
                .for_each(|name| ast::push_name(&mut path, name));
            path
        };
        let root = reference.root.as_str();
        let mut paths = Vec::new();
        match root {
            "data" => paths.push(below("")),
            "input" => {}
            _ => {
                let imported = self.imports.iter().find(|(alias, _)| alias == root);
                match imported.and_then(|(_, path)| path.strip_prefix("data.")) {
                    Some(path) => paths.push(below(path)),
                    None => paths.push(below(&format!("{}.{root}", self.package))),
                }
            }
        }
        paths.into_iter()
    }
}

fn deprecated(name: &str) -> Diagnostic {
    Diagnostic::error(
        "governance/unknown-function",
        tierwalk_source::Span::default(),
        format!("version 1 of Rego has no function `{name}`"),
    )
    .help("check this policy as version 0, or write it anew")
}
