use super::*;
use crate::domain::fixture::{apply, at, superreport};
use crate::domain::{Brief, action, check_in};
use crate::remind::Next;

fn zone() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(3600).unwrap()
}

fn started(id: &str, when: &str) -> Brief {
    let mut brief = superreport();
    brief.id = BriefId::parse(id).unwrap();
    // Two guesses: looked at after two working days.
    brief.plan.cadence.clear();
    brief.plan.need_by = None;
    let change = action::start(&brief, &[], "a test", "s", at(when)).unwrap();
    apply(&mut brief, change);
    brief
}

fn state(briefs: &[Brief], work: &WorkTime, now: &str) -> State {
    let mut state = State {
        folder: "/srv/a b".to_owned(),
        basis: basis(work, &zone(), at(now)),
        ..State::default()
    };
    for brief in briefs {
        let seen = Seen {
            stamp: 0x1234_5678_9abc,
            wants: Notice::of(brief, work, &zone()).map(Box::new),
        };
        state.seen.insert(brief.id.clone(), seen);
    }
    state.plan(work, &zone(), at(now));
    state
}

#[test]
fn a_state_comes_back_as_it_was_written() {
    let mut asleep = superreport();
    asleep.id = BriefId::parse("asleep").unwrap();
    let mut snoozed = started("snoozed", "2026-02-04T10:00:00+01:00");
    let until = at("2026-02-12T10:00:00+01:00");
    let change = check_in::snooze(until, "n", at("2026-02-06T10:00:00+01:00"));
    apply(&mut snoozed, change);
    let mut odd = started("odd", "2026-02-04T10:00:00+01:00");
    odd.title = "\u{1b}[31m\t\"quoted\"\r\n\u{202e}\u{1f980} \\n \\\\t\\".to_owned();
    let briefs = [asleep, snoozed, odd];
    let mut state = state(&briefs, &WorkTime::default(), "2026-02-06T12:00:00+01:00");
    state.show(&briefs[2].id, at("2026-02-06T12:00:00+01:00"));
    state.looked = Some(Looked {
        stamp: u64::MAX,
        files: 3,
        at: at("2026-02-06T12:00:00+01:00"),
        began: 1_770_368_400_000_000_001,
    });
    assert!(state.next.is_some());
    assert_eq!(State::read(&state.text()), Some(state));
}

#[test]
fn the_line_of_a_status_bar_is_right_for_as_long_as_it_says() {
    let work = WorkTime::default();
    let begun = ["2026-02-04T10:00:00+01:00", "2026-02-09T10:00:00+01:00"];
    let briefs = [started("one", begun[0]), started("two", begun[1])];
    let now = at("2026-02-04T12:00:00+01:00");
    let mut state = state(&briefs, &work, "2026-02-04T12:00:00+01:00");
    let (mut lines, mut bars) = (Vec::new(), 0);
    for hour in 0..24 * 30 {
        let then = now + TimeDelta::hours(hour);
        let local = zone().local(then);
        let mut anew = state.clone();
        anew.bar = None;
        anew.plan(&work, &zone(), then);
        let right = anew.bar.unwrap();
        assert_eq!(right.from, local);
        let known = state.bar.clone().unwrap();
        if !known.is_of(local) {
            state.plan(&work, &zone(), then);
            assert_ne!(state.bar, Some(known));
            bars += 1;
        } else {
            // What is still right is not written again.
            state.plan(&work, &zone(), then);
            assert_eq!(state.bar, Some(known));
        }
        let bar = state.bar.as_ref().unwrap();
        assert_eq!((&bar.line, bar.until), (&right.line, right.until), "{then}");
        if lines.last() != Some(&bar.line) {
            lines.push(bar.line.clone());
        }
        // A clock that went back asks anew.
        assert!(!bar.is_of(bar.from - TimeDelta::seconds(1)));
    }
    let shown = [
        "",
        "1 due: Dana Reyes",
        "2 due: Dana Reyes",
        "1 due: Dana Reyes; 1 stale",
        "2 stale",
    ];
    assert_eq!((lines, bars), (shown.map(str::to_owned).to_vec(), 4));
}

#[test]
fn what_is_damaged_or_of_another_version_is_no_state() {
    let briefs = [started("one", "2026-02-04T10:00:00+01:00")];
    let text = state(&briefs, &WorkTime::default(), "2026-02-06T12:00:00+01:00").text();
    for wrong in [
        String::new(),
        "\0\0".to_owned(),
        text.replace("reminders 4", "reminders 3"),
        text.replace("unconfirmed", "unconformed"),
        text.replace("\tone\t", "\t../x\t"),
        text.replace("1770368400", "today"),
        text.replace("2026-02-14", "2026-02-66"),
        text.replace("seen", "foreseen"),
    ] {
        assert_ne!(wrong, text);
        assert_eq!(State::read(&wrong), None, "{wrong}");
    }
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(State::read(&text[..end]), None, "{end}");
    }
}

#[test]
fn a_stamp_is_read_as_it_is_written_and_nothing_else_is_one() {
    for number in [0, 1, 0x0123_4567_89ab_cdef, u64::MAX] {
        assert_eq!(stamp(&format!("{number:016x}")), Some(number));
    }
    for (at, wrong) in [(0, "+"), (7, "g"), (15, "A"), (15, " "), (3, "/"), (4, ":")] {
        let mut digits = "0".repeat(DIGITS);
        digits.replace_range(at..=at, wrong);
        assert_eq!(stamp(&digits), None, "{digits}");
    }
    for wrong in ["", "0", "00000000000000ä", &"0".repeat(DIGITS + 1)] {
        assert_eq!(stamp(wrong), None, "{wrong}");
    }
}

#[test]
fn a_nudge_is_shown_once_on_its_day_and_the_next_one_is_known() {
    let work = WorkTime::default();
    // Due on Friday the 6th, then on Tuesday the 10th and Friday the 13th.
    let briefs = [started("one", "2026-02-04T10:00:00+01:00")];
    let early = "2026-02-05T12:00:00+01:00";
    let mut state = state(&briefs, &work, early);
    assert!(state.to_show(&work, &zone(), at(early)).is_empty());
    assert_eq!(state.next, Some(at("2026-02-06T09:00:00+01:00")));

    let now = at("2026-02-06T11:00:00+01:00");
    state.plan(&work, &zone(), now);
    assert_eq!(state.next, Some(at("2026-02-06T09:00:00+01:00")));
    assert_eq!(state.to_show(&work, &zone(), now).len(), 1);
    state.show(&briefs[0].id, now);
    state.plan(&work, &zone(), now);
    assert!(state.to_show(&work, &zone(), now).is_empty());
    assert_eq!(state.next, Some(at("2026-02-10T09:00:00+01:00")));

    // A nudge that nobody saw is not made up for at night.
    let night = at("2026-02-10T20:00:00+01:00");
    state.plan(&work, &zone(), night);
    assert!(state.to_show(&work, &zone(), night).is_empty());
    assert_eq!(state.next, Some(at("2026-02-13T09:00:00+01:00")));
    state.plan(&work, &zone(), at("2026-02-16T09:00:00+01:00"));
    assert_eq!(state.next, None);
}

#[test]
fn the_next_moment_is_the_first_hour_at_which_something_may_be_shown() {
    let time = |text: &str| text.parse().unwrap();
    let quiet = WorkTime {
        quiet: vec![
            (time("08:00:00"), time("10:00:00")),
            (time("12:00:00"), time("13:00:00")),
        ],
        ..WorkTime::default()
    };
    let mut snoozed = started("snoozed", "2026-02-04T10:00:00+01:00");
    let until = at("2026-02-06T14:00:00+01:00");
    let change = check_in::snooze(until, "n", at("2026-02-06T10:30:00+01:00"));
    apply(&mut snoozed, change);
    let briefs = [snoozed, started("plain", "2026-02-05T10:00:00+01:00")];
    let marks = [
        None,
        Some("2026-02-06T10:15:00+01:00"),
        Some("2026-02-10T09:00:00+01:00"),
    ];
    for work in [WorkTime::default(), quiet] {
        for shown in marks {
            let mut now = at("2026-02-06T10:40:00+01:00");
            let mut state = state(&briefs, &work, "2026-02-06T10:40:00+01:00");
            for brief in briefs.iter().filter(|_| shown.is_some()) {
                state.show(&brief.id, at(shown.unwrap()));
            }
            for _ in 0..24 * 14 {
                state.plan(&work, &zone(), now);
                let shows = !state.to_show(&work, &zone(), now).is_empty();
                let is_time = state.next.is_some_and(|next| next <= now);
                assert_eq!(shows, is_time, "{now} {shown:?} {:?}", state.next);
                now += TimeDelta::hours(1);
            }
        }
    }
}

#[test]
fn the_hooks_rest_after_something_was_shown() {
    let work = WorkTime::default();
    let briefs = [
        started("one", "2026-02-04T10:00:00+01:00"),
        started("two", "2026-02-04T10:00:00+01:00"),
    ];
    let now = at("2026-02-06T11:00:00+01:00");
    let mut state = state(&briefs, &work, "2026-02-06T11:00:00+01:00");
    let text = |state: &State| Next::of([state], now).text();
    assert_eq!(text(&state), "1770364800 1770372000\n/srv/a b\n");
    state.show(&briefs[0].id, now);
    state.plan(&work, &zone(), now);
    // Four hours later.
    assert!(text(&state).starts_with("1770386400 "), "{}", text(&state));
    let none = Next::of([], now).text();
    assert_eq!(none, "none 1770372000\n");
    let text = text(&state);
    let folders: Vec<&str> = Next::folders_in(&text).collect();
    assert_eq!(folders, ["/srv/a b"]);
}

#[test]
fn what_the_hooks_read_is_written_again_only_where_it_says_something_else() {
    let work = WorkTime::default();
    let briefs = [started("one", "2026-02-04T10:00:00+01:00")];
    let mut state = state(&briefs, &work, "2026-02-06T11:00:00+01:00");
    let text = Next::of([&state], at("2026-02-06T11:00:00+01:00")).text();
    let is_told = |state: &State, now: &str| Next::of([state], at(now)).is_told_by(&text);
    assert!(is_told(&state, "2026-02-06T11:00:00+01:00"));
    assert!(is_told(&state, "2026-02-06T11:09:00+01:00"));
    // It says as well when the clock has gone back.
    assert!(!is_told(&state, "2026-02-06T11:11:00+01:00"));
    assert!(!is_told(&state, "2026-02-06T10:59:00+01:00"));
    for torn in ["", "none", "1770364800 x\n", &text[..text.len() - 2]] {
        assert!(!Next::of([&state], at("2026-02-06T11:00:00+01:00")).is_told_by(torn));
    }
    state.show(&briefs[0].id, at("2026-02-06T11:00:00+01:00"));
    assert!(!is_told(&state, "2026-02-06T11:00:00+01:00"));
}

#[test]
fn a_clock_that_was_wrong_hides_nothing_for_long() {
    let work = WorkTime::default();
    let briefs = [started("one", "2026-02-04T10:00:00+01:00")];
    let mut state = state(&briefs, &work, "2026-02-06T11:00:00+01:00");
    state.show(&briefs[0].id, at("2030-01-01T09:00:00+01:00"));
    let now = at("2026-02-06T11:00:00+01:00");
    state.plan(&work, &zone(), now);
    assert_eq!(state.last_shown(now), None);
    assert_eq!(state.to_show(&work, &zone(), now).len(), 1);
}

#[test]
fn other_hours_or_another_place_make_it_reckon_anew() {
    let now = at("2026-02-06T11:00:00+01:00");
    let work = WorkTime::default();
    let here = basis(&work, &zone(), now);
    assert_eq!(basis(&work, &zone(), now + TimeDelta::days(40)), here);
    let away = chrono::FixedOffset::east_opt(7200).unwrap();
    assert_ne!(basis(&work, &away, now), here);
    let holidays = vec!["2026-02-09".parse().unwrap()];
    let less = WorkTime { holidays, ..work };
    assert_ne!(basis(&less, &zone(), now), here);
}
