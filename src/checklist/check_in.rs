//! A check-in under way: what was said so far, and the one change that it all
//! comes to.

use chrono::TimeDelta;

use super::{Kind, Question};
use crate::domain::action::NotNow;
use crate::domain::check_in::{self, Answers};
use crate::domain::work_time::WorkTime;
use crate::domain::{Brief, Change, Day, ItemId, Moment, date, effort, text};

/// The ids of questions whose answer has a place of its own.
pub const HEARD: &str = "heard";
pub const SPENT: &str = "spent";
pub const SHORTCUT: &str = "shortcut";
/// The question whose yes closes a brief, and the one after a no.
pub const CONFIRMED: &str = "confirmed";
pub const MISSING: &str = "missing";

/// Everything that was said at a check-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The id of a question and the answer to it; no entry, no answer.
    pub answers: Vec<(String, String)>,
    /// Who was heard from, and when.
    pub heard: Option<(ItemId, Day)>,
    /// The time spent so far, as typed.
    pub spent: String,
    /// Shortcuts that were taken, and by when they are put right.
    pub taken: Vec<(String, Option<Day>)>,
    /// Shortcuts that were put right.
    pub paid: Vec<ItemId>,
    /// In a sentence, for the history.
    pub words: String,
}

impl Said {
    /// Whether nothing was said at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Answers a question, in place of an earlier answer; nothing takes that
    /// away.
    pub fn answer(&mut self, question: &str, answer: &str) {
        self.answers.retain(|(id, _)| id != question);
        let answer = answer.trim();
        if !answer.is_empty() {
            self.answers.push((question.to_owned(), answer.to_owned()));
        }
    }

    /// The answer to a question.
    pub fn answer_to(&self, question: &str) -> Option<&str> {
        let mut all = self.answers.iter();
        all.find(|(id, _)| id == question)
            .map(|(_, answer)| answer.as_str())
    }

    /// The questions that were answered with no, in the order of asking.
    pub fn noes<'a>(&self, asked: &[&'a Question]) -> Vec<&'a Question> {
        let is_no = |q: &&Question| {
            q.kind == Kind::YesNo && self.answer_to(&q.id).and_then(verdict) == Some(false)
        };
        asked.iter().copied().filter(is_no).collect()
    }

    /// Whether a question was answered with no, as [`Self::take`] writes it: a
    /// text that begins with "No" is none.
    pub fn has_a_no(&self) -> bool {
        let mut all = self.answers.iter();
        all.any(|(_, answer)| answer == "no" || answer.starts_with("no, "))
    }

    /// What conditions look at: yes or no without the words behind it.
    pub fn for_conditions(&self) -> Vec<(String, String)> {
        let plain = |answer: &str| match verdict(answer) {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => answer.to_owned(),
        };
        let answers = self.answers.iter();
        answers.map(|(id, a)| (id.clone(), plain(a))).collect()
    }

    /// Puts the answer to a question where it belongs.
    ///
    /// # Errors
    ///
    /// A sentence for the user: how to write it.
    pub fn take(
        &mut self,
        brief: &Brief,
        question: &Question,
        typed: &str,
        work: &WorkTime,
        today: Day,
    ) -> Result<(), String> {
        let typed = typed.trim();
        match (question.id.as_str(), question.kind) {
            (HEARD, Kind::Text) => {
                let (who, on, words) = heard(brief, typed, today)?;
                self.heard = Some((who, on));
                self.words = words;
            }
            (SPENT, Kind::Text) => {
                spent(typed, work)?;
                typed.clone_into(&mut self.spent);
            }
            (SHORTCUT, Kind::Text) => self.taken = vec![check_in::shortcut(typed, today)],
            (id, Kind::YesNo) => {
                let yes =
                    verdict(typed).ok_or("type yes or no, with a word behind it if you like")?;
                let rest = after_verdict(typed);
                let word = if yes { "yes" } else { "no" };
                let answer = match rest {
                    "" => word.to_owned(),
                    rest => format!("{word}, {rest}"),
                };
                self.answer(id, &answer);
            }
            (id, _) => self.answer(id, typed),
        }
        Ok(())
    }

    /// The change that records it, with the shortcuts, as one step to undo.
    ///
    /// # Errors
    ///
    /// As for [`check_in::check_in`].
    pub fn record(
        &self,
        brief: &Brief,
        id: &str,
        at: Moment,
        today: Day,
    ) -> Result<Change, NotNow> {
        let mut after = brief.clone();
        let mut changes = Vec::new();
        let mut apply = |after: &mut Brief, change: Change| {
            // The copy only tells what comes next in the lists.
            let _ = after.apply(change.clone(), at);
            changes.push(change);
        };
        for (text, pay_back) in &self.taken {
            let change = check_in::take_shortcut(&after, text, *pay_back, today);
            apply(&mut after, change);
        }
        for paid in &self.paid {
            let place = after.shortcuts.iter().position(|s| &s.id == paid);
            if let Some(change) = place.and_then(|at| check_in::pay_back(&after, at, today)) {
                apply(&mut after, change);
            }
        }
        let said = Answers {
            answers: self.answers.clone(),
            heard: self.heard.clone(),
            spent: self.spent.clone(),
            words: self.words.clone(),
        };
        changes.push(check_in::check_in(brief, said, id, at)?);
        Ok(Change::All(changes))
    }
}

/// Yes or no, from the first word: `y`, `no, hours first`.
pub fn verdict(typed: &str) -> Option<bool> {
    match first_word(typed).0.to_lowercase().as_str() {
        "y" | "yes" | "yep" | "ja" => Some(true),
        "n" | "no" | "nope" | "nein" => Some(false),
        _ => None,
    }
}

/// What stands behind a yes or no.
fn after_verdict(typed: &str) -> &str {
    first_word(typed)
        .1
        .trim_start_matches([' ', ',', ':', ';', '.', '-', '\u{2013}'])
        .trim()
}

fn first_word(typed: &str) -> (&str, &str) {
    let typed = typed.trim();
    let end = typed
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(typed.len());
    typed.split_at(end)
}

/// Who said something, when, and what: as [`check_in::heard`], with their words
/// behind a colon.
///
/// # Errors
///
/// As for [`check_in::heard`].
pub fn heard(brief: &Brief, typed: &str, today: Day) -> Result<(ItemId, Day, String), String> {
    let plain = |typed| check_in::heard(brief, typed, today);
    match (plain(typed), typed.split_once(':')) {
        (Ok((who, on)), _) => Ok((who, on, String::new())),
        (Err(_), Some((head, words))) if !words.trim().is_empty() && !is_a_day(words, today) => {
            plain(head).map(|(who, on)| (who, on, words.trim().to_owned()))
        }
        (Err(why), _) => Err(why),
    }
}

/// Whether it is meant as a day, if perhaps one that cannot be.
fn is_a_day(typed: &str, today: Day) -> bool {
    !matches!(
        date::parse_past(typed.trim(), today),
        Err(date::DateError::Unreadable(_))
    )
}

/// The time spent so far.
///
/// # Errors
///
/// A sentence for the user: how to write it.
pub fn spent(typed: &str, work: &WorkTime) -> Result<TimeDelta, String> {
    effort::parse(typed, work).ok_or_else(|| {
        format!(
            "{:?} is no time that work takes; write it like 6 hours, 2h 30m or 1.5 days",
            text::fit(typed.trim(), 40)
        )
    })
}

#[cfg(test)]
mod tests;
