use super::*;
use crate::domain::fixture::{at, day, id, signed};
use crate::domain::{Standing, action};

fn zone() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(3600).unwrap()
}

/// Signed, then started on Thursday 5 February.
fn running() -> Brief {
    let mut brief = signed();
    let when = at("2026-02-05T09:00:00+01:00");
    let change = action::start(&brief, &[], "a test", "s1", when).unwrap();
    brief.apply(change, when).unwrap();
    brief
}

fn clock(brief: &Brief, now: &str) -> Unconfirmed {
    unconfirmed(brief, &WorkTime::default(), &zone(), at(now)).unwrap()
}

#[test]
fn the_clock_runs_in_working_days_from_the_start() {
    let brief = running();
    let clock = clock(&brief, "2026-02-10T12:00:00+01:00");
    assert_eq!((clock.days, clock.by), (3, None));
    assert_eq!(clock.worked.num_hours(), 27);
}

#[test]
fn a_word_from_a_customer_sets_it_back() {
    let mut brief = running();
    brief.needs[0].standing = Standing::told(id("hr"), day("2026-02-09"));
    let told = clock(&brief, "2026-02-10T12:00:00+01:00");
    assert_eq!((told.days, told.by), (1, Some(id("hr"))));

    let mut event = Event::new("c1", EventKind::CheckIn, at("2026-02-10T11:00:00+01:00"));
    event.by = Some(id("dana"));
    event.on = Some(day("2026-02-10"));
    brief.events.push(event);
    let heard = clock(&brief, "2026-02-10T12:00:00+01:00");
    assert_eq!((heard.days, heard.by), (0, Some(id("dana"))));
    assert_eq!(heard.worked.num_minutes(), 60);
}

#[test]
fn a_yes_since_the_start_sets_it_back_unless_its_text_was_edited() {
    let mut brief = running();
    let yes = brief.events.iter().find(|e| e.kind == EventKind::Signed);
    let mut again = yes.expect("it is signed").clone();
    again.id = "again".to_owned();
    again.at = at("2026-02-09T11:00:00+01:00");
    again.on = None;
    let by = again.by.clone();
    brief.events.push(again);
    let heard = clock(&brief, "2026-02-10T12:00:00+01:00");
    assert_eq!((heard.days, heard.by), (1, by));
    let edited = brief.events.last_mut().expect("it was added");
    edited.agreed.push_str("out: nothing\n");
    let edited = clock(&brief, "2026-02-10T12:00:00+01:00");
    assert_eq!((edited.days, edited.by), (3, None));
}

#[test]
fn a_check_in_without_a_word_does_not() {
    let mut brief = running();
    let event = Event::new("c1", EventKind::CheckIn, at("2026-02-10T11:00:00+01:00"));
    brief.events.push(event);
    assert_eq!(clock(&brief, "2026-02-10T12:00:00+01:00").days, 3);
    // Nor does somebody who is no customer of it.
    brief.needs[0].standing = Standing::told(id("nobody"), day("2026-02-09"));
    assert_eq!(clock(&brief, "2026-02-10T12:00:00+01:00").days, 3);
}

#[test]
fn hours_are_counted_where_they_were_written_down() {
    let mut brief = running();
    let mut note = |id: &str, when: &str, spent: &str| {
        let mut event = Event::new(id, EventKind::CheckIn, at(when));
        event.spent = spent.to_owned();
        brief.events.push(event);
    };
    note("c1", "2026-02-06T11:00:00+01:00", "4 hours");
    note("c2", "2026-02-10T11:00:00+01:00", "10 hours");
    brief.needs[0].standing = Standing::told(id("hr"), day("2026-02-06"));
    let clock = clock(&brief, "2026-02-11T12:00:00+01:00");
    assert_eq!(clock.spent.map(|t| t.num_hours()), Some(6));
}

#[test]
fn asking_stops_and_goes_on_again() {
    let mut brief = running();
    let mut happen = |id: &str, kind, when| brief.events.push(Event::new(id, kind, at(when)));
    happen("m1", EventKind::Muted, "2026-02-06T11:00:00+01:00");
    assert!(muted(&brief).is_some());
    let checked_in = "2026-02-09T11:00:00+01:00";
    brief
        .events
        .push(Event::new("c1", EventKind::CheckIn, at(checked_in)));
    assert!(muted(&brief).is_none());
}

#[test]
fn nothing_runs_before_the_start() {
    let now = at("2026-02-10T12:00:00+01:00");
    let clock = unconfirmed(&signed(), &WorkTime::default(), &zone(), now);
    assert_eq!(clock, None);
}

#[test]
fn hours_that_may_lie_before_the_last_word_are_not_counted_since_then() {
    let mut brief = signed();
    brief.stage = Stage::InProgress;
    let mut note = |id: &str, when: &str, spent: &str, heard: bool| {
        let mut event = Event::new(id, EventKind::CheckIn, at(when));
        spent.clone_into(&mut event.spent);
        event.on = heard.then(|| day("2026-02-06"));
        event.by = heard.then(|| crate::domain::fixture::id("dana"));
        brief.events.push(event);
        let zone = *at(when).offset();
        unconfirmed(&brief, &WorkTime::default(), &zone, at(when)).unwrap()
    };
    let first = note("c1", "2026-02-09T10:00:00+01:00", "2 days", true);
    assert_eq!(first.spent, None, "when they were spent is not known");
    let second = note("c2", "2026-02-10T10:00:00+01:00", "3 days", false);
    let least = second.spent.map(|t| t.num_hours());
    assert_eq!(least, Some(8), "a day more than then");
}

#[test]
fn a_reply_counts_from_the_day_on_which_it_was_written() {
    let mut brief = running();
    let mut event = Event::new("r1", EventKind::Replied, at("2026-02-12T11:00:00+01:00"));
    event.by = Some(id("dana"));
    event.on = Some(day("2026-02-09"));
    brief.events.push(event);
    let heard = clock(&brief, "2026-02-12T12:00:00+01:00");
    assert_eq!((heard.days, heard.by), (3, Some(id("dana"))));
}
