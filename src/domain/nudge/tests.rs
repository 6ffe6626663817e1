use super::*;
use crate::domain::action::{self};
use crate::domain::fixture::{apply, at, day, id, superreport};
use crate::domain::{ItemId, Shortcut, Standing};

fn zone() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(3600).unwrap()
}

fn moment(text: &str) -> Moment {
    zone().moment(local(text))
}

fn local(text: &str) -> Local {
    Local::parse_from_str(text.trim(), "%Y-%m-%d %H:%M").unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// A brief in progress since a moment, with some guesses and nothing told.
fn started(when: &str, guesses: usize) -> Brief {
    let mut brief = superreport();
    brief.answers = Default::default();
    brief.readings.clear();
    brief.plan.need_by = None;
    brief.plan.appetite.clear();
    brief.plan.cadence.clear();
    for (n, need) in brief.needs.iter_mut().enumerate() {
        need.standing = if n < guesses {
            Standing::guess()
        } else {
            // Longer ago than any start.
            Standing::told(id("dana"), day("2026-01-05"))
        };
    }
    assert!(guesses <= brief.needs.len());
    let change = action::start(&brief, &[], "a test", "e0", moment(when)).unwrap();
    apply(&mut brief, change);
    brief
}

fn happen(brief: &mut Brief, kind: EventKind, when: &str) {
    let n = brief.events.len();
    let event = Event::new(format!("e{n}"), kind, moment(when));
    brief.events.push(event);
}

/// "check-in 2026-02-06 16:00", "snoozed 2026-02-06 09:10 until ...".
fn tell(brief: &mut Brief, told: &str) {
    let mut words = told.splitn(2, ' ');
    let kind = EventKind::from_word(words.next().unwrap());
    assert!(kind.is_known(), "{told}");
    let rest = words.next().unwrap();
    let (when, until) = match rest.split_once(" until ") {
        Some((when, until)) => (when, Some(moment(until))),
        None => (rest, None),
    };
    happen(brief, kind, when);
    if let Some(event) = brief.events.last_mut() {
        event.until = until;
    }
}

#[test]
fn the_worked_cases_of_the_documentation_hold() {
    let rows = include_str!("../nudge.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! |"))
        .skip(2);
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [begun, need_by, guesses, cadence, then, wanted, ..] = cells[..] else {
            panic!("{row}");
        };
        let mut brief = started(&begun[4..], guesses.parse().unwrap());
        brief.plan.need_by = need_by.parse().ok();
        assert_eq!(brief.plan.need_by.is_some(), !need_by.is_empty(), "{row}");
        cadence.clone_into(&mut brief.plan.cadence);
        assert!(Cadence::parse(cadence).is_ok(), "{row}");
        if !then.is_empty() {
            tell(&mut brief, then);
        }
        let due = due(&brief, &WorkTime::default(), &zone());
        let due = due.map_or_else(String::new, |due| {
            due.at().format("%a %Y-%m-%d %H:%M").to_string()
        });
        assert_eq!(due, wanted, "{row}");
        assert!(begun.starts_with(&local(&begun[4..]).format("%a").to_string()));
        count += 1;
    }
    assert!(count > 15, "{count}");
}

#[test]
fn three_nudges_then_it_is_stale() {
    let mut brief = started("2026-02-02 10:00", 0);
    "every 3 days".clone_into(&mut brief.plan.cadence);
    let due = due(&brief, &WorkTime::default(), &zone()).unwrap();
    let days: Vec<String> = due.nudges.iter().map(|at| at.date().to_string()).collect();
    assert_eq!(days, ["2026-02-05", "2026-02-09", "2026-02-12"]);
    for (now, state) in [
        ("2026-02-05 08:59", State::Later),
        ("2026-02-05 09:00", State::Due(1)),
        ("2026-02-08 12:00", State::Due(1)),
        ("2026-02-09 09:00", State::Due(2)),
        ("2026-02-12 23:00", State::Due(3)),
        ("2026-02-13 00:00", State::Stale),
    ] {
        assert_eq!(due.state(local(now)), state, "{now}");
    }
    let work = WorkTime::default();
    let nudges = |now: &str, shown: &str| {
        let shown = (!shown.is_empty()).then(|| moment(shown));
        due.nudges_now(&work, local(now), shown)
    };
    assert!(nudges("2026-02-09 16:00", ""));
    assert!(nudges("2026-02-09 16:00", "2026-02-05 09:00"));
    assert!(!nudges("2026-02-09 16:00", "2026-02-09 09:00"), "twice");
    assert!(
        !nudges("2026-02-09 16:00", "2026-02-10 09:00"),
        "clock back"
    );
    assert!(
        nudges("2026-02-09 16:00", "2036-02-10 09:00"),
        "clock wrong"
    );
    assert!(!nudges("2026-02-10 16:00", ""), "no day for it");
    assert!(!nudges("2026-02-09 18:00", ""), "after work");
    assert!(!nudges("2026-02-05 08:00", ""), "not yet");

    tell(
        &mut brief,
        "snoozed 2026-02-05 09:10 until 2026-02-05 13:10",
    );
    let due = super::due(&brief, &work, &zone()).unwrap();
    let back = |now: &str, shown: &str| due.nudges_now(&work, local(now), Some(moment(shown)));
    assert!(!back("2026-02-05 13:00", "2026-02-05 09:05"));
    assert!(
        back("2026-02-05 13:30", "2026-02-05 09:05"),
        "they asked for it"
    );
    assert!(!back("2026-02-05 14:30", "2026-02-05 13:30"), "and got it");
}

#[test]
fn an_unanswered_question_is_asked_again_with_its_text() {
    let mut brief = superreport();
    let to = id("dana");
    let change = action::share(
        &brief,
        &to,
        &["tool".to_owned()],
        "mail",
        "e1",
        at("2026-02-03T12:00:00+01:00"),
    );
    apply(&mut brief, change);
    let due = due(&brief, &WorkTime::default(), &zone()).unwrap();
    assert_eq!((due.reason, due.who), (Reason::Waiting, Some(to)));
    assert_eq!(due.about, "In which program will HR open it?");
    assert_eq!(due.nudges[0], local("2026-02-06 09:00"));
}

#[test]
fn what_stays_open_at_a_check_in_comes_back_days_later_and_not_each_morning() {
    let mut brief = started("2026-02-02 10:00", 0);
    "every 4 weeks".clone_into(&mut brief.plan.cadence);
    brief.shortcuts.push(Shortcut {
        id: id("by-hand"),
        text: "Copied by hand".to_owned(),
        pay_back: Some(day("2026-02-05")),
        on: None,
        paid: None,
    });
    tell(&mut brief, "check-in 2026-02-06 10:00");
    let again = due(&brief, &WorkTime::default(), &zone()).unwrap();
    assert_eq!(again.reason, Reason::PayBack);
    assert_eq!(again.at(), local("2026-02-11 09:00"));
}

#[test]
fn a_message_without_questions_waits_for_the_yes() {
    let mut brief = started("2026-02-02 10:00", 0);
    brief.stage = Stage::Asked;
    let to: ItemId = id("hr");
    let change = action::share(&brief, &to, &[], "", "e1", moment("2026-02-03 12:00"));
    apply(&mut brief, change);
    let due = due(&brief, &WorkTime::default(), &zone()).unwrap();
    assert_eq!((due.reason, due.who), (Reason::Waiting, Some(to)));
}

#[test]
fn a_shortcut_comes_back_on_its_day_until_it_is_put_right() {
    let mut brief = started("2026-02-02 10:00", 0);
    "every 4 weeks".clone_into(&mut brief.plan.cadence);
    brief.shortcuts.push(Shortcut {
        id: id("by-hand"),
        text: "Copied by hand".to_owned(),
        pay_back: Some(day("2026-02-14")),
        on: None,
        paid: None,
    });
    let work = WorkTime::default();
    let first = due(&brief, &work, &zone()).unwrap();
    assert_eq!(first.reason, Reason::PayBack);
    assert_eq!(first.about, "Copied by hand");
    assert_eq!(
        first.at(),
        local("2026-02-16 09:00"),
        "the 14th is a Saturday"
    );
    brief.shortcuts[0].paid = Some(day("2026-02-12"));
    assert_eq!(due(&brief, &work, &zone()).unwrap().reason, Reason::Cadence);
}

#[test]
fn a_result_that_nobody_confirmed_is_asked_about() {
    let mut brief = started("2026-02-02 10:00", 0);
    let change = action::deliver(&brief, "", "e9", moment("2026-02-12 15:00")).unwrap();
    apply(&mut brief, change);
    let work = WorkTime::default();
    let first = due(&brief, &work, &zone()).unwrap();
    assert_eq!(first.reason, Reason::Confirm);
    assert_eq!(first.at(), local("2026-02-17 09:00"));
    let change = action::confirm(&brief, None, "", "e10", moment("2026-02-17 10:00")).unwrap();
    apply(&mut brief, change);
    assert_eq!(due(&brief, &work, &zone()), None, "closed is closed");
    "recurring".clone_into(&mut brief.checklist);
    let still = due(&brief, &work, &zone()).unwrap();
    assert_eq!(still.reason, Reason::StillUsed);
    assert_eq!(still.at(), local("2026-08-17 09:00"));
}

#[test]
fn logged_hours_on_guesses_bring_the_next_check_in_forward() {
    let mut brief = started("2026-02-02 10:00", 2);
    brief.plan.need_by = Some(day("2026-05-29"));
    "2 days".clone_into(&mut brief.plan.appetite);
    tell(&mut brief, "check-in 2026-02-04 10:00");
    let work = WorkTime::default();
    let before = due(&brief, &work, &zone()).unwrap();
    assert!(before.at() > local("2026-02-13 09:00"), "{before:?}");
    if let Some(event) = brief.events.last_mut() {
        event.spent = "5 hours".to_owned();
    }
    let after = due(&brief, &work, &zone()).unwrap();
    assert_eq!(after.reason, Reason::Unconfirmed);
    assert_eq!(after.at(), local("2026-02-06 09:00"));
}

#[test]
fn drafts_and_what_is_put_away_want_nothing() {
    let brief = superreport();
    assert_eq!(due(&brief, &WorkTime::default(), &zone()), None);
    let mut brief = started("2026-02-02 10:00", 2);
    brief.archived = true;
    assert_eq!(due(&brief, &WorkTime::default(), &zone()), None);
}

#[test]
fn who_objected_is_not_told_to_have_said_nothing() {
    use crate::domain::reply::{Reply, Taken, reply};
    let mut brief = superreport();
    let sent = moment("2026-02-03 10:00");
    let change = action::share(&brief, &id("dana"), &[], "mail", "e1", sent);
    brief.apply(change, sent).unwrap();
    let work = WorkTime::default();
    let first = due(&brief, &work, &zone()).unwrap();
    assert!(super::super::wording::nudge(&brief, &first).contains("has not said yes"));
    let no = Reply {
        by: id("dana"),
        words: "no".into(),
        via: String::new(),
        on: day("2026-02-05"),
        taken: vec![Taken::Objection("only from March".into())],
        remarks: Vec::new(),
    };
    let came = moment("2026-02-05 10:00");
    let change = reply(&brief, no, "r1", came).unwrap();
    brief.apply(change, came).unwrap();
    let then = due(&brief, &work, &zone()).unwrap();
    assert_eq!(then.reason, Reason::Waiting);
    assert!(then.at() > first.at(), "patience begins with the reply");
    let words = super::super::wording::nudge(&brief, &then);
    assert_eq!(
        words,
        "Dana Reyes objected; change the brief and share it again?"
    );
}
