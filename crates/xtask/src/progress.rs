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
        say(&head);
        let started = Instant::now();
        let result = run();
        clear();
        match result {
            Ok(done) => {
                println!("{head}: {done} ({})", seconds(started.elapsed()));
                Ok(())
            }
            Err(message) => Err(format!("{what}: {message}")),
        }
    }

    /// Time since the first step began.
    pub fn elapsed(&self) -> String {
        seconds(self.started.elapsed())
    }
}

/// A line that is replaced on a terminal and shown as it is elsewhere.
pub fn say(line: &str) {
    if stdout().is_terminal() {
        print!("{line} …");
        flush();
    } else {
        println!("{line} …");
    }
}

/// Takes back the line that is to be replaced.
pub fn clear() {
    if stdout().is_terminal() {
        print!("\r\x1b[2K");
        flush();
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
            flush();
        } else {
            println!("      {time}  {detail}");
        }
    }
}

fn flush() {
    // A terminal that went away is no reason to stop building.
    let _ = stdout().flush();
}
