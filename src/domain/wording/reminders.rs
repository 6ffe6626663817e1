//! What a reminder says: the person and the question.

use crate::domain::nudge::{Due, Reason};
use crate::domain::progress::Unconfirmed;
use crate::domain::{Brief, date, effort, sign_off, text};

/// How much of a text fits into a sentence about it, in columns.
const SHORT: usize = 48;

/// A due thing as a question that names the person, without the brief's title.
pub fn nudge(brief: &Brief, due: &Due) -> String {
    let who = due.who.as_ref().map_or("them", |id| brief.name_of(id));
    let first = || {
        let need = brief.needs.first().map(|n| n.text.as_str());
        let reading = brief.chosen_reading().map(|r| r.text.as_str());
        text::fit(need.or(reading).unwrap_or(&brief.title), SHORT)
    };
    match due.reason {
        Reason::First => format!(
            "is it \u{201c}{}\u{201d} that {who} needs? {}",
            first(),
            open(sign_off::open_guesses(brief))
        ),
        Reason::Cadence => format!(
            "is \u{201c}{}\u{201d} still what {who} needs most?",
            first()
        ),
        Reason::Unconfirmed => format!(
            "what does {who} say to it? {}",
            open(sign_off::open_guesses(brief))
        ),
        Reason::Handover => {
            let by = brief
                .plan
                .need_by
                .map(|day| format!(", needed by {}", date::show(day)))
                .unwrap_or_default();
            format!("does it answer {who}'s question{by}?")
        }
        Reason::PayBack => format!("is it put right: {}?", text::fit(&due.about, SHORT)),
        Reason::Waiting
            if super::objector(brief).is_some_and(|by| due.who.as_ref() == Some(by)) =>
        {
            format!("{who} objected; change the brief and share it again?")
        }
        Reason::Waiting if due.about.trim().is_empty() => {
            format!("{who} has not said yes; ask again?")
        }
        Reason::Waiting => format!("{who} has not answered: {}", text::fit(&due.about, 72)),
        Reason::Confirm => format!("did {who} say that it is what they needed?"),
        Reason::StillUsed => "does anybody still use it?".to_owned(),
    }
}

fn open(guesses: usize) -> String {
    match guesses {
        0 => "nothing is a guess".to_owned(),
        1 => "1 guess is open".to_owned(),
        n => format!("{n} guesses are open"),
    }
}

/// The clock of unconfirmed work: "6 working days on 3 guesses".
pub fn unconfirmed(brief: &Brief, clock: &Unconfirmed) -> String {
    days_of_work(clock.days) + &on_what(brief, clock)
}

/// The part of [`unconfirmed`] that changes with the day.
pub fn days_of_work(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 working day".to_owned(),
        n => format!("{n} working days"),
    }
}

/// The part of [`unconfirmed`] that changes only with the brief.
pub fn on_what(brief: &Brief, clock: &Unconfirmed) -> String {
    let spent = clock
        .spent
        .map(|time| format!(" ({})", effort::show(time)))
        .unwrap_or_default();
    match (clock.guesses, &clock.by) {
        (0, Some(by)) => format!("{spent} since {}'s last word", brief.name_of(by)),
        (0, None) => format!("{spent}, nothing guessed"),
        (1, _) => format!("{spent} on 1 guess"),
        (n, _) => format!("{spent} on {n} guesses"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{id, superreport};
    use chrono::TimeDelta;

    #[test]
    fn a_nudge_names_the_person_and_asks_something() {
        let brief = superreport();
        let at = "2026-02-05T09:00:00".parse().unwrap();
        for reason in [
            Reason::First,
            Reason::Cadence,
            Reason::Unconfirmed,
            Reason::Handover,
            Reason::Waiting,
            Reason::Confirm,
        ] {
            let due = Due {
                reason,
                who: Some(id("dana")),
                about: String::new(),
                nudges: [at; 3],
                stale: "2026-02-13".parse().unwrap(),
                snoozed: None,
            };
            let line = nudge(&brief, &due);
            assert!(line.contains("Dana Reyes") && line.contains('?'), "{line}");
            assert!(text::width(&line) <= 130, "{line}");
        }
    }

    #[test]
    fn the_clock_is_told_in_working_days_and_guesses() {
        let brief = superreport();
        let mut clock = Unconfirmed {
            since: "2026-02-05T09:00:00".parse().unwrap(),
            by: None,
            days: 6,
            worked: TimeDelta::hours(48),
            spent: None,
            guesses: 3,
        };
        assert_eq!(unconfirmed(&brief, &clock), "6 working days on 3 guesses");
        clock.spent = Some(TimeDelta::hours(5));
        clock.days = 1;
        assert_eq!(
            unconfirmed(&brief, &clock),
            "1 working day (5 h) on 3 guesses"
        );
        clock.guesses = 0;
        clock.by = Some(id("dana"));
        let told = unconfirmed(&brief, &clock);
        assert_eq!(told, "1 working day (5 h) since Dana Reyes's last word");
    }
}
