//! Following every chain of rules, without recursion of its own.

use tierwalk_source::{Diagnostic, Span};

use super::{DEEPEST, Graph};
use crate::FileDiagnostic;

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    /// Followed to its end; how deep that is.
    Done(usize),
}

/// Chains that come back to their start, and those that are too long.
pub(super) fn problems(graph: &Graph<'_>) -> Vec<FileDiagnostic> {
    let mut walk = Walk {
        graph,
        state: vec![State::New; graph.nodes.len()],
        problems: Vec::new(),
    };
    (0..graph.nodes.len()).for_each(|start| walk.from(start));
    walk.problems
}

struct Walk<'a> {
    graph: &'a Graph<'a>,
    state: Vec<State>,
    problems: Vec<FileDiagnostic>,
}

impl Walk<'_> {
    fn state(&self, node: usize) -> State {
        self.state.get(node).copied().unwrap_or(State::Done(0))
    }

    fn set(&mut self, node: usize, state: State) {
        if let Some(slot) = self.state.get_mut(node) {
            *slot = state;
        }
    }

    fn from(&mut self, start: usize) {
        if self.state(start) != State::New {
            return;
        }
        let mut path = vec![(start, 0usize)];
        self.set(start, State::Open);
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let need = self.graph.nodes.get(node).and_then(|n| n.needs.get(*next));
            *next += 1;
            match need {
                None => {
                    self.close(node);
                    path.pop();
                }
                Some(&(to, module, line, column)) => match self.state(to) {
                    State::New => {
                        self.set(to, State::Open);
                        path.push((to, 0));
                    }
                    State::Open => {
                        let circle = self.circle(&path, to, module, line, column);
                        self.problems.push(circle);
                    }
                    State::Done(_) => {}
                },
            }
        }
    }

    /// All that a rule needs is known: so is its depth.
    fn close(&mut self, node: usize) {
        let Some(own) = self.graph.nodes.get(node) else {
            return;
        };
        let below = own.needs.iter().map(|(to, ..)| match self.state(*to) {
            State::Done(depth) => depth,
            _ => 0,
        });
        let below = below.max().unwrap_or(0);
        let depth = own.depth + 1 + below;
        // Said once, where the chain gets too long.
        if depth > DEEPEST && below <= DEEPEST {
            self.problems.push(self.bottomless(node));
        }
        self.set(node, State::Done(depth));
    }

    fn bottomless(&self, node: usize) -> FileDiagnostic {
        let name = self.graph.name(node);
        let own = self.graph.nodes.get(node);
        let (module, line, column) = own
            .and_then(|own| own.needs.first())
            .map_or((0, 1, 1), |(_, module, line, column)| {
                (*module, *line, *column)
            });
        let diagnostic = Diagnostic::error(
            "governance/too-deep",
            Span::default(),
            format!("`{name}` stands on too long a chain of other rules"),
        )
        .help("let rules depend on fewer others in a row");
        self.graph.placed(module, line, column, diagnostic)
    }

    fn circle(
        &self,
        path: &[(usize, usize)],
        to: usize,
        module: usize,
        line: u32,
        column: u32,
    ) -> FileDiagnostic {
        let names = path
            .iter()
            .map(|(node, _)| *node)
            .skip_while(|node| *node != to)
            .chain([to])
            .map(|node| format!("data.{}", self.graph.name(node)));
        let names: Vec<String> = names.collect();
        let first = names.first().cloned().unwrap_or_default();
        let diagnostic = Diagnostic::error(
            "governance/recursive",
            Span::default(),
            format!("rule `{first}` is recursive: {}", names.join(" → ")),
        )
        .help("break the circle: a rule cannot depend on itself, not even through others");
        self.graph.placed(module, line, column, diagnostic)
    }
}
