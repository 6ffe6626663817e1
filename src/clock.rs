//! The only reader of system time. `ASKFIRST_NOW` pins it.

use chrono::SubsecRound as _;

use crate::domain::Moment;

/// The environment variable that pins the time, as RFC 3339.
pub const PIN: &str = "ASKFIRST_NOW";

/// `ASKFIRST_NOW` holds no time.
#[derive(Debug, thiserror::Error)]
#[error("{PIN} is {0:?}, which is not a time like 2026-02-03T09:00:00+01:00")]
pub struct ClockError(pub String);

/// The present moment with the local offset.
#[expect(clippy::disallowed_methods, reason = "everybody else asks here")]
pub fn now() -> Result<Moment, ClockError> {
    match std::env::var(PIN) {
        Ok(pinned) => Moment::parse_from_rfc3339(pinned.trim()).map_err(|_| ClockError(pinned)),
        // Nobody needs to know the nanosecond, least of all in a file.
        Err(_) => Ok(chrono::Local::now().fixed_offset().trunc_subsecs(0)),
    }
}

/// Counts how long something takes; a changed system time does not matter.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts counting.
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// The time since then.
    pub fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}
