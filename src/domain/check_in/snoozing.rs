//! When to be asked again, as people write it.

use chrono::{NaiveTime, TimeDelta};

use crate::domain::work_time::{Local, WorkTime, Zone};
use crate::domain::{Moment, date, effort};

/// Why a snooze is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnoozeError {
    #[error("{0}; or write 4 h")]
    Day(#[from] date::DateError),
    #[error("a snooze of more than a year is none; stop asking, with the reason")]
    Long,
}

/// Reads when to be asked again: "4 h", "tomorrow", "monday", "fri",
/// "in 3 days", "2w", a date. A day means the beginning of its work.
pub fn until(typed: &str, work: &WorkTime, now: Local) -> Result<Local, SnoozeError> {
    let text = typed.trim().to_lowercase();
    let hours = || {
        let number = text.strip_prefix("in ").unwrap_or(&text);
        let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let is_clock = matches!(
            unit.trim(),
            "h" | "hr" | "hrs" | "hour" | "hours" | "m" | "min" | "mins" | "minutes"
        );
        // On the clock, not in working hours.
        is_clock.then(|| effort::parse(number, work))?
    };
    if let Some(time) = hours() {
        return if time > TimeDelta::days(366) {
            Err(SnoozeError::Long)
        } else {
            Ok(now + time)
        };
    }
    let day = date::parse(&text, now.date())?;
    // "Today" is later today, not this morning.
    let begin = day.and_time(work.from);
    if (day - now.date()).num_days() > 366 {
        return Err(SnoozeError::Long);
    }
    Ok(if begin > now {
        begin
    } else {
        (now + TimeDelta::hours(4)).min(day.and_time(NaiveTime::MIN) + TimeDelta::days(1))
    })
}

/// As [`until`], as an instant.
///
/// # Errors
///
/// As [`until`].
pub fn until_moment(
    typed: &str,
    work: &WorkTime,
    zone: &dyn Zone,
    now: Moment,
) -> Result<Moment, SnoozeError> {
    until(typed, work, zone.local(now)).map(|local| zone.moment(local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snooze_is_read_as_people_write_it() {
        let now: Local = "2026-02-05T10:30:00".parse().unwrap();
        let work = WorkTime::default();
        for (typed, wanted) in [
            ("4 h", "2026-02-05T14:30:00"),
            ("90 min", "2026-02-05T12:00:00"),
            ("tomorrow", "2026-02-06T09:00:00"),
            ("Monday", "2026-02-09T09:00:00"),
            ("fri", "2026-02-06T09:00:00"),
            ("in 3 days", "2026-02-08T09:00:00"),
            ("2w", "2026-02-19T09:00:00"),
            ("19 feb", "2026-02-19T09:00:00"),
            ("today", "2026-02-05T14:30:00"),
        ] {
            let wanted: Local = wanted.parse().unwrap();
            assert_eq!(until(typed, &work, now), Ok(wanted), "{typed}");
        }
        assert!(until("later", &work, now).is_err());
        assert!(until("yesterday", &work, now).is_err());
        assert_eq!(until("in 3 years", &work, now), Err(SnoozeError::Long));
    }
}
