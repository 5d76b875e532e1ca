//! What is being done, and how far it is.

use std::{
    io::{IsTerminal, Write, stdout},
    time::{Duration, Instant},
};

use crate::Outcome;

/// Numbered steps with the time each took.
pub struct Steps {
    total: usize,
    at: usize,
    started: Instant,
}

impl Steps {
    /// So many steps are to come.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            at: 0,
            started: Instant::now(),
        }
    }

    /// Does one step and says so. A step answers with what came of it, in a few words.
    pub fn step(&mut self, what: &str, run: impl FnOnce() -> Outcome<&'static str>) -> Outcome {
        self.at += 1;
        let head = format!("[{}/{}] {what}", self.at, self.total);
        begin(&head);
        let started = Instant::now();
        let result = run();
        let said = *result.as_ref().unwrap_or(&"failed");
        end(&head, &format!("{said} ({})", seconds(started.elapsed())));
        result.map(|_| ())
    }

    /// Time since the first step began.
    pub fn elapsed(&self) -> String {
        seconds(self.started.elapsed())
    }
}

/// Begins a line: what is being done now.
pub fn begin(head: &str) {
    print!("{head} … ");
    flush();
}

/// Ends the line that [`begin`] began, or replaces it on a terminal.
pub fn end(head: &str, result: &str) {
    if stdout().is_terminal() {
        println!("\r\x1b[2K{head}: {result}");
    } else {
        println!("{result}");
    }
}

/// `12.3 s`, `2 min 05 s`.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

/// Shows that a long step is still at work: every second on a terminal, else twice a minute.
pub struct Ticker {
    started: Instant,
    shown: Instant,
}

impl Default for Ticker {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            started: now,
            shown: now,
        }
    }
}

impl Ticker {
    /// Shows the time and `detail`, if it is time to.
    pub fn tick(&mut self, detail: impl FnOnce() -> String) {
        let terminal = stdout().is_terminal();
        let pause = Duration::from_secs(if terminal { 1 } else { 30 });
        if self.shown.elapsed() < pause {
            return;
        }
        self.shown = Instant::now();
        let time = seconds(self.started.elapsed());
        let detail: String = detail().chars().take(60).collect();
        if terminal {
            print!("\r\x1b[2K      {time}  {detail}");
        } else {
            print!("\n      {time}  {detail} … ");
        }
        flush();
    }
}

fn flush() {
    // A terminal that went away is no reason to stop building.
    let _ = stdout().flush();
}
