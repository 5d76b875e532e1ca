//! A walk for people.

use tierwalk_protocol::{
    Action, Clause, Piece, PieceStyle, Place, PolicyHit, PolicyRef, PolicyStep, Reason, RuleStep,
    Side, Step, TierStep, Verdict, Walk,
};

use crate::Io;
use crate::failure::Failure;
use crate::paint::Paint;

/// Width of the part before the place.
const PLACE_COLUMN: usize = 60;

/// Prints a walk: the verdict, the sentence, then each end's steps.
pub fn print(flow: &str, walk: &Walk, paint: Paint, io: &mut Io<'_>) -> Result<(), Failure> {
    let mut printer = Printer {
        paint,
        lines: Vec::new(),
    };
    printer.head(flow, walk);
    printer.side("Egress", "source", walk.egress.as_ref());
    printer.side("Ingress", "destination", walk.ingress.as_ref());
    for line in printer.lines {
        writeln!(io.out, "{}", line.trim_end())?;
    }
    Ok(())
}

struct Printer {
    paint: Paint,
    lines: Vec<String>,
}

impl Printer {
    fn line(&mut self, depth: usize, text: &str) {
        self.lines.push(format!("{}{text}", "  ".repeat(depth)));
    }

    /// A line with the place of what it speaks of.
    fn placed(&mut self, depth: usize, plain: &str, painted: &str, place: Option<&Place>) {
        let width = depth * 2 + plain.chars().count();
        let gap = " ".repeat(PLACE_COLUMN.saturating_sub(width).max(2));
        let place = place.map(|place| self.paint.quiet(format!("{}:{}", place.file, place.line)));
        let place = place
            .map(|place| format!("{gap}{place}"))
            .unwrap_or_default();
        self.line(depth, &format!("{painted}{place}"));
    }

    fn head(&mut self, flow: &str, walk: &Walk) {
        let verdict = self.paint.verdict(walk.verdict);
        self.line(0, &format!("{verdict}  {flow}"));
        if walk.pending_verdict != walk.verdict {
            let pending = self.paint.verdict(walk.pending_verdict);
            let note = self.paint.staged("if staged policies were enforced");
            self.line(0, &format!("{pending}  {note}"));
        }
        self.reason(&walk.reason);
    }

    fn reason(&mut self, reason: &Reason) {
        for (pieces, place) in [
            (&reason.what, &reason.decided_at),
            (&reason.more, &reason.more_at),
        ] {
            if pieces.is_empty() {
                continue;
            }
            let sentence: String = pieces.iter().map(|piece| self.piece(piece)).collect();
            let place = place
                .as_ref()
                .map(|place| format!(" ({}:{})", place.file, place.line));
            let place = self.paint.quiet(place.unwrap_or_default());
            self.line(1, &format!("{sentence}{place}"));
        }
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece.style {
            PieceStyle::Plain => piece.text.clone(),
            PieceStyle::Strong => self.paint.strong(&piece.text),
            PieceStyle::Code => format!("`{}`", piece.text),
        }
    }

    fn side(&mut self, direction: &str, end: &str, side: Option<&Side>) {
        self.line(0, "");
        let Some(side) = side else {
            let note = format!("{direction}: no policy applies at the {end}");
            return self.line(0, &note);
        };
        let verdict = self.paint.verdict(side.verdict);
        let endpoint = self.paint.strong(&side.endpoint);
        let reached = if side.reached {
            ""
        } else {
            " (not reached: egress denied first)"
        };
        self.line(0, &format!("{direction} at {endpoint}: {verdict}{reached}"));
        for step in &side.steps {
            self.step(direction, step);
        }
        self.hits(side);
    }

    fn hits(&mut self, side: &Side) {
        for (position, text) in side.enforced_strings.iter().enumerate() {
            let label = if position == 0 { "hits" } else { "    " };
            let line = format!("{label}  {text}");
            self.line(1, &self.paint.quiet(line));
        }
        if side.pending_verdict != side.verdict {
            let verdict = self.paint.verdict(side.pending_verdict);
            let by: Vec<_> = side
                .pending
                .last()
                .iter()
                .map(|hit| hit_name(hit))
                .collect();
            let by = if by.is_empty() {
                String::new()
            } else {
                format!(" by {}", by.join(", "))
            };
            let label = self.paint.staged("pending");
            self.line(1, &format!("{label}  {verdict}{by}"));
        }
    }

    fn step(&mut self, direction: &str, step: &Step) {
        match step {
            Step::Tier(tier) => self.tier(direction, tier),
            Step::Profile { name, action, text } => {
                let action = self.paint.action(*action);
                let what = if name.is_empty() {
                    text.clone()
                } else {
                    format!("profile {name}")
                };
                self.line(1, &format!("{what}: {action}"));
            }
            Step::Bypass { action, text } => {
                let action = action.map(|action| format!(": {}", self.paint.action(action)));
                self.line(1, &format!("{text}{}", action.unwrap_or_default()));
            }
        }
    }

    fn tier(&mut self, direction: &str, tier: &TierStep) {
        let phase = if tier.phase.is_empty() {
            String::new()
        } else {
            format!(" ({})", tier.phase)
        };
        let name = format!("tier {}{phase}", self.paint.strong(&tier.tier));
        let note = match (&tier.skipped, tier.reached) {
            (Some(skipped), _) => format!("skipped: {skipped}"),
            (None, false) => "not reached".into(),
            (None, true) => String::new(),
        };
        let gap = if note.is_empty() { "" } else { "  " };
        self.line(1, &format!("{name}{gap}{}", self.paint.quiet(note)));
        for policy in tier
            .policies
            .iter()
            .filter(|policy| policy.applies && policy.tried)
        {
            self.policy(direction, policy);
        }
        if let Some(end) = tier.end {
            let plain = format!("end of tier: {}", word(end));
            let painted = format!("end of tier: {}", self.paint.action(end));
            self.placed(2, &plain, &painted, tier.place.as_ref());
        }
    }

    fn policy(&mut self, direction: &str, policy: &PolicyStep) {
        let name = policy_name(&policy.policy);
        let staged = if policy.staged { " (staged)" } else { "" };
        let outcome = match policy.action {
            Some(action) => format!(": {}", word(action)),
            None if policy.rules.is_empty() => {
                format!(": has no {} rules", direction.to_lowercase())
            }
            None => ": no rule matched".into(),
        };
        let plain = format!("{name}{staged}{outcome}");
        let painted = match policy.action {
            Some(action) => format!(
                "{name}{}: {}",
                self.paint.staged(staged),
                self.paint.action(action)
            ),
            None => format!("{name}{}{outcome}", self.paint.staged(staged)),
        };
        self.placed(2, &plain, &painted, policy.place.as_ref());
        for rule in &policy.rules {
            self.rule(rule);
        }
        if policy.omitted > 0 {
            self.line(
                3,
                &format!("… and {} more rules that did not match", policy.omitted),
            );
        }
    }

    fn rule(&mut self, rule: &RuleStep) {
        let mark = self.paint.mark(rule.matched);
        let plain = format!("{mark} {} {}", rule.path, word(rule.action));
        let painted = format!("{mark} {} {}", rule.path, self.paint.action(rule.action));
        self.placed(3, &plain, &painted, rule.place.as_ref());
        for clause in &rule.clauses {
            self.clause(clause);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let mark = self.paint.mark(clause.held);
        let field = format!("{} {}", clause.field, clause.wants);
        let has = if clause.held {
            self.paint.quiet(format!("has {}", clause.has))
        } else {
            format!("has {}", self.paint.strong(&clause.has))
        };
        self.line(4, &format!("{mark} {field}  {has}"));
    }
}

/// `storefront/backend`.
pub fn policy_name(policy: &PolicyRef) -> String {
    let slash = if policy.namespace.is_empty() { "" } else { "/" };
    format!("{}{slash}{}", policy.namespace, policy.name)
}

/// What a hit names: a policy and its rule, the end of a tier, or a profile.
fn hit_name(hit: &PolicyHit) -> String {
    let slash = if hit.namespace.is_empty() { "" } else { "/" };
    match (hit.rule_index, hit.tier.as_str()) {
        (_, "") => format!("profile {}", hit.name),
        (..0, tier) => format!("the end of tier {tier}"),
        (rule, _) => format!("rule {rule} of {}{slash}{}", hit.namespace, hit.name),
    }
}

/// The word of a verdict.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
    }
}

fn word(action: Action) -> &'static str {
    match action {
        Action::Allow => "Allow",
        Action::Deny => "Deny",
        Action::Pass => "Pass",
        Action::Log => "Log",
    }
}
