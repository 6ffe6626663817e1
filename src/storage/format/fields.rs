//! Typed access to the keys of a table. Every wrong type is noted with its
//! place; reading goes on, so that all problems are known at the end.

use std::borrow::Cow;
use std::ops::Range;

use chrono::{Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::{Date, Datetime, Offset, Time};

use super::problem::{Problem, place};
use crate::domain::{Day, Moment};
use crate::storage::near::nearest;

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// Collects what is wrong, and what is only worth a note.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub problems: Vec<Problem>,
    pub notes: Vec<String>,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A note about a place of the file.
    pub fn note(&mut self, span: &Range<usize>, note: impl AsRef<str>) {
        let (line, _) = place(self.text, span.start);
        let note = format!("line {line}: {}", note.as_ref());
        self.notes
            .push(crate::domain::text::line(&note).into_owned());
    }

    fn wrong(&mut self, key: &str, value: &Value<'_>, expected: &str, example: &str) {
        let found = kind(value.get_ref());
        self.problems.push(
            Problem::new(
                value.span(),
                format!("`{key}` must be {expected}, not {found}"),
            )
            .label(format!("expected {expected}"))
            .hint(format!("write it like this: {key} = {example}")),
        );
    }

    pub fn text(&mut self, table: &DeTable<'_>, key: &str) -> String {
        match table.get(key) {
            None => String::new(),
            Some(value) => match value.get_ref() {
                DeValue::String(text) => text.clone().into_owned(),
                _ => {
                    self.wrong(key, value, "a text in quotes", "\"…\"");
                    String::new()
                }
            },
        }
    }

    /// A text, or nothing where it is missing or empty.
    pub fn some_text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        Some(self.text(table, key)).filter(|text| !text.is_empty())
    }

    pub fn flag(&mut self, table: &DeTable<'_>, key: &str) -> bool {
        match table.get(key) {
            None => false,
            Some(value) => match value.get_ref() {
                DeValue::Boolean(flag) => *flag,
                _ => {
                    self.wrong(key, value, "true or false", "true");
                    false
                }
            },
        }
    }

    pub fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<i64> {
        let value = table.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, value, "a whole number", "1");
        }
        number
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<(String, Range<usize>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::String(text) => vec![(text.clone().into_owned(), value.span())],
            DeValue::Array(array) => {
                let mut texts = Vec::new();
                for element in array.iter() {
                    match element.get_ref() {
                        DeValue::String(text) => {
                            texts.push((text.clone().into_owned(), element.span()));
                        }
                        _ => self.wrong(key, element, "a list of texts", "[\"one\", \"two\"]"),
                    }
                }
                texts
            }
            _ => {
                self.wrong(key, value, "a list of texts", "[\"one\", \"two\"]");
                Vec::new()
            }
        }
    }

    pub fn plain_texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        self.texts(table, key).into_iter().map(|(t, _)| t).collect()
    }

    /// A day: a TOML date, a date and time, or a text that is one.
    pub fn day(&mut self, table: &DeTable<'_>, key: &str) -> Option<Day> {
        let value = table.get(key)?;
        if value
            .get_ref()
            .as_str()
            .is_some_and(|text| text.trim().is_empty())
        {
            return None;
        }
        let day = day_in(value.get_ref());
        if day.is_none() {
            self.wrong(key, value, "a day", "2026-02-19");
        }
        day
    }

    /// A list of days; a single day counts as a list of one.
    pub fn days(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Day> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let each: Vec<&Value<'_>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mut days = Vec::new();
        for value in each {
            match day_in(value.get_ref()) {
                Some(day) => days.push(day),
                None => self.wrong(key, value, "a list of days", "[2026-12-25, 2027-01-01]"),
            }
        }
        days
    }

    /// An instant: with its offset, or a local time (taken as UTC), or a day.
    pub fn moment(&mut self, table: &DeTable<'_>, key: &str) -> Option<Moment> {
        let value = table.get(key)?;
        let moment = match value.get_ref() {
            DeValue::Datetime(when) => moment_of(when),
            DeValue::String(text) => Moment::parse_from_rfc3339(text.trim()).ok().or_else(|| {
                text.trim()
                    .parse::<Datetime>()
                    .ok()
                    .and_then(|d| moment_of(&d))
            }),
            _ => None,
        };
        if moment.is_none() {
            self.wrong(key, value, "a date and time", "2026-02-03T09:00:00+01:00");
        }
        moment
    }

    /// A table below `table`.
    pub fn table<'v, 'a>(&mut self, table: &'v DeTable<'a>, key: &str) -> Option<&'v DeTable<'a>> {
        self.table_in(table, key, "")
    }

    /// As [`Reader::table`]; `above` is what stands before the key in a header.
    pub fn table_in<'v, 'a>(
        &mut self,
        table: &'v DeTable<'a>,
        key: &str,
        above: &str,
    ) -> Option<&'v DeTable<'a>> {
        let value = table.get(key)?;
        let found = value.get_ref().as_table();
        if found.is_none() {
            let found = kind(value.get_ref());
            let hint = match value.get_ref() {
                DeValue::Array(_) => format!("write [{above}{key}] with single brackets, once"),
                _ => format!("write [{above}{key}] on a line of its own, and its keys below"),
            };
            self.problems.push(
                Problem::new(
                    value.span(),
                    format!("`{key}` must be a table, not {found}"),
                )
                .label("expected a table")
                .hint(hint),
            );
        }
        found
    }

    /// An array of tables below `table`; wrong elements are left out.
    pub fn tables<'v, 'a>(
        &mut self,
        table: &'v DeTable<'a>,
        key: &str,
    ) -> Vec<(&'v DeTable<'a>, Range<usize>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let wrong: Option<&Value<'_>> = match value.get_ref() {
            DeValue::Array(array) => {
                let mut wrong = None;
                for element in array.iter() {
                    match element.get_ref().as_table() {
                        Some(item) => found.push((item, element.span())),
                        None => wrong = wrong.or(Some(element)),
                    }
                }
                wrong
            }
            _ => Some(value),
        };
        if let Some(wrong) = wrong {
            let is = kind(wrong.get_ref());
            self.problems.push(
                Problem::new(
                    wrong.span(),
                    format!("`{key}` must be a list of tables, not {is}"),
                )
                .label("expected a list of tables")
                .hint(format!(
                    "write [[{key}]] with double brackets, once for each"
                )),
            );
        }
        found
    }

    /// Notes keys that look like a typing error of a known one.
    pub fn unknown_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for (key, _) in in_order(table) {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let missing = known.iter().copied().filter(|k| table.get(*k).is_none());
            if let Some(near) = nearest(name, missing) {
                self.note(
                    &key.span(),
                    format!("unknown key `{name}` is kept as it is; did you mean `{near}`?"),
                );
            }
        }
    }

    /// Notes a word that this version does not know.
    pub fn unknown_word(&mut self, table: &DeTable<'_>, key: &str, word: &str, known: &[&str]) {
        let Some(value) = table.get(key) else { return };
        let meant = match nearest(word, known.iter().copied()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => format!("; the known ones are {}", known.join(", ")),
        };
        self.note(
            &value.span(),
            format!("unknown {key} `{word}` is kept as it is{meant}"),
        );
    }
}

/// The entries of a table in the order of the file.
pub(super) fn in_order<'v, 'a>(
    table: &'v DeTable<'a>,
) -> Vec<(&'v Spanned<Cow<'a, str>>, &'v Value<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A type, for people.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(when) if when.date.is_none() => "a time of day",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(array)
            if !array.is_empty() && array.iter().all(|e| e.get_ref().is_table()) =>
        {
            "a list of tables"
        }
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn day_in(value: &DeValue<'_>) -> Option<Day> {
    match value {
        DeValue::Datetime(when) => when.date.and_then(day_of),
        DeValue::String(text) => {
            let text = text.trim();
            let day = text
                .parse()
                .ok()
                .or_else(|| text.get(..10).and_then(|day| day.parse().ok()))
                .or_else(|| {
                    Moment::parse_from_rfc3339(text)
                        .ok()
                        .map(|m| m.date_naive())
                });
            // TOML has no other years, so that it could not be written.
            day.filter(|day: &Day| (0..=9999).contains(&day.year()))
        }
        _ => None,
    }
}

pub(super) fn day_of(date: Date) -> Option<Day> {
    NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
}

fn time_of(time: Time) -> Option<NaiveTime> {
    let second = u32::from(time.second.unwrap_or(0));
    let nano = time.nanosecond.unwrap_or(0);
    // A leap second is the last one, stretched.
    let (second, nano) = if second == 60 {
        (59, nano + 1_000_000_000)
    } else {
        (second, nano)
    };
    NaiveTime::from_hms_nano_opt(time.hour.into(), time.minute.into(), second, nano)
}

pub(super) fn moment_of(when: &Datetime) -> Option<Moment> {
    let day = when.date.and_then(day_of)?;
    let time = match when.time {
        Some(time) => time_of(time)?,
        None => NaiveTime::MIN,
    };
    let minutes = match when.offset {
        Some(Offset::Custom { minutes }) => i32::from(minutes),
        Some(Offset::Z) | None => 0,
    };
    let offset = FixedOffset::east_opt(minutes * 60)?;
    offset
        .from_local_datetime(&NaiveDateTime::new(day, time))
        .single()
}
