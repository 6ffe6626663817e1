//! Who waits for a word, on one line.

use std::borrow::Cow;
use std::fmt;

use crate::domain::nudge::State;
use crate::domain::text;

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
    /// The line about due things with their people, in this order.
    pub fn of<'a>(told: impl IntoIterator<Item = (State, Cow<'a, str>)>) -> Self {
        let mut short = Self::default();
        let mut whole: Vec<Cow<'a, str>> = Vec::new();
        for (state, who) in told {
            if state == State::Stale {
                short.stale += 1;
                continue;
            }
            short.due += 1;
            if who.trim().is_empty() || whole.iter().any(|known| known.trim() == who.trim()) {
                continue;
            }
            let name = text::fit(who.trim(), WIDEST);
            if !short.names.contains(&name) {
                short.names.push(name);
            }
            whole.push(who);
        }
        short
    }

    /// Whether nothing is due.
    pub fn is_empty(&self) -> bool {
        self.due + self.stale == 0
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(told: &[(State, &str)]) -> String {
        let told = told
            .iter()
            .map(|(state, who)| (*state, Cow::Borrowed(*who)));
        Short::of(told).to_string()
    }

    #[test]
    fn a_line_names_three_people_once_and_counts_the_rest() {
        let due = State::Due(1);
        assert_eq!(line(&[]), "");
        assert_eq!(line(&[(due, " ")]), "1 due");
        assert_eq!(line(&[(State::Stale, "Dana")]), "1 stale");
        assert_eq!(
            line(&[
                (due, "Dana"),
                (due, "Raj"),
                (due, "Dana "),
                (State::Stale, "Li")
            ]),
            "3 due: Dana, Raj; 1 stale"
        );
        assert_eq!(
            line(&["A", "B", "C", "D", "E"].map(|who| (due, who))),
            "5 due: A, B, C +2"
        );
        let long = "Maximiliane von und zu Hohenstein";
        assert_eq!(
            line(&[(due, long)]),
            format!("1 due: {}", text::fit(long, 24))
        );
    }
}
