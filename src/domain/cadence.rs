//! How often to look up from the work, as it stands in the plan of a brief.

use chrono::{TimeDelta, Weekday};

use super::date;
use super::effort;
use super::work_time::WorkTime;

/// How often a check-in is due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cadence {
    /// At a quarter, half and three quarters of the way.
    #[default]
    Automatic,
    /// So many days after the last one.
    Days(u32),
    /// So many weeks after the last one, perhaps on one day of the week.
    Weeks(u32, Option<Weekday>),
    /// So many months after the last one.
    Months(u32),
    /// Each time so much work was done since the last one.
    Spent(TimeDelta),
    /// Not at all, with the reason.
    Never(String),
}

/// Why a text is no cadence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CadenceError {
    /// Holds what was typed, cut short.
    #[error(
        "{0:?} is not understood; write it like every 3 days, weekly on Tuesday, \
         every 2 weeks, at 4 hours spent, automatic, or none: the reason"
    )]
    Unreadable(String),
    #[error("say why, like none: a job of one afternoon")]
    NoReason,
    /// The longest is two years.
    #[error("a check-in that rare would never come; two years is the most")]
    TooRare,
}

impl Cadence {
    /// Reads a cadence. Nothing at all is automatic.
    ///
    /// # Errors
    ///
    /// When it is not understood, is none without a reason, or rarer than once
    /// in two years.
    pub fn parse(typed: &str) -> Result<Self, CadenceError> {
        let text = typed.trim().to_lowercase();
        let unreadable = || CadenceError::Unreadable(super::text::fit(typed.trim(), 40));
        match text.as_str() {
            "" | "automatic" | "auto" => return Ok(Self::Automatic),
            "daily" => return Ok(Self::Days(1)),
            "fortnightly" | "biweekly" | "every other week" => return Ok(Self::Weeks(2, None)),
            "monthly" => return Ok(Self::Months(1)),
            "quarterly" => return Ok(Self::Months(3)),
            "yearly" | "annually" => return Ok(Self::Months(12)),
            _ => {}
        }
        for never in ["none", "never"] {
            if let Some(why) = text.strip_prefix(never) {
                if why.starts_with(char::is_alphanumeric) {
                    continue;
                }
                // The reason as it was written, not in small letters.
                let why = typed.trim().get(never.len()..).unwrap_or_default();
                let why = why.trim_start_matches([':', ',', '-', ' ']).trim();
                let why = why.strip_prefix("because ").unwrap_or(why);
                return match why {
                    "" => Err(CadenceError::NoReason),
                    why => Ok(Self::Never(why.to_owned())),
                };
            }
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let cadence = match words.as_slice() {
            ["weekly"] => Self::Weeks(1, None),
            ["weekly", "on", day] => Self::Weeks(1, Some(weekday(day).ok_or_else(unreadable)?)),
            ["every", "other", "week", "on", day] => {
                Self::Weeks(2, Some(weekday(day).ok_or_else(unreadable)?))
            }
            ["at" | "every" | "after", rest @ .., "spent" | "work"] => {
                spent(&rest.join(" ")).ok_or_else(unreadable)?
            }
            ["every", unit] => match (weekday(unit), *unit) {
                (Some(day), _) => Self::Weeks(1, Some(day)),
                (None, "day") => Self::Days(1),
                (None, "week") => Self::Weeks(1, None),
                (None, "month") => Self::Months(1),
                (None, "year") => Self::Months(12),
                _ => return Err(unreadable()),
            },
            ["every", count, unit] => every(count, unit, None).ok_or_else(unreadable)?,
            ["every", count, unit, "on", day] => {
                let day = weekday(day).ok_or_else(unreadable)?;
                every(count, unit, Some(day)).ok_or_else(unreadable)?
            }
            _ => return Err(unreadable()),
        };
        let rare = match cadence {
            Self::Days(days) => days > 730,
            Self::Weeks(weeks, _) => weeks > 104,
            Self::Months(months) => months > 24,
            _ => false,
        };
        if rare {
            Err(CadenceError::TooRare)
        } else {
            Ok(cadence)
        }
    }

    /// The cadence in words, which [`Self::parse`] reads back.
    pub fn show(&self) -> String {
        let count = |n: u32, unit: &str| match n {
            1 => format!("every {unit}"),
            n => format!("every {n} {unit}s"),
        };
        match self {
            Self::Automatic => "automatic".to_owned(),
            Self::Days(n) => count(*n, "day"),
            Self::Weeks(1, Some(day)) => format!("weekly on {}", date::weekday_name(*day)),
            Self::Weeks(n, Some(day)) => {
                format!("{} on {}", count(*n, "week"), date::weekday_name(*day))
            }
            Self::Weeks(1, None) => "weekly".to_owned(),
            Self::Weeks(n, None) => count(*n, "week"),
            Self::Months(n) => count(*n, "month"),
            Self::Spent(time) => format!("at {} spent", effort::show(*time)),
            Self::Never(why) => format!("none: {why}"),
        }
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    date::weekday(word.strip_suffix('s').unwrap_or(word)).or_else(|| date::weekday(word))
}

fn every(count: &str, unit: &str, on: Option<Weekday>) -> Option<Cadence> {
    let number = match count {
        "two" => 2,
        "three" => 3,
        "four" => 4,
        number => number.parse().ok().filter(|n| *n > 0)?,
    };
    Some(match (unit, on) {
        ("week" | "weeks", on) => Cadence::Weeks(number, on),
        ("day" | "days", None) => Cadence::Days(number),
        ("month" | "months", None) => Cadence::Months(number),
        ("hour" | "hours", None) => spent(&format!("{number} hours"))?,
        _ => return None,
    })
}

fn spent(time: &str) -> Option<Cadence> {
    // Only hours are counted, and those are the same everywhere.
    effort::parse(time, &WorkTime::default()).map(Cadence::Spent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cadence_is_read_as_people_write_it_and_shown_so_that_it_is_read_again() {
        for (typed, shown) in [
            ("", "automatic"),
            ("Every 3 days", "every 3 days"),
            ("daily", "every day"),
            ("weekly", "weekly"),
            ("weekly on Tuesday", "weekly on Tuesday"),
            ("every tue", "weekly on Tuesday"),
            ("every 2 weeks", "every 2 weeks"),
            ("every 2 weeks on Friday", "every 2 weeks on Friday"),
            ("fortnightly", "every 2 weeks"),
            ("monthly", "every month"),
            ("at 4 hours spent", "at 4 h spent"),
            ("every 90 minutes spent", "at 1 h 30 min spent"),
            ("every 4 hours", "at 4 h spent"),
            ("none: One afternoon", "none: One afternoon"),
            ("never, because it is done", "none: it is done"),
        ] {
            let read = Cadence::parse(typed).unwrap_or_else(|e| panic!("{typed}: {e}"));
            assert_eq!(read.show(), shown, "{typed}");
            assert_eq!(Cadence::parse(shown), Ok(read), "{shown}");
        }
    }

    #[test]
    fn what_is_no_cadence_is_refused_with_the_way_to_write_one() {
        for typed in [
            "often",
            "every 0 days",
            "every day on Friday",
            "3 days",
            "nonesuch",
        ] {
            let error = Cadence::parse(typed).unwrap_err().to_string();
            assert!(error.contains("every 3 days"), "{typed}: {error}");
        }
        assert_eq!(Cadence::parse("none"), Err(CadenceError::NoReason));
        assert_eq!(
            Cadence::parse("every 30 months"),
            Err(CadenceError::TooRare)
        );
    }
}
