use super::*;
use crate::domain::action::{self, Said};
use crate::domain::fixture::{apply, at, day, id, superreport};
use crate::domain::{Agreement, check_in};

fn zone() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(3600).unwrap()
}

/// A brief that was asked, agreed and started on 4 February, needed on the
/// 27th, with nothing left to guess.
fn running() -> Brief {
    let mut brief = superreport();
    brief.plan.need_by = Some(day("2026-02-27"));
    brief.plan.cadence = "every 3 days".into();
    let when = at("2026-02-03T11:00:00+01:00");
    let change = action::share(&brief, &id("dana"), &[], "mail", "e1", when);
    apply(&mut brief, change);
    let said = Said {
        by: id("dana"),
        words: "Yes".into(),
        via: "mail".into(),
        code: Agreement::of(&brief).code().to_string(),
        covers: Vec::new(),
    };
    let change = action::sign(&brief, said, "e2", at("2026-02-04T09:00:00+01:00")).unwrap();
    apply(&mut brief, change);
    let when = at("2026-02-04T10:00:00+01:00");
    let change = action::start(&brief, &[], "a test", "e3", when).unwrap();
    apply(&mut brief, change);
    brief
}

fn check(brief: &mut Brief, event: &str, when: &str) {
    let said = check_in::Answers::default();
    let change = check_in::check_in(brief, said, event, at(when)).unwrap();
    apply(brief, change);
}

/// "4 Feb started", one a mark.
fn told(brief: &Brief, now: &str) -> Vec<String> {
    marks(brief, &WorkTime::default(), &zone(), at(now))
        .iter()
        .map(|m| format!("{} {}", m.at.format("%-d %b"), m.kind.word()))
        .collect()
}

#[test]
fn what_happened_and_what_is_ahead_stands_in_the_order_of_time() {
    let brief = running();
    assert_eq!(
        told(&brief, "2026-02-05T12:00:00+01:00"),
        [
            "3 Feb begun",
            "3 Feb asked",
            "4 Feb agreed",
            "4 Feb started",
            "9 Feb next",
            "27 Feb needed"
        ]
    );
}

#[test]
fn a_day_that_passed_without_a_check_in_is_missed_and_a_late_one_is_kept() {
    let mut brief = running();
    // Due on the 9th, the 11th and the 16th; nobody looks up before the 12th.
    check(&mut brief, "c1", "2026-02-12T15:00:00+01:00");
    let now = "2026-02-13T12:00:00+01:00";
    let told_now = told(&brief, now);
    assert_eq!(
        told_now[4..],
        [
            "9 Feb missed",
            "11 Feb missed",
            "12 Feb check-in",
            "16 Feb next",
            "27 Feb needed"
        ]
    );
    let all = marks(&brief, &WorkTime::default(), &zone(), at(now));
    assert!(all[4].text.contains("Dana Reyes"), "{}", all[4].text);
    assert_eq!(all[6].event.as_deref(), Some("c1"));
}

#[test]
fn a_check_in_on_the_day_or_a_snooze_is_not_missed_and_today_is_not_over() {
    let mut brief = running();
    assert!(!told(&brief, "2026-02-09T23:00:00+01:00").contains(&"9 Feb missed".to_owned()));
    let missed = |told: Vec<String>| told.into_iter().filter(|t| t.contains("missed")).count();
    assert_eq!(missed(told(&brief, "2026-02-10T08:00:00+01:00")), 1);
    check(&mut brief, "c1", "2026-02-09T16:59:00+01:00");
    assert_eq!(missed(told(&brief, "2026-02-10T08:00:00+01:00")), 0);
    let until = at("2026-02-16T09:00:00+01:00");
    let change = check_in::snooze(until, "z1", at("2026-02-12T09:30:00+01:00"));
    apply(&mut brief, change);
    let snoozed = told(&brief, "2026-02-14T08:00:00+01:00");
    assert!(
        snoozed.contains(&"12 Feb put off".to_owned()),
        "{snoozed:?}"
    );
    assert!(snoozed.contains(&"16 Feb next".to_owned()), "{snoozed:?}");
    assert_eq!(missed(snoozed), 0);
}

#[test]
fn after_three_missed_days_nobody_counts_any_more() {
    let brief = running();
    let all = told(&brief, "2026-03-20T08:00:00+01:00");
    let missed: Vec<_> = all.iter().filter(|t| t.contains("missed")).collect();
    assert_eq!(missed, ["9 Feb missed", "11 Feb missed", "16 Feb missed"]);
}

#[test]
fn what_was_taken_back_has_no_mark() {
    let mut brief = running();
    let said = check_in::Answers::default();
    let when = at("2026-02-06T15:00:00+01:00");
    let change = check_in::check_in(&brief, said, "c1", when).unwrap();
    let back = brief.apply(change, when).unwrap();
    brief.apply(back, when).unwrap();
    let told = told(&brief, "2026-02-06T16:00:00+01:00");
    assert!(!told.contains(&"6 Feb check-in".to_owned()), "{told:?}");
}

#[test]
fn a_result_nobody_confirmed_is_missed_too_and_a_closed_brief_is_not() {
    let mut brief = running();
    let change = action::deliver(&brief, "", "d", at("2026-02-06T15:00:00+01:00")).unwrap();
    apply(&mut brief, change);
    let late = told(&brief, "2026-02-12T08:00:00+01:00");
    assert!(late.contains(&"11 Feb missed".to_owned()), "{late:?}");
    let dana = id("dana");
    let when = at("2026-02-10T15:00:00+01:00");
    let change = action::confirm(&brief, Some(&dana), "Yes, that", "k", when).unwrap();
    apply(&mut brief, change);
    let closed = told(&brief, "2026-03-12T08:00:00+01:00");
    assert_eq!(closed.last().unwrap(), "10 Feb confirmed", "{closed:?}");
    assert_eq!(closed.iter().filter(|t| t.contains("missed")).count(), 0);
}
