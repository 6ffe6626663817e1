//! Who waits for a word, on one line.

use std::borrow::Cow;
use std::fmt;

use super::notice::Notice;
use crate::domain::nudge::State;
use crate::domain::text;
use crate::domain::work_time::Local;
use chrono::NaiveTime;

/// So many names stand there at most.
const NAMES: usize = 3;
/// The widest name, in columns.
const WIDEST: usize = 24;

/// A line for a status bar: `2 due: Dana Reyes, Priya Nair; 1 stale`. Empty where
/// nothing is due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Short {
    due: usize,
    stale: usize,
    /// Of what is due and not stale, each once.
    names: Vec<String>,
}

impl Short {
    /// The line about due things in this order: whether each is stale, and whom it
    /// is about.
    pub fn of<'a>(told: impl IntoIterator<Item = (bool, Cow<'a, str>)>) -> Self {
        let mut short = Self::default();
        let mut whole: Vec<Cow<'a, str>> = Vec::new();
        for (is_stale, who) in told {
            if is_stale {
                short.stale += 1;
                continue;
            }
            short.due += 1;
            let who = match who {
                Cow::Borrowed(who) => Cow::Borrowed(who.trim()),
                Cow::Owned(who) => Cow::Owned(who.trim().to_owned()),
            };
            if who.is_empty() || whole.contains(&who) {
                continue;
            }
            let name = text::fit(&who, WIDEST);
            if !short.names.contains(&name) {
                short.names.push(name);
            }
            whole.push(who);
        }
        short
    }
}

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.due > 0 {
            write!(f, "{} due", self.due)?;
        }
        for (at, name) in self.names.iter().take(NAMES).enumerate() {
            f.write_str(if at == 0 { ": " } else { ", " })?;
            f.write_str(name)?;
        }
        if let more @ 1.. = self.names.len().saturating_sub(NAMES) {
            write!(f, " +{more}")?;
        }
        match (self.due, self.stale) {
            (_, 0) => Ok(()),
            (0, stale) => write!(f, "{stale} stale"),
            (_, stale) => write!(f, "; {stale} stale"),
        }
    }
}

/// A [`Short`] and how long it is right, so that a status bar that asks again and
/// again is not told anew each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// From when, in local time.
    pub from: Local,
    /// Until when; `None` where nothing becomes due or stale any more.
    pub until: Option<Local>,
    pub line: String,
}

impl Bar {
    /// What some notices, by id, come to at a local time; `before` is what was said
    /// then of some, which may be the same ones.
    pub fn of<'n>(
        notices: impl Iterator<Item = &'n Notice>,
        now: Local,
        before: Option<&Self>,
    ) -> Self {
        let (mut due, mut until) = (Vec::new(), None);
        for notice in notices {
            let at = notice.due.at();
            let stale = notice.due.stale.and_time(NaiveTime::MIN);
            let state = notice.due.state(now);
            let next = match state {
                State::Later => Some(at),
                State::Due(_) => Some(stale),
                State::Stale => None,
            };
            until = [until, next].into_iter().flatten().min();
            if state != State::Later {
                due.push((at, state == State::Stale, notice.who.as_str()));
            }
        }
        // As notices are put in order; stale ones are only counted.
        due.sort_by_key(|(at, ..)| *at);
        let told = due
            .into_iter()
            .map(|(_, is_stale, who)| (is_stale, who.into()));
        let bar = Self {
            from: now,
            until,
            line: Short::of(told).to_string(),
        };
        let same = before.filter(|before| {
            before.from <= now && (before.until, &before.line) == (bar.until, &bar.line)
        });
        same.cloned().unwrap_or(bar)
    }

    /// Whether it is right at a local time.
    pub fn is_of(&self, now: Local) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(told: &[(bool, &str)]) -> String {
        let told = told
            .iter()
            .map(|(is_stale, who)| (*is_stale, Cow::Borrowed(*who)));
        Short::of(told).to_string()
    }

    #[test]
    fn a_line_names_three_people_once_and_counts_the_rest() {
        assert_eq!(line(&[]), "");
        assert_eq!(line(&[(false, " ")]), "1 due");
        assert_eq!(line(&[(true, "Dana")]), "1 stale");
        assert_eq!(
            line(&[
                (false, "Dana"),
                (false, "Raj"),
                (false, "Dana "),
                (true, "Li")
            ]),
            "3 due: Dana, Raj; 1 stale"
        );
        assert_eq!(
            line(&["A", "B", "C", "D", "E"].map(|who| (false, who))),
            "5 due: A, B, C +2"
        );
        let long = "Maximiliane von und zu Hohenstein";
        assert_eq!(
            line(&[(false, long)]),
            format!("1 due: {}", text::fit(long, 24))
        );
    }
}
