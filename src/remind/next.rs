//! When the hooks of shells start this program again.

use chrono::TimeDelta;

use super::state::{PAUSE, State};
use crate::domain::Moment;

/// A file for the hooks that says the same is written again only after so long.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// What the hooks read, without starting this program. Its first line has the
/// second at which something may be shown, or `none`, and the second at which
/// that was written, which tells when the clock has gone back since. The known
/// folders follow, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub at: Option<Moment>,
    pub written: Moment,
    pub folders: Vec<String>,
}

impl Next {
    /// Over all known folders: the first of their moments, and not sooner than
    /// the pause after what was last shown.
    pub fn of<'a>(states: impl IntoIterator<Item = &'a State>, now: Moment) -> Self {
        let (mut at, mut last) = (None, None);
        let mut folders = Vec::new();
        for state in states {
            at = [at, state.next].into_iter().flatten().min();
            last = last.max(state.last_shown(now));
            folders.push(state.folder.clone());
        }
        let pause = last.map(|last: Moment| last + PAUSE);
        Self {
            at: at.map(|at| pause.map_or(at, |pause| at.max(pause))),
            written: now,
            folders,
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let at = self.at.map(|at| at.timestamp().to_string());
        let at = at.unwrap_or_else(|| "none".to_owned());
        let mut text = format!("{at} {}\n", self.written.timestamp());
        for folder in self.folders.iter().filter(|f| !f.contains('\n')) {
            text.push_str(folder);
            text.push('\n');
        }
        text
    }

    /// Whether a text says the same and was written a short while ago. The clock
    /// can go back unseen by no more than that.
    pub fn is_told_by(&self, text: &str) -> bool {
        let written = text.split([' ', '\n']).nth(1);
        let written: Option<i64> = written.and_then(|second| second.parse().ok());
        let Some(written) = written.and_then(|at| chrono::DateTime::from_timestamp(at, 0)) else {
            return false;
        };
        let age = self.written.to_utc() - written;
        let same = || Self {
            written: written.fixed_offset(),
            ..self.clone()
        };
        TimeDelta::zero() <= age && age < FRESH && same().text() == text
    }

    /// The folders that the text of a file tells.
    pub fn folders_in(text: &str) -> impl Iterator<Item = &str> {
        text.lines().skip(1).filter(|line| !line.is_empty())
    }
}
