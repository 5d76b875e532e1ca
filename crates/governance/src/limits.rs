use std::time::Duration;

/// What a run may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long one rule may take over one document. Holds only where the host gave a clock.
    pub deadline: Duration,
    /// How many results of one rule over one document are kept; the others are counted.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(5),
            findings: 10_000,
        }
    }
}
