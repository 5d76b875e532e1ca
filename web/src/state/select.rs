//! Selecting: what is chosen in one pane is chosen in all.

use tierwalk_protocol::{Place, PolicyRef, walk::Direction};

use super::{Effect, Focus, Model, Msg, Pane, Target, board_view, editor_view, walk_rows};

impl Model {
    pub(super) fn update_selection(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Open(path) => {
                self.show(&path);
                self.turn_to_file();
                let mut effects = self.look_at_object(&path, 1);
                effects.push(Effect::Save);
                effects
            }
            Msg::Flow(flow) => self.choose_flow(flow),
            Msg::Direction(direction) => self.turn_to(direction),
            Msg::Step(step) => self.choose_step(step),
            Msg::Toggle(row, rule) => {
                match self
                    .toggled
                    .iter()
                    .position(|toggled| *toggled == (row, rule))
                {
                    Some(at) => {
                        self.toggled.remove(at);
                    }
                    None => self.toggled.push((row, rule)),
                }
                Vec::new()
            }
            Msg::Policy(policy) => self.choose_policy(policy),
            Msg::PolicyByKey(policy) => {
                let mut effects = self.choose_policy(policy);
                effects.push(Effect::Focus(Focus::Card));
                effects
            }
            Msg::FlowByKey(flow) => {
                let mut effects = self.choose_flow(flow);
                effects.push(Effect::Focus(Focus::Flow));
                effects
            }
            Msg::Line(path, line) => self.at_line(&path, line),
            Msg::Reveal(place, focus) => {
                self.reveal(&place, focus);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn choose_flow(&mut self, flow: String) -> Vec<Effect> {
        self.details.shown = false;
        let was_pair = self.matrix.forget_pair();
        if self.flow.as_ref() == Some(&flow) && !was_pair {
            return Vec::new();
        }
        self.flow = Some(flow.clone());
        vec![Effect::AskWalk(flow), Effect::Save]
    }

    fn turn_to(&mut self, direction: Direction) -> Vec<Effect> {
        self.details.shown = false;
        if self.direction != direction {
            self.direction = direction;
            self.toggled.clear();
            self.step = walk_rows::decisive(&self.rows());
        }
        Vec::new()
    }

    pub(super) fn turn(&mut self) -> Vec<Effect> {
        let other = match self.direction {
            Direction::Egress => Direction::Ingress,
            Direction::Ingress => Direction::Egress,
        };
        let there = self
            .walk()
            .is_some_and(|walk| walk_rows::side(walk, other).is_some());
        if there {
            self.turn_to(other)
        } else {
            Vec::new()
        }
    }

    fn choose_step(&mut self, step: usize) -> Vec<Effect> {
        self.details.shown = false;
        self.step = step;
        if let Some(place) = self.rows().get(step).and_then(|row| row.place.clone()) {
            self.reveal(&place, false);
        }
        Vec::new()
    }

    /// Steps run on from the last one at the source to the first one at the destination.
    pub(super) fn step_by(&mut self, by: i32) -> Vec<Effect> {
        self.details.shown = false;
        let last = self.rows().len().saturating_sub(1);
        match self.step.checked_add_signed(by as isize) {
            Some(step) if step <= last => {
                self.choose_step(step);
            }
            Some(_) if self.direction == Direction::Egress => {
                self.turn();
                self.step = if self.direction == Direction::Ingress {
                    0
                } else {
                    last
                };
            }
            None if self.direction == Direction::Ingress => {
                self.turn();
                let last = self.rows().len().saturating_sub(1);
                self.step = if self.direction == Direction::Egress {
                    last
                } else {
                    0
                };
            }
            _ => {}
        }
        vec![Effect::Focus(Focus::Step)]
    }

    pub(super) fn decision(&mut self) -> Vec<Effect> {
        self.look_at_decision();
        self.choose_step(self.step);
        vec![Effect::Focus(Focus::Step)]
    }

    fn choose_policy(&mut self, policy: PolicyRef) -> Vec<Effect> {
        let place = board_view::place(&self.analysis.board, &policy);
        if let Some((tier, _)) = board_view::card(&self.analysis.board, &policy) {
            self.board.unfold(&tier.name);
        }
        self.policy = Some(policy);
        let pane = self.pane;
        let mut effects = Vec::new();
        if let Some(place) = place {
            self.reveal(&place, false);
            effects = self.look_at_object(&place.file, place.line);
        }
        self.pane = pane;
        effects.extend(self.show_details());
        effects
    }

    fn at_line(&mut self, path: &str, line: u32) -> Vec<Effect> {
        self.templates.line = Some(line).filter(|_| *path == *self.open);
        let mut effects = match editor_view::flow_at(&self.analysis, path, line) {
            Some(flow) => self.choose_flow(flow),
            None => self.look_at_object(path, line),
        };
        if let Some(policy) = editor_view::policy_at(&self.analysis, path, line) {
            self.policy = Some(policy);
            effects.extend(self.ask_selected());
        }
        effects
    }

    /// Shows a place in the editor.
    pub(super) fn reveal(&mut self, place: &Place, focus: bool) {
        if !self.files.contains(&place.file) {
            return;
        }
        self.open = place.file.as_str().into();
        let number = self.target.as_ref().map_or(0, |target| target.number) + 1;
        self.target = Some(Target {
            line: place.line,
            from: place.from,
            to: place.to,
            number,
            focus,
        });
        if focus {
            self.pane = Pane::Text;
        }
    }

    /// To the next problem after the one at hand, over all files.
    pub(super) fn problem_by(&mut self, by: i32) -> Vec<Effect> {
        let places: Vec<_> = self
            .analysis
            .diagnostics
            .iter()
            .map(|problem| problem.place.clone())
            .collect();
        if places.is_empty() {
            return Vec::new();
        }
        let at = self.problem_at_hand();
        let count = places.len() as isize;
        let next = match at {
            Some(index) => (index as isize + by as isize).rem_euclid(count),
            None if by < 0 => count - 1,
            None => places
                .iter()
                .position(|place| *place.file == *self.open)
                .unwrap_or(0) as isize,
        };
        if let Some(place) = places.get(next as usize) {
            self.reveal(place, true);
        }
        Vec::new()
    }

    /// The problem that the editor was sent to last.
    pub(super) fn problem_at_hand(&self) -> Option<usize> {
        let target = self.target.as_ref()?;
        self.analysis.diagnostics.iter().position(|problem| {
            *problem.place.file == *self.open && problem.place.from == target.from
        })
    }
}
