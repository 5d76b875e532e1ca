//! The host's clock, as the Rego engine wants it.

use std::sync::OnceLock;
use std::time::Duration;

use regorus::utils::limits::{TimeSource, set_time_source};

static CLOCK: OnceLock<fn() -> Duration> = OnceLock::new();

struct HostClock;

static HOST_CLOCK: HostClock = HostClock;

impl TimeSource for HostClock {
    fn now(&self) -> Option<Duration> {
        CLOCK.get().map(|now| now())
    }
}

/// Gives the engine a clock: time since any fixed point, never going back. Without one, deadlines do not
/// hold. The first call counts, later ones change nothing.
pub fn set_clock(now: fn() -> Duration) {
    if CLOCK.set(now).is_ok() {
        // Refused only if somebody else has set one, which then serves as well.
        let _ = set_time_source(&HOST_CLOCK);
    }
}

/// The host's time, if there is a clock.
pub(crate) fn now() -> Option<Duration> {
    CLOCK.get().map(|now| now())
}
