use calcard::icalendar::{ICalendar, ICalendarProperty as P, ICalendarValue};
use calcard::{Entry as Read, Parser};
use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::domain::check_in::{self, Answers};
use crate::domain::fixture::{apply, at, superreport};
use crate::domain::{Event, EventKind, Stage};

/// What an independent reader makes of a text.
fn parsed(text: &str) -> ICalendar {
    let mut parser = Parser::new(text);
    let calendar = match parser.entry() {
        Read::ICalendar(calendar) => calendar,
        other => panic!("{other:?}: {text}"),
    };
    assert_eq!(parser.entry(), Read::Eof, "{text}");
    calendar
}

fn value(calendar: &ICalendar, component: usize, property: &P) -> String {
    let entry = calendar.components[component].property(property);
    let entry = entry.unwrap_or_else(|| panic!("no {property:?}"));
    match &entry.values[0] {
        ICalendarValue::Integer(number) => number.to_string(),
        ICalendarValue::PartialDateTime(time) => time.to_timestamp().unwrap().to_string(),
        other => other
            .as_text()
            .map_or_else(|| format!("{other:?}"), str::to_owned),
    }
}

fn zone() -> FixedOffset {
    FixedOffset::east_opt(3600).unwrap()
}

/// Started on Monday 2 February 2026, and due on Thursday.
fn started() -> Brief {
    let mut brief = superreport();
    brief.stage = Stage::InProgress;
    let when = at("2026-02-02T10:00:00+01:00");
    let event = Event::new("s", EventKind::Started, when);
    brief.events.push(event);
    brief.plan.cadence = "every 3 days".to_owned();
    brief
}

fn event(brief: &Brief, now: &str) -> Entry {
    Entry::of(brief, &WorkTime::default(), &zone(), at(now)).unwrap()
}

fn text(entries: &[Entry], now: &str) -> String {
    render(entries, "f01de4", at(now))
}

const NOW: &str = "2026-02-02T12:00:00+01:00";

#[test]
fn another_program_reads_one_transparent_private_event_a_check_in() {
    let text = text(&[event(&started(), NOW)], NOW);
    let calendar = parsed(&text);
    assert_eq!(calendar.components.len(), 3, "calendar, event, alarm");
    let value = |property: &P| value(&calendar, 1, property);
    assert_eq!(
        value(&P::Uid),
        format!("{}.check-in@askfirst", superreport().id)
    );
    let due = at("2026-02-05T09:00:00+01:00").timestamp();
    assert_eq!(value(&P::Dtstart), due.to_string());
    assert_eq!(value(&P::Dtend), (due + 15 * 60).to_string());
    assert_eq!(value(&P::Dtstamp), at(NOW).timestamp().to_string());
    assert_eq!(value(&P::Sequence), "10");
    assert!(text.contains("\r\nDTSTART:20260205T080000Z\r\n"), "{text}");
    assert!(text.contains("\r\nTRANSP:TRANSPARENT\r\n"), "{text}");
    assert!(text.contains("\r\nCLASS:PRIVATE\r\n"), "{text}");
    assert_eq!(value(&P::Summary), "Check in: What my analysts do all day");
    let description = value(&P::Description);
    assert!(
        description.contains("Dana Reyes needs most?"),
        "{description}"
    );
    assert!(description.contains("\naskfirst checkin "), "{description}");
    assert!(text.contains("\r\nTRIGGER:P0D\r\n"), "{text}");
}

#[test]
fn the_same_event_moves_with_a_higher_sequence_and_is_never_doubled() {
    let mut brief = started();
    let first = event(&brief, NOW);
    // The day of the nudge has passed: it is the next one's turn.
    let missed = event(&brief, "2026-02-05T12:00:00+01:00");
    assert_eq!(missed.at, at("2026-02-09T09:00:00+01:00"));
    let when = at("2026-02-09T10:00:00+01:00");
    let change = check_in::check_in(&brief, Answers::default(), "c", when).unwrap();
    apply(&mut brief, change);
    let next = event(&brief, "2026-02-09T10:01:00+01:00");
    assert!(first.at < missed.at && missed.at < next.at);
    assert!(first.sequence < missed.sequence && missed.sequence < next.sequence);
    assert!(first.uid == missed.uid && missed.uid == next.uid);
    let merged = merged(vec![next.clone()], &[first], &[], when);
    assert_eq!(merged, [next]);
}

#[test]
fn a_move_without_an_event_is_noticed_over_the_earlier_calendar() {
    let mut brief = started();
    let first = event(&brief, NOW);
    brief.plan.cadence = "every day".to_owned();
    let moved = event(&brief, NOW);
    assert_eq!(moved.sequence, first.sequence, "nothing tells it by itself");
    let again = |fresh: &Entry, old: &Entry| {
        let mut merged = merged(vec![fresh.clone()], std::slice::from_ref(old), &[], at(NOW));
        merged.pop().unwrap()
    };
    let second = again(&moved, &first);
    assert_eq!(second.sequence, first.sequence + 1);
    // Nothing has moved: nothing grows.
    assert_eq!(again(&moved, &second), second);
    let back = again(&first, &second);
    assert_eq!(back.sequence, second.sequence + 1);
}

#[test]
fn what_is_wanted_no_more_is_cancelled_once_and_forgotten_later() {
    let old = event(&started(), NOW);
    let now = at("2026-02-03T09:00:00+01:00");
    let gone = merged(Vec::new(), std::slice::from_ref(&old), &[], now);
    assert!(gone[0].cancelled);
    assert_eq!(gone[0].sequence, old.sequence + 1);
    let calendar = text(&gone, NOW);
    assert!(calendar.contains("\r\nSTATUS:CANCELLED\r\n"), "{calendar}");
    assert!(!calendar.contains("VALARM"), "{calendar}");
    assert_eq!(merged(Vec::new(), &gone, &[], now), gone);
    // It is wanted again: the same event, above the cancelled one.
    let back = merged(vec![old.clone()], &gone, &[], now);
    assert!(!back[0].cancelled && back[0].sequence > gone[0].sequence);
    let later = at("2026-05-03T09:00:00+01:00");
    assert_eq!(merged(Vec::new(), &gone, &[], later), []);
}

#[test]
fn a_file_that_cannot_be_read_just_now_loses_no_event() {
    let old = event(&started(), NOW);
    let id = superreport().id;
    let kept = merged(
        Vec::new(),
        std::slice::from_ref(&old),
        &[id.as_str()],
        at(NOW),
    );
    assert_eq!(kept, [old]);
}

#[test]
fn an_earlier_calendar_is_read_back_and_others_are_not_taken_for_ours() {
    let mut brief = started();
    brief.title = "Comma, semicolon; back\\slash \\n colon: \u{202e}x".to_owned();
    let entries = merged(vec![event(&brief, NOW)], &[], &[], at(NOW));
    let text = text(&entries, NOW);
    let earlier = Earlier::read(&text).unwrap();
    assert_eq!(earlier.folder, "f01de4");
    assert_eq!(earlier.entries, entries);
    assert_eq!(Earlier::read(&text.replace("askfirst//", "other//")), None);
    assert_eq!(Earlier::read("BEGIN:VCARD\r\n"), None);
    assert_eq!(Earlier::read(""), None);
}

#[test]
fn a_stale_brief_keeps_its_event_at_the_last_nudge() {
    let brief = started();
    let stale = event(&brief, "2026-03-04T12:00:00+01:00");
    assert_eq!(stale.at, at("2026-02-12T09:00:00+01:00"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_title_breaks_out_of_its_line(title in "\\PC{0,40}[\r\n\u{85}\u{2028}\u{202e}\u{7}\t,;:\\\\\"]{0,4}\\PC{0,200}", name in "[\\PC\r\n]{1,60}") {
        let mut brief = started();
        brief.title = format!("{title}\r\nATTACH:file:///etc/passwd\nEND:VEVENT");
        brief.customers[0].name = format!("{name}\r\nBEGIN:VALARM");
        let entries = [event(&brief, NOW)];
        let text = text(&entries, NOW);
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
            prop_assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        let harmful = |c: char| (c.is_control() && c != '\r' && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}');
        prop_assert!(!text.contains(harmful), "{text:?}");
        let calendar = parsed(&text);
        prop_assert_eq!(calendar.components.len(), 3);
        let event = &calendar.components[1];
        let names: Vec<&str> = event.entries.iter().map(|e| e.name.as_str()).collect();
        prop_assert_eq!(names.len(), 10, "{:?}", names);
        prop_assert_eq!(value(&calendar, 1, &P::Summary), entries[0].summary.clone());
        prop_assert_eq!(value(&calendar, 1, &P::Description), entries[0].description.clone());
        prop_assert_eq!(Earlier::read(&text).unwrap().entries, entries);
    }
}
