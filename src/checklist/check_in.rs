//! A check-in under way: what the brief says to each question today, how what
//! was typed is read, and the one change that it all comes to. The screen and
//! the plain lines both go through here.

use chrono::TimeDelta;

mod now;

pub use now::now;

use super::{Kind, Question, answering};
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
            (SHORTCUT, Kind::Text) => self.taken = vec![shortcut(typed, today)?],
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

/// Who said something, when, and what: "Dana", "Dana, yesterday",
/// "hr on 4 feb: they like it". No day is today.
///
/// # Errors
///
/// A sentence for the user: nobody of that name, or no such day.
pub fn heard(brief: &Brief, typed: &str, today: Day) -> Result<(ItemId, Day, String), String> {
    // What they said stands behind a colon, unless a day does.
    if let Ok((who, on)) = who_and_when(brief, typed, today) {
        return Ok((who, on, String::new()));
    }
    if let Some((head, words)) = typed.split_once(':')
        && !words.trim().is_empty()
        && !is_a_day(words, today)
    {
        let (who, on) = who_and_when(brief, head, today)?;
        return Ok((who, on, words.trim().to_owned()));
    }
    who_and_when(brief, typed, today).map(|(who, on)| (who, on, String::new()))
}

/// Whether it is meant as a day, if perhaps one that cannot be.
fn is_a_day(typed: &str, today: Day) -> bool {
    !matches!(
        date::parse_past(typed.trim(), today),
        Err(date::DateError::Unreadable(_))
    )
}

fn who_and_when(brief: &Brief, typed: &str, today: Day) -> Result<(ItemId, Day), String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("say who, and when if it was not today: Dana, yesterday".to_owned());
    }
    let nobody = match answering::who(brief, typed) {
        Ok(who) => return Ok((who, today)),
        Err(nobody) => nobody,
    };
    let mut why = nobody;
    for (at, mark) in typed.match_indices([' ', ',', ':']) {
        let name = typed.get(..at).unwrap_or_default();
        let rest = typed.get(at + mark.len()..).unwrap_or_default().trim();
        let name = name.trim_end_matches([',', ':']).trim();
        let name = name.strip_suffix(" on").unwrap_or(name);
        let Ok(who) = answering::who(brief, name) else {
            continue;
        };
        if name.is_empty() || rest.is_empty() {
            continue;
        }
        let day = rest.strip_prefix("on ").unwrap_or(rest);
        match day
            .parse()
            .or_else(|_| date::parse_past(day.trim(), today))
            .map_err(|error: date::DateError| error.to_string())
        {
            Ok(day) if day > today => return Err(date::DateError::Future(day).to_string()),
            Ok(day) => return Ok((who, day)),
            Err(no_day) => why = no_day,
        }
    }
    Err(why)
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

/// What the shortcut was, and by which day it is put right: "Copied by hand, by
/// 6 mar".
///
/// # Errors
///
/// A sentence for the user: no such day, or no shortcut.
pub fn shortcut(typed: &str, today: Day) -> Result<(String, Option<Day>), String> {
    let typed = typed.trim();
    let found = [", by ", "; by ", ", until ", " by ", " until "]
        .iter()
        .filter_map(|mark| Some((*mark, typed.rsplit_once(mark)?)))
        .find_map(|(mark, (what, day))| match date::parse(day, today) {
            Ok(day) => Some(Ok((what, Some(day)))),
            // "copied by hand" names no day, "copied, by hand soon" should.
            Err(error) if mark.starts_with([',', ';']) => Some(Err(error.to_string())),
            Err(_) => None,
        });
    let (what, day) = found.unwrap_or(Ok((typed, None)))?;
    let what = what.trim().trim_end_matches([',', ';']).trim();
    match what {
        "" => Err("say what the shortcut was: copied by hand, by 6 mar".to_owned()),
        what => Ok((what.to_owned(), day)),
    }
}

#[cfg(test)]
mod tests;
