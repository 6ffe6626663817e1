//! What a piece is taken for, in words.

use crate::domain::reply::Given;
use crate::domain::sheet::{Put, Takes, choice_letter};
use crate::domain::sign_off::{self, WrongCode};
use crate::domain::{Brief, BriefId, Code, Sheet, date, text, wording};

use super::super::Target;
use super::{Fate, Taking, letters};

/// How much of a question fits into a line about it, in columns.
const SHORT: usize = 56;

/// What a piece is taken for: "2. Which tool? – yes: Excel". Names the brief
/// where it is not the one at hand.
pub fn target(taking: &Taking, target: Option<&Target>) -> String {
    let Some(target) = target else {
        return "dropped; it stays in the reply as it came".to_owned();
    };
    let sheet = |id: &BriefId| taking.sheets().iter().find(|s| s.brief == *id);
    let (id, words) = match target {
        Target::Answer {
            brief,
            question,
            given,
        } => {
            let put = sheet(brief).and_then(|s| s.puts.iter().find(|p| p.question == *question));
            let asked = put.map_or_else(
                || question.clone(),
                |p| format!("{}. {}", p.number, text::fit(&p.put, SHORT)),
            );
            (brief, format!("{asked} \u{2013} {}", answer(put, given)))
        }
        Target::Order { brief, needs } => {
            let order = sheet(brief).map(|s| letters(s, needs)).unwrap_or_default();
            (brief, format!("their order of the needs: {order}"))
        }
        Target::Yes { brief, code } => (brief, format!("yes to {code}: it signs today's version")),
        Target::OldYes { brief, code } => (
            brief,
            format!("yes to {code}, an older version: it signs nothing"),
        ),
        Target::Objection { brief } => (brief, "an objection: it signs nothing".to_owned()),
        Target::Remark => return "a remark, kept to be read".to_owned(),
    };
    match sheet(id) {
        Some(other) if taking.sheets().first().map(|s| &s.brief) != Some(id) => {
            format!("{}: {words}", text::fit(&other.title, 30))
        }
        _ => words,
    }
}

/// The same in a numbered list of what a piece can be.
pub fn option(taking: &Taking, to: Option<&Target>) -> String {
    match to {
        Some(Target::Answer { .. }) => format!("question {}", target(taking, to)),
        to => target(taking, to),
    }
}

/// What was answered, without the question.
fn answer(put: Option<&Put>, given: &Given) -> String {
    let guess = put.map_or("", |p| p.guess.trim());
    match given {
        Given::Yes if guess.is_empty() => "yes".to_owned(),
        Given::Yes => format!("yes: {}", text::fit(guess, SHORT)),
        Given::No if guess.is_empty() => "no".to_owned(),
        Given::No => format!("no, not: {}", text::fit(guess, SHORT)),
        Given::Reading(id) => {
            let of = match put.map(|p| &p.takes) {
                Some(Takes::OneOf(of)) => of.as_slice(),
                _ => &[],
            };
            let at = of.iter().position(|(reading, _)| reading == id);
            let letter = at.and_then(choice_letter);
            let words = at.and_then(|at| of.get(at)).map_or("", |(_, words)| words);
            match letter {
                Some(letter) => format!("{letter}: {}", text::fit(words, SHORT)),
                None => id.to_string(),
            }
        }
        Given::Day(day) => date::show(*day),
        Given::Words => "in these words".to_owned(),
    }
}

/// What the other rows make of one, if anything.
pub fn fate(fate: &Fate) -> Option<String> {
    let numbers = |rows: &[usize]| {
        let rows: Vec<String> = rows.iter().map(|at| (at + 1).to_string()).collect();
        rows.join(" and ")
    };
    match fate {
        Fate::Counts | Fate::Dropped | Fate::Old => None,
        Fate::With(rows) => Some(format!("one answer together with {}", numbers(rows))),
        Fate::GivesWay(by) => Some(format!(
            "{} says something else and counts; this is kept as a remark",
            by + 1
        )),
        Fate::NoYes(by) => Some(format!(
            "with an objection beside it ({}) it signs nothing",
            by + 1
        )),
    }
}

/// What has changed since the version of a code that signs nothing any more.
pub fn difference(brief: &Brief, code: Code) -> Vec<String> {
    match sign_off::check_code(brief, &code.to_string()) {
        Err(WrongCode::Old {
            number, changed, ..
        }) => {
            let mut lines = vec![format!("changed since version {number}:")];
            lines.extend(wording::differences(&changed));
            lines
        }
        _ => Vec::new(),
    }
}

/// A question as it was put: "2. In which tool? (guess: Excel)", and a line for
/// each choice.
pub fn put(put: &Put) -> Vec<String> {
    let guess = match put.guess.trim() {
        "" => String::new(),
        guess if put.stale => format!(" (the guess was another one then; now: {guess})"),
        guess => format!(" (guess: {guess})"),
    };
    let mut lines = Vec::new();
    match &put.takes {
        Takes::OneOf(of) => {
            lines.push(format!("{}. {}", put.number, put.put.trim()));
            for (at, (_, words)) in of.iter().enumerate() {
                let letter = choice_letter(at).map_or_else(String::new, String::from);
                let mine = match put.guess.trim() == words.trim() && !words.trim().is_empty() {
                    true => " (my guess)",
                    false => "",
                };
                let words = match words.trim() {
                    "" => "(gone since)",
                    words => words,
                };
                lines.push(format!("   {}{letter}. {words}{mine}", put.number));
            }
        }
        _ => lines.push(format!("{}. {}{guess}", put.number, put.put.trim())),
    }
    lines
}

/// What a message showed: the needs by letter, the questions by number.
pub fn sheet_lines(sheet: &Sheet) -> Vec<String> {
    let needs = sheet.needs.iter().enumerate().map(|(at, (_, words))| {
        let letter = sheet.letter(at).map_or_else(String::new, String::from);
        match words.trim() {
            "" => format!("{letter}. (gone since)"),
            words => format!("{letter}. {words}"),
        }
    });
    let questions = sheet.puts.iter().flat_map(put);
    needs.chain(questions).collect()
}
