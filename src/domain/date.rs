//! Days as people write them: "19 feb", "fri", "in 3 days", "2w".
//!
//! Only whole, known words count: a near miss is refused rather than guessed,
//! since a wrong date on a promise is worse than typing it again. Callers
//! should echo what was understood with [`show`].

use chrono::{Datelike, Days, Months, Weekday};

use super::{Day, text};

mod grammar;
#[cfg(test)]
mod tests;

use grammar::{Meaning, Span, Unit, Which};

/// How far away a day may be.
const YEARS: u32 = 10;
/// Longer inputs are no days, whatever they say (bytes).
const LONGEST: usize = 60;

/// Why a text is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not understood; holds what was typed, cut short.
    #[error("{0:?} is not a day; write it like 2026-02-19, 19 feb, fri or in 3 days")]
    Unreadable(String),
    /// A date that the calendar does not have.
    #[error("there is no such day as {0}; write it like 2026-02-19 or 19 feb")]
    Missing(String),
    /// `3/4`: the third of April, or of March.
    #[error("{0:?} can be read in two ways; write it like 2026-02-19 or 19 feb")]
    Ambiguous(String),
    /// The weekday written beside the date is another one.
    #[error("{} is not a {expected}; leave the weekday out or correct the date", show(*.day))]
    OtherWeekday {
        /// The date as written.
        day: Day,
        /// The weekday as written, in full.
        expected: &'static str,
    },
    /// A day before today where one ahead is asked for.
    #[error("{} has passed; write a day from today on", show(*.0))]
    Past(Day),
    /// A day after today where one in the past is asked for.
    #[error("{} is still to come; write today or a day before it", show(*.0))]
    Future(Day),
    /// More than ten years away, most likely a slip.
    #[error("{} is more than ten years away; check the year", show(*.0))]
    Far(Day),
}

/// Reads a day from `today` on: a date without a year is the next one, a
/// weekday the next one after today.
pub fn parse(typed: &str, today: Day) -> Result<Day, DateError> {
    let day = read(typed, today, Sense::Ahead)?;
    if day < today {
        Err(DateError::Past(day))
    } else if today
        .checked_add_months(Months::new(12 * YEARS))
        .is_some_and(|last| day > last)
    {
        Err(DateError::Far(day))
    } else {
        Ok(day)
    }
}

/// Reads a day up to `today`, when something was said or done: a date without
/// a year is the latest one, a weekday the latest one before today.
pub fn parse_past(typed: &str, today: Day) -> Result<Day, DateError> {
    let day = read(typed, today, Sense::Back)?;
    if day > today {
        Err(DateError::Future(day))
    } else if today
        .checked_sub_months(Months::new(12 * YEARS))
        .is_some_and(|first| day < first)
    {
        Err(DateError::Far(day))
    } else {
        Ok(day)
    }
}

/// A day for people: `Thu 19 Feb 2026`. [`parse`] reads it back.
pub fn show(day: Day) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// The weekday that a word names, in full or cut short.
pub fn weekday(word: &str) -> Option<Weekday> {
    grammar::weekday(&word.to_lowercase())
}

/// The name of a weekday, in full.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    grammar::full_name(weekday)
}

/// Where a date that could be on either side of today is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Ahead,
    Back,
}

fn read(typed: &str, today: Day, sense: Sense) -> Result<Day, DateError> {
    let unreadable = || DateError::Unreadable(text::fit(typed.trim(), 40));
    if typed.trim().len() > LONGEST {
        return Err(unreadable());
    }
    let spoken = grammar::read(typed).ok_or_else(unreadable)?;
    let day = resolve(&spoken.meaning, today, sense).ok_or_else(|| match spoken.meaning {
        Meaning::Date { .. } => DateError::Missing(text::fit(typed.trim(), 40)),
        Meaning::EitherWay => DateError::Ambiguous(text::fit(typed.trim(), 40)),
        _ => unreadable(),
    })?;
    match spoken.beside {
        Some(weekday) if day.weekday() != weekday => Err(DateError::OtherWeekday {
            day,
            expected: grammar::full_name(weekday),
        }),
        _ => Ok(day),
    }
}

fn resolve(meaning: &Meaning, today: Day, sense: Sense) -> Option<Day> {
    match *meaning {
        Meaning::Date {
            year: Some(year),
            month,
            day,
        } => Day::from_ymd_opt(year, month, day),
        Meaning::Date {
            year: None,
            month,
            day,
        } => nearest(month, day, today, sense),
        Meaning::EitherWay => None,
        Meaning::Weekday(weekday, which) => weekday_near(weekday, which, today, sense),
        Meaning::Days(days) => shift(today, Unit::Day, days),
        Meaning::Distance { unit, count, ahead } => {
            let ahead = ahead.unwrap_or(sense == Sense::Ahead);
            shift(today, unit, if ahead { count } else { -count })
        }
        Meaning::Start(span, steps) => start_of(span, today, steps),
        Meaning::End(span, steps) => end_of(span, today, steps),
        Meaning::EndOfMonth { month, year } => {
            let year = year.unwrap_or_else(|| {
                let gone = month < today.month();
                let ahead = month > today.month();
                match sense {
                    Sense::Ahead => today.year() + i32::from(gone),
                    Sense::Back => today.year() - i32::from(ahead),
                }
            });
            end_of(Span::Month, Day::from_ymd_opt(year, month, 1)?, 0)
        }
    }
}

/// The day-and-month nearest to today in one direction; today counts. A leap
/// day can be eight years away (around 2100).
fn nearest(month: u32, day: u32, today: Day, sense: Sense) -> Option<Day> {
    (0..=8).find_map(|years| {
        let year = match sense {
            Sense::Ahead => today.year() + years,
            Sense::Back => today.year() - years,
        };
        Day::from_ymd_opt(year, month, day).filter(|&found| match sense {
            Sense::Ahead => found >= today,
            Sense::Back => found <= today,
        })
    })
}

fn weekday_near(weekday: Weekday, which: Which, today: Day, sense: Sense) -> Option<Day> {
    let ahead = i64::from(weekday.days_since(today.weekday()));
    let days = match (which, sense) {
        // On a Friday, "fri" is the other Friday: this one is called today.
        (Which::Any, Sense::Ahead) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Which::Any, Sense::Back) | (Which::Last, _) => ahead - 7,
        (Which::This, _) => in_week(weekday, today),
        (Which::Next, _) => in_week(weekday, today) + 7,
    };
    shift(today, Unit::Day, days)
}

/// Days from today to `weekday` of the same week, Monday first.
fn in_week(weekday: Weekday, today: Day) -> i64 {
    let place = |weekday: Weekday| i64::from(weekday.num_days_from_monday());
    place(weekday) - place(today.weekday())
}

fn shift(day: Day, unit: Unit, count: i64) -> Option<Day> {
    let size = count.unsigned_abs();
    let days = match unit {
        Unit::Day => size,
        Unit::Week => size.checked_mul(7)?,
        Unit::Month | Unit::Year => {
            let factor = if unit == Unit::Year { 12 } else { 1 };
            let months = Months::new(u32::try_from(size.checked_mul(factor)?).ok()?);
            return if count < 0 {
                day.checked_sub_months(months)
            } else {
                day.checked_add_months(months)
            };
        }
    };
    if count < 0 {
        day.checked_sub_days(Days::new(days))
    } else {
        day.checked_add_days(Days::new(days))
    }
}

/// The first day of the week (Monday), month, quarter or year `steps` on.
fn start_of(span: Span, today: Day, steps: i64) -> Option<Day> {
    let months = match span {
        Span::Week => {
            let monday = shift(today, Unit::Day, in_week(Weekday::Mon, today))?;
            return shift(monday, Unit::Week, steps);
        }
        Span::Month => 1,
        Span::Quarter => 3,
        Span::Year => 12,
    };
    let month0 = today.month0();
    let first = Day::from_ymd_opt(today.year(), month0 - month0 % months + 1, 1)?;
    shift(first, Unit::Month, steps.checked_mul(i64::from(months))?)
}

/// The last day; a week ends on Friday for work, unless it is over.
fn end_of(span: Span, today: Day, steps: i64) -> Option<Day> {
    if span == Span::Week {
        let over = i64::from(steps == 0 && in_week(Weekday::Fri, today) < 0);
        let monday = start_of(span, today, steps + over)?;
        return shift(monday, Unit::Day, 4);
    }
    start_of(span, today, steps + 1)?.pred_opt()
}
