//! The only reader of system time. `ASKFIRST_NOW` pins it.

use chrono::SubsecRound as _;

use crate::domain::Moment;
use crate::domain::work_time::{Local, Zone};

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

/// Where this machine is: what its clock shows for an instant. With a pinned
/// time it is the place of that time, the whole year round.
#[derive(Debug, Clone, Copy)]
pub struct Here(Option<chrono::FixedOffset>);

impl Here {
    /// A place whose clock is always so far from UTC.
    pub fn at(offset: chrono::FixedOffset) -> Self {
        Self(Some(offset))
    }

    /// The place of the process.
    pub fn find() -> Self {
        let pinned = std::env::var(PIN).ok();
        let pinned = pinned.and_then(|text| Moment::parse_from_rfc3339(text.trim()).ok());
        Self(pinned.map(|at| *at.offset()))
    }
}

impl Zone for Here {
    fn local(&self, at: Moment) -> Local {
        match &self.0 {
            Some(offset) => offset.local(at),
            None => at.with_timezone(&chrono::Local).naive_local(),
        }
    }

    fn moment(&self, local: Local) -> Moment {
        use chrono::{LocalResult, TimeDelta, TimeZone as _};
        let Some(offset) = &self.0 else {
            // In a gap the clock jumps; a day is more than any gap.
            for step in 0..=24 * 4 {
                let later = local + TimeDelta::minutes(15 * step);
                match chrono::Local.from_local_datetime(&later) {
                    LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
                        return at.fixed_offset();
                    }
                    LocalResult::None => {}
                }
            }
            return local.and_utc().fixed_offset();
        };
        offset.moment(local)
    }
}
