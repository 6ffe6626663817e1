//! Reading one table of a checklist file: what is there, what is missing, what
//! has the wrong shape. Every problem is recorded and reading goes on.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problems, did_you_mean};
use crate::domain::text;

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub value: T,
    pub at: Range<usize>,
}

/// One table of the file.
pub(super) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    /// Where the table begins, for what is missing.
    at: Range<usize>,
    /// What the table is, for messages: "a question".
    what: &'static str,
}

impl<'t, 'i> Fields<'t, 'i> {
    pub fn new(table: &'t DeTable<'i>, at: Range<usize>, what: &'static str) -> Self {
        Self { table, at, what }
    }

    /// Where the table begins.
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.table.get(key)
    }

    /// Reports every key that is not among `known`.
    pub fn check_keys(&self, known: &[&'static str], problems: &mut Problems) {
        for (key, _) in self.table.iter() {
            if problems.is_full() {
                return;
            }
            if known.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let near = did_you_mean(key.get_ref(), known.iter().copied());
            let hint = if near.is_empty() {
                format!("{} has {}", self.what, known.join(", "))
            } else {
                near
            };
            let what = format!("unknown key `{}`", short(key.get_ref()));
            problems.add(key.span(), what, hint);
        }
    }

    /// The value of a key as text on one line, made safe to show: trimmed, line
    /// breaks and tabs as spaces. Text that is blank or wider than `columns` is
    /// reported.
    pub fn text(&self, key: &str, columns: usize, problems: &mut Problems) -> Option<At<String>> {
        let value = self.get(key)?;
        let at = value.span();
        let Some(raw) = value.get_ref().as_str() else {
            wrong_type(value, key, "text in quotes", problems);
            return None;
        };
        let value = one_line(raw);
        if value.is_empty() {
            problems.add(at, format!("`{key}` is empty"), "");
            return None;
        }
        // A column takes a byte at least.
        let width = match value.len() > columns {
            true => text::width(&value),
            false => 0,
        };
        if width > columns {
            problems.add(
                at,
                format!("`{key}` is {width} columns wide, the page has room for {columns}"),
                "say it in fewer words",
            );
            return None;
        }
        Some(At { value, at })
    }

    /// As [`Fields::text`], and reported when it is not there.
    pub fn required(
        &self,
        key: &str,
        columns: usize,
        hint: &str,
        problems: &mut Problems,
    ) -> Option<At<String>> {
        if self.get(key).is_none() {
            let what = format!("{} needs `{key}`", self.what);
            problems.add_missing(self.at(), what, hint);
        }
        self.text(key, columns, problems)
    }

    /// The value of a key as `true` or `false`.
    pub fn flag(&self, key: &str, problems: &mut Problems) -> Option<At<bool>> {
        let value = self.get(key)?;
        let Some(flag) = value.get_ref().as_bool() else {
            wrong_type(value, key, "true or false", problems);
            return None;
        };
        Some(At {
            value: flag,
            at: value.span(),
        })
    }

    /// The value of a key as a count from 0.
    pub fn count(&self, key: &str, problems: &mut Problems) -> Option<At<usize>> {
        let value = self.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        let Some(number) = number else {
            wrong_type(value, key, "a whole number from 0", problems);
            return None;
        };
        Some(At {
            value: number,
            at: value.span(),
        })
    }
}

/// Reports a value of the wrong type.
pub(super) fn wrong_type(
    value: &Spanned<DeValue>,
    key: &str,
    wanted: &str,
    problems: &mut Problems,
) {
    let found = match value.get_ref() {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    problems.add(
        value.span(),
        format!("`{key}` must be {wanted}, this is {found}"),
        "",
    );
}

/// A name as it is quoted in a message: long ones are cut.
pub(super) fn short(name: &str) -> String {
    text::fit(&text::line(name), 60)
}

/// Line breaks and tabs become single spaces, everything else is made visible.
fn one_line(raw: &str) -> String {
    if memchr::memchr3(b'\r', b'\n', b'\t', raw.as_bytes()).is_none() {
        return text::line(raw.trim()).into_owned();
    }
    let words: Vec<&str> = raw
        .split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    text::line(&words.join(" ")).into_owned()
}
