//! `[work]` of the settings: when the worker works and may be asked.

use chrono::{NaiveTime, Weekday};
use toml::de::DeTable;

use super::fields::Reader;
use super::problem::Problem;
use crate::domain::date;
use crate::domain::work_time::WorkTime;

/// The days of the week, in order.
const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Reads the table, with the usual week for what is missing.
pub(super) fn read(r: &mut Reader<'_>, root: &DeTable<'_>) -> WorkTime {
    let mut work = WorkTime::default();
    let Some(table) = r.table(root, "work") else {
        return work;
    };
    r.unknown_keys(table, &["days", "hours", "quiet", "holidays"]);
    let written = r.texts(table, "days");
    if !written.is_empty() {
        let mut found = Vec::new();
        for (text, span) in &written {
            match days(text) {
                Some(days) => found.extend(days),
                None => r.problems.push(
                    Problem::new(span.clone(), format!("`{text}` is no day of the week"))
                        .label("expected a day or a span of days")
                        .hint("write it like this: days = [\"mon-thu\", \"sat\"]"),
                ),
            }
        }
        if !found.is_empty() {
            work.days = found;
        }
    }
    for (text, span) in r.texts(table, "hours") {
        match hours(&text).filter(|(from, to)| from < to) {
            Some((from, to)) => (work.from, work.to) = (from, to),
            None => r.problems.push(
                Problem::new(span, format!("`{text}` are no working hours"))
                    .label("expected from and to, on one day")
                    .hint("write it like this: hours = \"09:00-17:00\""),
            ),
        }
    }
    for (text, span) in r.texts(table, "quiet") {
        match hours(&text).filter(|(from, to)| from != to) {
            Some(span) => work.quiet.push(span),
            None => r.problems.push(
                Problem::new(span, format!("`{text}` is no time of the day"))
                    .label("expected from and to")
                    .hint("write it like this: quiet = [\"12:00-13:00\"]"),
            ),
        }
    }
    work.holidays = r.days(table, "holidays");
    let asked = work.days.iter().any(|day| {
        let mut week = chrono::NaiveDate::MIN.iter_days();
        let day = week.find(|found| chrono::Datelike::weekday(found) == *day);
        day.is_some_and(|day| {
            let work = WorkTime {
                holidays: Vec::new(),
                ..work.clone()
            };
            work.may_ask(work.asking_time(day.and_time(work.from)))
        })
    });
    if !asked && let Some(value) = table.get("quiet") {
        r.problems.push(
            Problem::new(value.span(), "all of the working hours are quiet")
                .label("leaves no time for a reminder")
                .hint("make the quiet times shorter, or stop asking brief by brief"),
        );
    }
    work
}

/// "mon", "mon-fri", and over the weekend "sat-mon".
fn days(text: &str) -> Option<Vec<Weekday>> {
    let day = |text: &str| date::weekday(text.trim());
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (day(from)?, day(to)?),
        None => (day(text)?, day(text)?),
    };
    let count = from.days_since(Weekday::Mon) as usize;
    let length = to.days_since(from) as usize + 1;
    Some(
        WEEK.iter()
            .cycle()
            .skip(count)
            .take(length)
            .copied()
            .collect(),
    )
}

/// "09:00-17:00".
fn hours(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (from, to) = text.split_once(['-', '\u{2013}'])?;
    Some((time(from)?, time(to)?))
}

fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").ok().or_else(|| {
        // "9", and "24:00" for the end of the day.
        match text {
            "24" | "24:00" => NaiveTime::from_hms_opt(23, 59, 59),
            hour => NaiveTime::from_hms_opt(hour.parse().ok()?, 0, 0),
        }
    })
}
