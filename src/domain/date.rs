//! Days as people write them: "19 feb", "fri", "in 3 days", "2w".

use super::Day;

/// Why a text is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("{0:?} is not a day; write it like 2026-02-19, 19 feb, fri or in 3 days")]
    Unreadable(String),
    #[error("{0} has passed")]
    Past(Day),
    #[error("{0} is more than ten years away")]
    Far(Day),
}

/// Reads a day, seen from `today`.
pub fn parse(typed: &str, today: Day) -> Result<Day, DateError> {
    let _ = today;
    typed
        .trim()
        .parse()
        .map_err(|_| DateError::Unreadable(typed.trim().to_owned()))
}

/// A day for people: `Thu 19 Feb 2026`.
pub fn show(day: Day) -> String {
    day.format("%a %-d %b %Y").to_string()
}
