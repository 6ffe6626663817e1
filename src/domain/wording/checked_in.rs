//! A check-in of the past in one sentence.

use super::short_day;
use crate::domain::{Brief, Event, check_in};

/// What a no to a question says.
const NOES: [(&str, &str); 10] = [
    ("people", "for other people now"),
    ("top_need", "something else matters most"),
    ("agreed", "not what was agreed"),
    ("goal", "another goal"),
    ("answers", "does not answer their question"),
    ("understandable", "hard to understand"),
    ("usable", "not usable in their tools"),
    ("in_time", "too late for them"),
    ("confirmed", "not what they needed"),
    ("still_used", "nobody uses it"),
];

/// What a yes says, where it is not that all is as the brief says.
const YESES: [(&[&str], &str); 3] = [
    (
        &["answers", "understandable", "usable", "in_time"],
        "the result fits",
    ),
    (&["confirmed"], "it is what they needed"),
    (&["still_used"], "it is still used"),
];

/// Answers that are told in their own words.
const TOLD: [(&str, &str); 6] = [
    ("missing", "missing"),
    ("learned", "learned"),
    ("tell", "to tell them"),
    ("made_possible", "it made possible"),
    ("wrong_guess", "wrong guess"),
    ("remember", "to remember"),
];

/// What was answered, most telling first.
pub fn checked_in(brief: &Brief, event: &Event) -> String {
    let mut parts: Vec<String> = Vec::new();
    let answers = || {
        event
            .answers
            .iter()
            .filter_map(|line| line.split_once(": "))
    };
    let mut yes = Vec::new();
    for (id, answer) in answers() {
        let (word, rest) = answer.split_once(',').unwrap_or((answer, ""));
        match (word.trim(), rest.trim()) {
            ("yes", "") => {
                let known = YESES.iter().find(|(questions, _)| questions.contains(&id));
                let what = known.map_or("all as the brief says", |(_, what)| *what);
                if !yes.contains(&what) {
                    yes.push(what);
                }
            }
            ("no", rest) => {
                let known = NOES.iter().find(|(q, _)| *q == id);
                let what =
                    known.map_or_else(|| format!("no to {id}"), |(_, what)| (*what).to_owned());
                parts.push(match rest {
                    "" => what,
                    rest => format!("{what} ({rest})"),
                });
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        parts.extend(yes.into_iter().map(str::to_owned));
    }
    for (id, label) in TOLD {
        if let Some(told) = check_in::answer(event, id) {
            parts.push(format!("{label}: {told}"));
        }
    }
    let words = event.words.trim();
    match &event.by {
        Some(by) => {
            let on = event.on.map(|day| format!(" on {}", short_day(brief, day)));
            let said = match words {
                "" => String::new(),
                words => format!(": {words}"),
            };
            let name = brief.name_of(by);
            parts.push(format!("heard from {name}{}{said}", on.unwrap_or_default()));
        }
        None if !words.is_empty() => parts.push(words.to_owned()),
        None => {}
    }
    if !event.spent.trim().is_empty() {
        parts.push(format!("{} so far", event.spent.trim()));
    }
    match parts.is_empty() {
        true => "checked in".to_owned(),
        false => format!("checked in: {}", parts.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EventKind;
    use crate::domain::fixture::{at, day, id, signed};

    #[test]
    fn a_check_in_is_told_in_one_sentence() {
        let brief = signed();
        let mut event = Event::new("c", EventKind::CheckIn, at("2026-02-09T10:00:00+01:00"));
        assert_eq!(checked_in(&brief, &event), "checked in");
        event.answers = vec!["people: yes".into(), "goal: yes".into()];
        assert_eq!(
            checked_in(&brief, &event),
            "checked in: all as the brief says"
        );
        event.answers = vec!["answers: yes".into(), "usable: yes".into()];
        assert_eq!(checked_in(&brief, &event), "checked in: the result fits");
        event.answers = vec![
            "people: yes".into(),
            "top_need: no, the skills first".into(),
            "own: no".into(),
            "learned: HR has a form: of its own".into(),
        ];
        event.by = Some(id("dana"));
        event.on = Some(day("2026-02-06"));
        event.words = "fine".into();
        event.spent = "6 hours".into();
        assert_eq!(
            checked_in(&brief, &event),
            "checked in: something else matters most (the skills first); no to own; learned: HR \
             has a form: of its own; heard from Dana Reyes on 6 Feb: fine; 6 hours so far"
        );
    }
}
