//! What a message put to one customer: questions by number, needs and readings
//! by letter. It is noted when the message goes out, because a reply that says
//! "2b" or "B, A, C" means what its writer saw, not what the brief says now.

use super::questions;
use super::{Agreement, Brief, BriefId, Code, Event, EventKind, ItemId, Moment, sign_off};

/// What one customer was asked in one message, or would be asked now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub brief: BriefId,
    pub title: String,
    pub to: ItemId,
    /// When it went out; `None` when it is only a draft. One message about
    /// several briefs has one sheet for each, all sent at the same instant.
    pub sent: Option<Moment>,
    /// The code of the version that it showed.
    pub code: Code,
    /// The code of the brief as it stands.
    pub today: Code,
    /// The codes of all other versions that somebody has seen.
    pub older: Vec<Code>,
    /// The place in the alphabet of the letter of the first need, from 0.
    pub first_letter: usize,
    /// The needs in the order shown: A, B, C.
    pub needs: Vec<(ItemId, String)>,
    pub puts: Vec<Put>,
}

/// A question as it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The number before it.
    pub number: usize,
    /// The id of the question in the checklist.
    pub question: String,
    /// The wording for the customer.
    pub put: String,
    /// What the worker believed; empty for "I don't know".
    pub guess: String,
    /// The guess is another one now than in the message: a "yes" meant the old.
    pub stale: bool,
    pub takes: Takes,
}

/// What an answer to a question can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    Words,
    /// One of these, shown as a, b, c behind the number.
    OneOf(Vec<(ItemId, String)>),
    Day,
    /// An order of the needs.
    Order,
}

/// The letter of the `at`th need (`A`, `B`, ...); none beyond Z.
pub fn need_letter(at: usize) -> Option<char> {
    ('A'..='Z').nth(at)
}

/// The letter of the `at`th choice (`a`, `b`, ...); none beyond z.
pub fn choice_letter(at: usize) -> Option<char> {
    ('a'..='z').nth(at)
}

const NEEDS: &str = "needs: ";
/// In place of ids, and no id: the message listed no needs.
const NONE: &str = "(none)";
const READINGS: &str = "readings: ";
const FIRST: &str = "first number: ";
const LETTER: &str = "first letter: ";
const GUESS: &str = "guess at ";

impl Sheet {
    /// The sheet of the last message that went to a customer; where none did,
    /// the one that would go out now.
    pub fn last(brief: &Brief, to: &ItemId) -> Self {
        let events = brief.effective_events();
        let sent = events
            .into_iter()
            .filter(|e| e.kind == EventKind::Shared && e.to.as_ref() == Some(to));
        let mut sheets = sent.rev().map(|event| Self::sent(brief, to, event));
        // A word in between that asked nothing leaves the numbers and letters
        // of the message before it in force.
        let newest = sheets.next();
        let asks = |sheet: &Self| !sheet.puts.is_empty() || !sheet.needs.is_empty();
        let asked = newest.iter().find(|s| asks(s)).cloned();
        asked
            .or_else(|| sheets.find(asks))
            .or(newest)
            .unwrap_or_else(|| Self::draft(brief, to))
    }

    /// The sheet that would go out now.
    pub fn draft(brief: &Brief, to: &ItemId) -> Self {
        let asked = questions::next_questions(brief, to);
        let asked: Vec<String> = asked.into_iter().map(|q| q.question).collect();
        Self::of(brief, to, &asked, 1)
    }

    /// The sheet of a short word in between: it lists no needs and asks nothing.
    pub fn word(brief: &Brief, to: &ItemId) -> Self {
        Self::new(brief, to, std::iter::empty(), &[], &[], 1)
    }

    /// The sheet for some questions, by their ids, numbered from `first`.
    pub fn of(brief: &Brief, to: &ItemId, asked: &[String], first: usize) -> Self {
        let needs: Vec<&ItemId> = brief.needs.iter().map(|n| &n.id).collect();
        let readings: Vec<&ItemId> = brief.readings.iter().map(|r| &r.id).collect();
        let questions = asked.iter().map(String::as_str);
        Self::new(brief, to, questions, &needs, &readings, first)
    }

    fn sent(brief: &Brief, to: &ItemId, event: &Event) -> Self {
        let kept = |label: &str| {
            let line = event.shown.iter().find_map(|l| l.strip_prefix(label));
            line.map(|l| {
                l.split(", ")
                    .filter_map(|id| ItemId::parse(id).ok())
                    .collect()
            })
        };
        // Briefs of an older version did not note what they showed.
        let needs: Vec<ItemId> =
            kept(NEEDS).unwrap_or_else(|| brief.needs.iter().map(|n| n.id.clone()).collect());
        let readings: Vec<ItemId> =
            kept(READINGS).unwrap_or_else(|| brief.readings.iter().map(|r| r.id.clone()).collect());
        let number = |label: &str| -> Option<usize> {
            let line = event.shown.iter().find_map(|l| l.strip_prefix(label));
            line.and_then(|n| n.parse().ok())
        };
        let mut sheet = Self::new(
            brief,
            to,
            event.questions.iter().map(String::as_str),
            &needs.iter().collect::<Vec<_>>(),
            &readings.iter().collect::<Vec<_>>(),
            number(FIRST).unwrap_or(1),
        );
        sheet.first_letter = number(LETTER).unwrap_or(0);
        for put in &mut sheet.puts {
            let noted = event.shown.iter().filter_map(|l| l.strip_prefix(GUESS));
            let mut noted = noted.filter_map(|l| l.split_once(": "));
            let was = noted.find(|(question, _)| *question == put.question);
            put.stale = was.is_some_and(|(_, digest)| digest != digest_of(&put.guess));
        }
        sheet.sent = Some(event.at);
        if let Ok(code) = Code::parse(&event.code) {
            sheet.code = code;
        }
        sheet
    }

    fn new<'a>(
        brief: &Brief,
        to: &ItemId,
        asked: impl Iterator<Item = &'a str>,
        needs: &[&ItemId],
        readings: &[&ItemId],
        first: usize,
    ) -> Self {
        let today = Agreement::of(brief).code();
        // What is gone keeps its letter, so that the others keep theirs.
        let text_of = |text: Option<&String>| text.map_or_else(String::new, Clone::clone);
        let needs = needs
            .iter()
            .map(|id| ((*id).clone(), text_of(brief.need(id).map(|n| &n.text))))
            .collect();
        let readings: Vec<(ItemId, String)> = readings
            .iter()
            .map(|id| {
                let reading = brief.readings.iter().find(|r| &&r.id == id);
                ((*id).clone(), text_of(reading.map(|r| &r.text)))
            })
            .collect();
        let puts = asked
            .enumerate()
            .map(|(at, question)| Put {
                number: first + at,
                question: question.to_owned(),
                put: questions::wording(brief, question),
                guess: questions::guess_of(brief, question),
                stale: false,
                takes: match question {
                    "readings" if !readings.is_empty() => Takes::OneOf(readings.clone()),
                    "need_by" => Takes::Day,
                    "rank" => Takes::Order,
                    _ => Takes::Words,
                },
            })
            .collect();
        Self {
            brief: brief.id.clone(),
            title: brief.title.clone(),
            to: to.clone(),
            sent: None,
            code: today,
            today,
            older: sign_off::versions(brief)
                .into_iter()
                .map(|v| v.agreement.code())
                .filter(|code| *code != today)
                .collect(),
            first_letter: 0,
            needs,
            puts,
        }
    }

    /// The letter of a need, by its place.
    pub fn letter(&self, at: usize) -> Option<char> {
        need_letter(self.first_letter + at)
    }

    /// The lines to keep with the event of the message.
    pub fn shown(&self) -> Vec<String> {
        let list = |label: &str, items: &[(ItemId, String)]| {
            let ids: Vec<&str> = items.iter().map(|(id, _)| id.as_str()).collect();
            (!ids.is_empty()).then(|| format!("{label}{}", ids.join(", ")))
        };
        let readings = self.puts.iter().find_map(|p| match &p.takes {
            Takes::OneOf(of) => list(READINGS, of),
            _ => None,
        });
        let first = self.puts.first().map(|p| p.number).filter(|n| *n != 1);
        let lists = [
            list(NEEDS, &self.needs).or_else(|| Some(format!("{NEEDS}{NONE}"))),
            readings,
            first.map(|n| format!("{FIRST}{n}")),
            Some(self.first_letter)
                .filter(|at| *at > 0)
                .map(|at| format!("{LETTER}{at}")),
        ];
        let guesses = self.puts.iter().filter(|p| !p.guess.is_empty());
        let guesses = guesses.map(|p| format!("{GUESS}{}: {}", p.question, digest_of(&p.guess)));
        lists.into_iter().flatten().chain(guesses).collect()
    }

    /// The ids of the questions.
    pub fn questions(&self) -> Vec<String> {
        self.puts.iter().map(|p| p.question.clone()).collect()
    }
}

/// Enough of a digest to see that a guess is another one.
fn digest_of(guess: &str) -> String {
    let digest = blake3::hash(guess.as_bytes()).to_hex();
    digest.as_str().chars().take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{at, id, superreport};
    use crate::domain::{Answer, Standing, action};

    #[test]
    fn a_reply_is_read_by_what_the_message_showed() {
        let mut brief = superreport();
        let which = Answer {
            standing: Standing::to_ask(id("dana")),
            put: "Which do you mean?".into(),
            ..Answer::default()
        };
        brief.answers.set("readings", Some(which));
        let to = id("dana");
        let mut draft = Sheet::draft(&brief, &to);
        draft = Sheet::of(&brief, &to, &draft.questions(), 2);
        draft.first_letter = 3;
        let when = at("2026-02-04T09:00:00+01:00");
        let change = action::share_sheet(&brief, &draft, "mail", "e1", when);
        brief.apply(change, when).unwrap();
        brief.readings.reverse();
        brief.needs.reverse();
        brief.readings.remove(0);
        let sheet = Sheet::last(&brief, &to);
        assert_eq!(sheet.sent, Some(when));
        assert_eq!(sheet.letter(0), Some('D'));
        assert_eq!(sheet.code, draft.code);
        assert_ne!(sheet.today, draft.code);
        let ids = |list: &[(ItemId, String)]| -> Vec<ItemId> {
            list.iter().map(|(id, _)| id.clone()).collect()
        };
        assert_eq!(ids(&sheet.needs), ids(&draft.needs));
        assert_eq!(sheet.puts[0].number, 2);
        let (Takes::OneOf(was), Takes::OneOf(now)) = (&draft.puts[0].takes, &sheet.puts[0].takes)
        else {
            panic!("the readings are asked about first");
        };
        assert_eq!(ids(was), ids(now));
        assert!(sheet.puts[0].stale, "the chosen reading is gone");
        assert!(!sheet.puts[1].stale);
    }
}
