//! `calendar`: what another program reads from it.

use calcard::icalendar::{ICalendar, ICalendarProperty as P};

use crate::support::TestDir;

const BRIEF: &str = r#"
title = "What my analysts do all day; all, really"
[request]
words = "What do they do all day?"
by = "dana"
origin = "asked"
[[customer]]
id = "dana"
name = "Dana Reyes"
role = "requester"
[plan]
cadence = "every 3 days"
"#;

/// A brief in progress since Monday 2 February 2026, due on Thursday 5.
fn started() -> TestDir {
    let mut dir = TestDir::new();
    dir.at("2026-02-02T10:00:00+01:00");
    dir.write("b.toml", BRIEF);
    dir.run("new --from b.toml").done();
    dir.run("start analysts --because \"it is asked on the way\"")
        .done();
    dir
}

/// The start in seconds, the sequence and the status of each event, by UID.
fn events(text: &str) -> Vec<(String, i64, i64, bool)> {
    let calendar = ICalendar::parse(text).unwrap();
    let events = calendar
        .components
        .iter()
        .filter(|c| c.has_property(&P::Dtstart));
    let found = events.map(|event| {
        let value = |property: &P| &event.property(property).unwrap().values[0];
        let start = value(&P::Dtstart).as_partial_date_time().unwrap();
        (
            value(&P::Uid).as_text().unwrap().to_owned(),
            start.to_timestamp().unwrap(),
            value(&P::Sequence).as_integer().unwrap(),
            text.contains("STATUS:CANCELLED"),
        )
    });
    found.collect()
}

fn seconds(at: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(at)
        .unwrap()
        .timestamp()
}

#[test]
fn the_same_calendar_comes_twice_and_a_check_in_that_moves_is_the_same_event() {
    let mut dir = started();
    let text = dir.run("calendar").done().stdout;
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(dir.run("calendar").done().stdout, text, "nothing is random");
    let first = events(&text);
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].1, seconds("2026-02-05T09:00:00+01:00"));
    assert!(
        text.contains("SUMMARY:Check in: What my analysts do all day\\; all\\, really\r\n"),
        "{text}"
    );

    let said = dir.run("calendar --output c.ics").done().stdout;
    assert_eq!(said, "Wrote c.ics with 1 check-in\n");
    assert_eq!(dir.read("c.ics"), text);
    // By hand, which no event of the brief tells.
    let path = dir.brief("what-my");
    let brief = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, brief.replace("every 3 days", "every 2 weeks")).unwrap();
    dir.run("calendar -o c.ics").done();
    let moved = events(&dir.read("c.ics"));
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].0, first[0].0);
    assert_eq!(moved[0].1, seconds("2026-02-16T09:00:00+01:00"));
    assert!(moved[0].2 > first[0].2);
    // A day later nothing else has moved.
    dir.at("2026-02-03T10:00:00+01:00");
    dir.run("calendar -o c.ics").done();
    assert_eq!(events(&dir.read("c.ics")), moved);
}

#[test]
fn what_is_gone_is_cancelled_and_what_cannot_be_read_stays() {
    let dir = started();
    dir.run("calendar -o c.ics").done();
    let first = events(&dir.read("c.ics"));
    let path = dir.brief("what-my");
    let brief = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, "<<<<<<< HEAD\n").unwrap();
    let output = dir.run("calendar -o c.ics").done();
    assert!(output.stderr.contains("is not in it"), "{output:?}");
    assert_eq!(events(&dir.read("c.ics")), first);
    std::fs::remove_file(&path).unwrap();
    let said = dir.run("calendar -o c.ics").done().stdout;
    assert!(
        said.contains("no check-in") && said.contains("1 cancelled"),
        "{said}"
    );
    let gone = events(&dir.read("c.ics"));
    assert!(gone[0].3 && gone[0].2 > first[0].2 && gone[0].0 == first[0].0);
    assert_eq!(events(&dir.run("calendar").done().stdout), []);
    std::fs::write(&path, brief).unwrap();
    dir.run("calendar -o c.ics").done();
    let back = events(&dir.read("c.ics"));
    assert!(!back[0].3 && back[0].2 > gone[0].2);
}

#[test]
fn a_file_that_is_no_calendar_of_these_briefs_is_not_replaced() {
    let dir = started();
    dir.write(
        "notes.ics",
        "BEGIN:VCALENDAR\r\nPRODID:me\r\nEND:VCALENDAR\r\n",
    );
    let failed = dir.run("calendar --output notes.ics").failed(1).stderr;
    assert!(failed.contains("no calendar of these briefs"), "{failed}");
    assert!(failed.contains("--force"), "{failed}");
    let other = started();
    let text = other.run("calendar").done().stdout;
    dir.write("other.ics", &text);
    dir.run("calendar --output other.ics").failed(1);
    assert_eq!(dir.read("other.ics"), text);
    dir.run("calendar --output notes.ics --force").done();
    assert_eq!(events(&dir.read("notes.ics")).len(), 1);
    // In a folder it has a name of its own.
    dir.run("calendar -o .").done();
    assert_eq!(events(&dir.read("askfirst.ics")).len(), 1);
}

#[test]
fn another_time_zone_is_the_same_instant() {
    let mut dir = started();
    let here = events(&dir.run("calendar").done().stdout);
    assert_eq!(here[0].1, seconds("2026-02-05T08:00:00Z"));
    // In New York nine o'clock is later.
    dir.at("2026-02-02T10:00:00-05:00");
    let there = events(&dir.run("calendar").done().stdout);
    assert_eq!(there[0].1, seconds("2026-02-05T14:00:00Z"));
}
